"""Two goals of one team with one title in the same days: nobody could tell which is meant."""

from collections.abc import Iterable

from checkins.goal_keeping import OPEN
from checkins.goal_periods import overlapping
from checkins.model import Goal
from checkins.wording import one_line, period, title


def twin_problem(goal: Goal, goals: Iterable[Goal]) -> str:
    """A sentence where another open goal of the team has the same title in the same days; empty where none has."""
    named = one_line(goal.title).casefold()
    alike = (other for other in goals if other.id != goal.id and other.team == goal.team and other.status in OPEN)
    twins = (other for other in alike if one_line(other.title).casefold() == named and overlapping(goal, other))
    twin = next(twins, None) if goal.status in OPEN else None
    if twin is None:
        return ""
    days = period(twin.starts, twin.ends)
    return f"“{title(twin.title)}” is a goal already ({days}). Change that one, or find another title."
