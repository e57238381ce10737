"""Shared by every test. What asks for ``database`` or ``store`` runs on SQLite and on a real PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from checkins.ports import Store
from storage.database import Database
from tests.databases import ACME, PostgresServer, postgres_server, sqlite_database

# How long an example takes says more of the machine than of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "patient")


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """A command that is run inside a test sets the log up; the next test must not write where that one did."""
    yield
    structlog.reset_defaults()


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
def empty_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """The URLs of two databases of one kind, both without tables."""
    if request.param == "sqlite":
        yield [f"sqlite:///{tmp_path / name}" for name in ("one.db", "two.db")]
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    urls = [server.empty(), server.empty()]
    yield urls
    for url in urls:
        server.drop(url)


@pytest.fixture
def empty_url(empty_urls: list[str]) -> str:
    return empty_urls[0]


@pytest.fixture
def store(database: Database) -> Store:
    return database.store(ACME.id)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
