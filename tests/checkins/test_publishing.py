"""When a digest is due, who sees it first, and that it is posted once."""

from datetime import UTC, datetime, time, timedelta

import pytest

from checkins import deliveries, publishing, rounds, setup
from checkins.errors import NotAllowed, NotFound
from checkins.model import DeliveryKind, MessageRef
from checkins.ports import Store
from checkins.publishing import Built
from tests.acme import digest_thursdays, schedule_mondays, settle_in

THURSDAY = datetime(2026, 9, 17, 14, 0, tzinfo=UTC)  # 16:00 in Berlin
WEEK = timedelta(days=7)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store)
    digest_thursdays(store)
    return store


def built(week: str) -> Built:
    return Built(week=week, whole={"week": week}, teams={"growth": {}, "platform": {}}, picture=b"png", findings=())


def play_week(store: Store, now: datetime) -> str | None:
    """Monday's round, then Thursday's digest."""
    rounds.open_due_rounds(store, now=now - timedelta(days=3))
    week = publishing.due_digest(store, now=now)
    if week:
        publishing.keep(store, built(week), now=now)
    return week


def send(store: Store, now: datetime) -> list[tuple[DeliveryKind, str]]:
    kinds = []
    while due := deliveries.claim(store, now=now, lease=timedelta(minutes=2), limit=50):
        for delivery in due:
            deliveries.sent(store, delivery, MessageRef(channel=delivery.channel or f"D{delivery.person}", id="1"))
            kinds.append((delivery.kind, delivery.channel or delivery.person or ""))
    return [kind for kind in kinds if kind[0].startswith("digest")]


def test_the_channel_gets_one_test_message(acme: Store) -> None:
    digest_thursdays(acme)
    assert send(acme, THURSDAY) == [(DeliveryKind.DIGEST_TEST, "C1")]


def test_a_week_without_a_round_has_no_digest_and_the_plan_moves_on(acme: Store) -> None:
    assert publishing.due_digest(acme, now=THURSDAY - WEEK) is None
    with acme.snapshot() as tx:
        plan = tx.workspace.get().digest
    assert plan is not None
    assert plan.next_at == THURSDAY


def test_the_first_two_go_to_admins_and_the_third_to_the_channel(acme: Store) -> None:
    send(acme, THURSDAY)
    preview = [(DeliveryKind.DIGEST_PREVIEW, "ada")]
    posted = [(DeliveryKind.DIGEST, "C1"), (DeliveryKind.DIGEST_THREAD, "C1")]
    for number, expected in enumerate([preview, preview, posted]):
        now = THURSDAY + number * WEEK
        assert publishing.due_digest(acme, now=now - timedelta(minutes=1)) is None
        assert play_week(acme, now) == f"2026-W{38 + number}"
        assert play_week(acme, now) is None
        assert send(acme, now) == expected
    assert publishing.latest_week(acme) == "2026-W40"


def test_publishing_posts_once_and_only_for_admins(acme: Store) -> None:
    play_week(acme, THURSDAY)
    send(acme, THURSDAY)
    with pytest.raises(NotAllowed, match="Ask Ada"):
        publishing.publish(acme, actor="ben", week="2026-W38", now=THURSDAY)
    with pytest.raises(NotFound, match="2026-W40"):
        publishing.publish(acme, actor="ada", week="2026-W40", now=THURSDAY)
    assert publishing.latest_week(acme) is None
    assert publishing.publish(acme, actor="ada", week="2026-W38", now=THURSDAY)
    assert not publishing.publish(acme, actor="ada", week="2026-W38", now=THURSDAY)
    assert send(acme, THURSDAY) == [(DeliveryKind.DIGEST, "C1"), (DeliveryKind.DIGEST_THREAD, "C1")]
    assert publishing.latest_week(acme) == "2026-W38"


def test_a_digest_missed_in_an_outage_is_made_when_the_bot_is_back(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=THURSDAY - timedelta(days=3))
    rounds.open_due_rounds(acme, now=THURSDAY + timedelta(days=4))
    back = THURSDAY + WEEK + timedelta(hours=5)
    made = []
    while week := publishing.due_digest(acme, now=back):
        publishing.keep(acme, built(week), now=back)
        made.append(week)
    assert made == ["2026-W38", "2026-W39"]


def test_an_edition_has_the_teams_and_the_week_before(acme: Store) -> None:
    play_week(acme, THURSDAY)
    play_week(acme, THURSDAY + WEEK)
    edition = publishing.edition(acme, week="2026-W39")
    assert [digest.team for digest in edition.teams] == ["growth", "platform"]
    assert edition.previous is not None
    assert (edition.previous.week, edition.digest.picture) == ("2026-W38", b"png")
    publishing.picture_uploaded(acme, edition.digest, file="F1")
    assert publishing.edition(acme, week="2026-W39").digest.picture_file == "F1"


def test_a_digest_early_on_monday_covers_the_week_before(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=THURSDAY - timedelta(days=3))
    setup.choose_digest(acme, actor="ada", channel="C1", weekday=0, at=time(8, 0), zone="Europe/Berlin", now=THURSDAY)
    monday = datetime(2026, 9, 21, 6, 0, tzinfo=UTC)
    assert publishing.due_digest(acme, now=monday) == "2026-W38"
