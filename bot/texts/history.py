"""What is said about one's own earlier answers. In mrkdwn; names are escaped by the caller."""

from collections.abc import Sequence
from datetime import date

from checkins.model import Entered
from checkins.wording import counted

TITLE = "*Your answers*"
NOTHING = "You have not answered a check-in yet, so there is nothing to look back on."

_ENTERED = {
    Entered.FORM: "by form",
    Entered.SAME: "same as the time before",
    Entered.TEXT: "in your own words",
    Entered.IMPORT: "from an imported document",
}


def answered(day: date, team: str, remarks: Sequence[str]) -> str:
    """The line above an answer."""
    return " · ".join([f"*{day:%-d %B %Y}*", *filter(None, [team]), *remarks])


def remarks(entered: Entered, *, late: bool, edited: int) -> list[str]:
    """How an answer came in. edited: how often it was changed afterwards."""
    times = [f"edited {counted(edited, 'time')}"] if edited else []
    return [_ENTERED[entered], *(["late"] if late else []), *times]


def earlier(count: int, align: str) -> str:
    """What is not shown, and where to get it."""
    everything = f"`{align} privacy` sends you everything."
    return f"And {count} earlier. {everything}" if count else everything
