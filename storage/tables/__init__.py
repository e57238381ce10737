"""The tables, split by subject; ``metadata`` describes all of them."""

from storage.tables.base import NAMING, Row
from storage.tables.check_ins import (
    CheckIn,
    CheckInRevision,
    DonePick,
    Priority,
    Rating,
    RatingKind,
    Tie,
    TieKind,
    WorkItem,
)
from storage.tables.digests import Digest, Finding
from storage.tables.goals import Goal, GoalContributor, GoalDependency, GoalSupport, GoalWeight
from storage.tables.organisation import Absence, Identity, Membership, Person, Role, Team, Workspace
from storage.tables.outbox import Delivery
from storage.tables.rounds import Prompt, Round, Schedule, ScheduleTeam

metadata = Row.metadata

__all__ = [
    "NAMING",
    "Absence",
    "CheckIn",
    "CheckInRevision",
    "Delivery",
    "Digest",
    "DonePick",
    "Finding",
    "Goal",
    "GoalContributor",
    "GoalDependency",
    "GoalSupport",
    "GoalWeight",
    "Identity",
    "Membership",
    "Person",
    "Priority",
    "Prompt",
    "Rating",
    "RatingKind",
    "Role",
    "Round",
    "Row",
    "Schedule",
    "ScheduleTeam",
    "Team",
    "Tie",
    "TieKind",
    "WorkItem",
    "Workspace",
    "metadata",
]
