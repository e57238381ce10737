"""What the detail of a goal says, and the form for an update. Names, titles and texts are escaped by the caller."""

from collections.abc import Sequence
from datetime import date

from bot.texts import goals
from checkins import measures
from checkins.goal_detail import TeamEffort
from checkins.goal_keeping import SET_UP
from checkins.model import GoalStatus, Ice, Level, Measure
from checkins.wording import NBSP, counted, percent

DETAILS = "Details"
TITLE = "Goal"
CLOSE = "Close"
POST = "Post an update"
TAKE_UP = "Take up again"
SAVE, CANCEL = "Post", "Cancel"
TEXT, VALUE = "How is it going?", "Newest value"
TEXT_HINT = "A sentence or two. Everybody who looks at the goal sees it."
NO_UPDATES = "Nobody has posted an update yet."
UPDATES, CHANGES, EFFORT = "*Updates*", "*Changes*", "*Share of the work, last check-ins*"
SEVERAL = "Which goal do you mean?"
PAUSED = "This goal is paused: check-ins do not offer it."
NO_NUMBERS = "No numbers yet."
SOMEBODY = "Trueline"  # made a change that no person stands for

LEVELS = {
    Level.ORGANISATION: "organisation’s goal",
    Level.PRODUCT: "product’s goal",
    Level.TEAM: "team’s goal",
}
STATUSES = {
    GoalStatus.ACTIVE: "active",
    GoalStatus.PAUSED: "paused",
    GoalStatus.DONE: "done",
    GoalStatus.DROPPED: "dropped",
}
FIELDS = {
    "title": "title",
    "description": "description",
    "level": "level",
    "status": "status",
    "owner": "owner",
    "team": "team",
    "supports": "what it supports",
    "contributing_teams": "contributing teams",
    "depends_on": "teams it depends on",
    "starts": "start",
    "ends": "end",
    "weight": "weight",
    "measure": "measure",
    "done": "what “done” means",
}


def period(starts: date | None, ends: date | None) -> str:
    """``1 Jul – 31 Dec 2026``; empty where neither day is set."""
    if starts and ends:
        first = f"{starts:%-d %b}" if starts.year == ends.year else f"{starts:%-d %b %Y}"
        return f"{first} – {ends:%-d %b %Y}"
    return f"from {starts:%-d %b %Y}" if starts else f"until {ends:%-d %b %Y}" if ends else ""


def owner(name: str) -> str:
    return f"owner {name}"


def ice(scores: Ice) -> str:
    parts = f"impact {scores.impact} × confidence {scores.confidence} × ease {scores.ease}"
    return f"ICE {scores.score} ({parts})"


def supports(titles: Sequence[str], more: int) -> str:
    return _titles("Supports", titles, more)


def supported_by(titles: Sequence[str], more: int) -> str:
    return _titles("Supported by", titles, more)


def _titles(label: str, titles: Sequence[str], more: int) -> str:
    rest = [f"{more} more"] if more else []
    return f"{label} " + ", ".join([*(f"“{title}”" for title in titles), *rest])


def measure(measure: Measure, progress: float | None) -> list[str]:
    """Name, framework, and the bar with its numbers: signs alone say nothing to a screen reader."""
    name = f"*{measure.name}* ({measures.name_of(measure.framework)})"
    numbers = goals.progress(measure).removeprefix(measure.name).removeprefix(": ") or NO_NUMBERS
    return [name, numbers if progress is None else f"{measures.bar(progress)} {percent(progress)} · {numbers}"]


def values(sparkline: str, first: str, last: str) -> str:
    return f"{sparkline} from {first} to {last}"


def amount(value: float, unit: str) -> str:
    return f"{value:g}{goals.unit_after(unit)}".replace(" ", NBSP)


def picture(title: str, values: Sequence[float], unit: str) -> str:
    """For those who cannot see it."""
    return f"Values of “{title}”, oldest first: {', '.join(f'{value:g}' for value in values)}{goals.unit_after(unit)}."


def update(at: str, who: str | None, text: str, value: str) -> str:
    said = " · ".join(filter(None, [value and f"*{value}*", text]))
    return f"{at}{f', {who}' if who else ''}: {said or '(text removed)'}"


def effort(effort: TeamEffort, team: str) -> str:
    sample = f"{counted(effort.answers, 'answer')} in {counted(effort.check_ins, 'check-in')}"
    return f"{team}: {percent(effort.share)} ({sample})"


def change(what: str, team: str | None, before: str, after: str) -> str:
    if what == SET_UP:
        return "set up"
    field = f"weight for {team}" if team else FIELDS.get(what, what)
    if before and after:
        return f"{field}: {before} → {after}"
    return f"{field}: {after}" if after else f"{field}: {before} → none"


def changed(at: str, who: str | None, said: str, why: str) -> str:
    return f"{at}, {who or SOMEBODY}: {said}{f' ({why})' if why else ''}"


def earlier(count: int) -> str:
    return f"And {count} earlier."


def value_hint(example: str, current: str | None, unit: str) -> str:
    now = f"It was {current}. " if current else ""
    return f"{now}{example}{f' In {unit}.' if unit else ''}"


def about(title: str) -> str:
    return f"*{title}*"


def line(title: str, status: GoalStatus) -> str:
    """A goal among several that may be meant."""
    return f"*{title}*" if status is GoalStatus.ACTIVE else f"*{title}* · {STATUSES[status]}"


def others(count: int) -> str:
    return f"And {count} more. Name more words of the title."
