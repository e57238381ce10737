"""Goals whose people do not mean the same by "done"."""

from collections.abc import Iterator

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors import blocks
from checkins.analysis.detectors.blocks import Groups
from checkins.analysis.panel import Floats
from checkins.model import Finding, FindingKind

AGREEMENT = 0.5  # share of pairs with the same pick below which "done" is open
LEAST = 8  # people, so that one pick more or less does not decide


def detect(case: Case) -> Iterator[Finding]:
    """Goals of which fewer than half of all pairs of people picked the same statement; "none of these" is one."""
    group = groups(case)
    agreement = _agreement(case, group)
    picked = blocks.told(case) & (group.block != blocks.NONE)
    for goal in np.flatnonzero(picked & (agreement < AGREEMENT)):
        yield _finding(case, group, int(goal), agreement=round(float(agreement[goal]), 1))


def groups(case: Case) -> Groups:
    """Per goal (G,): who is counted."""
    voices = case.said.done
    return blocks.grouped(voices, case.panel.periods, about=voices.goal, since=blocks.reworded(case), least=LEAST)


def _agreement(case: Case, group: Groups) -> Floats:
    """(G,): Σ c(c-1) / n(n-1) for n people of whom c picked each statement."""
    words = max(1, len(case.said.done.words))
    pick, count = np.unique(group.subject * words + case.said.done.said[group.entry], return_counts=True)
    same = np.bincount(pick // words, weights=count * (count - 1), minlength=len(group.block))
    agreement: Floats = same / np.maximum(group.people * (group.people - 1), 1)
    return agreement


def _finding(case: Case, group: Groups, index: int, *, agreement: float) -> Finding:
    goal, block, people = case.panel.goals[index], group.block_of(index), int(group.people[index])
    return finding_of(
        kind=FindingKind.UNCLEAR_DONE,
        teams=blocks.live_teams(case, goal),
        goals=(goal.id,),
        since=case.panel.periods[block.start],
        effect=round(1 - agreement, 1),
        strong=1.0,
        people=people,
        evidence={"n": people, "agreement": agreement, "block": block.label},
        sentence=(
            f"What “done” means for “{wording.title(goal.title)}” is open: {people} people picked a statement, and "
            f"about {wording.percent(agreement)} of the pairs among them picked the same one ({block.days})."
        ),
    )
