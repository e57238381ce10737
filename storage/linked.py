"""Messages linked to goals, until a check-in takes them up."""

from collections.abc import Iterable
from datetime import datetime

from checkins.model import LinkedWork
from storage import tables
from storage.scope import Scope, record_of

LINKED = tables.LinkedWork.__table__.c


class SqlLinked:
    """Implements ``checkins.ports.Linked``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def of(self, person: str) -> list[LinkedWork]:
        theirs = self._scope.select(tables.LinkedWork).where(LINKED.person == person)
        return [LinkedWork(**row) for row in self._scope.rows(theirs.order_by(LINKED.at, LINKED.id))]

    def save(self, work: LinkedWork) -> None:
        self._scope.upsert(tables.LinkedWork, [record_of(work, tables.LinkedWork)])

    def remove(self, person: str, works: Iterable[str]) -> None:
        theirs = self._scope.delete(tables.LinkedWork).where(LINKED.person == person, LINKED.id.in_(list(works)))
        self._scope.execute(theirs)

    def remove_before(self, at: datetime) -> None:
        self._scope.execute(self._scope.delete(tables.LinkedWork).where(LINKED.at < at))
