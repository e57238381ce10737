"""Check-ins with their items, ties, ratings and priorities. A replaced revision is kept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Select

from checkins.model import CheckIn, WorkItem
from storage import tables
from storage.scope import Record, Scope, batches, positioned, record_of
from storage.tables import RatingKind, TieKind

CHECK_IN = tables.CheckIn.__table__.c
REVISION = tables.CheckInRevision.__table__.c
CHILDREN = (tables.WorkItem, tables.Tie, tables.Rating, tables.DonePick, tables.Priority)


class SqlCheckIns:
    """Implements ``checkins.ports.CheckIns``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def find(self, check_in: str) -> CheckIn | None:
        return next(iter(self._where(CHECK_IN.id == check_in)), None)

    def of_prompt(self, prompt: str) -> CheckIn | None:
        return next(iter(self._where(CHECK_IN.prompt == prompt)), None)

    def latest_of(self, person: str) -> CheckIn | None:
        return next(iter(self.recent_of(person, 1)), None)

    def recent_of(self, person: str, limit: int) -> list[CheckIn]:
        theirs = self._scope.select(tables.CheckIn).where(CHECK_IN.person == person)
        return self._read(theirs.order_by(CHECK_IN.date.desc(), CHECK_IN.id.desc()).limit(limit))

    def of(self, person: str) -> list[CheckIn]:
        return self._where(CHECK_IN.person == person)

    def between(self, first: date, last: date) -> list[CheckIn]:
        return self._where(CHECK_IN.date.between(first, last))

    def all(self) -> list[CheckIn]:
        return self._where()

    def any_stored(self, first: date, last: date, *, since: datetime) -> bool:
        stored = self._scope.select(tables.CheckIn).where(CHECK_IN.date.between(first, last))
        return self._scope.first(stored.where(CHECK_IN.stored_at >= since)) is not None

    def save(self, *check_ins: CheckIn, at: datetime) -> None:
        for some in batches(check_ins):
            self._save(some, at)

    def _save(self, check_ins: list[CheckIn], at: datetime) -> None:
        stored = {one.id: one for one in self._where(CHECK_IN.id.in_([one.id for one in check_ins]))}
        changed = [one for one in check_ins if stored.get(one.id) != one]
        replaced = [stored[one.id] for one in changed if one.id in stored]
        self._keep_revisions(replaced, at)
        self._scope.upsert(tables.CheckIn, (record_of(one, tables.CheckIn, stored_at=at) for one in changed))
        ids = [one.id for one in replaced]
        for row, records in _children(changed).items():
            self._scope.replace_children(row, "check_in", of=ids, records=records)

    def _keep_revisions(self, replaced: list[CheckIn], at: datetime) -> None:
        if not replaced:
            return
        ids = [one.id for one in replaced]
        revisions = self._scope.select(tables.CheckInRevision).where(REVISION.check_in.in_(ids))
        kept = Counter(name for (name,) in self._scope.columns(revisions.with_only_columns(REVISION.check_in)))
        self._scope.insert(
            tables.CheckInRevision,
            (
                {"check_in": one.id, "position": kept[one.id], "replaced_at": at, "body": _as_json(one)}
                for one in replaced
            ),
        )

    def _where(self, *conditions: Any) -> list[CheckIn]:
        chosen = self._scope.select(tables.CheckIn).where(*conditions)
        return self._read(chosen.order_by(CHECK_IN.date, CHECK_IN.id))

    def _read(self, chosen: Select[Any]) -> list[CheckIn]:
        rows = self._scope.rows(chosen)
        if not rows:
            return []
        parts = _Parts(self._scope, chosen.with_only_columns(CHECK_IN.id))
        return [_check_in(row, parts) for row in rows]


class _Parts:
    """The child rows of the chosen check-ins: one query per table, whatever their number."""

    def __init__(self, scope: Scope, chosen: Select[Any]) -> None:
        self._rows = {row: scope.children(row, "check_in", chosen) for row in CHILDREN}

    def of(self, check_in: str) -> dict[str, Any]:
        """The fields of a check-in that do not lie in its own row."""
        items, ties, ratings, done, priorities = (self._rows[row].get(check_in, []) for row in CHILDREN)
        return {
            "items": tuple(_item(row) for row in items),
            "worked_with": tuple(tie["team"] for tie in ties if tie["kind"] is TieKind.WORKED_WITH),
            "waiting_on": tuple(tie["team"] for tie in ties if tie["kind"] is TieKind.WAITING_ON),
            "contacts": {tie["team"]: tie["answer"] for tie in ties if tie["kind"] is TieKind.CONTACTS},
            "confidence": {row["goal"]: row["value"] for row in ratings if row["kind"] is RatingKind.CONFIDENCE},
            "clarity": {row["goal"]: row["value"] for row in ratings if row["kind"] is RatingKind.CLARITY},
            "done": {row["goal"]: row["statement"] for row in done},
            "priorities": tuple(row["goal"] for row in priorities),
        }


def _check_in(row: Record, parts: _Parts) -> CheckIn:
    fields = {name: value for name, value in row.items() if name != "stored_at"}
    return CheckIn(**fields, **parts.of(row["id"]))


def _children(check_ins: list[CheckIn]) -> dict[type[tables.Row], Iterable[Record]]:
    return {
        tables.WorkItem: chain.from_iterable(map(_items, check_ins)),
        tables.Tie: chain.from_iterable(map(_ties, check_ins)),
        tables.Rating: chain.from_iterable(map(_ratings, check_ins)),
        tables.DonePick: chain.from_iterable(map(_done, check_ins)),
        tables.Priority: (
            record for one in check_ins for record in positioned("check_in", one.id, "goal", one.priorities)
        ),
    }


def _items(check_in: CheckIn) -> Iterator[Record]:
    for place, item in enumerate(check_in.items):
        yield record_of(item, tables.WorkItem, check_in=check_in.id, position=place, refs=list(item.references))


def _ties(check_in: CheckIn) -> Iterator[Record]:
    for kind in TieKind:
        named = getattr(check_in, kind)
        answers = check_in.contacts if kind is TieKind.CONTACTS else {}
        for tie in positioned("check_in", check_in.id, "team", named):
            yield tie | {"kind": kind, "answer": answers.get(tie["team"])}


def _ratings(check_in: CheckIn) -> Iterator[Record]:
    for kind in RatingKind:
        rated = getattr(check_in, kind)
        for rating in positioned("check_in", check_in.id, "goal", rated):
            yield rating | {"kind": kind, "value": rated[rating["goal"]]}


def _done(check_in: CheckIn) -> Iterator[Record]:
    for pick in positioned("check_in", check_in.id, "goal", check_in.done):
        yield pick | {"statement": check_in.done[pick["goal"]]}


def _item(row: Record) -> WorkItem:
    return WorkItem(
        text=row["text"],
        goal=row["goal"],
        reason=row["reason"],
        share=row["share"],
        proposed=row["proposed"],
        references=tuple(row["refs"]),
    )


def _as_json(check_in: CheckIn) -> dict[str, Any]:
    return asdict(check_in) | {"date": check_in.date.isoformat()}
