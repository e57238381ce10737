"""Groups in which ratings, "done" and priorities may be told: five people or more, once per block of check-ins.

Neither between audiences nor between digests may a smaller group come out by subtraction. So a goal has one figure over
all who spoke of it, never one per audience, and figures are made of whole blocks on a fixed calendar, in which each
person's newest word counts once. Two figures of a goal then stand on the same words or have none in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from checkins import wording
from checkins.analysis.case import Case
from checkins.analysis.decisions import NEVER
from checkins.analysis.panel import Bools, Floats, Ints
from checkins.analysis.voices import Voices
from checkins.cadence import Period, Week, number_of
from checkins.model import Goal
from checkins.turns import BLOCK

LEAST = 5  # people of a group
NONE = -1


@dataclass(frozen=True, slots=True)
class Block:
    """Periods of a case from start up to stop.  label: first and last of them.  days: the same as people read it."""

    start: int
    stop: int
    label: str
    days: str


def complete_blocks(periods: Sequence[Period], size: int = BLOCK) -> tuple[Block, ...]:
    """Blocks of so many periods that lie wholly in these adjacent ones, oldest first."""
    starts = [place for place in range(len(periods) - size + 1) if number_of(periods[place]) % size == 0]
    return tuple(_block(periods, start, start + size) for start in starts)


def _block(periods: Sequence[Period], start: int, stop: int) -> Block:
    first, last = periods[start], periods[stop - 1]
    in_weeks = "W" in first.label
    ends = (Week.of(first.first), Week.of(last.last)) if in_weeks else (first.label, last.label)
    return Block(start, stop, f"{ends[0]}/{ends[1]}", wording.period(first.first, last.last))


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Per subject (S,), a goal or a team: the block it is told of, an index into blocks, NONE without a group.

    entry, subject: (M,), the statements that count, as indexes into the voices, one per person, and their subjects.
    """

    blocks: tuple[Block, ...]
    block: Ints
    entry: Ints
    subject: Ints

    @cached_property
    def people(self) -> Ints:
        """(S,): 0 without a group."""
        return np.bincount(self.subject, minlength=len(self.block))

    def mean(self, values: Ints | Floats) -> Floats:
        """(S,): of a value per statement (M,); 0 without a group."""
        total = np.bincount(self.subject, weights=values, minlength=len(self.block))
        mean: Floats = total / np.maximum(self.people, 1)
        return mean

    def inside(self, period: Ints, *, about: Ints) -> Bools:
        """(N,): whether statements on subjects were made in the blocks that these are told of."""
        spans = np.array([*((block.start, block.stop) for block in self.blocks), (0, 0)])  # NONE finds the last one
        start, stop = spans[self.block[about]].T
        inside: Bools = (start <= period) & (period < stop)
        return inside

    def block_of(self, subject: int) -> Block:
        return self.blocks[int(self.block[subject])]


def grouped(voices: Voices, periods: Sequence[Period], *, about: Ints, since: Ints, least: int = LEAST) -> Groups:
    """Each subject's newest group of so many people, from a block; from two neighbours where neither has as many.

    about: (N,), subject of each statement.  since: (S,), the first period that counts for each subject; a block that
    began earlier is dropped as a whole, so that no part of it becomes a group of its own.
    """
    # Late answers still come into the last period. Neighbours are put together once neither can become a group itself.
    blocks = (*complete_blocks(periods), *complete_blocks(periods[:-1], 2 * BLOCK))
    newest = [_newest(voices, block, about=about) for block in blocks]
    full = _full(blocks, [np.bincount(about[entry], minlength=len(since)) >= least for entry in newest])
    chosen = np.full(len(since), NONE, dtype=np.int64)
    for place in sorted(range(len(blocks)), key=lambda place: -blocks[place].stop):
        chosen[(chosen == NONE) & full[place] & (since <= blocks[place].start)] = place
    counted = [entry[chosen[about[entry]] == place] for place, entry in enumerate(newest)]
    entry = np.concatenate(counted) if counted else np.zeros(0, dtype=np.int64)
    return Groups(blocks=blocks, block=chosen, entry=entry, subject=about[entry])


def _newest(voices: Voices, block: Block, *, about: Ints) -> Ints:
    """Each person's last statement on each subject in a block."""
    start, stop = np.searchsorted(voices.period, [block.start, block.stop])
    people = int(voices.person.max(initial=0)) + 1
    key = about[start:stop] * people + voices.person[start:stop]
    _, back = np.unique(key[::-1], return_index=True)
    newest: Ints = stop - 1 - back
    return newest


def _full(blocks: Sequence[Block], enough: Sequence[Bools]) -> list[Bools]:
    """(S,) per block: subjects with enough people in it, and in no smaller block inside it."""
    full: list[Bools] = []
    for block, crowd in zip(blocks, enough, strict=True):
        inside = [full[place] for place, part in enumerate(blocks[: len(full)]) if _holds(block, part)]
        full.append(crowd & ~np.logical_or.reduce(inside, axis=0))
    return full


def _holds(block: Block, part: Block) -> bool:
    return block.start <= part.start and part.stop <= block.stop


def told(case: Case) -> Bools:
    """(G,): goals of which findings may speak: they run, and a team that is not archived has them."""
    told = np.zeros(len(case.panel.goals), dtype=np.bool_)
    told[case.panel.slots[case.panel.own & case.panel.live[:, None]]] = True
    return told & case.running


def live_teams(case: Case, goal: Goal) -> tuple[str, ...]:
    """The teams of a goal that are not archived, the owning one first."""
    return tuple(team for team in goal.teams() if team in case.panel.facts.live)


def reworded(case: Case) -> Ints:
    """(G,): the first period after a goal was decided anew, NEVER without that; its beginning is no change."""
    began = set(map(tuple, case.decisions.opened.tolist()))
    changed = [entry for entry in case.decisions.anew.tolist() if tuple(entry) not in began]
    anew = np.array(changed, dtype=np.int64).reshape(-1, 3)
    return by_goal(case, replace(case.decisions, anew=anew).restarts(case.panel))


def by_goal(case: Case, of_slots: Ints) -> Ints:
    """(G,): what holds for a goal in its owning team, from (T, K); NEVER without one."""
    panel = case.panel
    team, slot = np.nonzero(panel.own)
    goal = panel.slots[team, slot]
    owned = panel.facts.team[goal] == team
    found = np.full(len(panel.goals), NEVER, dtype=np.int64)
    found[goal[owned]] = of_slots[team[owned], slot[owned]]
    return found
