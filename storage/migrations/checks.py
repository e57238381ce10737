"""Changing the CHECK constraints of a table that has rows in it.

SQLite changes no constraint of a table: there the table is copied into one that has the new condition.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op


def replace_check(table: str, name: str, condition: str) -> None:
    """Put another condition in the place of a named constraint's."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        copied = _as_it_stands(connection, table)
        with op.batch_alter_table(table, copy_from=copied, recreate="always") as changed:
            changed.drop_constraint(op.f(name), type_="check")
            changed.create_check_constraint(op.f(name), sa.text(condition))
    else:
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, sa.text(condition))


def add_checked_columns(table: str, *columns: sa.Column[Any], checks: Mapping[str, str]) -> None:
    """Add columns, and named constraints with their conditions."""
    for column in columns:
        op.add_column(table, column)
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        copied = _as_it_stands(connection, table)
        with op.batch_alter_table(table, copy_from=copied, recreate="always") as changed:
            for name, condition in checks.items():
                changed.create_check_constraint(op.f(name), sa.text(condition))
    else:
        for name, condition in checks.items():
            op.create_check_constraint(op.f(name), table, sa.text(condition))


def values(column: str, *allowed: str) -> str:
    """The condition that a column holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in allowed)
    return f"{column} IN ({listed})"


def _as_it_stands(connection: sa.Connection, table: str) -> sa.Table:
    """The table with its CHECK constraints, which reflection leaves out."""
    reflected = sa.Table(table, sa.MetaData(), autoload_with=connection)
    for check in sa.inspect(connection).get_check_constraints(table):
        reflected.append_constraint(sa.CheckConstraint(sa.text(check["sqltext"]), name=op.f(str(check["name"]))))
    return reflected
