"""Goals that nobody owns, that no team carries, or that decay."""

from collections.abc import Iterator, Sequence

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors.decays import decays
from checkins.analysis.detectors.goal_work import GoalWork
from checkins.model import Finding, FindingKind, Level

_NAMES = {Level.ORGANISATION: "organisation goal", Level.PRODUCT: "product goal", Level.TEAM: "goal"}


def detect(case: Case) -> Iterator[Finding]:
    """A running goal without an owner or a team at once; one that decays after 4 check-ins.

    A goal that other running goals support needs no team of its own, and work on those is work on it.  Where no goal
    has an owner, owners are not in use yet, and nothing is said of those missing.
    """
    work = GoalWork.of(case)
    facts, owners = case.panel.facts, any(goal.owner for goal in case.panel.goals)
    lacking = {"owner": ~case.owned & owners, "team": ~facts.teamed & (work.supporters == 0)}
    active = case.running & facts.active
    unassigned = active & (lacking["owner"] | lacking["team"])
    for index in np.flatnonzero(unassigned).tolist():
        missing = [part for part, lacks in lacking.items() if lacks[index]]
        yield _unassigned(case, work, index, missing=missing)
    yield from decays(case, work, goals=active & ~unassigned)


def _unassigned(case: Case, work: GoalWork, index: int, *, missing: Sequence[str]) -> Finding:
    goal, supporters, live = case.panel.goals[index], int(work.supporters[index]), case.panel.facts.live
    teams = [team for team in goal.teams() if team in live]
    verb = "supports" if supporters == 1 else "support"
    support = f", though {wording.counted(supporters, 'running goal')} {verb} it" if supporters else ""
    return finding_of(
        kind=FindingKind.ORPHAN_GOAL,
        teams=teams,
        goals=(goal.id,),
        since=case.panel.periods[-1],
        effect=1.0,
        strong=1.0,
        people=sum(float(case.levels.members[live[team]]) for team in teams),
        evidence={"missing": list(missing), "supporters": supporters},
        sentence=f"The {_NAMES[goal.level]} “{wording.title(goal.title)}” has {wording.lacking(missing)}{support}.",
    )
