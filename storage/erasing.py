"""What is stored about a person, and its removal.

Which rows name a person is read from the foreign keys, so that a new table needs no line here: its rows are part of
what the person is shown, and go with the person unless they are listed as kept or released.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, ColumnElement, Select, String, cast, or_

from checkins.model import Person, PromptState
from checkins.ports import Revision
from storage import tables
from storage.scope import Scope, batches, record_of
from storage.tables import Row

CHECK_IN = tables.CheckIn.__table__.c
ITEM = tables.WorkItem.__table__.c
PROMPT = tables.Prompt.__table__.c
KEPT: tuple[type[Row], ...] = (tables.CheckIn, tables.Prompt)  # they go over to the substitute
# The row stays and names nobody.
RELEASED = (
    tables.Goal.__table__.c.owner,
    tables.Team.__table__.c.added_by,
    tables.GoalUpdate.__table__.c.person,
    tables.GoalChange.__table__.c.person,
)
DROPPED: tuple[type[Row], ...] = (tables.Rating, tables.DonePick, tables.Priority, tables.CheckInRevision)
OPEN = (PromptState.PENDING, PromptState.SENT)
GONE = "…"
MEMORY = "memory"  # in a finding's evidence: weeks, numbers and words of the product, which merging reads again
# The columns of prose and JSON that speak to others, and so may name a person or quote a text.
QUOTING: tuple[tuple[type[Row], tuple[str, ...]], ...] = (
    (tables.Digest, ("body",)),
    (tables.Finding, ("sentence", "evidence", "check_ins")),
    (tables.Delivery, ("body",)),
    (tables.GoalUpdate, ("text",)),
    (tables.GoalChange, ("before", "after", "why")),
)


class SqlPrivacy:
    """Implements ``checkins.ports.Privacy``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def revisions(self, person: str) -> list[Revision]:
        revision = tables.CheckInRevision.__table__.c
        theirs = self._scope.select(tables.CheckInRevision).where(revision.check_in.in_(self._answers_of(person)))
        rows = self._scope.rows(theirs.order_by(revision.check_in, revision.position))
        return [Revision(check_in=row["check_in"], replaced_at=row["replaced_at"], body=row["body"]) for row in rows]

    def rows(self, person: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row, columns in groupby(_naming_a_person(), key=itemgetter(0)):
            if row is not tables.CheckIn:
                named = or_(*(column == person for _, column in columns))
                found[row.__table__.name] = self._scope.rows(self._scope.select(row).where(named))
        return {table: rows for table, rows in found.items() if rows}

    def erase(self, person: str, *, substitute: Person, words: Iterable[str]) -> None:
        # Answers hold the prompt while they are stored, so those under way end before anything is read.
        self._close_prompts(person)
        self._blank(CHECK_IN.person == person)
        self._silence(person)
        self._rename(tables.Prompt, PROMPT.person == person)
        answers = self._rename(tables.CheckIn, CHECK_IN.person == person)
        self._hand_over(person, substitute)
        self._redact(_Redaction(words, answers))

    def blank_before(self, day: date) -> dict[str, date]:
        return self._blank(CHECK_IN.date < day)

    def _answers_of(self, person: str) -> Select[Any]:
        return self._scope.select(tables.CheckIn).where(CHECK_IN.person == person).with_only_columns(CHECK_IN.id)

    def _close_prompts(self, person: str) -> None:
        """No message is to be sent or changed for them any more; those that were open have expired."""
        theirs = self._scope.update(tables.Prompt).where(PROMPT.person == person)
        self._scope.execute(theirs.values(message_channel=None, message_id=None, remind_at=None))
        self._scope.execute(theirs.where(PROMPT.state.in_(OPEN)).values(state=PromptState.EXPIRED))

    def _blank(self, chosen: ColumnElement[bool]) -> dict[str, date]:
        """Leave of the chosen check-ins what the sums are made of; returns those that held more than that, by id."""
        answers = self._scope.select(tables.CheckIn).where(chosen, self._says_something())
        dates = dict(self._scope.columns(answers.with_only_columns(CHECK_IN.id, CHECK_IN.date)))
        for some in batches(dates):
            self._scope.execute(self._scope.update(tables.CheckIn).where(CHECK_IN.id.in_(some)).values(note=""))
            self._scope.execute(
                self._scope.update(tables.WorkItem).where(ITEM.check_in.in_(some)).values(text="", refs=[])
            )
            for row in DROPPED:
                self._scope.replace_children(row, "check_in", of=some, records=())
        return dates

    def _silence(self, person: str) -> None:
        """Of what the person said about goals, the day and the value stay; of their changes, what became of what."""
        for row, prose in ((tables.GoalUpdate, "text"), (tables.GoalChange, "why")):
            theirs = self._scope.update(row).where(row.__table__.c.person == person)
            self._scope.execute(theirs.values({prose: ""}))

    def _says_something(self) -> ColumnElement[bool]:
        texts = self._scope.select(tables.WorkItem).where(ITEM.text != "").with_only_columns(ITEM.check_in)
        others = (self._scope.select(row).with_only_columns(row.__table__.c.check_in) for row in DROPPED)
        return or_(CHECK_IN.note != "", *(CHECK_IN.id.in_(some) for some in (texts, *others)))

    def _rename(self, row: type[Row], chosen: ColumnElement[bool]) -> dict[str, str]:
        """Give rows random ids, since theirs can be derived from the person's; returns the new id of each old one."""
        identifier = row.__table__.c.id
        old = self._scope.columns(self._scope.select(row).where(chosen).with_only_columns(identifier))
        renamed = {name: uuid4().hex for (name,) in old}
        for before, after in renamed.items():
            for table, column in [(row, identifier), *_references(row)]:
                self._set(table, column, before, after)
        return renamed

    def _hand_over(self, person: str, substitute: Person) -> None:
        """The person's row becomes the substitute's, and what referred to it follows, is released or goes."""
        row, identifier = tables.Person, tables.Person.__table__.c.id
        nameless = record_of(substitute, row)
        self._scope.execute(self._scope.update(row).where(identifier == person).values(nameless))
        for table, column in _naming_a_person():
            if table in KEPT:
                self._set(table, column, person, substitute.id)
            elif column in RELEASED:
                self._set(table, column, person, None)
            else:
                self._scope.execute(self._scope.delete(table).where(column == person))

    def _set(self, row: type[Row], column: Column[Any], before: str, after: str | None) -> None:
        self._scope.execute(self._scope.update(row).where(column == before).values({column: after}))

    def _redact(self, redaction: "_Redaction") -> None:
        for row, names in QUOTING:
            keys = [column for column in row.__table__.primary_key if column.name != "workspace"]
            told = self._scope.select(row).where(_filled(row, names)).with_only_columns(*keys, *_columns(row, names))
            for found in self._scope.rows(told):
                changed = {name: redaction.of(found[name], name) for name in names}
                if any(changed[name] != found[name] for name in names):
                    here = (column == found[column.name] for column in keys)
                    self._scope.execute(self._scope.update(row).where(*here).values(changed))


class _Redaction:
    """Replaces words in prose and the ids of check-ins in JSON values."""

    def __init__(self, words: Iterable[str], answers: dict[str, str]) -> None:
        longest_first = sorted(filter(None, words), key=len, reverse=True)
        self._listed = frozenset(longest_first)
        self._words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")
        self._answers = answers

    def of(self, value: Any, name: str = "") -> Any:
        """The value as it may stay. name: the field that holds it."""
        if name == MEMORY:
            return value
        if isinstance(value, str):
            return self._answers.get(value, value) if name == "check_ins" else self._prose(value)
        if isinstance(value, dict):
            return {key: self.of(part, key) for key, part in value.items()}
        return [self.of(part, name) for part in value] if isinstance(value, list) else value

    def _prose(self, text: str) -> str:
        # A week or an id is not to be broken by somebody who typed "2026".
        if re.fullmatch(r"[\w-]*", text):
            return GONE if text in self._listed else text
        return self._words.sub(GONE, text)


def _filled(row: type[Row], names: Iterable[str]) -> ColumnElement[bool]:
    """Most messages have an empty body, which need not be read."""
    return or_(*(cast(column, String).not_in(("{}", "[]", "")) for column in _columns(row, names)))


def _columns(row: type[Row], names: Iterable[str]) -> list[Column[Any]]:
    return [row.__table__.c[name] for name in names]


def _naming_a_person() -> Iterator[tuple[type[Row], Column[Any]]]:
    """Every column that holds a person's id, table by table; one of them bears no foreign key."""
    yield from _references(tables.Person)
    yield tables.Team, tables.Team.__table__.c.added_by


def _references(target: type[Row]) -> Iterator[tuple[type[Row], Column[Any]]]:
    """The columns that name a row of a table."""
    for row in Row.__subclasses__():
        for key in row.__table__.foreign_keys:
            if key.column is target.__table__.c.id:
                yield row, key.parent
