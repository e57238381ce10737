"""Rounds are opened once, closed with their last prompt; prompts are reminded of when their time has come."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from checkins.model import PromptState
from checkins.ports import Store
from tests.storage import company
from tests.storage.company import HOUR, MONDAY, NOW, PROMPT, ROUND, SCHEDULE
from tests.storage.watching import together

WEEK = timedelta(days=7)
NEXT = replace(ROUND, id="r2", date=MONDAY + WEEK, opens_at=NOW + WEEK, closes_at=NOW + WEEK + HOUR)


@pytest.fixture
def running(store: Store) -> Store:
    """A store with one open round."""
    with store.transaction() as tx:
        company.settle_in(tx)
        company.open_round(tx)
    return store


def test_a_schedule_has_one_round_a_day(running: Store) -> None:
    with running.transaction() as tx:
        assert not tx.rounds.open(replace(ROUND, id="again"), [replace(PROMPT, id="p2", round="again")])
        assert not tx.rounds.open(replace(NEXT, id="r1"), [])
        assert tx.rounds.open(NEXT, [])
        assert tx.rounds.prompts("again") == []
    with running.snapshot() as tx:
        assert tx.rounds.between(MONDAY, MONDAY + WEEK) == [ROUND, NEXT]


def test_two_who_open_the_same_round_open_it_once(running: Store) -> None:
    opened: list[bool] = []

    def open_next(number: int) -> None:
        round_ = replace(NEXT, id=f"next{number}")
        with running.transaction() as tx:
            opened.append(tx.rounds.open(round_, [replace(PROMPT, id=f"q{number}", round=round_.id)]))
            tx.rounds.save_schedule(replace(SCHEDULE, next_at=NOW + 2 * WEEK))

    together(open_next, threads=2)
    assert sorted(opened) == [False, True]


def test_a_person_has_one_prompt_in_a_round(running: Store) -> None:
    with pytest.raises(IntegrityError), running.transaction() as tx:
        tx.rounds.add_prompts([replace(PROMPT, id="p2")])


def test_due_schedules_are_active_and_their_instant_has_come(running: Store) -> None:
    asleep = replace(SCHEDULE, id="asleep", active=False)
    with running.transaction() as tx:
        tx.rounds.save_schedule(asleep)
        assert tx.rounds.schedules() == [asleep, SCHEDULE]
        assert tx.rounds.due_schedules(SCHEDULE.next_at - timedelta(microseconds=1)) == []
        assert tx.rounds.due_schedules(SCHEDULE.next_at) == [SCHEDULE]


def test_the_latest_round_is_that_of_the_newest_date(running: Store) -> None:
    with running.transaction() as tx:
        tx.rounds.open(NEXT, [])
        assert tx.rounds.latest("weekly") == NEXT
        assert tx.rounds.between(MONDAY, MONDAY) == [ROUND]


def test_a_round_is_past_closing_with_its_last_prompt(running: Store) -> None:
    end = ROUND.closes_at
    with running.transaction() as tx:
        tx.rounds.add_prompts([replace(PROMPT, id="p2", person="bob", closes_at=end + HOUR)])
        assert tx.rounds.past_closing(end) == []
        assert tx.rounds.past_closing(end + HOUR) == [ROUND]
        tx.rounds.close("r1")
        assert tx.rounds.past_closing(end + HOUR) == []
        assert tx.rounds.get("r1") == replace(ROUND, closed=True)


def test_reminders_are_for_prompts_that_were_sent_and_wait(running: Store) -> None:
    come = PROMPT.remind_at
    assert come is not None
    with running.transaction() as tx:
        tx.rounds.add_prompts([replace(PROMPT, id="p2", person="bob", state=PromptState.PENDING)])
        assert tx.rounds.to_remind(come - HOUR) == []
        assert tx.rounds.to_remind(come) == [PROMPT]
        for done in (replace(PROMPT, remind_at=None), replace(PROMPT, state=PromptState.ANSWERED)):
            tx.rounds.save_prompt(done)
            assert tx.rounds.to_remind(come) == []


def test_the_latest_prompt_of_a_person_is_the_newest_of_any_state(running: Store) -> None:
    newer = replace(PROMPT, id="p0", round="r2", due_at=NOW + WEEK, state=PromptState.AWAY, message=None)
    with running.transaction() as tx:
        tx.rounds.open(NEXT, [newer])
        assert tx.rounds.latest_prompt("ann") == newer
        assert tx.rounds.latest_prompt("bob") is None


def test_prompts_come_in_the_order_in_which_they_are_due(running: Store) -> None:
    early = replace(PROMPT, id="p9", person="bob", due_at=NOW - HOUR)
    with running.transaction() as tx:
        tx.rounds.add_prompts([early])
        assert tx.rounds.prompts("r1") == [early, PROMPT]


def test_next_due_is_the_first_of_schedule_reminder_and_closing(running: Store) -> None:
    end = ROUND.closes_at + HOUR
    with running.transaction() as tx:
        tx.rounds.add_prompts([replace(PROMPT, id="p2", person="bob", remind_at=None, closes_at=end)])
        assert tx.rounds.next_due() == PROMPT.remind_at
        tx.rounds.save_prompt(replace(PROMPT, state=PromptState.ANSWERED))
        assert tx.rounds.next_due() == end
        tx.rounds.close("r1")
        assert tx.rounds.next_due() == SCHEDULE.next_at
        tx.rounds.save_schedule(replace(SCHEDULE, active=False))
        assert tx.rounds.next_due() is None
