"""What is said about days on which somebody is not asked. In mrkdwn; names are escaped by the caller."""

from collections.abc import Sequence
from datetime import date

from checkins.model import Absence

NOTHING_MISSED = "There is no check-in on these days, and none counts as missed."


def away(absences: Sequence[Absence], command: str) -> str:
    """What is noted for the reader."""
    if not absences:
        return f"No days away are noted. Add some: `{command} away 2026-12-20..2027-01-03`."
    return f"You are away:\n{_listed(absences)}\n{NOTHING_MISSED} `{command} away none` clears them."


def away_other(name: str, absences: Sequence[Absence]) -> str:
    """What is noted for somebody else."""
    return (
        f"{name} is away:\n{_listed(absences)}\n{NOTHING_MISSED}" if absences else f"No days away are noted for {name}."
    )


def cleared(count: int) -> str:
    """count: of absences."""
    return "Cleared. You are asked again from the next check-in on." if count else "No days away were noted."


def cleared_other(name: str, count: int) -> str:
    if not count:
        return f"No days away were noted for {name}."
    return f"Cleared. {name} is asked again from the next check-in on."


def span(absence: Absence) -> str:
    """``20 December 2026 to 3 January 2027``, ``24 December 2026``."""
    first, last = absence.first, absence.last
    return _day(last) if first == last else f"{_day(first)} to {_day(last)}"


def _listed(absences: Sequence[Absence]) -> str:
    return "\n".join(f"• {span(absence)}" for absence in absences)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
