"""Zones that people choose, the profile's that they go back to, and prompts that follow a changed one."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkins import accounts, deliveries, rounds, zones
from checkins.cadence import instant
from checkins.errors import TruelineError
from checkins.model import Absence, Delivery, DeliveryKind, MessageRef, PromptState
from checkins.ports import Store
from checkins.roster import Profile
from tests.acme import ASKED, MONDAY, day, prompt_of, schedule_mondays, settle_in
from tests.checkins.test_cadence import ZONES
from tests.databases import sqlite_store

LEASE = timedelta(minutes=2)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store)
    return store


def follow_profile(store: Store, zone: str, *, person: str = "ben", now: datetime = MONDAY) -> str | None:
    """Somebody's profile shows a zone; returns the one that counts."""
    profile = Profile(platform="slack", user=f"U{person.upper()}", name=person.title(), zone=zone)
    accounts.follow(store, profile, now=now)
    with store.snapshot() as tx:
        return tx.people.get(person).zone


def sent_prompts(store: Store, now: datetime) -> list[Delivery]:
    """Send what is due; returns the prompts among it."""
    claimed = deliveries.claim(store, now=now, lease=LEASE, limit=99)
    for one in claimed:
        deliveries.sent(store, one, MessageRef(channel="D1", id=one.id))
    return [one for one in claimed if one.kind is DeliveryKind.PROMPT]


def test_a_zone_of_ones_own_outlasts_the_profile(acme: Store) -> None:
    assert follow_profile(acme, "Asia/Tokyo") == "Asia/Tokyo"
    assert zones.choose_zone(acme, actor="ben", zone="europe/lisbon", now=MONDAY).zone == "Europe/Lisbon"
    assert follow_profile(acme, "Asia/Kolkata") == "Europe/Lisbon"
    assert zones.follow_profile(acme, actor="ben", zone="Asia/Kolkata", now=MONDAY).zone == "Asia/Kolkata"
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
        zones.choose_zone(acme, actor="ben", zone=typed, now=MONDAY)
    assert says in str(refused.value)


@pytest.mark.parametrize("change", ["chosen", "profile"])
def test_the_next_round_opens_in_time_where_the_day_begins_earlier_now(acme: Store, change: str) -> None:
    zones.choose_zone(acme, actor="kiri", zone="Europe/Berlin", now=MONDAY)
    morning = datetime(2026, 9, 13, 23, 30, tzinfo=UTC)  # Monday, 09:30 in Vladivostok
    assert rounds.open_due_rounds(acme, now=morning).rounds == 0
    if change == "chosen":
        zones.choose_zone(acme, actor="ben", zone="Asia/Vladivostok", now=morning)
    else:
        follow_profile(acme, "Asia/Vladivostok", now=morning)
    assert rounds.open_due_rounds(acme, now=morning).rounds == 1
    assert prompt_of(acme, "ben").due_at == morning


@pytest.fixture
def opened(acme: Store) -> Store:
    """The round of 14 September has opened where Kiri lives; Ben and Cleo are asked hours later."""
    rounds.open_due_rounds(acme, now=OPENS)
    return acme


OPENS = instant(day(14), ASKED.time().replace(hour=9), "Pacific/Kiritimati")
AT = ASKED.time().replace(hour=9)


def test_a_prompt_that_is_still_to_come_moves_to_the_new_wall_time(opened: Store) -> None:
    follow_profile(opened, "America/La_Paz", now=OPENS)
    prompt, later = prompt_of(opened, "ben"), instant(day(14), AT, "America/La_Paz")
    assert (prompt.due_at, prompt.closes_at) == (later, later + 2 * 24 * HOUR)
    assert prompt.remind_at == later + 24 * HOUR
    assert [one.person for one in sent_prompts(opened, later - HOUR)] == ["kiri"]
    assert {one.person for one in sent_prompts(opened, later)} == {"ben", "cleo"}
    rounds.close_due_rounds(opened, now=later + 2 * 24 * HOUR - HOUR)
    assert prompt_of(opened, "ben").state is PromptState.SENT


def test_where_the_time_is_over_already_the_prompt_comes_at_once(opened: Store) -> None:
    now = OPENS + HOUR
    follow_profile(opened, "Pacific/Kiritimati", now=now)
    assert prompt_of(opened, "ben").due_at == OPENS
    assert {one.person for one in sent_prompts(opened, now)} == {"ben", "kiri"}


