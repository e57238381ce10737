"""Goals of different teams that read alike."""

from collections.abc import Iterator

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors.guards import apart
from checkins.analysis.detectors.likeness import alike, folded
from checkins.model import Finding, FindingKind, Goal, Level

ALIKE = 0.6  # cosine


def detect(case: Case) -> Iterator[Finding]:
    """Two running team goals of different teams with a cosine above .6, unless one supports the other or a team has
    both.
    """
    goals = _goals(case)
    by_title: dict[str, list[Goal]] = {}
    for goal in goals:
        by_title.setdefault(folded(goal.title), []).append(goal)
    titles = sorted(by_title)
    everything = np.ones(len(titles), dtype=np.bool_)
    found = alike(titles, new=everything, compared=everything, floor=ALIKE)
    pairs = [(titles[left], titles[right], float(cosine)) for left, right, cosine in found]
    for left, right, cosine in [*((title, title, 1.0) for title in titles), *pairs]:
        for one in by_title[left]:
            for other in by_title[right]:
                if _counts(left, right, one, other):
                    yield _finding(case, one, other, cosine=cosine)


def _goals(case: Case) -> list[Goal]:
    live = {team.id for team in case.panel.teams if not team.archived}
    running = (case.panel.goals[index] for index in np.flatnonzero(case.running).tolist())
    return [goal for goal in running if goal.level is Level.TEAM and goal.team in live]


def _counts(left: str, right: str, one: Goal, other: Goal) -> bool:
    if left == right and one.id >= other.id:
        return False
    related = one.id in other.supports or other.id in one.supports
    return not related and not {*one.teams()} & {*other.teams()} and not apart(left, right)


def _finding(case: Case, one: Goal, other: Goal, *, cosine: float) -> Finding:
    first, second = sorted((one, other), key=lambda goal: goal.id)
    names = {team.id: team.name for team in case.panel.teams}
    teams = (first.team or "", second.team or "")
    asked = sum(float(case.levels.members[index]) for index, team in enumerate(case.panel.teams) if team.id in teams)
    return finding_of(
        kind=FindingKind.DUPLICATE_GOAL,
        teams=sorted(teams),
        goals=(first.id, second.id),
        since=case.panel.periods[-1],
        effect=cosine,
        strong=1.0,
        people=asked,
        evidence={"cosine": round(cosine, 2)},
        sentence=(
            f"“{wording.title(first.title)}” ({names[teams[0]]}) and “{wording.title(second.title)}” "
            f"({names[teams[1]]}) read like the same goal. Are they?"
        ),
    )
