"""What was said of goals, what was changed about them, and whom that concerned."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from checkins.model import GoalChange, GoalUpdate
from storage import tables
from storage.scope import Scope, batches, record_of

UPDATE = tables.GoalUpdate.__table__.c
CHANGE = tables.GoalChange.__table__.c
CONCERN = tables.GoalConcern.__table__.c


class SqlGoalLog:
    """Implements ``checkins.ports.GoalLog``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def updates(self, goal: str) -> list[GoalUpdate]:
        return list(reversed(self._updates(UPDATE.goal == goal)))

    def latest_updates(self) -> dict[str, GoalUpdate]:
        return {update.goal: update for update in self._updates()}

    def updated_since(self, at: datetime) -> list[GoalUpdate]:
        return self._updates(UPDATE.at >= at)

    def add_update(self, update: GoalUpdate) -> None:
        self._scope.insert(tables.GoalUpdate, [record_of(update, tables.GoalUpdate)])

    def changes(self, goal: str | None) -> list[GoalChange]:
        return self._changes(CHANGE.goal == goal)

    def changes_named(self, changes: Iterable[str]) -> list[GoalChange]:
        found = (change for some in batches(changes) for change in self._changes(CHANGE.id.in_(some)))
        return sorted(found, key=lambda change: (change.at, change.id))

    def changed_since(self, at: datetime) -> list[GoalChange]:
        return self._changes(CHANGE.at >= at)

    def add_changes(self, changes: Iterable[GoalChange]) -> None:
        self._scope.insert(tables.GoalChange, (record_of(change, tables.GoalChange) for change in changes))

    def hand_over(self, person: str, *, to: str) -> None:
        for row in (tables.GoalUpdate, tables.GoalChange):
            theirs = self._scope.update(row).where(row.__table__.c.person == person)
            self._scope.execute(theirs.values(person=to))

    def concerns(self, change: str) -> list[str]:
        said = self._scope.select(tables.GoalConcern).where(CONCERN.change == change).order_by(CONCERN.person)
        return [row["person"] for row in self._scope.rows(said)]

    def add_concern(self, change: str, *, person: str, at: datetime) -> bool:
        return self._scope.insert_new(tables.GoalConcern, {"change": change, "person": person, "at": at})

    def _updates(self, *conditions: Any) -> list[GoalUpdate]:
        """Oldest first."""
        chosen = self._scope.select(tables.GoalUpdate).where(*conditions).order_by(UPDATE.at, UPDATE.id)
        return [GoalUpdate(**row) for row in self._scope.rows(chosen)]

    def _changes(self, *conditions: Any) -> list[GoalChange]:
        chosen = self._scope.select(tables.GoalChange).where(*conditions).order_by(CHANGE.at, CHANGE.id)
        return [GoalChange(**row) for row in self._scope.rows(chosen)]
