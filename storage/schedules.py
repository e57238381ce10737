"""When which teams are asked."""

from datetime import datetime
from typing import Any

from checkins.model import Schedule
from storage import tables
from storage.scope import Scope, existing, positioned, record_of

SCHEDULE = tables.Schedule.__table__.c


class SqlSchedules:
    """The part of ``checkins.ports.Rounds`` that is about schedules."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def schedule(self, schedule: str) -> Schedule:
        return existing(next(iter(self._schedules(SCHEDULE.id == schedule)), None), "schedule", schedule)

    def schedules(self) -> list[Schedule]:
        return self._schedules()

    def due_schedules(self, now: datetime) -> list[Schedule]:
        return self._schedules(SCHEDULE.active, SCHEDULE.next_at <= now)

    def save_schedule(self, schedule: Schedule) -> None:
        self._scope.upsert(tables.Schedule, [record_of(schedule, tables.Schedule)])
        teams = positioned("schedule", schedule.id, "team", schedule.teams)
        self._scope.replace_children(tables.ScheduleTeam, "schedule", of=[schedule.id], records=teams)

    def _schedules(self, *conditions: Any) -> list[Schedule]:
        chosen = self._scope.select(tables.Schedule).where(*conditions)
        teams = self._scope.children(tables.ScheduleTeam, "schedule", chosen.with_only_columns(SCHEDULE.id))
        rows = self._scope.rows(chosen.order_by(SCHEDULE.id))
        return [Schedule(**row, teams=tuple(one["team"] for one in teams.get(row["id"], []))) for row in rows]
