"""Effort on a goal that lies away from the weight its team declared (basis: plan)."""

from collections.abc import Iterator

import numpy as np

from checkins import wording
from checkins.analysis import planned
from checkins.analysis.case import Case, finding_of
from checkins.analysis.effort import ENOUGH, REACH
from checkins.analysis.panel import WINDOW, Bools
from checkins.model import Finding, FindingKind

MARGIN = 0.05  # points of share that nobody has to explain
STRONG = 0.30
PEOPLE = 2  # a level that one person answers for is that person's, not the team's


def detect(case: Case) -> Iterator[Finding]:
    """A finding where the whole interval est ± 2.1·SE over 4 check-ins lies more than 5 points from the weight."""
    for team, slot in np.argwhere(tested(case) & apart(case)):
        yield _finding(case, int(team), int(slot))


def tested(case: Case) -> Bools:
    """(T, K): goals with a weight that has stood for a full window, in teams that answered enough."""
    effort = case.levels
    ready = (effort.check_ins >= WINDOW) & (effort.response >= ENOUGH) & (effort.people >= PEOPLE) & case.panel.live
    on_plan = case.plan.reserved | (np.where(case.plan.declared, effort.est, 0.0).sum(axis=1) > 0)
    tested: Bools = case.plan.declared & case.plan.steady & (ready & on_plan)[:, None]
    return tested


def apart(case: Case) -> Bools:
    gap = np.abs(case.comparison.est - np.nan_to_num(case.plan.weights))
    apart: Bools = gap - REACH * case.comparison.se > MARGIN
    return apart


def _finding(case: Case, team: int, slot: int) -> Finding:
    panel, effort = case.panel, case.levels
    goal = panel.goal_of(team, slot)
    est, se = float(case.comparison.est[team, slot]), float(case.comparison.se[team, slot])
    declared = float(case.plan.weights[team, slot])
    low, high = max(0.0, est - REACH * se), min(1.0, est + REACH * se)
    sample = {"answers": int(effort.answers[team]), "asked": int(effort.asked[team]), "check_ins": WINDOW}
    its_work = "its work" if case.plan.reserved[team] else "its work on planned goals"
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
            f"(likely {wording.span(low, high)}); {planned.share(case.plan, team, slot)}. "
            f"From {wording.sample(**sample)}."
        ),
    )
