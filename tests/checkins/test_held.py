"""Messages that a full week had no room for: they wait for their reader, and for what the reader does about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checkins import answering, deliveries, held, privacy, publishing, reminding, rounds, watchdog
from checkins.model import Delivery, DeliveryKind, DeliveryState, MessageRef, PromptState
from checkins.ports import Store, StoredDigest
from tests.acme import prompt_of, schedule_mondays, settle_in, work

K, S = DeliveryKind, DeliveryState
ASKED = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)  # a Monday, when everybody's 09:30 has come
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEASE = timedelta(minutes=2)
WEEK = "2026-W38"


@pytest.fixture
def acme(store: Store) -> Store:
    """Acme before its first Monday, where Ada and Ben have had all but the prompt of a week."""
    settle_in(store)
    schedule_mondays(store)
    for person in ("ada", "ben"):
        owe(store, person, *(f"{person} {number}" for number in range(2)))
    return store


def owe(store: Store, person: str, *keys: str, kind: DeliveryKind = K.NOTICE, subject: str = "s") -> None:
    """Owe somebody messages, each an hour after the one before."""
    with store.transaction() as tx:
        for number, key in enumerate(keys):
            at, body = ASKED + number * HOUR, {"text": f"{key}!"}
            tx.outbox.add(key=key, kind=kind, subject=subject, person=person, not_before=at, body=body)


def waiting(store: Store, person: str = "ben") -> list[str]:
    return [delivery.key for delivery in held.waiting(store, actor=person)]


def state(store: Store, key: str) -> DeliveryState:
    with store.snapshot() as tx:
        found = tx.outbox.by_key(key)
        assert found is not None
        return found.state


def send(store: Store, *, after: timedelta = timedelta()) -> list[str]:
    due = deliveries.claim(store, now=ASKED + after, lease=LEASE, limit=50)
    for delivery in filter(lambda each: deliveries.wanted(store, each), due):
        deliveries.sent(store, delivery, MessageRef(channel=f"D{delivery.person}", id=delivery.id))
    return [delivery.key for delivery in due]


def ids(found: Sequence[Delivery]) -> list[str]:
    return [delivery.id for delivery in found]


def fill_prompts(store: Store, person: str = "ben") -> None:
    """Take the place that is kept for the prompt, too."""
    owe(store, person, "another prompt", kind=K.PROMPT)


def test_notices_wait_newest_first_until_they_are_read(acme: Store) -> None:
    owe(acme, "ben", "first", "second")
    assert waiting(acme) == ["second", "first"]
    second, _ = held.waiting(acme, actor="ben")
    for _ in range(2):
        held.done(acme, actor="ben", delivery=second.id)
        assert waiting(acme) == ["first"]
    assert state(acme, "second") is S.CANCELLED


def test_nobody_touches_what_waits_for_somebody_else(acme: Store) -> None:
    owe(acme, "ben", "mine")
    for person in ("ada", "cleo"):
        assert waiting(acme, person) == []
        for delivery in ids(held.waiting(acme, actor="ben")):
            held.done(acme, actor=person, delivery=delivery)
            held.send(acme, actor=person, delivery=delivery, now=ASKED)
    assert state(acme, "mine") is S.HELD


def test_what_was_sent_is_not_taken_back(acme: Store) -> None:
    send(acme)
    with acme.snapshot() as tx:
        gone = tx.outbox.by_key("ben 0")
    assert gone is not None
    held.done(acme, actor="ben", delivery=gone.id)
    assert state(acme, "ben 0") is S.SENT


def test_an_admin_has_a_preview_sent_while_there_is_something_to_publish(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.digests.save(StoredDigest(week=WEEK, team=None, body={}, built_at=ASKED))
        tx.digests.save(StoredDigest(week="2026-W37", team=None, body={}, built_at=ASKED, published=True))
    for week in (WEEK, "2026-W37", "2026-W36"):
        owe(acme, "ada", f"preview {week}", kind=K.DIGEST_PREVIEW, subject=week)
    send(acme, after=HOUR)
    (preview,) = held.waiting(acme, actor="ada")
    assert preview.subject == WEEK
    for _ in range(2):
        held.send(acme, actor="ada", delivery=preview.id, now=ASKED + DAY)
    assert send(acme, after=DAY) == [preview.key]
    assert publishing.previews(acme, week=WEEK) == [MessageRef(channel="Dada", id=preview.id)]
    assert waiting(acme, "ada") == []


def test_a_question_for_admins_waits_until_one_of_them_has_answered(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.outbox.add(key="digest", kind=K.DIGEST, subject=WEEK, channel="C1", not_before=ASKED)
    digest = next(d for d in deliveries.claim(acme, now=ASKED, lease=LEASE, limit=9) if d.key == "digest")
    deliveries.in_doubt(acme, digest, error="no answer", now=ASKED)
    (question,) = held.waiting(acme, actor="ada")
    assert (question.kind, question.subject) == (K.DOUBT, "digest")
    with acme.transaction() as tx:
        tx.outbox.revise(digest.id, settled=S.UNCERTAIN, state=S.SENT, not_before=ASKED)
    assert waiting(acme, "ada") == []


def test_who_is_no_admin_any_more_keeps_only_the_notices(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.digests.save(StoredDigest(week=WEEK, team=None, body={}, built_at=ASKED))
    owe(acme, "ada", "preview", kind=K.DIGEST_PREVIEW, subject=WEEK)
    owe(acme, "ada", "notice")
    assert sorted(waiting(acme, "ada")) == ["notice", "preview"]
    with acme.transaction() as tx:
        tx.people.save(replace(tx.people.get("ada"), admin=False))
    assert waiting(acme, "ada") == ["notice"]


def test_what_waits_for_an_erased_person_vanishes(acme: Store) -> None:
    owe(acme, "ben", "mine")
    owe(acme, "ada", "of Ben")
    privacy.erase(acme, person="ben")
    with acme.snapshot() as tx:
        assert tx.outbox.by_key("mine") is None
    (told,) = held.waiting(acme, actor="ada")
    assert told.body == {"text": "of …!"}


def test_a_prompt_that_is_held_is_answered_in_app_home(acme: Store) -> None:
    fill_prompts(acme)
    rounds.open_due_rounds(acme, now=ASKED)
    prompt = prompt_of(acme, "ben")
    assert state(acme, f"prompt:{prompt.id}") is S.HELD
    assert waiting(acme) == [], "the check-in itself stands there"
    receipt = answering.submit(acme, actor="ben", prompt=prompt.id, draft=work(), now=ASKED)
    assert not receipt.in_place
    assert state(acme, f"prompt:{prompt.id}") is S.CANCELLED


def test_later_brings_a_prompt_that_is_held(acme: Store) -> None:
    fill_prompts(acme)
    rounds.open_due_rounds(acme, now=ASKED)
    prompt = prompt_of(acme, "ben")
    again = answering.later(acme, actor="ben", prompt=prompt.id, now=ASKED)
    assert f"prompt:{prompt.id}" not in send(acme, after=2 * HOUR)
    assert f"prompt:{prompt.id}" in send(acme, after=again - ASKED)
    assert reminding.remind_due(acme, now=again) == 0


@pytest.mark.parametrize("asked_for", [False, True])
def test_a_reminder_finds_no_room_unless_the_person_asked_for_it(acme: Store, asked_for: bool) -> None:
    rounds.open_due_rounds(acme, now=ASKED)
    send(acme)
    prompt = prompt_of(acme, "ben")
    if asked_for:
        answering.later(acme, actor="ben", prompt=prompt.id, now=ASKED)
    due = prompt_of(acme, "ben").remind_at
    assert due is not None
    reminding.remind_due(acme, now=due)
    with acme.snapshot() as tx:
        (reminder,) = tx.outbox.about(prompt.id, K.REMINDER)
    assert reminder.state is (S.PENDING if asked_for else S.HELD)
    assert prompt_of(acme, "ben").remind_at is None, "it counts as the one"
    assert waiting(acme) == []


def test_prompts_that_wait_in_app_home_are_no_outage(acme: Store) -> None:
    for person in ("ben", "cleo", "kiri"):
        owe(acme, person, *(f"{person} prompt {number}" for number in range(3)), kind=K.PROMPT)
    rounds.open_due_rounds(acme, now=ASKED)
    assert prompt_of(acme, "cleo").state is PromptState.PENDING
    assert watchdog.warn_of_silence(acme, now=ASKED + 2 * HOUR) == 0
