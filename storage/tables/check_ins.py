"""Answers: a check-in, its work items, ties, ratings and priorities, and the revisions that were replaced."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index

from checkins.model import Contact, Entered, Reason
from storage.tables.base import Row, document, identifier, is_share, one_of, place, refers, within, words


class TieKind(StrEnum):
    """In which answer a check-in names another team; the values are the fields of a check-in."""

    WORKED_WITH = "worked_with"
    WAITING_ON = "waiting_on"
    CONTACTS = "contacts"


class RatingKind(StrEnum):
    """What is rated 1..5; the values are the fields of a check-in."""

    CONFIDENCE = "confidence"
    CLARITY = "clarity"


class CheckIn(Row, table=True):
    __tablename__ = "check_in"
    __table_args__ = (
        refers("person", "person"),
        refers("team", "team"),
        refers("prompt", "prompt"),
        Index(None, "workspace", "date", "id"),
        Index(None, "workspace", "person", "date"),
        Index(None, "workspace", "prompt"),
        CheckConstraint("revision >= 1", name="revision"),
    )

    id: str = identifier()
    person: str = words()
    team: str = words()
    date: dt.date
    note: str = words()
    entered: Entered = one_of(Entered)
    late: bool
    prompt: str | None = words()
    revision: int
    stored_at: dt.datetime | None  # of this revision; None: before this was kept


class WorkItem(Row, table=True):
    __tablename__ = "work_item"
    __table_args__ = (
        refers("check_in", "check_in"),
        refers("goal", "goal"),
        refers("proposed", "goal"),
        is_share("share"),
    )

    check_in: str = identifier()
    position: int = place()
    text: str = words()
    goal: str | None = words()
    reason: Reason | None = one_of(Reason)
    share: float | None
    proposed: str | None = words()
    refs: list[str] = document()


class Tie(Row, table=True):
    """Another team that a check-in names; an answer only where the tie was asked for by name."""

    __tablename__ = "tie"
    __table_args__ = (
        refers("check_in", "check_in"),
        refers("team", "team"),
        CheckConstraint("(answer IS NOT NULL) = (kind = 'contacts')", name="answered"),
    )

    check_in: str = identifier()
    kind: TieKind = one_of(TieKind, primary_key=True)
    position: int = place()
    team: str = words()
    answer: Contact | None = one_of(Contact)


class Rating(Row, table=True):
    __tablename__ = "rating"
    __table_args__ = (refers("check_in", "check_in"), refers("goal", "goal"), within("value", 1, 5))

    check_in: str = identifier()
    kind: RatingKind = one_of(RatingKind, primary_key=True)
    position: int = place()
    goal: str = words()
    value: int


class DonePick(Row, table=True):
    """The statement a person picked for what "done" means for a goal."""

    __tablename__ = "done_pick"
    __table_args__ = (refers("check_in", "check_in"), refers("goal", "goal"))

    check_in: str = identifier()
    position: int = place()
    goal: str = words()
    statement: str = words()


class Priority(Row, table=True):
    __tablename__ = "priority"
    __table_args__ = (refers("check_in", "check_in"), refers("goal", "goal"))

    check_in: str = identifier()
    position: int = place()
    goal: str = words()


class LinkedWork(Row, table=True):
    """A message that a person linked to a goal and that no check-in has taken up yet."""

    __tablename__ = "linked_work"
    __table_args__ = (refers("person", "person"), refers("goal", "goal"), Index(None, "workspace", "person"))

    id: str = identifier()
    person: str = words()
    text: str = words()
    goal: str | None = words()
    link: str = words()
    at: dt.datetime


class CheckInRevision(Row, table=True):
    """A check-in as it stood before it was replaced; positions count replacements from 0."""

    __tablename__ = "check_in_revision"
    __table_args__ = (refers("check_in", "check_in"),)

    check_in: str = identifier()
    position: int = place()
    replaced_at: dt.datetime
    body: dict[str, Any] = document()
