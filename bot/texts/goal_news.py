"""What people hear of changes of goals and of the strategy. Names, titles and texts are escaped by the caller."""

from collections.abc import Sequence

from bot.texts.goals import LINES
from checkins.wording import counted, listed

CONCERNS_ME = "This changes my work"
SAID = "You said that this changes your work. Who answers for it has been told."
TAKEN_OUT = "taken out"


def changed(who: str | None, *, goals: Sequence[str], strategy: bool) -> str:
    """goals: the titles of those that were changed."""
    several = f"{counted(len(goals), 'goal')} that concern you"
    named = several if len(goals) > 1 else "".join(f"“{title}”, a goal that concerns you" for title in goals)
    what = listed([*(["the strategy"] if strategy else []), *([named] if named else [])])
    verb = "was" if len(goals) + strategy == 1 else "were"
    return f"{who} changed {what}." if who else f"{what[:1].upper()}{what[1:]} {verb} changed."


def voices(people: Sequence[tuple[str, str | None]]) -> str:
    """people: name and team of each who said so."""
    names = [f"{name} ({team})" if team else name for name, team in people]
    said = "1 person says" if len(people) == 1 else f"{len(people)} people say"
    return f"{said} that this changes their work: {listed(names)}."


def whose(who: str | None, *, own: bool) -> str:
    return "Your change:" if own else f"Changed by {who}:" if who else "Changed:"


def goal(title: str, said: Sequence[str]) -> str:
    """said: what is different about it."""
    return f"*{title}*: {'; '.join(said)}"


def part(name: str, text: str) -> str:
    """A part of the strategy as it reads now."""
    return f"*{LINES[name]}:* {text or TAKEN_OUT}"


def why(reason: str) -> str:
    return f"Why: {reason}"


def more(count: int, command: str) -> str:
    return f"And {counted(count, 'goal')} more: `{command}` shows them."
