"""Digests as they were built, and the findings that are remembered from week to week."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, String, cast, func

from checkins.model import Finding, FindingKind, FindingState
from checkins.ports import StoredDigest
from storage import tables
from storage.scope import Record, Scope, record_of

DIGEST = tables.Digest.__table__.c
FINDING = tables.Finding.__table__.c
EVERYBODY = ""  # the audience of the whole workspace
LISTS = ("teams", "goals", "check_ins")


class SqlDigests:
    """Implements ``checkins.ports.Digests``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def find(self, week: str, team: str | None = None) -> StoredDigest | None:
        chosen = (DIGEST.week == week, DIGEST.audience == (team or EVERYBODY))
        # Whoever reads it to save it again waits for whoever is about to do the same.
        return _digest(self._scope.held(self._scope.select(tables.Digest).where(*chosen)))

    def save(self, digest: StoredDigest) -> None:
        columns = {"audience": digest.team or EVERYBODY, "body": dict(digest.body)}
        self._scope.upsert(tables.Digest, [record_of(digest, tables.Digest, **columns)])

    def latest(self) -> StoredDigest | None:
        return _digest(self._scope.held(self._newest_first()))

    def latest_published(self) -> StoredDigest | None:
        return _digest(self._scope.first(self._newest_first().where(DIGEST.published)))

    def count(self) -> int:
        return int(self._scope.scalar(self._of_everybody().with_only_columns(func.count())))

    def findings(self) -> list[Finding]:
        living = self._scope.select(tables.Finding).where(FINDING.state != FindingState.RESOLVED)
        return [_finding(row) for row in self._scope.rows(self._scope.holding(living.order_by(FINDING.id)))]

    def find_finding(self, finding: str) -> Finding | None:
        row = self._scope.held(self._scope.select(tables.Finding).where(FINDING.id == finding))
        return None if row is None else _finding(row)

    def findings_of(self, kind: FindingKind) -> list[Finding]:
        chosen = self._scope.select(tables.Finding).where(FINDING.kind == kind)
        return [_finding(row) for row in self._scope.rows(self._scope.holding(chosen.order_by(FINDING.id)))]

    def that_carry(self, kind: FindingKind, *, first: str, last: str) -> list[StoredDigest]:
        named = cast(DIGEST.body, String).contains(f'"{kind}"', autoescape=True)
        chosen = self._scope.select(tables.Digest).where(DIGEST.week >= first, DIGEST.week <= last, named)
        rows = self._scope.rows(self._scope.holding(chosen.order_by(DIGEST.week, DIGEST.audience)))
        return [digest for row in rows if (digest := _digest(row))]

    def save_findings(self, findings: Iterable[Finding]) -> None:
        self._scope.upsert(tables.Finding, map(_finding_record, findings))

    def _newest_first(self) -> Select[Any]:
        return self._of_everybody().order_by(DIGEST.week.desc())

    def _of_everybody(self) -> Select[Any]:
        return self._scope.select(tables.Digest).where(DIGEST.audience == EVERYBODY)


def _digest(row: Record | None) -> StoredDigest | None:
    if row is None:
        return None
    return StoredDigest(**{name: value for name, value in row.items() if name != "audience"})


def _finding_record(finding: Finding) -> Record:
    lists = {name: list(getattr(finding, name)) for name in LISTS}
    return record_of(finding, tables.Finding, evidence=dict(finding.evidence), **lists)


def _finding(row: Record) -> Finding:
    return Finding(**(row | {name: tuple(row[name]) for name in LISTS}))
