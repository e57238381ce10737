"""Days on which people are not asked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from checkins.model import Absence
from storage import tables
from storage.scope import Scope, record_of

ABSENCE = tables.Absence.__table__.c
PERSON = tables.Person.__table__.c


class SqlAbsences:
    """Implements ``checkins.ports.Absences``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def of(self, person: str) -> list[Absence]:
        # Whoever changes them replaces them all, so those who want to change one person's take turns.
        self._scope.held(self._scope.select(tables.Person).where(PERSON.id == person))
        return self._where(ABSENCE.person == person)

    def touching(self, first: date, last: date) -> list[Absence]:
        return self._where(ABSENCE.first <= last, ABSENCE.last >= first)

    def replace(self, person: str, absences: Iterable[Absence]) -> None:
        records = (record_of(absence, tables.Absence) for absence in absences)
        self._scope.replace_children(tables.Absence, "person", of=[person], records=records)

    def _where(self, *conditions: Any) -> list[Absence]:
        chosen = self._scope.select(tables.Absence).where(*conditions)
        return [Absence(**row) for row in self._scope.rows(chosen.order_by(ABSENCE.person, ABSENCE.first))]
