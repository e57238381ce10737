"""Connecting: what works, and a sentence with a remedy for what does not."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from checkins.errors import TruelineError
from checkins.model import Workspace
from storage.database import Database
from tests.databases import ACME


def test_workspaces_are_listed_by_id(database: Database) -> None:
    globex, arpa = Workspace(id="globex", name="Globex"), Workspace(id="ARPA", name="Arpa")
    database.create_workspace(globex)
    database.create_workspace(arpa)
    assert database.workspaces() == [arpa, ACME, globex]


def test_an_id_that_is_taken_is_refused(database: Database) -> None:
    with pytest.raises(TruelineError, match='workspace "acme" cannot be created'):
        database.create_workspace(Workspace(id="acme", name="Other"))
    assert database.workspaces() == [ACME]


def test_a_slack_workspace_is_connected_once(database: Database) -> None:
    database.create_workspace(Workspace(id="one", name="One", slack_team="T1"))
    with pytest.raises(TruelineError, match="its Slack workspace is taken"):
        database.create_workspace(Workspace(id="two", name="Two", slack_team="T1"))


@pytest.mark.parametrize("url", ["", "trueline.db", "mysql://host/name", "postgresql+asyncpg://host/name", "sqlite://"])
def test_a_url_of_no_use_is_answered_with_an_example(url: str) -> None:
    with pytest.raises(TruelineError, match=r"sqlite:///trueline\.db"):
        Database.connect(url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database at all. " * 100)
    with pytest.raises(TruelineError, match="cannot be opened: file is not a database"):
        Database.connect(f"sqlite:///{path}")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(TruelineError, match=r"nowhere/trueline\.db cannot be opened"):
        Database.connect(f"sqlite:///{tmp_path}/nowhere/trueline.db")


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(TruelineError, match="cannot be opened") as refused:
        Database.connect("postgresql://ann:secret@127.0.0.1:1/trueline")
    assert "127.0.0.1:1/trueline" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_without_the_driver_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(TruelineError, match=r"trueline\[postgres\]"):
        Database.connect("postgresql://host/name")


def test_sqlite_survives_power_loss_and_checks_what_rows_name(tmp_path: Path) -> None:
    with Database.connect(f"sqlite:///{tmp_path / 'new.db'}") as database, database._engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 2500}
