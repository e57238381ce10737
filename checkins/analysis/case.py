"""What a detector looks at, and the finding it makes of what it sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import Any

from checkins.analysis.decisions import Decisions
from checkins.analysis.declared import Declared
from checkins.analysis.effort import Abroad, Levels, abroad, levels, on_goals
from checkins.analysis.noise import Noise, estimate
from checkins.analysis.panel import WINDOW, Bools, Floats, Ints, Panel
from checkins.analysis.plan import Comparison, Plan, compare, plan_of
from checkins.analysis.ties import Ties, ties_of
from checkins.analysis.voices import Voices
from checkins.cadence import Period, Week
from checkins.findings import finding_id
from checkins.model import Finding, FindingKind
from checkins.ports import TextColumns

CROWD = 20.0  # so many people weigh full in a severity


@dataclass(frozen=True, kw_only=True)
class Said:
    """What people said of goals, kind by kind; updates: (N, 2), goal and period of each word of its owner."""

    clarity: Voices
    done: Voices
    priorities: Voices
    updates: Ints


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """How confident people were, in more periods than a case holds otherwise, and what was decided in these."""

    periods: tuple[Period, ...]
    voices: Voices
    decisions: Decisions


@dataclass(frozen=True, kw_only=True)
class Case:
    """One organisation in one period, with everything that detectors need.

    running: (G,), goals that run in the last period.  owned: (G,), goals with an owner who is still there.
    earlier: findings of digests before.  What several detectors need is computed once, when one of them asks for it.
    """

    panel: Panel
    running: Bools
    owned: Bools
    declared: Declared
    decisions: Decisions
    said: Said
    confidence: Ratings
    texts: TextColumns = field(default_factory=TextColumns)
    earlier: Sequence[Finding] = ()

    @cached_property
    def noise(self) -> Noise:
        return estimate(self.panel)

    @cached_property
    def levels(self) -> Levels:
        return levels(self.panel, self.noise, window=self.panel.window(WINDOW))

    @cached_property
    def abroad(self) -> Abroad:
        return abroad(self.panel, self.noise, self.levels)

    @cached_property
    def on_goals(self) -> Floats:
        return on_goals(self.panel, running=self.running)

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.panel, window=self.levels.window, running=self.running, declared=self.declared)

    @cached_property
    def comparison(self) -> Comparison:
        return compare(self.levels, self.plan)

    @cached_property
    def ties(self) -> Ties:
        return ties_of(self.panel)


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


@lru_cache
def first_week(period: Period) -> Week:
    """The first ISO week whose digest shows the period: the one of its first Thursday."""
    return Week.of(period.first + timedelta(days=(3 - period.first.weekday()) % 7))
