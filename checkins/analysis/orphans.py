"""Goals that nobody owns, that no team carries, or that decay."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.decays import decays
from checkins.analysis.goal_work import GoalWork
from checkins.model import Finding, FindingKind, Goal, GoalStatus, Level

_NAMES = {Level.ORGANISATION: "organisation goal", Level.PRODUCT: "product goal", Level.TEAM: "goal"}


def detect(case: Case) -> Iterator[Finding]:
    """A running goal without an owner or a team at once; one that decays after 4 check-ins.

    A goal that other running goals support needs no team of its own, and work on those is work on it.  Where no goal
    has an owner, owners are not in use yet, and nothing is said of those missing.
    """
    work, whole = GoalWork.of(case), case.running.copy()
    owners = any(goal.owner for goal in case.panel.goals)
    live = {team.id: index for index, team in enumerate(case.panel.teams) if not team.archived}
    for index in np.flatnonzero(case.running):
        goal = case.panel.goals[index]
        carried = goal.id in work.supporters or any(team in live for team in goal.teams())
        lacking = {"owner": owners and not case.owned[index], "team": not carried}
        missing = [part for part, lacks in lacking.items() if lacks]
        whole[index] = goal.status is GoalStatus.ACTIVE and not missing
        if missing and goal.status is GoalStatus.ACTIVE:
            yield _unassigned(case, goal, live, missing=missing, supporters=len(work.supporters.get(goal.id, ())))
    yield from decays(case, work, goals=whole)


def _unassigned(case: Case, goal: Goal, live: Mapping[str, int], *, missing: Sequence[str], supporters: int) -> Finding:
    """live: index of each team that is not archived."""
    teams = tuple(team for team in goal.teams() if team in live)
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
