"""The one way goals are saved: what changed about them is written down beside them, by whom and why."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from checkins.ids import derived
from checkins.model import Goal, GoalChange, Measure
from checkins.ports import Transaction
from checkins.wording import percent

NOTHING = ""
SET_UP = "set_up"  # what: a goal that was not there before; after: its title
Reading = Callable[[Goal], str]


def keep(tx: Transaction, *goals: Goal, by: str | None, now: datetime, why: str = "") -> list[GoalChange]:
    """Save goals and log each changed field; returns the changes, none for goals that stay as they are.

    by: a person's id, None for a document or the bot itself.
    """
    stored = {goal.id: goal for goal in tx.goals.all()}
    changed = [goal for goal in goals if stored.get(goal.id) != goal]
    changes = [
        GoalChange(
            id=derived("goal-change", goal.id, what, now.isoformat(), after),
            goal=goal.id,
            at=now,
            person=by,
            what=what,
            before=before,
            after=after,
            why=why,
        )
        for goal in changed
        for what, before, after in _differences(stored.get(goal.id), goal)
    ]
    tx.goals.save(*changed)
    tx.goal_log.add_changes(changes)
    return changes


def _differences(before: Goal | None, after: Goal) -> Iterator[tuple[str, str, str]]:
    """What changed, as it read before and as it reads now."""
    if before is None:
        yield SET_UP, NOTHING, after.title
        return
    for what, read in _READINGS.items():
        if read(before) != read(after):
            yield what, read(before), read(after)
    for team in sorted(before.weights.keys() | after.weights.keys()):
        if before.weights.get(team) != after.weights.get(team):
            yield f"weight:{team}", _share(before.weights.get(team)), _share(after.weights.get(team))


def _share(share: float | None) -> str:
    return NOTHING if share is None else percent(share)


def _day(day: date | None) -> str:
    return NOTHING if day is None else day.isoformat()


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(ids)


def _measure(measure: Measure | None) -> str:
    """What is measured and where it should get; the current value is an update, no change of the goal."""
    if measure is None:
        return NOTHING
    numbers = (f"{value:g}" for value in (measure.baseline, measure.target) if value is not None)
    return " ".join([measure.name, measure.framework, " → ".join(numbers), measure.unit]).strip()


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
