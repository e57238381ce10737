"""The organisations that benchmarks measure on are ones that Trueline itself reads, and are as they are said to be."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from checkins.analysis.weekly import digest_of
from checkins.cadence import Week
from checkins.model import CheckIn, Goal, Level
from checkins.ports import Store, Transaction
from storage.database import Database
from tests.benchmarks.organisations import MONDAY, fill
from tests.databases import ACME

PEOPLE, WEEKS = 60, 3


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("organisation") / "acme.db"
    fill(path, people=PEOPLE, weeks=WEEKS)
    return path


@pytest.fixture
def tx(path: Path) -> Iterator[Transaction]:
    with Database.connect(f"sqlite:///{path}") as database, _store(database).snapshot() as tx:
        yield tx


def _store(database: Database) -> Store:
    return database.store(ACME.id)


def test_it_refers_only_to_what_is_there(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_people_sit_in_teams_of_their_size(tx: Transaction) -> None:
    members = [team.members for team in tx.teams.all()]
    assert sum(len(some) for some in members) == len(tx.people.all()) == PEOPLE
    assert all(3 <= len(some) <= 14 for some in members)


def test_teams_declare_what_their_goals_weigh(tx: Transaction) -> None:
    goals = [goal for goal in tx.goals.all() if goal.level is Level.TEAM]
    assert len(goals) == pytest.approx(4 * len(tx.teams.all()), rel=0.3)
    assert all(goal.owner and goal.team for goal in goals)
    assert sum(goal.weight or 0 for goal in goals) == pytest.approx(0.9 * len(tx.teams.all()), rel=0.02)
    assert {len(goal.supports) for goal in goals} == {0, 1}
    assert any(goal.depends_on for goal in goals)


def test_four_in_five_answer_with_a_few_lines_of_work(tx: Transaction) -> None:
    answers = _answers(tx)
    assert len(answers) == pytest.approx(0.8 * PEOPLE * WEEKS, rel=0.1)
    assert {len(answer.items) for answer in answers} == {2, 3}
    assert all(sum(item.share or 0 for item in answer.items) == pytest.approx(1, abs=1e-5) for answer in answers)
    assert all((item.goal is None) != (item.reason is None) for answer in answers for item in answer.items)


def test_some_work_on_others_goals_and_name_other_teams(tx: Transaction) -> None:
    answers, goals = _answers(tx), {goal.id: goal for goal in tx.goals.all()}
    abroad = [answer for answer in answers if any(_of_others(answer, goals, item.goal) for item in answer.items)]
    assert 0 < len(abroad) < len(answers) / 2
    assert any(answer.worked_with for answer in answers)
    assert any(answer.waiting_on for answer in answers)
    assert any(answer.contacts for answer in answers)
    assert any(answer.confidence for answer in answers)


def _of_others(answer: CheckIn, goals: dict[str, Goal], goal: str | None) -> bool:
    return goal is not None and answer.team not in goals[goal].teams()


def test_a_third_write_what_they_wrote_last_week(tx: Transaction) -> None:
    pairs = [tx.check_ins.recent_of(person.id, 2) for person in tx.people.all()]
    following = [pair for pair in pairs if len(pair) == 2 and abs(pair[0].date - pair[1].date) == timedelta(weeks=1)]
    repeated = [{i.text for i in a.items} & {i.text for i in b.items} for a, b in following]
    assert 0.3 < sum(bool(texts) for texts in repeated) / len(repeated) < 0.9


def test_every_week_asked_everybody_and_froze_the_goals(tx: Transaction) -> None:
    rounds = tx.rounds.between(MONDAY - timedelta(weeks=52), MONDAY)
    assert len(rounds) == WEEKS
    for round_ in rounds:
        assert len(round_.goals) == len(tx.goals.all())
        assert len(tx.rounds.prompts(round_.id)) == PEOPLE
    assert tx.rounds.schedule(rounds[0].schedule).next_date == MONDAY + timedelta(weeks=1)


def test_its_digest_counts_the_answers_of_the_last_week(tx: Transaction) -> None:
    digest = digest_of(tx, week=Week.of(MONDAY))
    assert digest.answers.expected == PEOPLE
    assert digest.answers.received == sum(answer.date == MONDAY for answer in _answers(tx))


def test_the_same_seed_makes_the_same_organisation(path: Path, tmp_path: Path) -> None:
    fill(tmp_path / "again.db", people=PEOPLE, weeks=WEEKS)
    fill(tmp_path / "other.db", people=PEOPLE, weeks=WEEKS, seed=1)
    assert _texts(tmp_path / "again.db") == _texts(path) != _texts(tmp_path / "other.db")


def _texts(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT check_in, text FROM work_item ORDER BY check_in, position").fetchall()


def _answers(tx: Transaction) -> list[CheckIn]:
    return tx.check_ins.between(MONDAY - timedelta(weeks=52), MONDAY)
