"""Working days by country, the country of a zone, and working hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.model import Absence
from checkins.workdays import BEGIN, END, country_of, is_day_off, working_moment
from tests.checkins.test_cadence import ZONES

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "country", "off"),
    [
        (date(2026, 12, 25), "DE", True),
        (date(2026, 12, 25), None, False),
        (date(2026, 12, 25), "XX", False),  # no such country: weekdays only
        (date(2026, 11, 26), "US", True),  # Thanksgiving
        (date(2026, 11, 26), "DE", False),
        (date(2027, 12, 31), "US", True),  # New Year falls on a Saturday
        (date(2026, 9, 6), "DE", True),  # a Sunday
        (date(2026, 9, 6), None, True),
        (date(2026, 9, 6), "IL", False),  # where the weekend is Friday and Saturday
        (date(2026, 9, 4), "IL", True),
        (date(2036, 8, 15), "IN", True),  # Independence Day, beyond the years whose moving holidays are known
    ],
)
def test_weekends_and_holidays_are_those_of_the_country(day: date, country: str | None, off: bool) -> None:
    assert is_day_off(day, country=country) is off


@given(first=DAYS, length=st.integers(0, 60), offset=st.integers(-5, 65), country=st.sampled_from([None, "DE", "IN"]))
def test_every_day_of_an_absence_is_off_and_no_other_for_its_sake(
    first: date, length: int, offset: int, country: str | None
) -> None:
    absence = Absence(person="ann", first=first, last=first + timedelta(days=length))
    day = first + timedelta(days=offset)
    expected = 0 <= offset <= length or is_day_off(day, country=country)
    assert is_day_off(day, country=country, absences=[absence]) is expected


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Stockholm", "SE"),  # a link to Berlin, but a country of its own
        ("US/Eastern", "US"),
        ("Asia/Calcutta", "IN"),
        ("UTC", None),
        ("Etc/GMT+5", None),
        ("Nowhere/Land", None),
    ],
)
def test_a_zone_tells_the_country(zone: str, country: str | None) -> None:
    assert country_of(zone) == country


@given(
    moment=st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
    away=st.integers(0, 30),
)
def test_a_working_moment_is_the_first_one_in_working_hours(moment: datetime, zone: str, away: int) -> None:
    today = moment.astimezone(ZoneInfo(zone)).date()
    absence = Absence(person="ann", first=today, last=today + timedelta(days=away))

    def off(day: date) -> bool:
        return is_day_off(day, country=country_of(zone), absences=[absence] if away else [])

    found = working_moment(moment, zone=zone, day_off=off)
    assert found is not None
    local = found.astimezone(ZoneInfo(zone))
    assert found >= moment
    assert BEGIN <= local.time() < END
    assert not off(local.date())
    if found != moment:
        assert local.time() == BEGIN
        skipped = [today + timedelta(days=n) for n in range(1, (local.date() - today).days)]
        assert all(off(day) for day in skipped)


def test_who_never_works_has_no_working_moment() -> None:
    assert working_moment(datetime(2026, 9, 7, tzinfo=UTC), zone="UTC", day_off=lambda _: True) is None
