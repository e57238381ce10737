"""Engines for the databases that Trueline knows, and the settings each needs."""

from importlib.util import find_spec
from sqlite3 import OperationalError
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from checkins.errors import TruelineError

BUSY_MS = 2500  # a listener must have answered within 3 s
CONNECT_S = 5
SQLITE_SETTINGS = (
    f"busy_timeout={BUSY_MS}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what was deleted or replaced does not stay readable in the file
)
EXAMPLES = "sqlite:///trueline.db or postgresql://user:password@host/name"


def engine_for(url: str) -> Engine:
    """An engine that has not connected yet. Raises TruelineError for a URL that it cannot serve."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise TruelineError(f'"{url}" is no database URL. Write one like {EXAMPLES}.') from None
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        return _sqlite(parsed)
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return _postgres(parsed)
    raise TruelineError(f'Trueline cannot use a "{parsed.drivername}" database. Give a URL like {EXAMPLES}.')


def writing(engine: Engine) -> Engine:
    """A view of the engine whose transactions may write."""
    return engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")


def reading(engine: Engine) -> Engine:
    """A view of the engine whose transactions see one state from the first statement to the last."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise TruelineError("Trueline needs a file for SQLite. Give a URL like sqlite:///trueline.db.")
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _postgres(url: URL) -> Engine:
    if find_spec("psycopg") is None:
        raise TruelineError('PostgreSQL needs its driver. Run: pip install "trueline[postgres]"')
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_S},
    )


def _prepare(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions on its own: only then does BEGIN IMMEDIATE come first, and DDL roll back.
    connection.isolation_level = None
    for setting in SQLITE_SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Switch a new file to WAL. Unlike statements, the switch does not wait for others that start at the same time."""
    until = monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError:
            if monotonic() > until:
                raise
            sleep(0.01)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
