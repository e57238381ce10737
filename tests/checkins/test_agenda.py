"""What falls due next, as the database has it."""

from datetime import UTC, datetime, timedelta

import pytest

from checkins import deliveries, publishing, reminding, rounds
from checkins.agenda import Agenda, agenda
from checkins.model import MessageRef
from checkins.ports import Store
from tests.acme import MONDAY, digest_thursdays, schedule_mondays, settle_in

EASTERN_MORNING = datetime(2026, 9, 13, 19, 30, tzinfo=UTC)  # Monday 14th, 09:30 on Kiritimati
BERLIN_MORNING = datetime(2026, 9, 14, 7, 30, tzinfo=UTC)
DIGEST = datetime(2026, 9, 10, 14, 0, tzinfo=UTC)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def send(store: Store, now: datetime) -> None:
    for delivery in deliveries.claim(store, now=now, lease=timedelta(minutes=2), limit=50):
        deliveries.sent(store, delivery, MessageRef(channel="D1", id=delivery.id))


def test_nothing_is_to_come_before_the_set_up(acme: Store) -> None:
    assert agenda(acme) == Agenda(rounds=None, digest=None, messages=None)
    assert agenda(acme).next is None


def test_the_next_round_the_digest_and_what_is_owed(acme: Store) -> None:
    schedule_mondays(acme)
    digest_thursdays(acme)  # owes the channel a test message
    assert agenda(acme) == Agenda(rounds=EASTERN_MORNING, digest=DIGEST, messages=MONDAY)
    assert agenda(acme).next == MONDAY
    send(acme, MONDAY)
    assert agenda(acme).messages is None and agenda(acme).next == DIGEST


def test_an_open_round_brings_prompts_then_reminders_then_its_closing(acme: Store) -> None:
    schedule_mondays(acme)
    rounds.open_due_rounds(acme, now=EASTERN_MORNING)
    send(acme, EASTERN_MORNING)
    assert agenda(acme).messages == BERLIN_MORNING
    reminder = EASTERN_MORNING + timedelta(hours=24)
    assert agenda(acme).rounds == reminder
    for now in (BERLIN_MORNING, BERLIN_MORNING + timedelta(hours=6)):
        send(acme, now)
    for now in (reminder, BERLIN_MORNING + timedelta(hours=24), BERLIN_MORNING + timedelta(hours=30)):
        assert reminding.remind_due(acme, now=now) == 1
    closing = BERLIN_MORNING + timedelta(hours=6 + 48)  # La Paz's window
    assert agenda(acme).rounds == closing
    rounds.close_due_rounds(acme, now=closing)
    assert agenda(acme).rounds == EASTERN_MORNING + timedelta(weeks=1)


def test_a_digest_that_was_passed_by_moves_on(acme: Store) -> None:
    digest_thursdays(acme)
    assert publishing.due_digest(acme, now=DIGEST) is None
    assert agenda(acme).digest == DIGEST + timedelta(weeks=1)
