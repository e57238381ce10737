"""The one way goals are saved: what changed about them is written down beside them, by whom and why."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from checkins.ids import derived
from checkins.measures import name_of
from checkins.model import Goal, GoalChange, GoalStatus, Measure
from checkins.ports import Transaction
from checkins.wording import NBSP

NOTHING = ""
OPEN = (GoalStatus.ACTIVE, GoalStatus.PAUSED)  # goals that are not closed
SET_UP = "set_up"  # what: a goal that was not there before; after: its title
Reading = Callable[[Goal], str]


def keep(tx: Transaction, *goals: Goal, by: str | None, now: datetime, why: str = "") -> list[GoalChange]:
    """Save goals and log each changed field; returns the changes, none for goals that stay as they are.

    by: a person's id, None for a document or the bot itself. A changed goal has been spoken of: ``updated_at`` is now.
    """
    stored = {goal.id: goal for goal in tx.goals.hold()}
    changed = [goal for goal in goals if stored.get(goal.id) != goal]
    changes = [
        GoalChange(id="", goal=goal.id, at=now, person=by, what=what, before=before, after=after, why=why)
        for goal in changed
        for what, before, after in _differences(stored.get(goal.id), goal)
    ]
    spoken_of = {change.goal for change in changes}
    tx.goals.save(*(replace(goal, updated_at=now, nudges=0) if goal.id in spoken_of else goal for goal in changed))
    return log(tx, changes, now=now)


def log(tx: Transaction, changes: Iterable[GoalChange], *, now: datetime) -> list[GoalChange]:
    """Write down changes of this instant; returns them with their ids, which are in order."""
    place = count(len(tx.goal_log.changed_since(now)))
    logged = [replace(change, id=_name(next(place), change)) for change in changes]
    tx.goal_log.add_changes(logged)
    return logged


def _name(place: int, change: GoalChange) -> str:
    """place: how many changes the instant has seen."""
    return f"{place:06}-{derived('goal-change', change.goal or '', change.what, change.at.isoformat())}"


def _differences(before: Goal | None, after: Goal) -> Iterator[tuple[str, str, str]]:
    """What changed, as it read before and as it reads now."""
    if before is None:
        yield SET_UP, NOTHING, after.title
        return
    old, new = reading(before), reading(after)
    for what in dict.fromkeys((*old, *new)):
        if old.get(what) != new.get(what):
            yield what, old.get(what, NOTHING), new.get(what, NOTHING)


def reading(goal: Goal) -> dict[str, str]:
    """A goal as the log tells it, field by field; without those that are empty."""
    fields = {what: read(goal) for what, read in _READINGS.items()}
    weights = {f"weight:{team}": _share(share) for team, share in sorted(goal.weights.items())}
    return {what: said for what, said in (fields | weights).items() if said}


def _share(share: float | None) -> str:
    return NOTHING if share is None else f"{100 * share:g}{NBSP}%"


def _day(day: date | None) -> str:
    return NOTHING if day is None else day.isoformat()


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(ids)


def _measure(measure: Measure | None) -> str:
    """What is measured and where it should get; the current value is an update, no change of the goal."""
    if measure is None:
        return NOTHING
    numbers = (f"{value:g}" for value in (measure.baseline, measure.target) if value is not None)
    return " ".join([f"{measure.name} ({name_of(measure.framework)})", " → ".join(numbers), measure.unit]).strip()


_READINGS: dict[str, Reading] = {
    "title": lambda goal: goal.title,
    "description": lambda goal: goal.description,
    "level": lambda goal: goal.level.value,
    "status": lambda goal: goal.status.value,
    "owner": lambda goal: goal.owner or NOTHING,
    "team": lambda goal: goal.team or NOTHING,
    "supports": lambda goal: _ids(goal.supports),
    "contributing_teams": lambda goal: _ids(goal.contributing_teams),
    "depends_on": lambda goal: _ids(goal.depends_on),
    "starts": lambda goal: _day(goal.starts),
    "ends": lambda goal: _day(goal.ends),
    "weight": lambda goal: _share(goal.weight),
    "measure": lambda goal: _measure(goal.measure),
    "done": lambda goal: "\n".join(goal.done),
}
