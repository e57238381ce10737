"""How a goal stands today: its progress against the time that is over, and when it was last heard of. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checkins.measures import progress
from checkins.model import FindingKind, Goal, GoalStatus
from checkins.stale_goals import QUIET

BEHIND = 0.25  # share of the way by which progress may lag behind the time that is over
TROUBLES = (  # findings that are about how the goal itself goes, worst first
    FindingKind.FALLING_CONFIDENCE,
    FindingKind.ORPHAN_GOAL,
    FindingKind.CONTESTED_GOAL,
    FindingKind.UNCLEAR_GOAL,
    FindingKind.UNCLEAR_DONE,
    FindingKind.DRIFT,
    FindingKind.PRIORITY_GAP,
)


class GoalState(StrEnum):
    AT_RISK = "at risk"
    NO_UPDATE = "no update"
    ON_TRACK = "on track"
    UNDER_WAY = "under way"  # heard of lately, and no numbers tell how far it is
    COMING = "coming"
    OVER = "over"  # its period has ended and nobody has closed it
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"


RUNNING = (GoalState.AT_RISK, GoalState.NO_UPDATE, GoalState.ON_TRACK, GoalState.UNDER_WAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of a goal and what it rests on. progress, elapsed: 0..1, None where nothing tells."""

    state: GoalState
    progress: float | None = None
    elapsed: float | None = None
    heard: date | None = None  # the day of the last word on it
    trouble: FindingKind | None = None  # the worst open finding about it


def standing(goal: Goal, *, today: date, findings: Collection[FindingKind] = ()) -> Standing:
    """findings: kinds of the open findings about this goal."""
    done, elapsed, heard = progress(goal.measure) if goal.measure else None, _elapsed(goal, today), _heard(goal)
    trouble = next((kind for kind in TROUBLES if kind in findings), None)
    behind = done is not None and elapsed is not None and done < elapsed - BEHIND
    silent = heard is None or today - heard > QUIET
    if settled := _settled(goal, today):
        state = settled
    elif trouble or behind:
        state = GoalState.AT_RISK
    elif silent:
        state = GoalState.NO_UPDATE
    else:
        state = GoalState.UNDER_WAY if done is None else GoalState.ON_TRACK
    return Standing(state=state, progress=done, elapsed=elapsed, heard=heard, trouble=trouble)


def _settled(goal: Goal, today: date) -> GoalState | None:
    """The state of a goal that does not run today, None for one that does."""
    if goal.status is not GoalStatus.ACTIVE:
        return GoalState(goal.status.value)
    if goal.ends is not None and goal.ends < today:
        return GoalState.OVER
    return GoalState.COMING if goal.starts is not None and goal.starts > today else None


def _elapsed(goal: Goal, today: date) -> float | None:
    """The share of the period's days that are over, today not among them."""
    if goal.starts is None or goal.ends is None or goal.ends < goal.starts:
        return None
    days = (goal.ends - goal.starts).days + 1
    return min(1.0, max(0.0, (today - goal.starts).days / days))


def _heard(goal: Goal) -> date | None:
    """The last word on it; the beginning of its period counts as one."""
    said = [goal.updated_at.date()] if goal.updated_at else []
    return max([*said, *([goal.starts] if goal.starts else [])], default=None)
