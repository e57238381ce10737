"""The stored goals as a table, and a template to fill in."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from checkins.model import Goal, Measure
from checkins.ports import Store
from checkins.tabular.cells import guarded, list_text, number_text
from checkins.tabular.columns import COLUMNS

_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "title": "Customers recommend us",
        "description": "Example. Write over it or delete it.",
        "level": "organisation",
        "starts": "2026-01-01",
        "ends": "2026-12-31",
        "measure": "Net promoter score",
        "framework": "kpi",
        "baseline": "20",
        "target": "40",
        "current": "25",
        "status": "active",
    },
    {
        "title": "First answer to a customer within an hour",
        "description": "Example. Write over it or delete it.",
        "level": "team",
        "supports": "Customers recommend us",
        "starts": "2026-01-01",
        "ends": "2026-03-31",
        "weight": "40 %",
        "measure": "Answered within an hour",
        "framework": "okr",
        "baseline": "60",
        "target": "90",
        "unit": "%",
        "current": "65",
        "status": "active",
    },
)


def export(store: Store) -> bytes:
    """Every goal, in the order of ids; reading it changes nothing here."""
    with store.snapshot() as tx:
        goals = sorted(tx.goals.all(), key=lambda goal: goal.id)
    return _table(_row(goal) for goal in goals)


def template() -> bytes:
    """Every column, with two examples."""
    return _table(_EXAMPLES)


def _table(rows: Iterable[Mapping[str, str]]) -> bytes:
    """With the mark at the start by which spreadsheets know UTF-8."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _row(goal: Goal) -> dict[str, str]:
    texts = {
        "id": goal.id,
        "title": goal.title,
        "description": goal.description,
        "level": goal.level.value,
        "supports": list_text(goal.supports),
        "owner": goal.owner or "",
        "team": goal.team or "",
        "contributing_teams": list_text(goal.contributing_teams),
        "depends_on": list_text(goal.depends_on),
        "starts": goal.starts.isoformat() if goal.starts else "",
        "ends": goal.ends.isoformat() if goal.ends else "",
        "status": goal.status.value,
    }
    measure = _measure(goal.measure) if goal.measure else {}
    return {column: guarded(cell) for column, cell in texts.items()} | {"weight": _number(goal.weight)} | measure


def _measure(measure: Measure) -> dict[str, str]:
    return {
        "measure": guarded(measure.name),
        "framework": guarded(measure.framework),
        "baseline": _number(measure.baseline),
        "target": _number(measure.target),
        "unit": guarded(measure.unit),
        "current": _number(measure.current),
    }


def _number(value: float | None) -> str:
    """No formula, also where it is negative."""
    return "" if value is None else number_text(value)
