"""The tables, split by subject; ``metadata`` describes all of them."""

from storage.tables.base import NAMING, Row
from storage.tables.check_ins import (
    CheckIn,
    CheckInRevision,
    DonePick,
    LinkedWork,
    Priority,
    Rating,
    RatingKind,
    Tie,
    TieKind,
    WorkItem,
)
from storage.tables.digests import Digest, Finding
from storage.tables.goals import (
    Goal,
    GoalChange,
    GoalConcern,
    GoalContributor,
    GoalDependency,
    GoalDone,
    GoalSupport,
    GoalUpdate,
    GoalWeight,
)
from storage.tables.organisation import Absence, ErasedAccount, Identity, Membership, Person, Role, Team, Workspace
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
    "ErasedAccount",
    "Finding",
    "Goal",
    "GoalChange",
    "GoalConcern",
    "GoalContributor",
    "GoalDependency",
    "GoalDone",
    "GoalSupport",
    "GoalUpdate",
    "GoalWeight",
    "Identity",
    "LinkedWork",
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
