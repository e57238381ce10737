"""App Home and the status that `/align` shows. Names, titles and moments are written by the caller."""

from collections.abc import Iterator

from checkins.visibility import Grant, Part, Viewer, grant
from checkins.wording import listed

TITLE = "Trueline"
NOTHING_WAITS = "Nothing waits for you."
PAUSED = f"{NOTHING_WAITS} Your check-ins are paused."
OFF_THEN = "You have that day off, so you are not asked then."
LAST = "Your last answer"
GOALS = "Goals"
WHO_SEES = "Who sees what"
OVERVIEW = "For admins"
MEMBERS_ONLY = "Trueline talks to full members of the workspace only."


def waits(closes: str) -> str:
    return f"*Your check-in is open* until {closes}."


def next_check_in(moment: str | None) -> str:
    return f"{NOTHING_WAITS} Next check-in: {moment}." if moment else NOTHING_WAITS


def stored(command: str) -> str:
    return f"`{command} privacy` shows what is stored about you, sends it to you or erases it."


def next_digest(moment: str) -> str:
    return f"Next digest: {moment}."


def answered(day: str) -> str:
    return f"*{LAST}* ({day})"


_VIEWERS = {
    Viewer.SELF: "You",
    Viewer.TEAM: "your team",
    Viewer.LEAD: "your leads",
    Viewer.ADMIN: "admins",
    Viewer.CHANNEL: "the digest's channel",
}
_PARTS = {
    Part.WORK: "What you worked on, its goal and share",
    Part.NOTE: "Your note",
    Part.RATING: "Ratings, what “done” means and what comes first",
    Part.SILENCE: "That you skipped or did not answer",
}
_GRANTS = {Grant.SUMS: "as sums per team only", Grant.GROUPS: "in groups of five or more only"}


def privacy_lines() -> list[str]:
    """The promise, one line per part of an answer that is asked for."""
    return [f"*{name}:* {_readers(part)}." for part, name in _PARTS.items()]


def _readers(part: Part) -> str:
    plain = [name for viewer, name in _VIEWERS.items() if grant(part, viewer) is Grant.YES]
    readers = plain if plain != [_VIEWERS[Viewer.SELF]] else ["Only you"]
    return "; ".join([listed(readers), *_limited(part)])


def _limited(part: Part) -> Iterator[str]:
    for limit, words in _GRANTS.items():
        names = [name for viewer, name in _VIEWERS.items() if grant(part, viewer) is limit]
        if names:
            yield f"{listed(names)} {words}"


def health(*, sent: int, waiting: int, failed: int) -> str:
    numbers = f"{sent} sent, {waiting} waiting"
    return f"*Messages:* {numbers}, {failed} did not arrive." if failed else f"*Messages:* {numbers}, none lost."


def trouble(who: str, error: str) -> str:
    return f"• {who}: {error}"
