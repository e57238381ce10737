"""The outbox: owed once, claimed by one sender at a time, claimed again when a sender was lost, settled for good."""

from datetime import datetime
from typing import Any

import pytest

from checkins.model import Delivery, DeliveryKind, DeliveryState, MessageRef
from checkins.ports import Store, Transaction
from tests.storage.company import HOUR, NOW
from tests.storage.watching import together

K, S = DeliveryKind, DeliveryState
MINUTE = HOUR / 60
SENT = MessageRef(channel="C1", id="1.2")


def owe(tx: Transaction, key: str, **changes: Any) -> bool:
    owed: dict[str, Any] = {"kind": K.NOTICE, "subject": "s", "not_before": NOW, "channel": "C1"}
    return tx.outbox.add(key=key, **(owed | changes))


def claim(tx: Transaction, now: datetime = NOW, limit: int = 9) -> list[Delivery]:
    return tx.outbox.claim(now=now, lease=10 * MINUTE, limit=limit)


def keys(deliveries: list[Delivery]) -> list[str]:
    return [delivery.key for delivery in deliveries]


def test_the_same_thing_is_owed_once(store: Store) -> None:
    with store.transaction() as tx:
        assert owe(tx, "k")
        assert not owe(tx, "k", subject="other")
        assert owe(tx, "k2")
    with store.snapshot() as tx:
        assert tx.outbox.counts() == {S.PENDING: 2}


def test_a_claim_takes_what_is_due_and_nobody_else_gets_it(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "now")
        owe(tx, "later", not_before=NOW + MINUTE)
        (claimed,) = claim(tx)
    assert (claimed.key, claimed.state, claimed.attempts, claimed.reclaimed) == ("now", S.CLAIMED, 0, False)
    with store.transaction() as tx:
        assert claim(tx) == []
        assert keys(claim(tx, NOW + MINUTE)) == ["later"]


def test_prompts_go_first_then_what_has_waited_longest(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "young", not_before=NOW - MINUTE)
        owe(tx, "old", not_before=NOW - HOUR)
        owe(tx, "prompt", kind=K.PROMPT)
        assert keys(claim(tx, limit=2)) == ["prompt", "old"]
        assert keys(claim(tx)) == ["young"]


def test_a_lease_that_ran_out_is_claimed_again_and_says_so(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "k")
        claim(tx)
        assert claim(tx, NOW + 9 * MINUTE) == []
        (again,) = claim(tx, NOW + 10 * MINUTE)
        assert (again.attempts, again.reclaimed) == (1, True)
        (third,) = claim(tx, NOW + 20 * MINUTE)
        assert (third.attempts, third.reclaimed) == (2, True)


def test_a_message_to_be_retried_is_due_at_its_new_time(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "k")
        (claimed,) = claim(tx)
        tx.outbox.settle(claimed.id, state=S.RETRY, not_before=NOW + 5 * MINUTE, error="ratelimited")
        assert claim(tx, NOW + 4 * MINUTE) == []
        assert tx.outbox.next_due() == NOW + 5 * MINUTE
        assert [delivery.error for delivery in tx.outbox.troubled(9)] == ["ratelimited"]
        (again,) = claim(tx, NOW + 5 * MINUTE)
        assert (again.attempts, again.reclaimed) == (1, False)


@pytest.mark.parametrize("state", [S.SENT, S.UNREACHABLE, S.UNCERTAIN])
def test_what_is_settled_stays_settled(store: Store, state: DeliveryState) -> None:
    with store.transaction() as tx:
        owe(tx, "k")
        (claimed,) = claim(tx)
        tx.outbox.settle(claimed.id, state=state, message=SENT)
        tx.outbox.settle(claimed.id, state=S.RETRY, not_before=NOW)
        tx.outbox.cancel("s", [K.NOTICE])
        assert claim(tx, NOW + HOUR) == []
        stored = tx.outbox.by_key("k")
        assert stored is not None
        assert (stored.state, stored.message) == (state, SENT)


def test_a_sender_that_was_thought_lost_may_still_say_that_it_sent(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "k")
        (first,) = claim(tx)
        claim(tx, NOW + HOUR)
        tx.outbox.settle(first.id, state=S.SENT, message=SENT)
        assert claim(tx, NOW + 2 * HOUR) == []


def test_a_message_follows_the_one_it_comes_after(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "thread", kind=K.DIGEST_THREAD, not_before=NOW - HOUR, after="digest")
        assert tx.outbox.next_due() is None
        owe(tx, "digest", kind=K.DIGEST)
        assert tx.outbox.next_due() == NOW
        (digest,) = claim(tx)
        assert digest.key == "digest"
        assert claim(tx) == []
        tx.outbox.settle(digest.id, state=S.SENT, message=SENT)
        assert tx.outbox.next_due() == NOW - HOUR
        assert keys(claim(tx)) == ["thread"]


