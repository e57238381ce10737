"""What becomes of messages that depend on one which is not sent: an answer is confirmed, nothing waits for ever."""

from datetime import UTC, datetime, timedelta

import pytest

from checkins import absences, answering, deliveries, reminding, rounds
from checkins.model import Delivery, DeliveryKind, DeliveryState, MessageRef, PromptState
from checkins.ports import Store
from tests.acme import prompt_of, schedule_mondays, settle_in, work

ASKED = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)  # a Monday, when everybody's 09:30 has come
LEASE = timedelta(minutes=2)
SENT = MessageRef(channel="DBEN", id="1.1")


@pytest.fixture
def asked(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store)
    rounds.open_due_rounds(store, now=ASKED)
    return store


def claimed(store: Store, kind: DeliveryKind = DeliveryKind.PROMPT) -> Delivery:
    """Ben's message of a kind, on its way."""
    due = deliveries.claim(store, now=ASKED + timedelta(days=1), lease=LEASE, limit=50)
    return next(each for each in due if each.person == "ben" and each.kind is kind)


def answer(store: Store) -> bool:
    """Whether Ben's answer is going to be shown in place."""
    prompt = prompt_of(store, "ben").id
    return answering.submit(store, actor="ben", prompt=prompt, draft=work(), now=ASKED).in_place


def followers(store: Store, kind: DeliveryKind) -> list[DeliveryState]:
    with store.snapshot() as tx:
        return [each.state for each in tx.outbox.about(prompt_of(store, "ben").id, kind)]


def test_a_prompt_that_is_answered_on_its_way_goes_out_and_becomes_the_receipt(asked: Store) -> None:
    prompt = claimed(asked)
    assert answer(asked)
    assert deliveries.wanted(asked, prompt)
    deliveries.sent(asked, prompt, SENT)
    assert prompt_of(asked, "ben").state is PromptState.ANSWERED
    receipt = claimed(asked, DeliveryKind.RECEIPT)
    assert deliveries.followed(asked, receipt) == SENT


def test_what_was_to_follow_a_dropped_prompt_is_dropped(asked: Store) -> None:
    prompt = claimed(asked)
    answering.skip(asked, actor="ben", prompt=prompt.subject, now=ASKED)
    assert followers(asked, DeliveryKind.CLOSED) == [DeliveryState.PENDING]
    assert not deliveries.wanted(asked, prompt)
    deliveries.dropped(asked, prompt)
    assert followers(asked, DeliveryKind.CLOSED) == [DeliveryState.CANCELLED]


def test_what_was_to_follow_a_dropped_reminder_is_dropped(asked: Store) -> None:
    deliveries.sent(asked, claimed(asked), SENT)
    remind_at = prompt_of(asked, "ben").remind_at
    assert remind_at is not None
    reminding.remind_due(asked, now=remind_at)
    reminder = claimed(asked, DeliveryKind.REMINDER)
    assert answer(asked)
    assert not deliveries.wanted(asked, reminder)
    deliveries.dropped(asked, reminder)
    assert followers(asked, DeliveryKind.CLOSED) == [DeliveryState.CANCELLED]
    assert followers(asked, DeliveryKind.RECEIPT) == [DeliveryState.PENDING]


def test_who_cannot_be_written_to_sees_the_receipt_at_once(asked: Store) -> None:
    prompt = claimed(asked)
    assert answer(asked)
    deliveries.failed(asked, prompt, error="user_not_found")
    assert followers(asked, DeliveryKind.RECEIPT) == [DeliveryState.CANCELLED]
    assert not answer(asked)
    assert followers(asked, DeliveryKind.RECEIPT) == [DeliveryState.CANCELLED]


def test_skipping_what_one_is_away_for_leaves_it_at_that(asked: Store) -> None:
    absences.set_absence(asked, actor="ben", person="ben", typed="2026-09-14", now=ASKED)
    prompt = prompt_of(asked, "ben")
    assert prompt.state is PromptState.AWAY
    answering.skip(asked, actor="ben", prompt=prompt.id, now=ASKED)
    assert prompt_of(asked, "ben").state is PromptState.AWAY
