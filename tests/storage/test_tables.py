"""The tables hold what the values have, and their constraints bear names and the workspace."""

from dataclasses import fields
from typing import Any

import pytest

from checkins import model
from checkins.ports import StoredDigest
from storage import tables
from storage.tables import Row, metadata

# For each value its table, and those of its fields that lie flat in it or in tables of their own.
HELD: dict[type[Any], tuple[type[Row], set[str]]] = {
    model.Workspace: (tables.Workspace, {"id", "strategy", "digest"}),
    model.Person: (tables.Person, set()),
    model.Absence: (tables.Absence, set()),
    model.Identity: (tables.Identity, set()),
    model.Team: (tables.Team, {"leads", "members"}),
    model.Goal: (tables.Goal, {"supports", "contributing_teams", "depends_on", "weights", "measure", "done", "ice"}),
    model.GoalUpdate: (tables.GoalUpdate, set()),
    model.GoalChange: (tables.GoalChange, set()),
    model.Schedule: (tables.Schedule, {"teams"}),
    model.Round: (tables.Round, set()),
    model.Prompt: (tables.Prompt, {"message"}),
    model.CheckIn: (
        tables.CheckIn,
        {"items", "worked_with", "waiting_on", "contacts", "confidence", "clarity", "done", "priorities"},
    ),
    model.WorkItem: (tables.WorkItem, {"references"}),
    model.LinkedWork: (tables.LinkedWork, set()),
    model.Finding: (tables.Finding, set()),
    model.Delivery: (tables.Delivery, {"message"}),
    StoredDigest: (tables.Digest, set()),
}
# Values that lie flat in a table, with the prefix of their columns.
FLAT = {
    model.Strategy: (tables.Workspace, ""),
    model.DigestPlan: (tables.Workspace, "digest_"),
    model.Measure: (tables.Goal, "measure_"),
    model.Ice: (tables.Goal, "ice_"),
    model.MessageRef: (tables.Delivery, "message_"),
}


@pytest.mark.parametrize("value", HELD, ids=lambda value: value.__name__)
def test_every_field_has_a_place(value: type[Any]) -> None:
    row, elsewhere = HELD[value]
    assert {field.name for field in fields(value)} - set(row.__table__.c.keys()) == elsewhere


@pytest.mark.parametrize("value", FLAT, ids=lambda value: value.__name__)
def test_every_field_of_a_part_has_a_column(value: type[Any]) -> None:
    row, prefix = FLAT[value]
    assert {f"{prefix}{field.name}" for field in fields(value)} <= set(row.__table__.c.keys())


@pytest.mark.parametrize("table", metadata.tables.values(), ids=str)
def test_every_constraint_has_a_name_and_every_key_the_workspace(table: Any) -> None:
    assert "workspace" in table.primary_key.columns
    assert all(constraint.name for constraint in table.constraints)
    assert all("workspace" in constraint.column_keys for constraint in table.foreign_key_constraints)
