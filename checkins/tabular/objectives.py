"""Exports of tools for objectives and key results: each objective a goal, each key result a goal below it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checkins.tabular.columns import KEY_RESULT, OBJECTIVE
from checkins.tabular.sheet import Line

FRAMEWORK = "okr"
_COMMON = ("owner", "owner_email", "team", "level", "supports", "starts", "ends")


def unfolded(lines: Sequence[Line]) -> list[Line]:
    """One line a goal, objectives before their key results. A cell left empty is left out: the tool has no word on it.

    A row that names no objective goes on with the one above it.
    """
    groups: dict[str, list[Line]] = {}
    title = ""
    for line in lines:
        title = line.get(OBJECTIVE) or title
        filled = {column: cell for column, cell in line.cells.items() if cell.strip()}
        groups.setdefault(title.casefold(), []).append(replace(line, cells=filled | {OBJECTIVE: title}))
    return [goal for group in groups.values() for goal in _goals(group)]


def _goals(group: Sequence[Line]) -> Iterator[Line]:
    objective = _objective(group)
    yield objective
    yield from (_key_result(line, objective) for line in group if line.get(KEY_RESULT))


def _objective(group: Sequence[Line]) -> Line:
    """The row that names no key result, else what all the rows of the objective agree on."""
    own = next((line for line in group if not line.get(KEY_RESULT)), None)
    return _goal(own or group[0], own.cells if own else _agreed(group), OBJECTIVE)


def _agreed(group: Sequence[Line]) -> dict[str, str]:
    first = group[0]
    agreed = (column for column in _COMMON if all(line.get(column) == first.get(column) for line in group))
    return {column: first.get(column) for column in agreed if first.get(column)}


def _key_result(line: Line, objective: Line) -> Line:
    cells = {column: cell for column, cell in line.cells.items() if column != "supports"}
    return replace(_goal(line, {"framework": FRAMEWORK} | cells, KEY_RESULT), objective=objective.get("title"))


def _goal(line: Line, cells: Mapping[str, str], titled: str) -> Line:
    """titled: the column that holds the goal's title."""
    kept = {column: cell for column, cell in cells.items() if column not in (OBJECTIVE, KEY_RESULT)}
    headings = {**line.headings, "title": line.headings.get(titled, titled)}
    return replace(line, cells={**kept, "title": line.get(titled)}, headings=headings)
