"""Zones that people choose, and the profile's that they go back to."""

from datetime import UTC, datetime

import pytest

from checkins import roster, rounds, zones
from checkins.errors import TruelineError
from checkins.ports import Store
from checkins.roster import Profile
from tests.acme import prompt_of, schedule_mondays, settle_in


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store)
    return store


def follow_profile(store: Store, zone: str) -> str | None:
    """Ben's profile shows a zone; returns the one that counts."""
    roster.follow(store, Profile(platform="slack", user="UBEN", name="Ben", zone=zone))
    with store.snapshot() as tx:
        return tx.people.get("ben").zone


def test_a_zone_of_ones_own_outlasts_the_profile(acme: Store) -> None:
    assert follow_profile(acme, "Asia/Tokyo") == "Asia/Tokyo"
    assert zones.choose_zone(acme, actor="ben", zone="europe/lisbon").zone == "Europe/Lisbon"
    assert follow_profile(acme, "Asia/Kolkata") == "Europe/Lisbon"
    assert zones.follow_profile(acme, actor="ben", zone="Asia/Kolkata").zone == "Asia/Kolkata"
    assert follow_profile(acme, "Asia/Tokyo") == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Europe/Lisabon", "I know no time zone “Europe/Lisabon”. Did you mean Europe/Lisbon?"),
        ("new york", "Did you mean America/New_York?"),
        ("qqqq", "Write one like Europe/Lisbon."),
    ],
)
def test_an_unknown_zone_gets_the_nearest(acme: Store, typed: str, says: str) -> None:
    with pytest.raises(TruelineError) as refused:
        zones.choose_zone(acme, actor="ben", zone=typed)
    assert says in str(refused.value)


def test_the_next_round_opens_in_time_where_the_day_begins_earlier_now(acme: Store) -> None:
    zones.choose_zone(acme, actor="kiri", zone="Europe/Berlin")
    morning = datetime(2026, 9, 13, 23, 30, tzinfo=UTC)  # Monday, 09:30 in Vladivostok
    assert rounds.open_due_rounds(acme, now=morning).rounds == 0
    zones.choose_zone(acme, actor="ben", zone="Asia/Vladivostok")
    assert rounds.open_due_rounds(acme, now=morning).rounds == 1
    assert prompt_of(acme, "ben").due_at == morning
