"""The rows of the picture of planned against actual effort, chosen once for the picture, its description and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checkins.digest import Digest, GoalEffort
from checkins.forms import shortened
from checkins.wording import percent, title

MOST = 7
ALT_LIMIT = 1500
WORTH_A_ROW = 0.005  # less than half a point of effort rounds to nothing


class Kind(StrEnum):
    GOAL = "goal"
    OTHERS = "others"  # the sum of the goals that have no row of their own
    NO_GOAL = "no_goal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Shares 0..1 of all work. low, high: the interval around actual, None where the row is no goal."""

    title: str
    actual: float
    declared: float | None = None
    low: float | None = None
    high: float | None = None
    kind: Kind = Kind.GOAL


def bars_of(digest: Digest, titles: Mapping[str, str], *, most: int = MOST) -> list[Bar]:
    """Goals off their plan beyond the likely range, farthest first, then the biggest; the others' sum; no goal."""
    worked = [goal for goal in digest.goals if goal.declared or goal.actual >= WORTH_A_ROW]
    ranked = sorted(worked, key=_rank)
    kept = ranked if len(ranked) <= most else ranked[: most - 1]
    bars = [_bar(goal, titles) for goal in kept]
    return [*bars, *_others(ranked[len(kept) :]), *_without_goal(digest)]


def biggest(bars: Sequence[Bar]) -> Bar | None:
    """The row with the most work; None without rows."""
    return max((bar for bar in bars if bar.kind is not Kind.OTHERS), key=lambda bar: bar.actual, default=None)


def alt_text(bars: Sequence[Bar]) -> str:
    """What the picture shows, for those who cannot see it."""
    if not bars:
        return "No effort was reported in this period."
    rows = (f"{title(bar.title)}: {_figures(bar)}" for bar in bars)
    return shortened("Share of the work by goal. " + "; ".join(rows) + ".", ALT_LIMIT)


def _figures(bar: Bar) -> str:
    return percent(bar.actual) if bar.declared is None else f"{percent(bar.actual)} (planned {percent(bar.declared)})"


def _rank(goal: GoalEffort) -> tuple[float, float, str]:
    off_plan = goal.declared is not None and not goal.low <= goal.declared <= goal.high
    apart = abs(goal.actual - (goal.declared or 0.0)) if off_plan else 0.0
    return -apart, -max(goal.actual, goal.declared or 0.0), goal.goal


def _bar(goal: GoalEffort, titles: Mapping[str, str]) -> Bar:
    title = titles.get(goal.goal, goal.goal)
    return Bar(title=title, actual=goal.actual, declared=goal.declared, low=goal.low, high=goal.high)


def _others(goals: Sequence[GoalEffort]) -> list[Bar]:
    if not goals:
        return []
    declared = [goal.declared for goal in goals if goal.declared is not None]
    return [
        Bar(
            title=f"{len(goals)} other goals",
            actual=sum(goal.actual for goal in goals),
            declared=sum(declared) if declared else None,
            kind=Kind.OTHERS,
        )
    ]


def _without_goal(digest: Digest) -> list[Bar]:
    share = digest.off_goals or 0.0
    return [Bar(title="None of our goals", actual=share, kind=Kind.NO_GOAL)] if share >= WORTH_A_ROW else []
