"""Weeks and periods as the texts of a digest write them."""

from datetime import date

from checkins.cadence import Week
from checkins.digest import Digest


def week(label: str) -> str:
    """``2026-W47`` as ``week 47``."""
    return f"week {Week.parse(label).number}"


def heading(digest: Digest) -> str:
    """The period by name: "Week 47 · 16–22 November 2026", "Weeks 46–47 · …", "May 2025"."""
    if "W" not in digest.period:
        return f"{date.fromisoformat(digest.period + '-01'):%B %Y}"
    first, last = Week.parse(digest.period[:8]), Week.parse(digest.period[:8])
    if "/" in digest.period:
        last = first.plus(1)
    named = f"Week {first.number}" if first == last else f"Weeks {first.number}–{last.number}"
    return f"{named} · {_days(first.monday, last.sunday)}"


def lately(digest: Digest) -> str:
    """The period in the middle of a sentence: "week 47", "May 2025"."""
    name = heading(digest).partition(" · ")[0]
    return name[:1].lower() + name[1:] if "W" in digest.period else name


def before(digest: Digest) -> str:
    """What the period before is called in a comparison."""
    if "W" not in digest.period:
        return "the month before"
    return "the two weeks before" if "/" in digest.period else "last week"


def _days(first: date, last: date) -> str:
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start}–{last.day} {last:%B %Y}" if first.month == last.month else f"{start} – {last.day} {last:%B %Y}"
