"""A table of goals to an organisation document that is sound; every fault by row and column, all at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkins.document.checks import Known, known_in
from checkins.document.form import Document
from checkins.document.parse import sound
from checkins.errors import BadDocument, Fault
from checkins.ports import Store
from checkins.tabular import cells
from checkins.tabular.columns import OBJECTIVE
from checkins.tabular.goal_rows import GoalRow, goal_row
from checkins.tabular.identities import ids_of
from checkins.tabular.naming import directory_of
from checkins.tabular.objectives import unfolded
from checkins.tabular.sheet import Line, sheet_of

_GOAL = re.compile(r"goals\[(\d+)\](?:\.(\w+))?(?:\.(\w+))?(?:\[\d+\])?")
_ROW = re.compile(r"row (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """ignored: headings that say nothing to Trueline."""

    document: Document
    ignored: tuple[str, ...] = ()


def read(store: Store | None, content: bytes) -> Reading:
    """Read a table for a workspace, None for one that does not exist yet. Raises BadDocument naming every fault."""
    sheet = sheet_of(content)
    lines = unfolded(sheet.lines) if OBJECTIVE in sheet.header.headings else sheet.lines
    known = _known(store, lines)
    rows, faults = _rows(lines, known)
    faults = [*sheet.faults, *faults, *(fault for row in rows for fault in row.faults)]
    raw = {"format": "trueline-organisation", "version": 1, "goals": [row.goal for row in rows]}
    document, told = _checked(raw, known)
    faults += (_placed(fault, lines) for fault in told)
    if document is None or faults:
        raise BadDocument(sorted(faults, key=lambda fault: _place(fault, list(sheet.header.headings.values()))))
    return Reading(document=document, ignored=sheet.header.ignored)


def _known(store: Store | None, lines: Iterable[Line]) -> Known:
    if store is None:
        return Known()
    # Archived teams are known only where a cell may name one by its id
    named = {entry for line in lines for entry in _team_cells(line)}
    with store.snapshot() as tx:
        return known_in(tx, {"goals": [{"depends_on": sorted(named)}]})


def _team_cells(line: Line) -> Iterable[str]:
    for column in ("team", "contributing_teams", "depends_on"):
        cell = line.cells.get(column, "")
        yield cell
        try:
            yield from cells.entries(cell)
        except ValueError:
            continue


def _rows(lines: Sequence[Line], known: Known) -> tuple[list[GoalRow], list[Fault]]:
    names = directory_of(known)
    ids, faults = ids_of(lines, known, names)
    names.goals.prefer((id, [line.get("title")]) for line, id in zip(lines, ids, strict=True))
    objectives = {line.get("title"): id for line, id in zip(lines, ids, strict=True) if line.objective is None}
    rows = [
        goal_row(line, id, names=names, stored=known.goals.get(id), objectives=objectives)
        for line, id in zip(lines, ids, strict=True)
    ]
    return rows, faults


def _checked(raw: Mapping[str, Any], known: Known) -> tuple[Document | None, tuple[Fault, ...]]:
    try:
        return sound(dict(raw), known), ()
    except BadDocument as refusal:
        return None, refusal.faults


def _placed(fault: Fault, lines: Sequence[Line]) -> Fault:
    """A fault of the document, said of the table."""
    return Fault(
        _GOAL.sub(lambda found: _cell(found, lines), fault.path),
        _GOAL.sub(lambda found: f"row {lines[int(found[1])].number}", fault.problem),
    )


def _cell(found: re.Match[str], lines: Sequence[Line]) -> str:
    line, column = lines[int(found[1])], found[2]
    if column == "measure" and found[3] != "name":
        column = found[3] or column
    return line.place(column) if column else f"row {line.number}"


def _place(fault: Fault, headings: Sequence[str]) -> tuple[int, int]:
    """Orders by row and column; what is said of the whole file comes first."""
    row, heading = _ROW.match(fault.path), fault.path.partition(", ")[2]
    return int(row[1]) if row else 0, headings.index(heading) if heading in headings else -1
