"""One use case, one transaction: all of it is stored or none of it, and a reader sees one state."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from checkins.errors import TruelineError
from checkins.model import DeliveryKind, Identity
from checkins.ports import Store
from storage.database import Database
from tests.databases import ACME, sqlite_database
from tests.storage import company
from tests.storage.company import ANN, BOB, NOW
from tests.storage.watching import together


class Cancelled(Exception):
    pass


def test_an_exception_takes_everything_back(store: Store) -> None:
    with pytest.raises(Cancelled), store.transaction() as tx:
        company.fill(tx)
        raise Cancelled
    with store.snapshot() as tx:
        assert tx.people.all() == []
        assert tx.outbox.counts() == {}


def test_nobody_sees_what_is_not_committed(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.save(BOB)
        with store.snapshot() as other:
            assert other.people.all() == []
    with store.snapshot() as tx:
        assert tx.people.all() == [BOB]


def test_a_snapshot_stays_at_the_state_it_began_with(store: Store) -> None:
    with store.snapshot() as tx:
        assert tx.people.all() == []
        with store.transaction() as other:
            other.people.save(BOB)
        assert tx.people.all() == []
        assert tx.people.find("bob") is None


def test_nothing_written_in_a_snapshot_is_kept(store: Store) -> None:
    try:
        with store.snapshot() as tx:
            tx.people.save(BOB)
    except DBAPIError:
        pass  # PostgreSQL refuses the write, SQLite forgets it
    with store.snapshot() as tx:
        assert tx.people.all() == []


def test_values_may_be_saved_before_those_they_name(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.save(replace(BOB, home_team="web"))
        tx.teams.save(replace(company.WEB, members=("bob",), leads=()))
        tx.teams.save(company.COMPANY)


def test_a_value_that_names_nothing_is_refused_at_the_commit(store: Store) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.people.save(replace(BOB, home_team="nowhere"))
    with store.snapshot() as tx:
        assert tx.people.all() == []


@pytest.mark.parametrize("weight", [-0.01, 1.01, float("nan")])
def test_a_share_lies_between_nothing_and_everything(store: Store, weight: float) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        # SQLite takes what is not a number for null, so it is refused where a share must be.
        tx.goals.save(replace(company.GROW, weights={"web": weight}))


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_lies_between_one_and_five(store: Store, rating: int) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        company.settle_in(tx)
        company.open_round(tx)
        tx.check_ins.save(replace(company.CHECK_IN, clarity={"ship": rating}), at=NOW)


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_week_has_seven_days(store: Store, weekday: int) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.rounds.save_schedule(replace(company.SCHEDULE, weekday=weekday))


def test_a_word_that_is_none_of_the_choices_is_refused(store: Store) -> None:
    with pytest.raises((IntegrityError, StatementError)), store.transaction() as tx:
        tx.goals.save(replace(company.GROW, status="someday"))  # type: ignore[arg-type]


@pytest.mark.parametrize("half", [{"decision": None}, {"decided_at": None}, {"decision": "someday"}], ids=str)
def test_a_decision_is_one_of_the_choices_and_has_its_day(store: Store, half: dict[str, str | None]) -> None:
    with pytest.raises((IntegrityError, StatementError)), store.transaction() as tx:
        tx.digests.save_findings([replace(company.FINDING, **half)])  # type: ignore[arg-type]


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 11, 2, 9, 30)
    with pytest.raises(StatementError, match="timezone"), store.transaction() as tx:
        tx.outbox.add(key="k", kind=DeliveryKind.NOTICE, subject="s", not_before=naive, channel="C1")


def test_an_account_belongs_to_one_person(store: Store) -> None:
    with store.transaction() as tx:
        company.settle_in(tx)
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.people.save_identity(Identity(person="bob", platform="slack", user="U1"))


def test_writers_wait_for_each_other(store: Store) -> None:
    """Twenty threads each count up what they read; none may overwrite another's count."""
    with store.transaction() as tx:
        company.settle_in(tx)
        company.open_round(tx)

    def count_up(_number: int) -> None:
        with store.transaction() as tx:
            prompt = tx.rounds.prompt("p1")
            tx.rounds.save_prompt(replace(prompt, due_at=prompt.due_at + timedelta(minutes=1)))

    together(count_up, threads=20)
    with store.snapshot() as tx:
        assert tx.rounds.prompt("p1").due_at == company.PROMPT.due_at + timedelta(minutes=20)


def test_a_locked_database_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engines.BUSY_MS", 10)
    with sqlite_database(tmp_path / "trueline.db") as database:
        store = database.store(ACME.id)
        with (
            store.transaction(),
            pytest.raises(TruelineError, match="nothing was stored"),
            store.transaction() as late,
        ):
            late.people.save(ANN)


def test_tables_are_found_again_after_closing(database: Database) -> None:
    with database.store("acme").transaction() as tx:
        tx.people.save(BOB)
    database.close()
    with database.store("acme").snapshot() as tx:
        assert tx.people.get("bob") == BOB
