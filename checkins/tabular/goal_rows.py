"""A line of a table as a goal of the organisation document. What a cell leaves empty is cleared, what has no column
stays.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from checkins.errors import Fault
from checkins.model import Goal, GoalStatus, Level
from checkins.tabular import cells
from checkins.tabular.columns import NUMBERS, OWNER_EMAIL, PROGRESS
from checkins.tabular.naming import Directory, Names
from checkins.tabular.sheet import Line

MEASURE = ("measure", "framework", *NUMBERS, "unit")
DEFAULT_MEASURE = "Progress"  # where numbers are given and nobody says what they measure

_LEVELS = {
    "organization": Level.ORGANISATION,
    "company": Level.ORGANISATION,
    "department": Level.PRODUCT,
    "individual": Level.TEAM,
}
_STATUSES = {
    GoalStatus.ACTIVE: ("on track", "at risk", "off track", "behind", "in progress", "not started", "open", "ahead"),
    GoalStatus.PAUSED: ("on hold", "deferred", "postponed"),
    GoalStatus.DONE: ("completed", "complete", "closed", "achieved", "finished"),
    GoalStatus.DROPPED: ("cancelled", "canceled", "abandoned"),
}
_MEANT = {word: status for status, words in _STATUSES.items() for word in words}

Read = Callable[[str], Any]


@dataclass(slots=True)
class GoalRow:
    """goal: as a document has it, without what could not be read. faults: what could not."""

    line: Line
    goal: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    def read(self, column: str, read: Read) -> Any:
        """What a cell means; None where it is empty or cannot be read."""
        try:
            return read(self.line.cells[column]) if self.line.get(column) else None
        except ValueError as error:
            self.refuse(column, str(error))
            return None

    def refuse(self, column: str, problem: str) -> None:
        self.faults.append(Fault(self.line.place(column), problem))


def goal_row(line: Line, id: str, *, names: Directory, stored: Goal | None, objectives: Mapping[str, str]) -> GoalRow:
    """objectives: ids by title, of those that key results stand below."""
    row = GoalRow(line, {"id": id})
    _texts(row, stored)
    _references(row, names)
    readers = {"team": names.teams.id_of, "starts": cells.day, "ends": cells.day, "weight": cells.share}
    for column, read in readers.items():
        if column in line.cells:
            row.goal[column] = row.read(column, read)
    _words(row, stored)
    _owner(row, names)
    if line.objective is not None:
        above = objectives[line.objective]
        row.goal["supports"] = list(dict.fromkeys([*(stored.supports if stored else ()), above]))
    if any(column in line.cells for column in (*MEASURE, PROGRESS)):
        _measure(row, stored)
    return row


def _texts(row: GoalRow, stored: Goal | None) -> None:
    if "description" in row.line.cells:
        row.goal["description"] = row.line.cells["description"]
    if row.line.get("title"):
        row.goal["title"] = row.line.cells["title"]
    elif stored and "title" in row.line.cells:
        row.refuse("title", "is missing")


def _references(row: GoalRow, names: Directory) -> None:
    meanings = {"supports": names.goals, "contributing_teams": names.teams, "depends_on": names.teams}
    for column, known in meanings.items():
        if column in row.line.cells:
            row.goal[column] = list(_meant(row, column, known))


def _meant(row: GoalRow, column: str, known: Names) -> Iterator[str]:
    for entry in row.read(column, cells.entries) or ():
        try:
            yield known.id_of(entry)
        except ValueError as error:
            row.refuse(column, str(error))


def _words(row: GoalRow, stored: Goal | None) -> None:
    """Level and status are never empty: an empty cell leaves them, and a new goal without a team is everybody's."""
    for column, meant in (("level", _LEVELS), ("status", _MEANT)):
        if word := row.line.get(column).casefold():
            row.goal[column] = meant.get(word.replace("-", " ").replace("_", " "), word)
    if stored is None and "level" not in row.goal:
        row.goal["level"] = Level.TEAM if row.goal.get("team") else Level.ORGANISATION


def _owner(row: GoalRow, names: Directory) -> None:
    given = [column for column in (OWNER_EMAIL, "owner") if column in row.line.cells]
    if given:
        column = next((column for column in given if row.line.get(column)), given[0])
        row.goal["owner"] = row.read(column, names.people.id_of)


def _measure(row: GoalRow, stored: Goal | None) -> None:
    line, held = row.line, stored.measure if stored else None
    if not any(line.get(column) for column in (*MEASURE, PROGRESS)):
        if "measure" in line.cells:
            row.goal["measure"] = None
        return
    made = (asdict(held) if held else {"name": ""}) | dict(_given(row, held.unit if held else ""))
    made["name"] = made["name"] or (held.name if held else DEFAULT_MEASURE)
    if line.get(PROGRESS):
        _progress(row, made)
    row.goal["measure"] = made


def _given(row: GoalRow, unit: str) -> Iterator[tuple[str, Any]]:
    """The fields of the measure that have a column."""
    line = row.line
    if "measure" in line.cells:
        yield "name", line.cells["measure"]
    if "framework" in line.cells:
        yield "framework", line.cells["framework"] or None
    percent = any(line.get(column).endswith("%") for column in NUMBERS)
    if "unit" in line.cells or percent:
        yield "unit", line.cells.get("unit") or ("%" if percent else "")
    for column in NUMBERS:
        if column in line.cells:
            yield column, row.read(column, lambda cell: cells.number(cell, unit=line.get("unit") or unit))


def _progress(row: GoalRow, made: dict[str, Any]) -> None:
    """How far it has come, as a present value between baseline and target; of 100 % where there is no target."""
    done = row.read(PROGRESS, cells.progress)
    if done is None or made.get("current") is not None:
        return
    if made.get("target") is None:
        made.update(baseline=0.0, target=100.0, unit="%")
    begin = made.get("baseline") or 0.0
    made.update(baseline=begin, current=begin + done * (made["target"] - begin))
