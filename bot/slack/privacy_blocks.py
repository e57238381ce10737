"""What is stored about a person, as blocks, with the two things they can do about it."""

from bot.escaping import escape
from bot.slack import blocks, home_blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import privacy as texts
from checkins.privacy import Stored


def overview(kept: Stored | None) -> list[Block]:
    """Who sees what, what is stored, and the buttons; without buttons where nothing is."""
    if kept is None:
        return [*home_blocks.privacy(), blocks.section(texts.NOTHING)]
    lines = "\n".join([f"*{texts.STORED}*", *_lines(kept)])
    return [
        *home_blocks.privacy(),
        blocks.section(lines),
        blocks.context(texts.SENDING),
        blocks.actions(blocks.button(texts.SEND, Action.SEND_DATA), _erase()),
    ]


def _lines(kept: Stored) -> list[str]:
    person = kept.person
    return [
        texts.name(escape(person.name), escape(person.email) if person.email else None),
        texts.accounts([platform.capitalize() for platform in kept.accounts]),
        texts.place(person.zone, person.country),
        texts.teams([escape(team) for team in kept.teams]),
        texts.asked(kept.prompts, kept.absences),
        *([texts.linked(kept.linked)] if kept.linked else []),
        texts.answers(kept.answers, kept.since, earlier=kept.revisions, notes=kept.notes, ratings=kept.ratings),
    ]


def _erase() -> Block:
    sure = blocks.confirm(title=texts.CONFIRM_TITLE, text=texts.CONFIRM, yes=texts.CONFIRM_YES, no=texts.CONFIRM_NO)
    return blocks.button(texts.ERASE, Action.ERASE, style="danger", confirm=sure | {"style": "danger"})
