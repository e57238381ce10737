"""User text for mrkdwn with its references as links."""

from bot.escaping import escape
from checkins.references import NO_BASES, Bases, link, places


def marked(text: str, bases: Bases = NO_BASES) -> str:
    """Escaped like ``escape``, each reference a link where its address is known.

    Addresses stay as they are: Slack links them itself.
    """
    parts, done = list[str](), 0
    for place in places(text):
        address = link(place.reference, bases) if place.reference and not place.address else None
        if address:
            shown = text[place.start : place.end]
            parts += [escape(text[done : place.start]), f"<{address}|{escape(shown)}>"]
            done = place.end
    return "".join([*parts, escape(text[done:])])
