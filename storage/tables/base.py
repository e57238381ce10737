"""What all tables share: the workspace in every key, names for every constraint, and the kinds of columns.

Text is compared by code point on every database, so that the same rows come in the same order everywhere.
Foreign keys are checked at the commit, so that a use case may save its values in any order.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKeyConstraint, MetaData, String, Table
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
TEXT = String().with_variant(String(collation="C"), "postgresql")


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """A row of one workspace."""

    if TYPE_CHECKING:
        __table__: ClassVar[Table]

    workspace: str = Field(primary_key=True, sa_type=TEXT)


def identifier() -> Any:
    """Text that is part of the primary key."""
    return Field(primary_key=True, sa_type=TEXT)


def place() -> Any:
    """The place of a row among those of its parent, from 0; part of the primary key."""
    return Field(primary_key=True)


def words() -> Any:
    """Text of any length."""
    return Field(sa_type=TEXT)


def document() -> Any:
    """A value that is stored and read whole."""
    return Field(sa_type=JSON)


def one_of(of: type[StrEnum], *, primary_key: bool = False) -> Any:
    """One of the values of an enumeration, held by a CHECK constraint that bears the enumeration's name."""
    kind = Enum(
        of,
        name=of.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
    return Field(sa_type=kind, primary_key=primary_key)


def within(column: str, low: float, high: float) -> CheckConstraint:
    """A column is null or lies in low..high."""
    return CheckConstraint(f"{column} BETWEEN {low:g} AND {high:g}", name=column)


def is_share(column: str) -> CheckConstraint:
    """A column is null or a part of one."""
    return within(column, 0, 1)


def is_weekday(column: str) -> CheckConstraint:
    """A column is null or a day of the week, 0 for Monday."""
    return within(column, 0, 6)


def belongs() -> ForeignKeyConstraint:
    """The row's workspace exists."""
    return _reference(["workspace"], ["workspace.workspace"])


def refers(column: str, table: str) -> ForeignKeyConstraint:
    """A column is null or names a row of a table in the same workspace."""
    return _reference(["workspace", column], [f"{table}.workspace", f"{table}.id"])


def _reference(columns: list[str], targets: list[str]) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(columns, targets, deferrable=True, initially="DEFERRED")
