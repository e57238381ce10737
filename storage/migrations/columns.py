"""Types and constraints that revisions share; revisions that are out use them, so what they mean never changes."""

import sqlalchemy as sa
from alembic import op

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def one_of(name: str, *values: str) -> sa.Enum:
    """A column that holds one of these words, by a CHECK of this name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A column of a table names a row of another one in the same workspace."""
    return sa.ForeignKeyConstraint(
        ["workspace", column],
        [f"{target}.workspace", f"{target}.id"],
        name=op.f(f"fk_{table}_workspace_{column}"),
        initially="DEFERRED",
        deferrable=True,
    )


def belongs(table: str) -> sa.ForeignKeyConstraint:
    """The workspace of a table's rows exists."""
    return sa.ForeignKeyConstraint(
        ["workspace"],
        ["workspace.workspace"],
        name=op.f(f"fk_{table}_workspace"),
        initially="DEFERRED",
        deferrable=True,
    )