def test_what_is_not_claimed_can_be_taken_back(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "claimed", kind=K.PROMPT, subject="p1")
        claim(tx)
        owe(tx, "reminder", kind=K.REMINDER, subject="p1")
        owe(tx, "receipt", kind=K.RECEIPT, subject="p1")
        owe(tx, "other", kind=K.REMINDER, subject="p2")
        tx.outbox.cancel("p1", [K.PROMPT, K.REMINDER])
        assert tx.outbox.counts() == {S.CLAIMED: 1, S.CANCELLED: 1, S.PENDING: 2}
        assert keys(claim(tx)) == sorted(["receipt", "other"], key=lambda key: tx.outbox.by_key(key).id)  # type: ignore[union-attr]


def test_what_is_owed_about_a_subject_is_found_whatever_became_of_it(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "b", kind=K.REMINDER, subject="p1")
        claim(tx)
        owe(tx, "a", kind=K.REMINDER, subject="p1")
        owe(tx, "receipt", kind=K.RECEIPT, subject="p1")
        owe(tx, "other", kind=K.REMINDER, subject="p2")
        assert keys(tx.outbox.about("p1", K.REMINDER)) == ["a", "b"]


def test_trouble_is_shown_newest_first(store: Store) -> None:
    outcomes = {"a": S.UNREACHABLE, "b": S.SENT, "c": S.UNCERTAIN, "d": S.RETRY}
    with store.transaction() as tx:
        for minutes, key in enumerate(outcomes):
            owe(tx, key, not_before=NOW - HOUR + minutes * MINUTE)
        for delivery in claim(tx):
            tx.outbox.settle(delivery.id, state=outcomes[delivery.key], error="why")
        assert keys(tx.outbox.troubled(9)) == ["d", "c", "a"]
        assert keys(tx.outbox.troubled(2)) == ["d", "c"]


def test_senders_at_the_same_time_never_share_a_row(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(60):
            owe(tx, f"k{number}")
    taken: list[str] = []

    def pump(_number: int) -> None:
        while some := _claim_alone(store):
            taken.extend(keys(some))

    together(pump, threads=4)
    assert sorted(taken) == sorted(f"k{number}" for number in range(60))


def test_those_who_owe_the_same_at_the_same_time_owe_it_once(store: Store) -> None:
    added: list[bool] = []

    def add(_number: int) -> None:
        with store.transaction() as tx:
            added.append(owe(tx, "digest"))
            owe(tx, "and more in the same transaction")

    together(add, threads=4)
    assert sorted(added) == [False, False, False, True]


def _claim_alone(store: Store) -> list[Delivery]:
    with store.transaction() as tx:
        return claim(tx, limit=3)


def test_what_was_owed_about_a_subject_is_found_whatever_became_of_it(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "b", kind=K.REMINDER)
        owe(tx, "a", kind=K.REMINDER)
        owe(tx, "prompt", kind=K.PROMPT)
        owe(tx, "other", kind=K.REMINDER, subject="t")
        tx.outbox.cancel("s", [K.REMINDER])
    with store.snapshot() as tx:
        found = tx.outbox.about("s", K.REMINDER)
        assert [(delivery.key, delivery.state) for delivery in found] == [("a", S.CANCELLED), ("b", S.CANCELLED)]
        assert tx.outbox.about("nobody", K.REMINDER) == []


@pytest.mark.parametrize("state", [S.PENDING, S.SENT])
def test_what_became_of_a_delivery_can_be_revised_once(store: Store, state: DeliveryState) -> None:
    with store.transaction() as tx:
        owe(tx, "k")
        for moment in (NOW, NOW + 10 * MINUTE):
            (lost,) = claim(tx, moment)
        assert not tx.outbox.revise(lost.id, settled=S.UNCERTAIN, state=state, not_before=NOW + HOUR)
        tx.outbox.settle(lost.id, state=S.UNCERTAIN, error="no answer")
        assert tx.outbox.revise(lost.id, settled=S.UNCERTAIN, state=state, not_before=NOW + HOUR)
        assert not tx.outbox.revise(lost.id, settled=S.UNCERTAIN, state=state, not_before=NOW + HOUR)
        assert tx.outbox.counts() == {state: 1}
        again = claim(tx, NOW + HOUR)
    anew = [(0, False, "")] if state is S.PENDING else []
    assert [(one.attempts, one.reclaimed, one.error) for one in again] == anew
