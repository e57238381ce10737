"""How fast a thousand goals come in from a table, beside the bare cost of their rows in the same run: `make bench`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkins import tabular
from checkins.importing import File, look_at, take
from storage.store import WorkspaceStore
from tests.acme import settle_in
from tests.benchmarks.test_speed import bare_file, per_second
from tests.databases import sqlite_store

pytestmark = pytest.mark.bench
GOALS = 1_000
MOST_SECONDS = 5
COLUMNS = (
    *("title", "description", "level", "supports", "owner", "team", "starts", "ends", "weight"),
    *("measure", "framework", "baseline", "target", "unit", "current", "status"),
)
NOW = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)


def test_a_thousand_goals_are_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = sqlite_store(tmp_path / "goals.db")
    settle_in(store)
    table = File(name="goals.csv", content=_table())
    whole = 1 / per_second(1, lambda _: _import(store, table))
    again = 1 / per_second(1, lambda _: _import(store, table))
    bare = 1 / per_second(1, lambda _: _bare_inserts(tmp_path / "bare.db"))
    told = f"{GOALS} goals looked at and imported: {whole:.2f} s, once more: {again:.2f} s; bare rows: {bare:.2f} s"
    with capsys.disabled():
        print(f"\n{told}")  # noqa: T201
    assert whole < MOST_SECONDS
    assert tabular.read(store, tabular.export(store)).document.goals


def _import(store: WorkspaceStore, table: File) -> None:
    """As in chat: a look, then the same once more to store it."""
    seen = look_at(store, actor="ada", file=table).preview.fingerprint
    take(store, actor="ada", file=table, seen=seen, now=NOW)


def _table() -> bytes:
    """Each goal supports the one ten rows above by its title."""
    rows = [
        f'Goal number {n},"What it is about, in a sentence or two",team,{f"Goal number {n - 10}" if n >= 10 else ""},'
        f"ben,{'Growth' if n % 2 else 'platform'},2026-07-01,2026-12-31,0.001,Share,okr,1,{n + 2},%,{n / 2},active"
        for n in range(GOALS)
    ]
    return "\n".join([",".join(COLUMNS), *rows]).encode()


def _bare_inserts(path: Path) -> None:
    """A row for each goal and one for the word that it was set up, in one transaction."""
    connection = bare_file(path)
    connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO row (body) VALUES (?)", [("x" * 200,)] * (2 * GOALS))
    connection.execute("COMMIT")
    connection.close()
