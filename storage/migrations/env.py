"""Run by Alembic, over the connection that ``storage.database`` hands in; no file configures it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.tables import metadata
from storage.tables.base import TEXT


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Spell types so that a revision stands on SQLAlchemy alone, and text by the name the template gives it."""
    if kind != "type":
        return False
    if item is TEXT:
        return "TEXT"
    return f"sa.{item.impl_instance!r}" if isinstance(item, UTCDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
