"""How fast the two busiest paths are, each beside the bare cost of its rows in the same run: `make bench`."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from checkins import answering, rounds
from checkins.analysis.weekly import analyse
from checkins.cadence import Week
from checkins.model import CheckIn, Goal, Person, Team, WorkItem
from storage.store import WorkspaceStore
from tests.acme import ASKED, schedule_mondays, settle_in, work
from tests.databases import sqlite_store

pytestmark = pytest.mark.bench
SUBMITS = 400
TEAMS, PEOPLE, WEEKS = 125, 8, 16


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


def test_a_digest_of_a_thousand_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "history.db"
    store = sqlite_store(path)
    last = _history(store)
    whole = 1 / per_second(1, lambda _: _digest(store, last))
    connection = bare_file(path)
    tables = ("check_in", "work_item")
    bare = 1 / per_second(1, lambda _: [connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables])
    connection.close()
    with capsys.disabled():
        print(f"\na digest of {TEAMS * PEOPLE} people, {WEEKS} weeks: {whole:.2f} s; reading the rows: {bare:.2f} s")  # noqa: T201
    assert whole > 0


def _digest(store: WorkspaceStore, day: date) -> None:
    with store.snapshot() as tx:
        analyse(tx, week=Week.of(day)).digest()


def _history(store: WorkspaceStore) -> date:
    """Everybody answers every week with two items; returns the last Monday."""
    monday = date(2026, 1, 5)
    people = [(f"p{n}", f"t{n // PEOPLE}") for n in range(TEAMS * PEOPLE)]
    with store.transaction() as tx:
        tx.people.save(*(Person(id=person, name=person, home_team=team) for person, team in people))
        tx.teams.save(
            *(
                Team(id=f"t{t}", name=f"Team {t}", members=tuple(p for p, team in people if team == f"t{t}"))
                for t in range(TEAMS)
            )
        )
        tx.goals.save(
            *(
                Goal(id=f"g{t}-{k}", title=f"Goal {t} {k}", team=f"t{t}", weight=0.4)
                for t in range(TEAMS)
                for k in (0, 1)
            )
        )
        for week in range(WEEKS):
            day = monday + timedelta(weeks=week)
            tx.check_ins.save(*(_answer(person, team, day) for person, team in people), at=ASKED)
    return monday + timedelta(weeks=WEEKS - 1)


def _answer(person: str, team: str, day: date) -> CheckIn:
    goals = [f"g{team[1:]}-{k}" for k in (0, 1)]
    items = tuple(WorkItem(text="Work", goal=goal, share=0.5) for goal in goals)
    return CheckIn(id=f"{person}@{day}", person=person, team=team, date=day, items=items)
