"""What lists of goals say. Names and titles are escaped by the caller."""

from collections.abc import Sequence

from checkins.model import Measure, Strategy
from checkins.wording import percent

LIST = "Goals"
NONE_YET = "No goals are set yet."
IN_NO_TEAM = "You are in no team yet and own no goal."
NO_STRATEGY = "Nothing is written down yet. Admins can import vision, mission, target market and value proposition."
STRATEGY = "Where we are going"
SET = "Set goals"
LINES = {
    "vision": "Vision",
    "mission": "Mission",
    "target_market": "For whom",
    "value_proposition": "What we offer",
}


def strategy_lines(strategy: Strategy) -> list[tuple[str, str]]:
    """What is written down of the strategy: name and text."""
    written = [(name, getattr(strategy, part)) for part, name in LINES.items()]
    return [(name, text) for name, text in written if text.strip()]


def share_of(weight: float, team: str | None) -> str:
    return f"{percent(weight)} of {possessive(team)} work" if team else f"{percent(weight)} of the work"


def possessive(name: str) -> str:
    return f"{name}’" if name.endswith(("s", "S")) else f"{name}’s"


def owner(name: str) -> str:
    return f"owner {name}"


def supports(titles: Sequence[str]) -> str:
    return "Supports " + ", ".join(f"“{title}”" for title in titles)


def progress(measure: Measure) -> str:
    """name and unit: escaped by the caller."""
    parts = [
        f"{word} {value:g}{unit_after(measure.unit)}"
        for word, value in (("now", measure.current), ("from", measure.baseline), ("to", measure.target))
        if value is not None
    ]
    return f"{measure.name}: {', '.join(parts)}" if parts else measure.name


def unit_after(unit: str) -> str:
    return f" {unit}" if unit else ""


def more(count: int, command: str) -> str:
    return f"{count} more. `{command} team NAME` shows one team’s, `{command} WORDS` those with these words."


def ask_admins(admins: Sequence[str]) -> str:
    return f"{', '.join(admins)} can set things up." if admins else "An owner of this workspace can set things up."


def see_all(command: str) -> str:
    return f"`{command} all` shows every goal."


def team_without(team: str) -> str:
    return f"{team} has no goals yet."


def nothing_with(words: str, command: str, near: str | None) -> str:
    found = f"No goal has “{words}”."
    return f"{found} Did you mean `{command} {near}`?" if near else f"{found} {see_all(command)}"
