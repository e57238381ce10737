"""What is said about a team's newest check-in. In mrkdwn; names and texts are escaped by the caller."""

from collections.abc import Sequence

from bot.texts.prompts import readers
from checkins.visibility import Part
from checkins.wording import listed, percent

NOTES = "*Notes to the leads*"
NO_GOAL_CHOSEN = "No goal chosen"


def title(team: str, day: str) -> str:
    return f"*What {team} worked on* ({day})"


def nothing(team: str) -> str:
    return f"There are no answers of {team} from the past weeks."


def work(about: str, share: float, texts: Sequence[str], left: int) -> str:
    lines = [f"*{about}* · {percent(share)}", *(f"• {text}" for text in texts)]
    return "\n".join([*lines, f"and {left} more"] if left else lines)


def teams(label: str, names: Sequence[str]) -> str:
    return f"{label}: {listed(names)}"


def note(name: str, text: str) -> str:
    return f"*{name}:* {text}"


def more_notes(count: int) -> str:
    return f"and {count} more"


def who_sees() -> str:
    return f"Answers are seen by {readers(Part.WORK)}, notes by {readers(Part.NOTE)}. Nobody sees who skipped."
