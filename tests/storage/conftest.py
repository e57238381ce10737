"""Every test that asks for ``database`` or ``store`` runs on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkins.ports import Store
from storage.database import Database
from tests.databases import ACME, PostgresServer, postgres_server, sqlite_database


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database with the workspace "acme"."""
    if request.param == "sqlite":
        with sqlite_database(tmp_path / "trueline.db") as database:
            yield database
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with Database.connect(server.wiped()) as database:
        database.create_workspace(ACME)
        yield database


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.empty()
    yield url
    server.drop(url)


@pytest.fixture
def store(database: Database) -> Store:
    return database.store(ACME.id)
