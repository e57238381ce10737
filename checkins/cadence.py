"""Wall time and zone to instants: when a schedule's rounds fall, and which period a date belongs to. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from checkins.errors import TruelineError
from checkins.model import Cadence

ORIGIN = date(2024, 1, 1)  # a Monday, from which weeks, pairs of them and months are counted
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RRULE_DAYS = (MO, TU, WE, TH, FR, SA, SU)


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a wall time; the first of two at an autumn change, moved forward in a spring gap."""
    # In a gap fold=0 takes the offset before the change, so 02:30 becomes 03:30.
    return datetime.combine(day, at.replace(fold=0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_date(moment: datetime, zone: str) -> date:
    """The calendar date of an instant in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def earliest(day: date, at: time, zones: Iterable[str]) -> datetime:
    """The first instant at which the wall time comes true in any of the zones; UTC where none is given."""
    return min((instant(day, at, zone) for zone in zones), default=instant(day, at, "UTC"))


def first_date(starts: date, weekday: int) -> date:
    """The first such weekday on or after a date."""
    return starts + timedelta(days=(weekday - starts.weekday()) % 7)


def following(starts: date, weekday: int, cadence: Cadence, after: date) -> date:
    """The first local date of the recurrence that lies after ``after``.

    Weekly and fortnightly count from the first such weekday on or after ``starts``; monthly is the month's first one.
    """
    first = datetime.combine(first_date(starts, weekday), time())
    rule = (
        rrule(MONTHLY, dtstart=first, byweekday=_RRULE_DAYS[weekday](1))
        if cadence is Cadence.MONTHLY
        else rrule(WEEKLY, dtstart=first, interval=2 if cadence is Cadence.FORTNIGHTLY else 1)
    )
    found = next(islice(rule.xafter(datetime.combine(after, time())), 1), None)
    if found is None:
        raise TruelineError(f"The schedule has no date after {after}; choose an earlier start.")
    return found.date()


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, written 2026-W47."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Raises TruelineError when the text names no ISO week."""
        named = re.fullmatch(r"(\d{4})-W(\d\d)", text)
        try:
            return cls.of(date.fromisocalendar(int(named[1]), int(named[2]), 1))  # type: ignore[index]
        except (TypeError, ValueError):
            raise TruelineError(f'"{text}" is no week. Write a year and an ISO week, like 2026-W47.') from None

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    def plus(self, weeks: int) -> "Week":
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The stretch whose check-ins are one answer: an ISO week, a pair of them, or a calendar month."""

    first: date
    last: date
    label: str


def period_of(day: date, cadence: Cadence) -> Period:
    """The period a date belongs to."""
    if cadence is Cadence.MONTHLY:
        first = day.replace(day=1)
        return Period(first, _next_month(first) - timedelta(days=1), f"{first:%Y-%m}")
    week = Week.of(day)
    if cadence is Cadence.WEEKLY:
        return Period(week.monday, week.sunday, str(week))
    # Pairs are counted from a fixed Monday, not from week 1, so that 53-week years keep every pair two weeks long.
    first_week = week.plus(-(((week.monday - ORIGIN).days // 7) % 2))
    second = first_week.plus(1)
    return Period(first_week.monday, second.sunday, f"{first_week}/{second.number:02}")


def number_of(period: Period) -> int:
    """Periods between a fixed one and this one, which is the same count for all who look."""
    days = (period.last - period.first).days + 1
    if days in (7, 14):
        return (period.first - ORIGIN).days // days
    return 12 * period.first.year + period.first.month - 1


def period_of_week(week: Week, cadence: Cadence) -> Period:
    """The period that a week's digest shows: the one that holds its Thursday."""
    return period_of(week.monday + timedelta(days=3), cadence)


def recent_periods(last: Period, cadence: Cadence, count: int) -> tuple[Period, ...]:
    """``count`` periods ending with ``last``, oldest first."""
    periods = [last]
    while len(periods) < count:
        periods.append(period_of(periods[-1].first - timedelta(days=1), cadence))
    return tuple(reversed(periods))


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