def test_what_was_sent_or_has_fallen_due_stays(opened: Store) -> None:
    sent_prompts(opened, OPENS)
    before = prompt_of(opened, "kiri")
    follow_profile(opened, "America/La_Paz", person="kiri", now=OPENS)
    assert prompt_of(opened, "kiri") == before
    due = prompt_of(opened, "ben")
    follow_profile(opened, "America/La_Paz", now=due.due_at)
    assert prompt_of(opened, "ben") == due


def test_a_message_on_its_way_is_not_called_back(opened: Store) -> None:
    due = prompt_of(opened, "ben")
    deliveries.claim(opened, now=due.due_at, lease=LEASE, limit=99)
    follow_profile(opened, "America/La_Paz", now=due.due_at - timedelta(seconds=1))
    assert prompt_of(opened, "ben") == due
    assert [one for one in sent_prompts(opened, due.due_at + 12 * HOUR) if one.person == "ben"]


def test_a_zone_of_ones_own_keeps_the_prompt_where_it_is(opened: Store) -> None:
    zones.choose_zone(opened, actor="ben", zone="Europe/Berlin", now=OPENS)
    before = prompt_of(opened, "ben")
    follow_profile(opened, "America/La_Paz", now=OPENS)
    assert prompt_of(opened, "ben") == before


def test_nobody_is_asked_where_the_new_day_is_a_day_off(opened: Store) -> None:
    with opened.transaction() as tx:
        tx.absences.replace("ben", [Absence(person="ben", first=day(13), last=day(13))])
    sunday = datetime(2026, 9, 14, 3, tzinfo=UTC)
    follow_profile(opened, "Asia/Tokyo", now=OPENS)
    assert prompt_of(opened, "ben").state is PromptState.PENDING
    with opened.transaction() as tx:
        tx.absences.replace("ben", [Absence(person="ben", first=day(14), last=day(14))])
    zones.choose_zone(opened, actor="ben", zone="America/La_Paz", now=OPENS)
    assert prompt_of(opened, "ben").state is PromptState.AWAY
    assert "ben" not in {one.person for one in sent_prompts(opened, sunday + 24 * HOUR)}


moves = st.lists(st.tuples(st.timedeltas(HOUR, 2 * WEEK), st.sampled_from(ZONES)), min_size=1, max_size=4)


def next_look(store: Store, *, after: datetime, late: timedelta) -> datetime:
    """When the jobs look again: so much later than something falls due."""
    with store.snapshot() as tx:
        due = [at for at in (tx.rounds.next_due(), tx.outbox.next_due()) if at]
    return max(after + timedelta(minutes=1), min(due) + late)


@settings(max_examples=20, deadline=None)
@given(home=st.sampled_from(ZONES), changes=moves, late=st.timedeltas(timedelta(), 7 * HOUR))
def test_each_date_gets_exactly_one_prompt_whoever_moves_where_and_when(
    home: str, changes: list[tuple[timedelta, str]], late: timedelta
) -> None:
    with TemporaryDirectory() as folder:
        store = sqlite_store(Path(folder) / "trueline.db")
        settle_in(store)
        follow_profile(store, home)
        schedule_mondays(store, reminders=0)
        coming = sorted((MONDAY + at, zone) for at, zone in changes)
        sent, now = [], MONDAY
        while now < MONDAY + 2 * WEEK + 48 * HOUR:
            look = next_look(store, after=now, late=late)
            if coming and coming[0][0] <= look:
                now, zone = coming.pop(0)
                follow_profile(store, zone, now=now)
                continue
            now = look
            rounds.open_due_rounds(store, now=now)
            sent += [one.subject for one in sent_prompts(store, now) if one.person == "ben"]
            rounds.close_due_rounds(store, now=now)
        with store.snapshot() as tx:
            opened = [tx.rounds.between(date, date) for date in (day(14), day(21))]
            asked = [[p for p in tx.rounds.prompts(round_.id) if p.person == "ben"] for (round_,) in opened]
    assert [len(prompts) for prompts in asked] == [1, 1]
    counts = Counter(sent)
    for (prompt,) in asked:
        assert counts[prompt.id] == (prompt.state is not PromptState.AWAY)
