"""What stands in a cell, both ways: texts that no spreadsheet takes for a formula, numbers, shares, days, lists."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from io import StringIO

from checkins import measures
from checkins.errors import TruelineError

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")
_MACHINE = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?", re.ASCII)
_QUOTED = re.compile(r'[;"\r\n]|^\s|\s$')
_DAYS = (
    re.compile(r"(?P<year>\d{4})[-/](?P<month>\d\d?)[-/](?P<day>\d\d?)(?:[T ][\d:.]+(?:Z|[-+]\d\d:?\d\d)?)?", re.ASCII),
    re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})", re.ASCII),
)


def guarded(text: str) -> str:
    """Text as a cell that starts with no character which makes it a formula; ``unguarded`` gives it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def number_text(value: float) -> str:
    """The shortest text that reads as the same number."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def number(cell: str, *, unit: str = "") -> float:
    """A number as machines write it, else as people do. Raises ValueError with what is wrong."""
    if _MACHINE.fullmatch(cell.strip()):
        return float(cell)
    try:
        return measures.number(cell, unit=unit)
    except TruelineError as error:
        raise ValueError(f'"{_short(cell)}" is no number. {error}') from None


def share(cell: str) -> float:
    """0..1, written as such or as a percentage. Raises ValueError."""
    value = _hundredths(cell)
    if not 0 <= value <= 1:
        raise ValueError(f'"{_short(cell)}" is no share; write 0 to 1, or a percentage such as 40 %')
    return value


def progress(cell: str) -> float:
    """How much is done, 1 for all: a percentage, with its sign or as a number above 1. Raises ValueError."""
    value = _hundredths(cell)
    return value if "%" in cell or abs(value) <= 1 else value / 100


def _hundredths(cell: str) -> float:
    return number(cell) / (100 if cell.strip().endswith("%") else 1)


def day(cell: str) -> str:
    """A date as ISO writes it. Raises ValueError."""
    for form in _DAYS:
        if found := form.fullmatch(cell.strip()):
            try:
                return date(*(int(found[part]) for part in ("year", "month", "day"))).isoformat()
            except ValueError:
                break
    raise ValueError(f'"{_short(cell)}" is no date; write one like 2026-11-16')


def list_text(entries: Iterable[str]) -> str:
    """Entries with semicolons between them; those that hold one are quoted."""
    quoted = ('"' + entry.replace('"', '""') + '"' if _QUOTED.search(entry) else entry for entry in entries)
    return "; ".join(quoted)


def entries(cell: str) -> list[str]:
    """What a list in a cell names, in its order. Raises ValueError."""
    try:
        rows = list(csv.reader(StringIO(cell, newline=""), delimiter=";", skipinitialspace=True, strict=True))
    except csv.Error:
        raise ValueError(f'"{_short(cell)}" cannot be read; its quotes do not close') from None
    return [entry for row in rows for entry in row if entry.strip()]


def _short(cell: str) -> str:
    return f"{cell[:60]}…" if len(cell) > 60 else cell
