"""The columns of a table of goals, and the headings under which other tools have them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkins.errors import Fault

TEXTS = ("title", "description", "measure", "framework", "unit")
NUMBERS = ("baseline", "target", "current")
COLUMNS = (
    "id",
    "title",
    "description",
    "level",
    "supports",
    "owner",
    "team",
    "contributing_teams",
    "depends_on",
    "starts",
    "ends",
    "weight",
    "measure",
    "framework",
    "baseline",
    "target",
    "unit",
    "current",
    "status",
)
OBJECTIVE, KEY_RESULT, PROGRESS, OWNER_EMAIL = "objective", "key_result", "progress", "owner_email"

_OTHER_NAMES: Mapping[str, Sequence[str]] = {
    "id": ("goal id",),
    "title": ("goal", "name", "goal title", "goal name"),
    "description": ("details", "notes", "objective description"),
    "level": ("type", "goal level", "objective level", "objective type"),
    "supports": ("parent", "parent goal", "parent objective", "aligned to", "aligns to", "parents"),
    "owner": ("owners", "owner name", "goal owner", "objective owner", "responsible", "assignee"),
    "team": ("team name", "teams", "department", "owning team"),
    "contributing_teams": ("contributors",),
    "depends_on": ("dependencies",),
    "starts": ("start", "start date", "begin date", "begins"),
    "ends": ("end", "end date", "due", "due date", "deadline", "target date"),
    "weight": ("weighting", "weightage"),
    "measure": ("metric", "metric name", "measure name", "kpi"),
    "baseline": ("start value", "starting value", "initial value", "initial", "from"),
    "target": ("target value", "goal value", "to"),
    "unit": ("units", "metric unit", "measure unit"),
    "current": ("current value", "actual", "actual value", "value"),
    "status": ("state", "goal status", "objective status"),
    OBJECTIVE: ("objective", "objectives", "objective title", "objective name"),
    KEY_RESULT: ("kr", "key results", "key result title", "key result name", "kr title", "kr name"),
    PROGRESS: ("progress %", "percent complete", "% complete", "completion"),
    OWNER_EMAIL: ("owner mail", "owner e mail", "owner email address", "email", "e mail"),
}


@dataclass(frozen=True, slots=True)
class Header:
    """columns: by place, None where a heading says nothing to us. headings: as the file writes them, by column."""

    columns: tuple[str | None, ...]
    headings: Mapping[str, str]
    ignored: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def known(self) -> int:
        return sum(column is not None for column in self.columns)


def header_of(cells: Sequence[str]) -> Header:
    columns = tuple(_NAMED.get(_plain(cell)) for cell in cells)
    headings: dict[str, str] = {}
    faults = []
    for column, cell in zip(columns, cells, strict=True):
        if column and column in headings:
            faults.append(Fault("row 1", f'"{headings[column]}" and "{cell.strip()}" are the same column; keep one'))
        elif column:
            headings[column] = cell.strip()
    if not headings.keys() & {"id", "title", OBJECTIVE}:
        faults.append(Fault("row 1", "names the columns; it needs one called title, or Objective"))
    ignored = tuple(cell.strip() for column, cell in zip(columns, cells, strict=True) if not column and cell.strip())
    return Header(columns=columns, headings=headings, ignored=ignored, faults=tuple(faults))


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9%]+", " ", heading.casefold()).strip()


_NAMED = {_plain(name): column for column, names in _OTHER_NAMES.items() for name in (column, *names)} | {
    _plain(column): column for column in COLUMNS
}
