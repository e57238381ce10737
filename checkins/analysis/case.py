"""What a detector looks at, and the finding it makes of what it sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from checkins.analysis.effort import Levels, levels
from checkins.analysis.noise import Noise, estimate
from checkins.analysis.panel import WINDOW, Bools, Panel
from checkins.analysis.plan import Comparison, Plan, compare, plan_of
from checkins.analysis.ties import Ties, ties_of
from checkins.cadence import Period, Week
from checkins.findings import finding_id
from checkins.model import Finding, FindingKind, FrozenGoal

CROWD = 20.0  # so many people weigh full in a severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One organisation in one period, with everything that several detectors need.

    running: (G,), goals that run in the last period.  owned: (G,), goals with an owner who is still there.
    frozen: per period, the goals as its rounds froze them.  held: (T, P), when each team had a check-in.
    """

    panel: Panel
    running: Bools
    owned: Bools
    frozen: tuple[Mapping[str, FrozenGoal], ...]
    noise: Noise
    levels: Levels
    plan: Plan
    comparison: Comparison
    ties: Ties
    held: Bools


def case_of(panel: Panel, *, running: Bools, owned: Bools, frozen: Sequence[Mapping[str, FrozenGoal]]) -> Case:
    noise = estimate(panel)
    window = panel.window(WINDOW)
    effort = levels(panel, noise, window=window)
    plan = plan_of(panel, window=window, running=running, frozen=frozen)
    return Case(
        panel=panel,
        running=running,
        owned=owned,
        frozen=tuple(frozen),
        noise=noise,
        levels=effort,
        plan=plan,
        comparison=compare(effort, plan),
        ties=ties_of(panel),
        held=panel.held(),
    )


def finding_of(
    *,
    kind: FindingKind,
    sentence: str,
    since: Period,
    effect: float,
    strong: float,
    people: float,
    evidence: Mapping[str, Any],
    basis: str | None = None,
    teams: Sequence[str] = (),
    goals: Sequence[str] = (),
    check_ins: Sequence[str] = (),
) -> Finding:
    """A finding as it looks before earlier digests are known: new in the first week of its window.

    severity = ½·min(1, effect/strong) + ½·min(1, people/20).
    """
    severity = 0.5 * min(1.0, effect / strong) + 0.5 * min(1.0, people / CROWD)
    return Finding(
        id=finding_id(kind=kind, basis=basis, teams=teams, goals=goals),
        kind=kind,
        basis=basis,
        teams=tuple(teams),
        goals=tuple(goals),
        since=str(first_week(since)),
        weeks=1,
        severity=round(severity, 4),
        evidence={"effect": round(effect, 4), **evidence},
        check_ins=tuple(check_ins),
        sentence=sentence,
    )


def first_week(period: Period) -> Week:
    """The first ISO week whose digest shows the period: the one of its first Thursday."""
    return Week.of(period.first + timedelta(days=(3 - period.first.weekday()) % 7))
