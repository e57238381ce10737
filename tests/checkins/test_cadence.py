"""Wall time and zone: each local date exactly one round, whatever the zone does."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.cadence import (
    Week,
    first_date,
    following,
    instant,
    period_of,
    period_of_week,
    recent_periods,
)
from checkins.errors import TruelineError
from checkins.model import Cadence

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("posix", "right")))
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T01:30"),  # the gap: moved on to 03:30
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),  # twice: the first one
        ("America/Santiago", date(2026, 9, 6), time(0, 0), "2026-09-06T04:00"),  # midnight does not exist
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:45"),  # a change of half an hour
        ("Pacific/Kiritimati", date(2026, 1, 5), time(9, 30), "2026-01-04T19:30"),  # a day ahead of UTC
        ("UTC", date(2026, 1, 5), time(9, 30), "2026-01-05T09:30"),
    ],
)
def test_wall_time_becomes_one_instant(zone: str, day: date, at: time, expected: str) -> None:
    assert instant(day, at, zone) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(day=days, zone=st.sampled_from(ZONES), hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_later_days_are_later_instants(day: date, zone: str, hour: int, minute: int) -> None:
    at = time(hour, minute)
    assert instant(day, at, zone) < instant(day + timedelta(days=2), at, zone)


@given(day=days, zone=st.sampled_from(ZONES), hour=st.integers(0, 23))
def test_an_instant_shows_its_wall_time_unless_the_zone_skipped_it(day: date, zone: str, hour: int) -> None:
    shown = instant(day, time(hour), zone).astimezone(ZoneInfo(zone))
    skipped = shown.replace(tzinfo=None) - datetime.combine(day, time(hour))
    assert timedelta(0) <= skipped <= timedelta(hours=24)
    if skipped == timedelta(0):
        assert (shown.date(), shown.time()) == (day, time(hour))


@given(starts=days, weekday=st.integers(0, 6), cadence=st.sampled_from(Cadence), steps=st.integers(2, 30))
def test_rounds_fall_on_their_weekday_once_a_period(starts: date, weekday: int, cadence: Cadence, steps: int) -> None:
    dates = [following(starts, weekday, cadence, starts - timedelta(days=1))]
    while len(dates) < steps:
        dates.append(following(starts, weekday, cadence, dates[-1]))
    assert all(day.weekday() == weekday for day in dates)
    assert dates == sorted(set(dates))
    if cadence is Cadence.MONTHLY:
        assert all(day.day <= 7 for day in dates)
        assert len({(day.year, day.month) for day in dates}) == len(dates)
    else:
        gap = timedelta(weeks=2 if cadence is Cadence.FORTNIGHTLY else 1)
        assert {later - earlier for earlier, later in pairwise(dates)} == {gap}
        assert dates[0] == first_date(starts, weekday)


@given(day=days, cadence=st.sampled_from(Cadence))
def test_periods_tile_the_calendar(day: date, cadence: Cadence) -> None:
    period = period_of(day, cadence)
    assert period.first <= day <= period.last
    assert period_of(period.first, cadence) == period_of(period.last, cadence) == period
    assert period_of(period.last + timedelta(days=1), cadence).first == period.last + timedelta(days=1)
    run = recent_periods(period, cadence, 6)
    assert len(run) == 6
    assert run[-1] == period
    assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(run))


@pytest.mark.parametrize(
    ("week", "cadence", "label"),
    [
        ("2026-W47", Cadence.WEEKLY, "2026-W47"),
        ("2025-W22", Cadence.MONTHLY, "2025-05"),  # its Thursday is May 29
        ("2026-W53", Cadence.FORTNIGHTLY, "2026-W53/01"),  # a pair across the end of a 53-week year
    ],
)
def test_a_digest_shows_the_period_of_its_thursday(week: str, cadence: Cadence, label: str) -> None:
    assert period_of_week(Week.parse(week), cadence).label == label


@given(day=days)
def test_weeks_are_read_as_they_are_written(day: date) -> None:
    week = Week.of(day)
    assert Week.parse(str(week)) == week
    assert week.monday <= day <= week.sunday


@pytest.mark.parametrize("text", ["2025-W53", "2026-W00", "2026-47", "W47", "", "2026-W477"])
def test_what_is_no_week_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(TruelineError, match="like 2026-W47"):
        Week.parse(text)
