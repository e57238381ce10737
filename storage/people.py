"""People and their accounts in chats."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from checkins.model import Identity, Person
from storage import tables
from storage.scope import Scope, batches, existing, record_of

PERSON = tables.Person.__table__.c
IDENTITY = tables.Identity.__table__.c
ERASED = tables.ErasedAccount.__table__.c


class SqlPeople:
    """Implements ``checkins.ports.People``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, person: str) -> Person:
        return existing(self.find(person), "person", person)

    def find(self, person: str) -> Person | None:
        return next(iter(self._where(PERSON.id == person)), None)

    def all(self) -> list[Person]:
        return self._where()

    def by_ids(self, people: Iterable[str]) -> dict[str, Person]:
        found = (person for some in batches(people) for person in self._where(PERSON.id.in_(some)))
        return {person.id: person for person in found}

    def by_identity(self, platform: str, user: str) -> Person | None:
        account = self._identities(IDENTITY.platform == platform, IDENTITY.user == user)
        return self.find(account[0].person) if account else None

    def save(self, *people: Person) -> None:
        self._scope.upsert(tables.Person, (record_of(person, tables.Person) for person in people))

    def hold(self, person: str) -> Person | None:
        row = self._scope.held(self._scope.select(tables.Person).where(PERSON.id == person))
        return None if row is None else Person(**row)

    def admins(self) -> list[Person]:
        return self._where(PERSON.admin, PERSON.active)

    def hold_admins(self) -> list[Person]:
        # Whoever asks locks in the same order, so that two who remove each other wait instead of failing.
        everyone = self._scope.select(tables.Person).where(PERSON.admin, PERSON.active).order_by(PERSON.id)
        return [Person(**row) for row in self._scope.rows(self._scope.holding(everyone))]

    def identities(self, platform: str) -> dict[str, Identity]:
        return {account.person: account for account in self._identities(IDENTITY.platform == platform)}

    def identity(self, person: str, platform: str) -> Identity | None:
        return next(iter(self._identities(IDENTITY.person == person, IDENTITY.platform == platform)), None)

    def save_identity(self, identity: Identity) -> None:
        self._scope.upsert(tables.Identity, [record_of(identity, tables.Identity)])

    def remove_identity(self, person: str, platform: str) -> None:
        theirs = self._scope.delete(tables.Identity).where(IDENTITY.person == person, IDENTITY.platform == platform)
        self._scope.execute(theirs)

    def is_erased(self, platform: str, user: str) -> bool:
        known = self._scope.select(tables.ErasedAccount).where(ERASED.account == self._digest(platform, user))
        return self._scope.first(known) is not None

    def remember_erased(self, platform: str, user: str) -> None:
        self._scope.insert_new(tables.ErasedAccount, {"account": self._digest(platform, user)})

    def forget_erased(self, platform: str, user: str) -> None:
        account = self._digest(platform, user)
        self._scope.execute(self._scope.delete(tables.ErasedAccount).where(ERASED.account == account))

    def _digest(self, platform: str, user: str) -> str:
        """What is left of an erased account: enough to know it again, nothing to read from it."""
        return sha256(f"{self._scope.workspace}/{platform}/{user}".encode()).hexdigest()

    def _where(self, *conditions: Any) -> list[Person]:
        rows = self._scope.rows(self._scope.select(tables.Person).where(*conditions).order_by(PERSON.id))
        return [Person(**row) for row in rows]

    def _identities(self, *conditions: Any) -> list[Identity]:
        rows = self._scope.rows(self._scope.select(tables.Identity).where(*conditions).order_by(IDENTITY.person))
        return [Identity(**row) for row in rows]
