"""Effort on a goal that lies away from the weight its team declared (basis: plan)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from checkins import wording
from checkins.analysis import planned
from checkins.analysis.case import Case, finding_of
from checkins.analysis.effort import ENOUGH, REACH, Levels, levels
from checkins.analysis.panel import LONG_WINDOW, WINDOW, Bools, Floats
from checkins.analysis.plan import Comparison, Plan, compare, plan_of
from checkins.model import Finding, FindingKind

MARGIN = 0.05  # points of share that nobody has to explain
STRONG = 0.30
PEOPLE = 2  # a level that one person answers for is that person's, not the team's


def detect(case: Case) -> Iterator[Finding]:
    """A finding where the whole interval est ± 2.2·SE over 4 check-ins lies more than 5 points from the weight.

    Where 4 carry too little, the interval over 8 does, as long as the last 4 lie more than 5 points off the same way.
    """
    lately, long = _View.lately(case), _View.long(case)
    fired = lately.fired(case)
    lasting = lately.tested(case) & long.fired(case) & (np.abs(lately.gap) > MARGIN)
    lasting &= (np.sign(lately.gap) == np.sign(long.gap)) & ~fired
    for team, slot in np.argwhere(fired | lasting):
        yield _finding(case, lately if fired[team, slot] else long, int(team), int(slot))


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """Effort beside the plan over each team's last check-ins, of which there are so many."""

    check_ins: int
    levels: Levels
    plan: Plan
    comparison: Comparison

    @classmethod
    def lately(cls, case: Case) -> "_View":
        return cls(check_ins=WINDOW, levels=case.levels, plan=case.plan, comparison=case.comparison)

    @classmethod
    def long(cls, case: Case) -> "_View":
        window = case.panel.window(LONG_WINDOW)
        effort = levels(case.panel, case.noise, window=window)
        plan = plan_of(case.panel, window=window, running=case.running, declared=case.declared)
        return cls(check_ins=LONG_WINDOW, levels=effort, plan=plan, comparison=compare(effort, plan))

    @property
    def gap(self) -> Floats:
        """(T, K): effort less the weight."""
        return self.comparison.est - np.nan_to_num(self.plan.weights)

    def tested(self, case: Case) -> Bools:
        """(T, K): goals with a weight that has stood for a full window, in teams that answered enough."""
        effort, plan = self.levels, self.plan
        full = (effort.check_ins >= self.check_ins) & (effort.response >= ENOUGH)
        ready = full & (effort.people >= PEOPLE) & case.panel.live
        on_plan = plan.reserved | (np.where(plan.declared, effort.est, 0.0).sum(axis=1) > 0)
        tested: Bools = plan.declared & plan.steady & (ready & on_plan)[:, None]
        return tested

    def fired(self, case: Case) -> Bools:
        """(T, K)"""
        apart: Bools = np.abs(self.gap) - REACH * self.comparison.se > MARGIN
        return self.tested(case) & apart


def _finding(case: Case, view: _View, team: int, slot: int) -> Finding:
    panel, effort = case.panel, view.levels
    goal = panel.goal_of(team, slot)
    est, se = float(view.comparison.est[team, slot]), float(view.comparison.se[team, slot])
    declared = float(view.plan.weights[team, slot])
    low, high = max(0.0, est - REACH * se), min(1.0, est + REACH * se)
    sample = {"answers": int(effort.answers[team]), "asked": int(effort.asked[team]), "check_ins": view.check_ins}
    its_work = "its work" if view.plan.reserved[team] else "its work on planned goals"
    return finding_of(
        kind=FindingKind.DRIFT,
        basis="plan",
        teams=(panel.teams[team].id,),
        goals=(goal.id,),
        since=panel.periods[int(np.argmax(effort.window[team]))],
        effect=abs(est - declared),
        strong=STRONG,
        people=float(effort.members[team]),
        evidence={
            "declared": round(declared, 4),
            "actual": round(est, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "people": int(effort.people[team]),
            **sample,
        },
        check_ins=panel.check_ins_of(team, effort.window[team]),
        sentence=(
            f"{panel.teams[team].name} put {wording.percent(est)} of {its_work} into “{wording.title(goal.title)}” "
            f"(likely {wording.span(low, high)}); {planned.share(view.plan, team, slot)}. "
            f"From {wording.sample(**sample)}."
        ),
    )
