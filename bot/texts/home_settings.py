"""When and how often somebody is asked, as App Home says it. Names are escaped by the caller."""

from datetime import date

from checkins.model import Absence
from checkins.wording import counted

TITLE = "When I am asked"

DAYS_OFF, ADD_DAYS_OFF, ADD, REMOVE, CANCEL = "Days off", "Add days off", "Add", "Remove", "Cancel"
FIRST_DAY, LAST_DAY, CHOOSE_DAY = "First day", "Last day", "Choose a day"
LAST_DAY_HINT = "Leave it empty for one day."
NO_DAYS_OFF = "None noted. You are not asked on weekends and public holidays anyway."
WHAT_IT_MEANS = "There is no check-in on these days, and none counts as missed."

COUNTS = {0: "No reminder", 1: "At most one", 2: "At most two"}
AS_THE_TEAM, AS_CHOSEN = "As my team has it", "as you chose"

CHOOSE_ZONE, FOLLOW_PROFILE = "Choose a time zone", "Follow my profile"
CHOOSE_COUNTRY, FOLLOW_ZONE = "Choose a country", "Follow my time zone"
HOME_TEAM, CHOOSE_TEAM = "*Home team*\nYou are asked once, in this team.", "Choose a team"

ASKED = "*Pause*\nNo check-ins until you resume or answer one."
PAUSED = "*Your check-ins are paused.*\nYou are not asked, and nothing counts as missed."
PAUSE, RESUME = "Pause check-ins", "Resume check-ins"


def days_off(number: int) -> str:
    """number: of absences that are noted."""
    return f"*{DAYS_OFF}*\n{WHAT_IT_MEANS if number else NO_DAYS_OFF}"


def more_days_off(number: int, command: str) -> str:
    return f"And {counted(number, 'later absence')}: `{command} away` lists all."


def span(absence: Absence, *, today: date) -> str:
    """``Mon 21 Dec – Sun 3 Jan 2027``, ``Thu 24 Dec``; ``*Now*, until Fri 11 Sep`` where today is among the days."""
    first, last = absence.first, absence.last
    end = _day(last, year=last.year != today.year)
    if first <= today:
        return f"*Now*, until {end}" if last > today else "*Now*, for today"
    start = _day(first, year=first.year not in (today.year, last.year))
    return end if first == last else f"{start} – {end}"


def _day(day: date, *, year: bool) -> str:
    return f"{day:%a %-d %b %Y}" if year else f"{day:%a %-d %b}"


def reminders(count: int | None, *, own: bool) -> str:
    """count: None where there is no schedule yet."""
    if count is None:
        return "*Reminders*\nAs many as your team will have"
    return f"*Reminders*\n{COUNTS[count]}, {AS_CHOSEN if own else 'as your team has it'}"


def zone(name: str, *, own: bool, known: bool) -> str:
    if not known:
        return f"*Time zone*\nI do not know yours, so {name} counts"
    return f"*Time zone*\n{name}, {AS_CHOSEN if own else 'from your Slack profile'}"


def country(name: str | None, *, own: bool) -> str:
    if name is None:
        return "*Public holidays*\nNone: your time zone belongs to no country"
    return f"*Public holidays*\n{name}, {AS_CHOSEN if own else 'from your time zone'}"
