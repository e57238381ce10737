"""How fast answers are stored, beside the bare cost of their rows in the same run: `make bench`."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from checkins import answering, rounds
from tests.acme import ASKED, schedule_mondays, settle_in, work
from tests.databases import sqlite_store

pytestmark = pytest.mark.bench
SUBMITS = 400


def per_second(count: int, act: Callable[[int], object]) -> float:
    started = perf_counter()
    for number in range(count):
        act(number)
    return count / (perf_counter() - started)


def bare_file(path: Path) -> sqlite3.Connection:
    """SQLite as the store sets it up, without the store."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def test_answers_per_second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = sqlite_store(tmp_path / "answers.db")
    settle_in(store)
    schedule_mondays(store)
    rounds.ask_now(store, actor="ada", now=ASKED)
    with store.snapshot() as tx:
        prompt = tx.rounds.latest_prompt("ben")
    assert prompt is not None
    whole = per_second(
        SUBMITS,
        lambda n: answering.submit(store, actor="ben", prompt=prompt.id, draft=work(f"Week {n}"), now=ASKED),
    )
    bare = _bare_submits(tmp_path / "bare.db")
    with capsys.disabled():
        print(f"\nanswers stored: {whole:.0f}/s; five bare rows, one transaction each: {bare:.0f}/s")  # noqa: T201
    assert whole > 0


def _bare_submits(path: Path) -> float:
    connection = bare_file(path)
    connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)")

    def five_rows(_: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(5):
            connection.execute("INSERT INTO row (body) VALUES (?)", ("x" * 200,))
        connection.execute("COMMIT")

    speed = per_second(SUBMITS, five_rows)
    connection.close()
    return speed
