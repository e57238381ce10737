"""Quarters, halves and years as seen from a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.goal_periods import CALENDAR, Period, overlapping, period_dates, period_of
from checkins.model import Goal

MONTHS = {Period.THIS_QUARTER: 3, Period.NEXT_QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


@pytest.mark.parametrize(
    ("period", "today", "first", "last"),
    [
        (Period.THIS_QUARTER, "2026-09-04", "2026-07-01", "2026-09-30"),
        (Period.THIS_QUARTER, "2028-02-29", "2028-01-01", "2028-03-31"),
        (Period.NEXT_QUARTER, "2026-09-30", "2026-10-01", "2026-12-31"),
        (Period.NEXT_QUARTER, "2026-12-31", "2027-01-01", "2027-03-31"),
        (Period.HALF_YEAR, "2026-06-30", "2026-01-01", "2026-06-30"),
        (Period.HALF_YEAR, "2026-07-01", "2026-07-01", "2026-12-31"),
        (Period.YEAR, "2026-01-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_days_of_a_period(period: Period, today: str, first: str, last: str) -> None:
    assert tuple(map(str, period_dates(period, date.fromisoformat(today)))) == (first, last)


@given(today=st.dates(max_value=date(9990, 1, 1)), period=st.sampled_from(CALENDAR))
def test_a_period_is_recognised_and_has_its_months(today: date, period: Period) -> None:
    first, last = period_dates(period, today)
    assert period_of(first, last, today) is period
    assert (last.year * 12 + last.month) - (first.year * 12 + first.month) + 1 == MONTHS[period]
    assert (period is Period.NEXT_QUARTER) != (first <= today <= last)


def test_free_dates_have_no_days_of_their_own() -> None:
    with pytest.raises(ValueError, match="free"):
        period_dates(Period.FREE, date(2026, 9, 4))
    assert period_of(None, date(2026, 9, 30), date(2026, 9, 4)) is Period.FREE


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((1, 10), (10, 20), True),
        ((1, 9), (10, 20), False),
        ((None, 9), (10, None), False),
        ((None, None), (10, 20), True),
        ((12, None), (10, 20), True),
    ],
)
def test_whether_two_goals_share_a_day(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None], meet: bool
) -> None:
    first, second = (
        Goal(id="g", title="G", starts=start and date(2026, 9, start), ends=end and date(2026, 9, end))  # type: ignore[arg-type]
        for start, end in (one, other)
    )
    assert overlapping(first, second) is overlapping(second, first) is meet
