"""Goals that nobody owns, that no team carries, or that decay."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.decays import decays
from checkins.analysis.goal_work import GoalWork
from checkins.analysis.panel import Bools
from checkins.model import Finding, FindingKind, GoalStatus, Level

_NAMES = {Level.ORGANISATION: "organisation goal", Level.PRODUCT: "product goal", Level.TEAM: "goal"}


def detect(case: Case) -> Iterator[Finding]:
    """A running goal without an owner or a team at once; one that decays after 4 check-ins.

    A goal that other running goals support needs no team of its own, and work on those is work on it.  Where no goal
    has an owner, owners are not in use yet, and nothing is said of those missing.
    """
    work = GoalWork.of(case)
    live = {team.id: index for index, team in enumerate(case.panel.teams) if not team.archived}
    owners = any(goal.owner for goal in case.panel.goals)
    lacking = {"owner": ~case.owned & owners, "team": ~_carried(case, work, live)}
    active = case.running & np.array([goal.status is GoalStatus.ACTIVE for goal in case.panel.goals], dtype=np.bool_)
    unassigned = active & (lacking["owner"] | lacking["team"])
    for index in np.flatnonzero(unassigned).tolist():
        missing = [part for part, lacks in lacking.items() if lacks[index]]
        yield _unassigned(case, work, index, missing=missing, live=live)
    yield from decays(case, work, goals=active & ~unassigned)


def _carried(case: Case, work: GoalWork, live: Mapping[str, int]) -> Bools:
    """(G,): goals that a team owns or contributes to, or that other running goals support."""
    carried = [goal.id in work.supporters or any(team in live for team in goal.teams()) for goal in case.panel.goals]
    return np.array(carried, dtype=np.bool_)


def _unassigned(case: Case, work: GoalWork, index: int, *, missing: Sequence[str], live: Mapping[str, int]) -> Finding:
    """live: index of each team that is not archived."""
    goal = case.panel.goals[index]
    supporters = len(work.supporters.get(goal.id, ()))
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
