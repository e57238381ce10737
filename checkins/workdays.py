"""Which days and hours people work: weekends and public holidays of their country, absences, nine to five. Pure."""

import warnings
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from checkins.cadence import instant
from checkins.model import Absence

BEGIN, END = time(9), time(17)
SATURDAY = 5
LONGEST_BREAK = timedelta(days=400)  # longer than any absence


def is_day_off(day: date, *, country: str | None, absences: Iterable[Absence] = ()) -> bool:
    """Whether somebody does not work on a day. country: ISO 3166 code; None for Monday to Friday without holidays."""
    away = any(absence.first <= day <= absence.last for absence in absences)
    return away or not _is_worked(day, country)


def _is_worked(day: date, country: str | None) -> bool:
    calendar = _calendar(country, day.year) if country else None
    return calendar(day) if calendar else day.weekday() < SATURDAY


@lru_cache(maxsize=1000)
def _calendar(country: str, year: int) -> Callable[[date], bool] | None:
    """Whether a day of the year is worked in a country; None for countries that the library does not know.

    One calendar a year: a calendar that grows while several threads read it has holidays missing.  Where moving
    holidays of far years are not known yet, the fixed ones hold.
    """
    import holidays  # on first use: the bot has to start fast

    warnings.filterwarnings("ignore", "Requested Holidays are available only", UserWarning)
    try:
        return holidays.country_holidays(country, years=year, expand=False).is_working_day
    except NotImplementedError:
        return None


def country_of(zone: str) -> str | None:
    """The country that a time zone belongs to by the zone database; None for zones such as UTC."""
    countries = _countries()
    return countries.get(zone) or countries.get(_links().get(zone, ""))


@cache
def _countries() -> dict[str, str]:
    rows = (line.split("\t") for line in _zone_data("zone.tab") if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in rows}


@cache
def _links() -> dict[str, str]:
    """Other and older names of zones: ``L America/New_York US/Eastern``."""
    rows = (line.split() for line in _zone_data("tzdata.zi") if line.startswith("L "))
    return {other: zone for _, zone, other in rows}


@cache
def country_names() -> Mapping[str, str]:
    """Every country by its ISO 3166 code, as the zone database calls it: ``{"DE": "Germany"}``."""
    rows = (line.split("\t") for line in _zone_data("iso3166.tab") if not line.startswith("#"))
    return {code: name for code, name, *_ in rows}


def _zone_data(name: str) -> list[str]:
    return resources.files("tzdata.zoneinfo").joinpath(name).read_text("utf-8").splitlines()


def working_moment(moment: datetime, *, zone: str, day_off: Callable[[date], bool]) -> datetime | None:
    """The moment itself in working hours, else the next morning at nine of a working day; in UTC.

    None where more than a year of days off follows.
    """
    local = moment.astimezone(ZoneInfo(zone))
    if BEGIN <= local.time() < END and not day_off(local.date()):
        return moment.astimezone(UTC)
    first = local.date() if local.time() < BEGIN else local.date() + timedelta(days=1)
    days = (first + timedelta(days=n) for n in range(LONGEST_BREAK.days))
    morning = next((day for day in days if not day_off(day)), None)
    return instant(morning, BEGIN, zone) if morning else None
