"""How a goal stands: progress against time, the last word on it, and what was found about it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from checkins.goal_state import RUNNING, GoalState, standing
from checkins.model import FindingKind, Goal, GoalStatus, Measure

TODAY = date(2026, 9, 30)
FRESH = datetime(2026, 9, 25, tzinfo=UTC)
OLD = datetime(2026, 9, 1, tzinfo=UTC)
HALF_OVER = {"starts": date(2026, 9, 1), "ends": date(2026, 10, 28)}  # 29 of 58 days


def goal(current: float | None = None, **parts: Any) -> Goal:
    measure = Measure(name="Signups", baseline=100, target=200, current=current) if current is not None else None
    return Goal(id="g", title="Double signups", **{"updated_at": FRESH, "measure": measure} | parts)


@pytest.mark.parametrize(
    ("given", "findings", "state"),
    [
        (goal(), [], GoalState.UNDER_WAY),
        (goal(150, **HALF_OVER), [], GoalState.ON_TRACK),
        (goal(126, **HALF_OVER), [], GoalState.ON_TRACK),
        (goal(124, **HALF_OVER), [], GoalState.AT_RISK),
        (goal(100), [], GoalState.ON_TRACK),
        (goal(90, updated_at=OLD, **HALF_OVER), [], GoalState.AT_RISK),
        (goal(150, updated_at=OLD), [], GoalState.NO_UPDATE),
        (goal(updated_at=None), [], GoalState.NO_UPDATE),
        (goal(updated_at=OLD, starts=date(2026, 9, 20)), [], GoalState.UNDER_WAY),
        (goal(), [FindingKind.FALLING_CONFIDENCE], GoalState.AT_RISK),
        (goal(), [FindingKind.DUPLICATE_GOAL, FindingKind.SILO], GoalState.UNDER_WAY),
        (goal(starts=date(2026, 10, 1)), [FindingKind.DRIFT], GoalState.COMING),
        (goal(ends=date(2026, 9, 29)), [FindingKind.DRIFT], GoalState.OVER),
        (goal(ends=TODAY), [], GoalState.UNDER_WAY),
        (goal(0, status=GoalStatus.PAUSED, **HALF_OVER), [], GoalState.PAUSED),
        (goal(status=GoalStatus.DONE), [FindingKind.DRIFT], GoalState.DONE),
        (goal(status=GoalStatus.DROPPED, ends=date(2020, 1, 1)), [], GoalState.DROPPED),
        (goal(150, starts=date(2026, 9, 20), ends=date(2026, 9, 1), updated_at=FRESH), [], GoalState.OVER),
    ],
)
def test_the_state_of_a_goal(given: Goal, findings: list[FindingKind], state: GoalState) -> None:
    assert standing(given, today=TODAY, findings=findings).state is state


@pytest.mark.parametrize("status", GoalStatus)
def test_a_running_state_is_that_of_a_goal_that_runs(status: GoalStatus) -> None:
    for days in ({}, HALF_OVER, {"starts": date(2026, 10, 1)}, {"ends": date(2026, 9, 29)}):
        some = goal(status=status, **days)
        assert (standing(some, today=TODAY).state in RUNNING) == some.runs_between(TODAY, TODAY)


def test_what_a_state_rests_on_comes_with_it() -> None:
    found = standing(goal(120, **HALF_OVER), today=TODAY, findings=[FindingKind.DRIFT, FindingKind.ORPHAN_GOAL])
    assert (found.progress, found.elapsed, found.heard) == (0.2, 0.5, FRESH.date())
    assert found.trouble is FindingKind.ORPHAN_GOAL
