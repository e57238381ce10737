"""One database transaction on one workspace: every statement that is made here names the workspace."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Select, Update, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.expression import Executable

from checkins.errors import NotFound
from storage.tables import Row

Record = dict[str, Any]
V = TypeVar("V")
BATCH = 1000  # keys in one statement, far below what either database takes
ROWS = 500  # taken from the driver at a time: more at once would have Python look for garbage again and again


class Scope:
    """Reads give dicts of columns without the workspace; writes take them and add it."""

    def __init__(self, connection: Connection, workspace: str, *, locks: bool = False) -> None:
        self._connection = connection
        self._locks = locks
        self.workspace = workspace

    def select(self, row: type[Row]) -> Select[Any]:
        """All columns but the workspace of the workspace's rows."""
        return _columns(row).where(self.owns(row))

    def update(self, row: type[Row]) -> Update:
        return update(row.__table__).where(self.owns(row))

    def delete(self, row: type[Row]) -> Delete:
        return delete(row.__table__).where(self.owns(row))

    def owns(self, row: type[Row]) -> Any:
        """The condition that a row belongs to this workspace."""
        return row.__table__.c.workspace == self.workspace

    def rows(self, statement: Executable) -> list[Record]:
        return [row._asdict() for row in self._connection.execute(statement)]

    def first(self, statement: Select[Any]) -> Record | None:
        row = self._connection.execute(statement.limit(1)).first()
        return None if row is None else row._asdict()

    def held(self, statement: Select[Any]) -> Record | None:
        """The first row, kept from other writers until the transaction ends; SQLite has one writer anyway."""
        return self.first(self.holding(statement))

    def holding(self, statement: Select[Any]) -> Select[Any]:
        """The same for every row that a statement finds."""
        return statement.with_for_update(key_share=True) if self._locks else statement

    def alone_in(self, matter: str) -> None:
        """Keep the workspace's other writers out of a matter until the transaction ends; SQLite has one anyway."""
        if self._locks and self._connection.dialect.name == "postgresql":
            name = func.hashtextextended(f"{self.workspace}/{matter}", 0)
            self._connection.execute(select(func.pg_advisory_xact_lock(name)))

    def columns(self, statement: Executable) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._connection.execute(statement)]

    def transposed(self, statement: Executable, makes: Sequence[Callable[[Any], Any] | None]) -> list[list[Any]]:
        """One list per selected column, all empty where there is no row.

        makes: per column, what becomes of a value; None leaves it as it comes.  Rows are taken from the driver
        itself: a row of SQLAlchemy costs more than reading it.
        """
        columns: list[list[Any]] = [[] for _ in makes]
        with self._connection.execute(statement) as result:
            while rows := result.cursor.fetchmany(ROWS):
                for column, make, values in zip(columns, makes, zip(*rows, strict=True), strict=True):
                    column += map(make, values) if make else values
        return columns

    def scalar(self, statement: Select[Any]) -> Any:
        return self._connection.execute(statement).scalar()

    def execute(self, statement: Executable) -> None:
        self._connection.execute(statement)

    def children(self, row: type[Row], parent: str, of: Select[Any]) -> dict[str, list[Record]]:
        """Rows by the parent they name, in their positions; ``of`` selects the ids of the parents."""
        columns = row.__table__.c
        found = self.rows(
            self.select(row).where(columns[parent].in_(of)).order_by(columns[parent], columns.position),
        )
        return {name: list(rows) for name, rows in groupby(found, itemgetter(parent))}

    def insert(self, row: type[Row], records: Iterable[Record]) -> None:
        if owned := self._owned(records):
            self._connection.execute(insert(row.__table__), owned)

    def insert_new(self, row: type[Row], record: Record) -> bool:
        """False when a row with one of its unique keys exists already."""
        statement = self._insert(row).values(self._owned([record])).on_conflict_do_nothing()
        return self._connection.execute(statement.returning(row.__table__.c.workspace)).first() is not None

    def upsert(self, row: type[Row], records: Iterable[Record]) -> None:
        """Insert, or replace the row with the same primary key."""
        owned = self._owned(records)
        if not owned:
            return
        keys = list(row.__table__.primary_key)
        statement = self._insert(row)
        changed = {name: statement.excluded[name] for name in owned[0] if name not in row.__table__.primary_key.columns}
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), owned)

    def replace_children(self, row: type[Row], parent: str, *, of: Sequence[str], records: Iterable[Record]) -> None:
        """Put ``records`` in the place of all rows that name one of the parents."""
        for some in batches(of):
            self.execute(self.delete(row).where(row.__table__.c[parent].in_(some)))
        self.insert(row, records)

    def _owned(self, records: Iterable[Record]) -> list[Record]:
        return [{"workspace": self.workspace, **record} for record in records]

    def _insert(self, row: type[Row]) -> Any:
        # Both dialects spell ON CONFLICT alike, but SQLAlchemy has a class for each.
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        return dialect.insert(row.__table__)


@cache
def _columns(row: type[Row]) -> Select[Any]:
    """Built once per table: putting the columns together costs more than running most of these queries."""
    return select(*(column for column in row.__table__.c if column.name != "workspace"))


def record_of(value: object, row: type[Row], **others: Any) -> Record:
    """A table's columns, taken from ``others`` or from the attributes of the value that bear their names."""
    names = (column.name for column in row.__table__.c if column.name != "workspace")
    return {name: others[name] if name in others else getattr(value, name) for name in names}


def positioned(parent: str, name: str, column: str, values: Iterable[Any]) -> Iterator[Record]:
    """Rows of a child table: the parent's name, the place of each value, the value."""
    return ({parent: name, "position": place, column: value} for place, value in enumerate(values))


def existing(value: V | None, what: str, name: str) -> V:
    """The value; raises NotFound, naming what was sought, when there is none."""
    if value is None:
        raise NotFound(f'There is no {what} "{name}" (any more).')
    return value


def batches(values: Iterable[V]) -> Iterator[list[V]]:
    """Lists of at most BATCH values."""
    rest = iter(values)
    while some := list(islice(rest, BATCH)):
        yield some


def prefixed(prefix: str, record: Mapping[str, Any]) -> Record:
    """Take the columns that begin with a prefix, without it."""
    return {name.removeprefix(prefix): value for name, value in record.items() if name.startswith(prefix)}
