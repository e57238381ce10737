"""Goals with everything they are tied to."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_

from checkins.model import Goal, GoalStatus, Ice, Measure
from storage import tables
from storage.scope import Record, Scope, existing, positioned, prefixed, record_of

GOAL = tables.Goal.__table__.c
MEASURE = ("name", "framework", "baseline", "target", "unit", "current")
ICE = ("impact", "confidence", "ease")
# The fields that are tuples: the table that holds each, and the column of its values.
TUPLES: dict[str, tuple[type[tables.Row], str]] = {
    "supports": (tables.GoalSupport, "supports"),
    "contributing_teams": (tables.GoalContributor, "team"),
    "depends_on": (tables.GoalDependency, "team"),
    "done": (tables.GoalDone, "statement"),
}


class SqlGoals:
    """Implements ``checkins.ports.Goals``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, goal: str) -> Goal:
        return existing(self.find(goal), "goal", goal)

    def find(self, goal: str) -> Goal | None:
        return next(iter(self._where(GOAL.id == goal)), None)

    def all(self) -> list[Goal]:
        return self._where()

    def hold(self) -> list[Goal]:
        self._scope.alone_in("goals")
        return self.all()

    def running(self, first: date, last: date) -> list[Goal]:
        return self._where(
            GOAL.status == GoalStatus.ACTIVE,
            or_(GOAL.starts.is_(None), GOAL.starts <= last),
            or_(GOAL.ends.is_(None), GOAL.ends >= first),
        )

    def save(self, *goals: Goal) -> None:
        self._scope.upsert(tables.Goal, map(_record, goals))
        ids = [goal.id for goal in goals]
        for field, (row, column) in TUPLES.items():
            records = (r for goal in goals for r in positioned("goal", goal.id, column, getattr(goal, field)))
            self._scope.replace_children(row, "goal", of=ids, records=records)
        weights = (record for goal in goals for record in _weights(goal))
        self._scope.replace_children(tables.GoalWeight, "goal", of=ids, records=weights)

    def _where(self, *conditions: Any) -> list[Goal]:
        chosen = self._scope.select(tables.Goal).where(*conditions)
        ids = chosen.with_only_columns(GOAL.id)
        weights = self._scope.children(tables.GoalWeight, "goal", ids)
        tuples = {field: (self._scope.children(row, "goal", ids), column) for field, (row, column) in TUPLES.items()}
        return [
            _goal(
                row,
                weights={one["team"]: one["weight"] for one in weights.get(row["id"], [])},
                **{
                    field: tuple(one[column] for one in children.get(row["id"], []))
                    for field, (children, column) in tuples.items()
                },
            )
            for row in self._scope.rows(chosen.order_by(GOAL.id))
        ]


def _weights(goal: Goal) -> Iterator[Record]:
    teams = positioned("goal", goal.id, "team", goal.weights)
    return (team | {"weight": weight} for team, weight in zip(teams, goal.weights.values(), strict=True))


def _record(goal: Goal) -> Record:
    measure = {f"measure_{name}": getattr(goal.measure, name, None) for name in MEASURE}
    ice = {f"ice_{name}": getattr(goal.ice, name, None) for name in ICE}
    return record_of(goal, tables.Goal, **measure, **ice)


def _goal(row: Record, **tied: Any) -> Goal:
    measure, ice = prefixed("measure_", row), prefixed("ice_", row)
    plain = {name: value for name, value in row.items() if not name.startswith(("measure_", "ice_"))}
    return Goal(
        **plain,
        **tied,
        measure=None if measure["name"] is None else Measure(**measure),
        ice=None if ice["impact"] is None else Ice(**ice),
    )
