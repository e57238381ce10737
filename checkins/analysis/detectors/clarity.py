"""Goals whose wording is unclear to those who rate it, or clear to some and not to others."""

from collections.abc import Iterator

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors import blocks
from checkins.analysis.detectors.blocks import Groups
from checkins.model import Finding, FindingKind

SPREAD = 1.2  # standard deviation of ratings from which people disagree
LOW = 3.0  # of 5, the middle of the scale
CLEAR = 3.5  # a mean that nobody has to explain
STRONG = 2.0  # rating points


def detect(case: Case) -> Iterator[Finding]:
    """Ratings from 1 to 5 with a sample standard deviation of at least 1.2, else with a mean of at most 3."""
    group = groups(case)
    said = case.said.clarity.said[group.entry]
    mean = group.mean(said)
    squares = group.mean((said - mean[group.subject]) ** 2) * group.people
    deviation = np.sqrt(squares / np.maximum(group.people - 1, 1))
    rated = blocks.told(case) & (group.block != blocks.NONE)
    contested = rated & (deviation >= SPREAD)
    for goal in np.flatnonzero(contested):
        yield _contested(case, group, int(goal), deviation=round(float(deviation[goal]), 1))
    for goal in np.flatnonzero(rated & ~contested & (mean <= LOW)):
        yield _unclear(case, group, int(goal), mean=round(float(mean[goal]), 1))


def groups(case: Case) -> Groups:
    """Per goal (G,): who is counted."""
    voices = case.said.clarity
    return blocks.grouped(voices, case.panel.periods, about=voices.goal, since=blocks.reworded(case))


def _contested(case: Case, group: Groups, index: int, *, deviation: float) -> Finding:
    goal, block, people = case.panel.goals[index], group.block_of(index), int(group.people[index])
    return finding_of(
        kind=FindingKind.CONTESTED_GOAL,
        teams=blocks.live_teams(case, goal),
        goals=(goal.id,),
        since=case.panel.periods[block.start],
        effect=deviation,
        strong=STRONG,
        people=people,
        evidence={"n": people, "sd": deviation, "block": block.label},
        sentence=(
            f"“{wording.title(goal.title)}” is clear to some and unclear to others: {people} people rate its clarity "
            f"from 1 to 5 with a standard deviation of {deviation:.1f} points ({block.days})."
        ),
    )


def _unclear(case: Case, group: Groups, index: int, *, mean: float) -> Finding:
    goal, block, people = case.panel.goals[index], group.block_of(index), int(group.people[index])
    return finding_of(
        kind=FindingKind.UNCLEAR_GOAL,
        teams=blocks.live_teams(case, goal),
        goals=(goal.id,),
        since=case.panel.periods[block.start],
        effect=round(max(0.0, CLEAR - mean), 1),
        strong=STRONG,
        people=people,
        evidence={"n": people, "mean": mean, "block": block.label},
        sentence=(
            f"“{wording.title(goal.title)}” is unclear: {people} people rate its clarity {mean:.1f} of 5 on average "
            f"({block.days})."
        ),
    )
