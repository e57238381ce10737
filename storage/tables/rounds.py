"""Schedules, their rounds and the prompts of each round."""

import datetime as dt
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from checkins.model import Cadence, PromptState
from storage.tables.base import Row, belongs, document, identifier, is_weekday, one_of, place, refers, within, words


class Schedule(Row, table=True):
    __tablename__ = "schedule"
    __table_args__ = (
        belongs(),
        is_weekday("weekday"),
        within("reminders", 0, 2),
        Index(None, "workspace", "active", "next_at"),
    )

    id: str = identifier()
    weekday: int
    at: dt.time
    cadence: Cadence = one_of(Cadence)
    starts: dt.date
    next_date: dt.date
    next_at: dt.datetime
    window: dt.timedelta
    remind_after: dt.timedelta
    reminders: int
    active: bool


class ScheduleTeam(Row, table=True):
    __tablename__ = "schedule_team"
    __table_args__ = (refers("schedule", "schedule"), refers("team", "team"))

    schedule: str = identifier()
    position: int = place()
    team: str = words()


class Round(Row, table=True):
    """Questions and goals are frozen as they were when the round opened."""

    __tablename__ = "round"
    __table_args__ = (
        refers("schedule", "schedule"),
        UniqueConstraint("workspace", "schedule", "date"),
        Index(None, "workspace", "date"),
        Index(None, "workspace", "closed", "closes_at"),
    )

    id: str = identifier()
    schedule: str = words()
    date: dt.date
    opens_at: dt.datetime
    closes_at: dt.datetime
    questions: list[str] = document()
    goals: list[dict[str, Any]] = document()
    closed: bool


class Prompt(Row, table=True):
    __tablename__ = "prompt"
    __table_args__ = (
        refers("round", "round"),
        refers("person", "person"),
        refers("team", "team"),
        UniqueConstraint("workspace", "round", "person"),
        Index(None, "workspace", "person", "due_at"),
        Index(None, "workspace", "state", "remind_at"),
    )

    id: str = identifier()
    round: str = words()
    person: str = words()
    team: str = words()
    due_at: dt.datetime
    closes_at: dt.datetime
    remind_at: dt.datetime | None
    snoozed: bool
    state: PromptState = one_of(PromptState)
    message_channel: str | None = words()
    message_id: str | None = words()
