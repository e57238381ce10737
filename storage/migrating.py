"""Revisions of a database's tables, by Alembic, over the engine that is in use: no file configures it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage import engines

LOCK = 0x7275656C  # any number that all processes agree on


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Bring the tables to a revision, the newest; processes that start together do it one after the other."""
    with _writing_alone(engine) as connection:
        command.upgrade(_config(connection), to)


def draft(message: str) -> None:
    """Write a revision for whatever the models have and the revisions so far do not."""
    with TemporaryDirectory() as folder:
        engine = engines.engine_for(f"sqlite:///{Path(folder) / 'draft.db'}")
        migrate(engine)
        with _writing_alone(engine) as connection:
            scripts = ScriptDirectory.from_config(_config())
            number = len(list(scripts.walk_revisions())) + 1
            command.revision(_config(connection), message=message, autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()


def revision(engine: Engine) -> str | None:
    """The revision the tables are at, None where there are none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The newest revision there is."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


@contextmanager
def _writing_alone(engine: Engine) -> Iterator[Connection]:
    with engines.writing(engine).connect() as connection:
        if connection.dialect.name == "sqlite":
            # Altering a table copies it, which must not look like deleting what others refer to. SQLite changes this
            # setting outside transactions only, and the connection must not go back to the pool with it.
            connection.detach()
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
