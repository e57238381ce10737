"""What would make a goal stronger: specific, measurable, achievable, relevant, time-bound. Advice, never a rule."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from checkins.model import Goal, Level

FEWEST_WORDS = 3


class Smart(StrEnum):
    SPECIFIC = "specific"
    MEASURABLE = "measurable"
    ACHIEVABLE = "achievable"
    RELEVANT = "relevant"
    TIME_BOUND = "time_bound"


def lacking(goal: Goal) -> list[Smart]:
    """What the goal does not show yet, in the order of the word."""
    return [part for part, shown in _SHOWN.items() if not shown(goal)]


def _specific(goal: Goal) -> bool:
    return len(goal.title.split()) >= FEWEST_WORDS and bool(goal.description.strip())


def _achievable(goal: Goal) -> bool:
    """Both ends of the way are known, and they are apart."""
    measure = goal.measure
    return measure is not None and None not in (ends := (measure.baseline, measure.target)) and ends[0] != ends[1]


_SHOWN: Mapping[Smart, Callable[[Goal], bool]] = {
    Smart.SPECIFIC: _specific,
    Smart.MEASURABLE: lambda goal: goal.measure is not None,
    Smart.ACHIEVABLE: _achievable,
    Smart.RELEVANT: lambda goal: goal.level is Level.ORGANISATION or bool(goal.supports),
    Smart.TIME_BOUND: lambda goal: goal.ends is not None,
}
