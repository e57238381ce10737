"""Check-ins: replaced whole, with the replaced revision kept; found by prompt, person and date."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from checkins.model import CheckIn, WorkItem
from checkins.ports import Store
from storage import tables
from storage.database import Database
from tests.storage import company
from tests.storage.company import CHECK_IN, HOUR, MONDAY, NOW
from tests.storage.watching import queries

DAY = timedelta(days=1)


@pytest.fixture
def answered(store: Store) -> Store:
    with store.transaction() as tx:
        company.fill(tx)
    return store


def imported(number: int) -> CheckIn:
    return replace(CHECK_IN, id=f"i{number}", date=MONDAY + number * DAY, prompt=None)


def revisions(database: Database) -> list[tuple[Any, ...]]:
    c = tables.CheckInRevision.__table__.c
    with database._engine.connect() as connection:
        return [
            tuple(row) for row in connection.execute(select(c.position, c.replaced_at, c.body).order_by(c.position))
        ]


def test_a_check_in_is_replaced_with_all_its_parts(answered: Store) -> None:
    shorter = CheckIn(id="c1", person="ann", team="web", date=MONDAY, items=(WorkItem(text="Less"),), revision=2)
    with answered.transaction() as tx:
        tx.check_ins.save(shorter, at=NOW)
    with answered.snapshot() as tx:
        assert tx.check_ins.all() == [shorter]


def test_replaced_revisions_are_kept_as_they_stood(answered: Store, database: Database) -> None:
    for number in (2, 3):
        with answered.transaction() as tx:
            tx.check_ins.save(replace(CHECK_IN, note=f"Note {number}", revision=number), at=NOW + number * HOUR)
    kept = revisions(database)
    assert [(position, at) for position, at, _ in kept] == [(0, NOW + 2 * HOUR), (1, NOW + 3 * HOUR)]
    assert [body["note"] for *_, body in kept] == [CHECK_IN.note, "Note 2"]
    first = kept[0][2]
    assert first["date"] == "2026-11-02"
    assert first["items"][0]["text"] == company.LONG
    assert first["contacts"] == {"old": "not_needed", "company": "yes"}


def test_saving_the_same_again_is_no_revision(answered: Store, database: Database) -> None:
    with answered.transaction() as tx:
        tx.check_ins.save(CHECK_IN, at=NOW + HOUR)
    assert revisions(database) == []


def test_a_check_in_is_found_by_its_prompt(answered: Store) -> None:
    with answered.snapshot() as tx:
        assert tx.check_ins.of_prompt("p1") == CHECK_IN
        assert tx.check_ins.of_prompt("p2") is None


def test_the_recent_ones_of_a_person_come_newest_first(answered: Store) -> None:
    with answered.transaction() as tx:
        tx.check_ins.save(imported(1), imported(3), imported(2), replace(imported(4), person="bob"), at=NOW)
        assert tx.check_ins.recent_of("ann", 2) == [imported(3), imported(2)]
        assert tx.check_ins.latest_of("ann") == imported(3)
        assert tx.check_ins.recent_of("bob", 2) == [replace(imported(4), person="bob")]


def test_between_two_dates_both_count_and_the_oldest_comes_first(answered: Store) -> None:
    with answered.transaction() as tx:
        tx.check_ins.save(imported(7), imported(6), imported(8), imported(9), at=NOW)
        assert tx.check_ins.between(MONDAY + 6 * DAY, MONDAY + 8 * DAY) == [imported(6), imported(7), imported(8)]
        assert len(tx.check_ins.all()) == 5


@pytest.mark.parametrize(
    ("first", "last", "since", "found"),
    [(0, 6, 0, True), (0, 6, 1, False), (1, 6, 0, False), (-7, -1, 0, False), (0, 0, -9, True)],
)
def test_whether_something_came_in_for_some_days_since_an_instant(
    answered: Store, first: int, last: int, since: int, found: bool
) -> None:
    with answered.snapshot() as tx:
        days = (MONDAY + first * DAY, MONDAY + last * DAY)
        assert tx.check_ins.any_stored(*days, since=NOW + since * HOUR) is found


def test_a_replaced_check_in_came_in_when_it_was_replaced(answered: Store) -> None:
    with answered.transaction() as tx:
        tx.check_ins.save(CHECK_IN, at=NOW + HOUR)
        assert not tx.check_ins.any_stored(MONDAY, MONDAY, since=NOW + HOUR)
        tx.check_ins.save(replace(CHECK_IN, revision=2), at=NOW + HOUR)
        assert tx.check_ins.any_stored(MONDAY, MONDAY, since=NOW + HOUR)


def test_many_check_ins_take_no_more_queries_than_one(answered: Store, database: Database) -> None:
    with answered.transaction() as tx:
        tx.check_ins.save(*(imported(number) for number in range(1, 1500)), at=NOW)
    with queries(database) as one, answered.snapshot() as tx:
        assert len(tx.check_ins.between(MONDAY, MONDAY)) == 1
    with queries(database) as many, answered.snapshot() as tx:
        assert len(tx.check_ins.all()) == 1500
    assert len(many) == len(one) == 6
