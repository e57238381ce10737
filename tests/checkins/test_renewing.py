"""When a published digest is built anew, what is stored then, and which of its messages are changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from checkins import answering, deliveries, publishing, renewing, rounds
from checkins.agenda import agenda
from checkins.model import Cadence, DeliveryKind, DeliveryState, MessageRef
from checkins.ports import Store, StoredDigest
from checkins.publishing import Built
from tests.acme import digest_thursdays, prompt_of, schedule_mondays, settle_in, work
from tests.checkins.test_publishing import THURSDAY, WEEK

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FRIDAY = THURSDAY + timedelta(days=1)
MANY = {f"team-{number}": {"n": number} for number in range(12)}


def built(number: int, *, week: str = "2026-W38", picture: bytes = b"png", teams: Mapping[str, Any] = MANY) -> Built:
    """number: what the digest says."""
    return Built(week=week, whole={"n": number, "list": (1, 2)}, teams=teams, picture=picture, findings=())


@pytest.fixture
def acme(store: Store) -> Store:
    """The digest of week 38 was built on Thursday at 16:00; nobody has answered, and one message holds its details."""
    settle_in(store)
    schedule_mondays(store)
    digest_thursdays(store)
    rounds.open_due_rounds(store, now=THURSDAY - timedelta(days=3))
    with store.transaction() as tx:
        tx.teams.save(*(replace(tx.teams.get("growth"), id=team, name=team, members=(), leads=()) for team in MANY))
    assert publishing.due_digest(store, now=THURSDAY) == "2026-W38"
    publishing.keep(store, built(0, teams={"growth": {}}), now=THURSDAY)
    return store


@pytest.fixture
def posted(acme: Store) -> Store:
    """The same, published at once and sent."""
    publishing.publish(acme, actor="ada", week="2026-W38", now=THURSDAY)
    send(acme, THURSDAY)
    return acme


def send(store: Store, now: datetime) -> list[tuple[DeliveryKind, str]]:
    """Everything that is due about the digest in its channel, as kinds and subjects."""
    sent = []
    while due := deliveries.claim(store, now=now, lease=2 * MINUTE, limit=50):
        for delivery in due:
            deliveries.sent(store, delivery, MessageRef(channel=delivery.channel or "D1", id=delivery.key))
            sent.append((delivery.kind, delivery.subject))
    digests = (DeliveryKind.DIGEST, DeliveryKind.DIGEST_THREAD, *CHANGES)
    return sorted(each for each in sent if each[0] in digests)


CHANGES = (DeliveryKind.DIGEST_UPDATE, DeliveryKind.DIGEST_THREAD_UPDATE)


def answer(store: Store, now: datetime, text: str = "Signup funnel") -> None:
    answering.submit(store, actor="ben", prompt=prompt_of(store, "ben").id, draft=work(text), now=now)


def stored(store: Store, week: str = "2026-W38") -> StoredDigest:
    with store.snapshot() as tx:
        digest = tx.digests.find(week)
    assert digest is not None
    return digest


def test_nothing_is_due_as_long_as_nothing_comes_in(posted: Store) -> None:
    assert renewing.due(posted, now=THURSDAY + 3 * WEEK) is None
    assert agenda(posted).digest == THURSDAY + WEEK


def test_an_answer_is_taken_up_an_hour_after_the_digest_was_built(posted: Store) -> None:
    answer(posted, THURSDAY + 10 * MINUTE)
    assert renewing.due(posted, now=THURSDAY + 59 * MINUTE) is None
    assert renewing.due(posted, now=THURSDAY + HOUR) == "2026-W38"
    assert agenda(posted).digest == THURSDAY + HOUR


def test_two_edits_within_an_hour_are_one_update(posted: Store) -> None:
    answer(posted, FRIDAY)
    assert renewing.renew(posted, built(1), now=FRIDAY)
    for minutes in (20, 40):
        answer(posted, FRIDAY + minutes * MINUTE, text=f"Edited after {minutes}")
        assert renewing.due(posted, now=FRIDAY + 59 * MINUTE) is None
    assert renewing.due(posted, now=FRIDAY + HOUR) == "2026-W38"
    assert renewing.renew(posted, built(2), now=FRIDAY + HOUR)
    assert renewing.due(posted, now=FRIDAY + 9 * HOUR) is None


def test_what_came_in_during_the_review_counts_once_the_digest_is_published(acme: Store) -> None:
    answer(acme, THURSDAY + 10 * MINUTE)
    assert renewing.due(acme, now=FRIDAY) is None
    publishing.publish(acme, actor="ada", week="2026-W38", now=FRIDAY)
    assert renewing.due(acme, now=FRIDAY) == "2026-W38"


def test_an_answer_on_its_way_while_the_digest_was_read_is_not_overlooked(posted: Store) -> None:
    answer(posted, THURSDAY - MINUTE / 2)
    assert renewing.due(posted, now=FRIDAY) == "2026-W38"


def test_answers_from_before_the_digest_are_in_it_already(acme: Store) -> None:
    answer(acme, THURSDAY - HOUR)
    publishing.publish(acme, actor="ada", week="2026-W38", now=THURSDAY)
    assert renewing.due(acme, now=FRIDAY) is None


@pytest.mark.parametrize(("cadence", "due"), [(Cadence.WEEKLY, None), (Cadence.MONTHLY, "2026-W38")])
def test_only_answers_of_the_digests_own_period_count(posted: Store, cadence: Cadence, due: str | None) -> None:
    with posted.transaction() as tx:
        tx.workspace.save(replace(tx.workspace.get(), cadence=cadence))
    answer(posted, THURSDAY - HOUR)
    with posted.transaction() as tx:
        [given] = tx.check_ins.all()
        tx.check_ins.save(replace(given, date=given.date + timedelta(days=8)), at=FRIDAY)
    assert renewing.due(posted, now=FRIDAY) == due


def test_a_renewed_digest_is_stored_in_the_place_of_the_old_one(posted: Store) -> None:
    publishing.picture_uploaded(posted, stored(posted), file="F1")
    assert renewing.renew(posted, built(1), now=FRIDAY)
    whole = stored(posted)
    assert (whole.body, whole.picture_file, whole.published) == ({"n": 1, "list": [1, 2]}, "F1", True)
    assert (whole.built_at, whole.updated_at) == (FRIDAY, FRIDAY)
    assert {team.team: team.body for team in publishing.edition(posted, week="2026-W38").teams}.items() >= MANY.items()


def test_another_picture_is_uploaded_anew(posted: Store) -> None:
    before = stored(posted)
    publishing.picture_uploaded(posted, before, file="F1")
    renewing.renew(posted, built(1, picture=b"other"), now=FRIDAY)
    assert (stored(posted).picture, stored(posted).picture_file) == (b"other", None)
    publishing.picture_uploaded(posted, before, file="F2")  # the upload of the old one ends late
    assert stored(posted).picture_file is None


def test_a_digest_that_says_the_same_is_left_alone_until_something_comes_in_again(posted: Store) -> None:
    answer(posted, FRIDAY - MINUTE)
    assert not renewing.renew(posted, built(0, teams={"growth": {}}), now=FRIDAY)
    assert (stored(posted).built_at, stored(posted).updated_at) == (FRIDAY, None)
    assert send(posted, FRIDAY) == []
    assert not renewing.renew(posted, built(0, teams={"growth": {}}), now=FRIDAY + HOUR)
    assert renewing.due(posted, now=FRIDAY + 2 * HOUR) is None


def test_every_message_is_changed_and_only_details_that_had_none_get_one(posted: Store) -> None:
    renewing.renew(posted, built(1), now=FRIDAY)
    new = (DeliveryKind.DIGEST_THREAD, "2026-W38/1")
    changed = [(DeliveryKind.DIGEST_UPDATE, "2026-W38"), (DeliveryKind.DIGEST_THREAD_UPDATE, "2026-W38/0")]
    assert send(posted, FRIDAY) == sorted([new, *changed])
    renewing.renew(posted, built(2), now=FRIDAY + HOUR)
    later = (DeliveryKind.DIGEST_THREAD_UPDATE, "2026-W38/1")
    assert send(posted, FRIDAY + HOUR) == sorted([*changed, later])


def test_details_that_had_nothing_to_say_get_their_message_later(acme: Store) -> None:
    publishing.publish(acme, actor="ada", week="2026-W38", now=THURSDAY)
    with acme.transaction() as tx:
        tx.outbox.cancel("2026-W38/0", [DeliveryKind.DIGEST_THREAD])
    send(acme, THURSDAY)
    renewing.renew(acme, built(1, teams={"growth": {"n": 1}}), now=FRIDAY)
    assert (DeliveryKind.DIGEST_THREAD, "2026-W38/0") in send(acme, FRIDAY)


def test_of_changes_that_could_not_be_made_only_the_newest_is_left(posted: Store) -> None:
    for number in (1, 2, 3):
        renewing.renew(posted, built(number), now=FRIDAY + number * HOUR)
    with posted.snapshot() as tx:
        states = [change.state for change in tx.outbox.about("2026-W38", DeliveryKind.DIGEST_UPDATE)]
    assert states == [DeliveryState.CANCELLED, DeliveryState.CANCELLED, DeliveryState.PENDING]


def test_a_digest_rests_once_the_next_one_is_built(posted: Store) -> None:
    publishing.keep(posted, built(5, week="2026-W39"), now=THURSDAY + WEEK)
    answer(posted, THURSDAY + WEEK)
    assert renewing.due(posted, now=THURSDAY + 2 * WEEK) is None
    assert not renewing.renew(posted, built(6), now=THURSDAY + WEEK)
    assert stored(posted).body["n"] == 0
    assert publishing.latest_week(posted) == "2026-W38"
