"""Workspaces, people, their accounts in chats, and teams."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from checkins.model import Cadence
from storage.tables.base import Row, belongs, identifier, is_share, is_weekday, one_of, place, refers, within, words


class Role(StrEnum):
    """How a person belongs to a team."""

    LEAD = "lead"
    MEMBER = "member"


class Workspace(Row, table=True):
    """Its strategy and digest plan lie flat in the row; a plan without a channel is none."""

    __tablename__ = "workspace"
    __table_args__ = (UniqueConstraint("slack_team"), is_weekday("digest_weekday"))

    name: str = words()
    cadence: Cadence = one_of(Cadence)
    zone: str = words()
    vision: str = words()
    mission: str = words()
    target_market: str = words()
    value_proposition: str = words()
    digest_channel: str | None = words()
    digest_weekday: int | None
    digest_at: time | None
    digest_zone: str | None = words()
    digest_next_at: datetime | None
    slack_team: str | None = words()


class Person(Row, table=True):
    __tablename__ = "person"
    __table_args__ = (belongs(), refers("home_team", "team"), within("reminders", 0, 2))

    id: str = identifier()
    name: str = words()
    email: str | None = words()
    zone: str | None = words()
    own_zone: bool
    country: str | None = words()
    home_team: str | None = words()
    reminders: int | None
    paused: bool
    resumed_at: datetime | None
    admin: bool
    active: bool


class Absence(Row, table=True):
    """A person's absences share no day, so that the first day tells them apart."""

    __tablename__ = "absence"
    __table_args__ = (
        refers("person", "person"),
        CheckConstraint("first <= last", name="order"),
        Index(None, "workspace", "last"),
    )

    person: str = identifier()
    first: date = Field(primary_key=True)
    last: date


class Identity(Row, table=True):
    """One account per person and platform, one person per account."""

    __tablename__ = "identity"
    __table_args__ = (
        refers("person", "person"),
        UniqueConstraint("workspace", "platform", "user"),
        CheckConstraint("platform IN ('slack', 'teams')", name="platform"),
    )

    person: str = identifier()
    platform: str = identifier()
    user: str = words()
    channel: str | None = words()


class ErasedAccount(Row, table=True):
    """An account whose person was erased, known by a digest only, so that no list of members brings them back."""

    __tablename__ = "erased_account"
    __table_args__ = (belongs(),)

    account: str = identifier()


class Team(Row, table=True):
    """``added_by`` bears no foreign key: people refer to teams, and of two tables one must come first."""

    __tablename__ = "team"
    __table_args__ = (belongs(), refers("parent", "team"), is_share("reserve"), within("reminders", 0, 2))

    id: str = identifier()
    name: str = words()
    parent: str | None = words()
    reserve: float | None
    reminders: int | None
    archived: bool
    added_by: str | None = words()
    source: str | None = words()


class Membership(Row, table=True):
    __tablename__ = "membership"
    __table_args__ = (
        refers("team", "team"),
        refers("person", "person"),
        Index(None, "workspace", "person"),
    )

    team: str = identifier()
    role: Role = one_of(Role, primary_key=True)
    position: int = place()
    person: str = words()
