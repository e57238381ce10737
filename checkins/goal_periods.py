"""The periods that goals run in: quarters, halves and years of the calendar, or any days."""

from datetime import date, timedelta
from enum import StrEnum

from checkins.model import Goal

QUARTER, HALF, YEAR = 3, 6, 12  # months


class Period(StrEnum):
    THIS_QUARTER = "this_quarter"
    NEXT_QUARTER = "next_quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    FREE = "free"


CALENDAR = tuple(period for period in Period if period is not Period.FREE)


def period_dates(period: Period, today: date) -> tuple[date, date]:
    """First and last day. Raises ValueError for free dates, which only a person can name."""
    if period is Period.FREE:
        raise ValueError(f"{period} has no dates of its own")
    if period is Period.NEXT_QUARTER:
        return _around(_around(today, QUARTER)[1] + timedelta(days=1), QUARTER)
    months = {Period.THIS_QUARTER: QUARTER, Period.HALF_YEAR: HALF, Period.YEAR: YEAR}
    return _around(today, months[period])


def _around(day: date, months: int) -> tuple[date, date]:
    """The part of the year, so many months long, that holds a day."""
    start = (day.month - 1) // months * months + 1
    first = date(day.year, start, 1)
    following = date(day.year + 1, 1, 1) if start + months > 12 else date(day.year, start + months, 1)
    return first, following - timedelta(days=1)


def period_of(starts: date | None, ends: date | None, today: date) -> Period:
    """The period that these days are as seen from today; free where they are none."""
    return next((period for period in CALENDAR if period_dates(period, today) == (starts, ends)), Period.FREE)


def overlapping(one: Goal, other: Goal) -> bool:
    """Whether two goals' periods share a day; a side without a date is open."""
    return (one.starts or date.min) <= (other.ends or date.max) and (other.starts or date.min) <= (one.ends or date.max)
