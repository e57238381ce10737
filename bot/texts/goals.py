"""What lists of goals say. Names and titles are escaped by the caller."""

from collections.abc import Sequence

from checkins.goal_state import GoalState, Standing
from checkins.model import FindingKind, Measure, Strategy
from checkins.wording import counted, percent

LIST = "Goals"
NONE_YET = "No goals are set yet."
NOTHING_RUNS = "No goal runs today."
NONE_AT_RISK = "No goal is at risk, and of each there was news lately."
NONE_PAST = "No goal is paused, over or closed yet."
IN_NO_TEAM = "You are in no team yet and own no goal."
STRATEGY = "Where we are going"
SET = "Set goals"
OPEN = "Open a goal…"
BACK, NEXT = "Previous", "Next"
MINE, ALL, AT_RISK = "My goals", "All", "At risk"
CONTINUED = "continued"
BY_TEAM = "Team by team, what supports none of these:"
LINES = {
    "vision": "Vision",
    "mission": "Mission",
    "target_market": "For whom",
    "value_proposition": "What we offer",
}
TROUBLES = {
    FindingKind.FALLING_CONFIDENCE: "confidence in it falls",
    FindingKind.ORPHAN_GOAL: "nobody works on it",
    FindingKind.CONTESTED_GOAL: "people differ about it",
    FindingKind.UNCLEAR_GOAL: "it is unclear to many",
    FindingKind.UNCLEAR_DONE: "people differ about when it is done",
    FindingKind.DRIFT: "work on it has left the plan",
    FindingKind.PRIORITY_GAP: "people rank it otherwise than the plan does",
}


def strategy_lines(strategy: Strategy) -> list[tuple[str, str]]:
    """What is written down of the strategy: name and text."""
    written = [(name, getattr(strategy, part)) for part, name in LINES.items()]
    return [(name, text) for name, text in written if text.strip()]


def state(standing: Standing) -> str:
    return "not closed" if standing.state is GoalState.OVER else standing.state.value


def why(standing: Standing) -> str:
    """What an uneasy state rests on; empty for the others."""
    if standing.state is GoalState.NO_UPDATE:
        return f"nothing heard since {standing.heard:%-d %B %Y}" if standing.heard else "nothing heard yet"
    if standing.state is not GoalState.AT_RISK:
        return ""
    if standing.trouble:
        return TROUBLES[standing.trouble]
    return f"{percent(standing.progress or 0)} of the way after {percent(standing.elapsed or 0)} of the time"


def share_of(weight: float, team: str | None) -> str:
    return f"{percent(weight)} of {possessive(team)} work" if team else f"{percent(weight)} of the work"


def planned(weight: float) -> str:
    return f"planned {percent(weight)}"


def possessive(name: str) -> str:
    return f"{name}’" if name.endswith(("s", "S")) else f"{name}’s"


def heading(title: str, *, continued: bool) -> str:
    return f"*{title}* ({CONTINUED})" if continued else f"*{title}*"


def supports(titles: Sequence[str], *, more: int = 0) -> str:
    """more: how many are left unnamed."""
    return f"supports {_quoted(titles, more)}"


def also_supports(titles: Sequence[str], *, more: int = 0) -> str:
    """The same beside what the goal stands below."""
    return f"also supports {_quoted(titles, more)}"


def _quoted(titles: Sequence[str], more: int) -> str:
    named = ", ".join(f"“{title}”" for title in titles)
    return f"{named} and {more} more" if more else named


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


def page_of(page: int, pages: int, *, goals: int) -> str:
    """page: from 1."""
    return f"Page {page} of {pages} · {counted(goals, 'goal')}"


def closed(count: int, command: str) -> str:
    return f"{counted(count, 'goal')} paused or closed: `{command} past`"


def more(count: int, command: str) -> str:
    return f"{count} more. `{command}` shows them."


def ask_admins(admins: Sequence[str]) -> str:
    return f"{', '.join(admins)} can set things up." if admins else "An owner of this workspace can set things up."


def see_all(command: str) -> str:
    return f"`{command} all` shows every goal."


def team_without(team: str) -> str:
    return f"{team} has no goals yet."


def nothing_with(words: str, command: str, near: str | None) -> str:
    found = f"No goal has “{words}”."
    return f"{found} Did you mean `{command} {near}`?" if near else f"{found} {see_all(command)}"
