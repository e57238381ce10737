"""Digests as they were built, and the findings they carry."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index

from checkins.model import Decision, FindingKind, FindingState
from storage.tables.base import Row, belongs, document, identifier, is_share, one_of, refers, words


class Digest(Row, table=True):
    """The audience is a team's id, or empty for the whole workspace, which no null could be in a key."""

    __tablename__ = "digest"
    __table_args__ = (
        belongs(),
        refers("team", "team"),
        CheckConstraint("audience = coalesce(team, '')", name="audience"),
    )

    week: str = identifier()
    audience: str = identifier()
    team: str | None = words()
    body: dict[str, Any] = document()
    picture: bytes | None
    picture_file: str | None = words()
    published: bool
    built_at: datetime
    updated_at: datetime | None


class Finding(Row, table=True):
    __tablename__ = "finding"
    __table_args__ = (
        belongs(),
        CheckConstraint("basis IN ('plan', 'history')", name="basis"),
        CheckConstraint("weeks >= 0", name="weeks"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
        is_share("severity"),
        Index(None, "workspace", "state"),
    )

    id: str = identifier()
    kind: FindingKind = one_of(FindingKind)
    basis: str | None = words()
    teams: list[str] = document()
    goals: list[str] = document()
    since: str = words()
    weeks: int
    severity: float
    evidence: dict[str, Any] = document()
    check_ins: list[str] = document()
    sentence: str = words()
    shown: bool
    state: FindingState = one_of(FindingState)
    decision: Decision | None = one_of(Decision)
    decided_at: datetime | None
