"""The workspace's own row."""

from typing import Any

from checkins.model import DigestPlan, Strategy, Workspace
from storage import tables
from storage.scope import Record, Scope, existing, prefixed, record_of

STRATEGY = ("vision", "mission", "target_market", "value_proposition")
PLAN = ("channel", "weekday", "at", "zone", "next_at")


class SqlWorkspace:
    """Implements ``checkins.ports.WorkspaceRow``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self) -> Workspace:
        record = existing(self._scope.first(self._scope.select(tables.Workspace)), "workspace", self._scope.workspace)
        return workspace_of({"workspace": self._scope.workspace, **record})

    def save(self, workspace: Workspace) -> None:
        self._scope.upsert(tables.Workspace, [workspace_record(workspace)])


def workspace_record(workspace: Workspace) -> Record:
    """The columns of a workspace without its id."""
    flat = {name: getattr(workspace.strategy, name) for name in STRATEGY}
    flat |= {f"digest_{name}": getattr(workspace.digest, name, None) for name in PLAN}
    return record_of(workspace, tables.Workspace, **flat)


def workspace_of(record: Record) -> Workspace:
    plan: dict[str, Any] = prefixed("digest_", record)
    return Workspace(
        id=record["workspace"],
        name=record["name"],
        cadence=record["cadence"],
        zone=record["zone"],
        slack_team=record["slack_team"],
        strategy=Strategy(**{name: record[name] for name in STRATEGY}),
        digest=None if plan["channel"] is None else DigestPlan(**plan),
    )
