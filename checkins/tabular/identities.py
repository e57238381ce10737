"""Which goal a row is about: the one it names by id, else the stored one with its title, else a new one."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from checkins.document.checks import Known
from checkins.document.goal_checks import CLOSED
from checkins.errors import Fault
from checkins.ids import slug
from checkins.model import Goal
from checkins.tabular import cells
from checkins.tabular.naming import Directory
from checkins.tabular.sheet import Line


def ids_of(lines: Sequence[Line], known: Known, names: Directory) -> tuple[list[str], list[Fault]]:
    """The goal's id for each line, and a fault where several stored goals could be meant. No two lines get one id
    unless they name it themselves.
    """
    taken = {line.get("id") for line in lines if line.get("id")}
    ids, faults = [], []
    for line in lines:
        found = _meant(line, known, names, taken) if not line.get("id") else []
        if len(found) > 1:
            problem = "is the title of several goals; write the id of one: " + ", ".join(goal.id for goal in found)
            faults.append(Fault(line.place("title"), problem))
        id = _given(line, names) or (found[0].id if found else slug(line.get("title"), {*taken, *known.goals}))
        taken.add(id)
        ids.append(id)
    return ids, faults


def _given(line: Line, names: Directory) -> str:
    return line.cells["id"] if line.cells.get("id") in names.goals else line.get("id")


def _meant(line: Line, known: Known, names: Directory, taken: Collection[str]) -> list[Goal]:
    called = [known.goals[id] for id in names.goals.called(line.get("title")) if id not in taken]
    fitting = [goal for goal in called if _fits(goal, line, names)]
    return [goal for goal in fitting if goal.status not in CLOSED] or fitting


def _fits(goal: Goal, line: Line, names: Directory) -> bool:
    """Same team, where the row names one, and some day in common."""
    if "team" in line.cells and goal.team not in _teams(line, names):
        return False
    starts, ends = _day(line, "starts") or goal.starts, _day(line, "ends") or goal.ends
    before = ends and goal.starts and ends < goal.starts
    after = starts and goal.ends and starts > goal.ends
    return not (before or after)


def _teams(line: Line, names: Directory) -> Iterator[str | None]:
    if not line.get("team"):
        yield None
    elif line.cells["team"] in names.teams:
        yield line.cells["team"]
    else:
        yield from names.teams.called(line.get("team"))


def _day(line: Line, column: str) -> date | None:
    try:
        return date.fromisoformat(cells.day(line.get(column)))
    except ValueError:
        return None
