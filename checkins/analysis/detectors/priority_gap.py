"""Teams whose people would put their goals in another order than the declared weights do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors import blocks
from checkins.analysis.detectors.blocks import Groups
from checkins.analysis.panel import Bools, Floats, Ints
from checkins.analysis.voices import Voices
from checkins.model import Finding, FindingKind

CLOSE = 0.3  # tau from which an order counts as the plan's
STRONG = 2.0  # from the plan's order to its reverse
UNPICKED = np.inf  # place of the goals that are not among a person's first


def detect(case: Case) -> Iterator[Finding]:
    """Teams in which the mean over people of Kendall's tau with the weights is below .3 (Kendall 1938).

    Over the pairs that a person ordered, picked goals coming before the others; goals of equal weight and those without
    one do not count.
    """
    picks = _Picks.of(case)
    group = picks.groups(case)
    ballots = picks.ballots(group)
    total = np.bincount(ballots.team, weights=ballots.tau(case.plan.raw), minlength=len(case.panel.teams))
    tau = total / np.maximum(group.people, 1)
    for team in np.flatnonzero((group.block != blocks.NONE) & case.panel.live & (tau < CLOSE)).tolist():
        swap = _Swap.of(ballots.places_of(team), weights=case.plan.raw[team])
        yield _finding(case, group, team, tau=round(float(tau[team]), 1), swap=swap)


def groups(case: Case) -> Groups:
    """Per team (T,): who is counted, by one entry of each person's order."""
    picks = _Picks.of(case)
    group = picks.groups(case)
    return replace(group, entry=picks.entry[group.entry])


@dataclass(frozen=True, slots=True)
class _Ballots:
    """One per person and team, ordered by team (B,).  places: (B, K), 1 comes first."""

    team: Ints
    places: Floats

    def tau(self, raw: Floats) -> Floats:
        """(B,): how each order agrees with the weights (T, K) of its team, from 1, the same, to -1, the reverse."""
        weights, places = raw[self.team], self.places
        agree, differ = np.zeros((2, len(places)))
        for slot in range(raw.shape[1]):
            planned = weights[:, [slot]] > weights
            agree += (planned & (places[:, [slot]] < places)).sum(axis=1)
            differ += (planned & (places[:, [slot]] > places)).sum(axis=1)
        tau: Floats = (agree - differ) / np.maximum(agree + differ, 1)
        return tau

    def places_of(self, team: int) -> Floats:
        """(n, K)"""
        return self.places[slice(*np.searchsorted(self.team, [team, team + 1]))]


@dataclass(frozen=True, slots=True)
class _Picks:
    """Priorities that name a goal with a weight, in teams with different weights.

    entry, slot: (N,), index among all priorities, and slot of the goal named.
    """

    voices: Voices
    entry: Ints
    slot: Ints
    width: int

    @classmethod
    def of(cls, case: Case) -> "_Picks":
        voices = case.said.priorities
        named = case.panel.slots[voices.team] == voices.goal[:, None]
        slot = np.argmax(named, axis=1)
        kept = named.any(axis=1) & _weighed(case.plan.raw)[voices.team, slot]
        return cls(_only(voices, kept), np.flatnonzero(kept), slot[kept], case.panel.slots.shape[1])

    def groups(self, case: Case) -> Groups:
        return blocks.grouped(self.voices, case.panel.periods, about=self.voices.team, since=_decided(case))

    def ballots(self, group: Groups) -> _Ballots:
        """All that the people who are counted picked together with the entry that counts."""
        key = self._check_ins()
        counted = group.entry[np.argsort(key[group.entry])]
        near = np.flatnonzero(group.inside(self.voices.period, about=self.voices.team))
        ballot = np.searchsorted(key[counted], key[near])
        mine = np.append(key[counted], blocks.NONE)[ballot] == key[near]  # keys above all that count find NONE
        places = np.full((len(counted), self.width), UNPICKED)
        places[ballot[mine], self.slot[near[mine]]] = self.voices.said[near[mine]]
        return _Ballots(self.voices.team[counted], places)

    def _check_ins(self) -> Ints:
        """(N,): a number for each team, person and period, in this order."""
        people, periods = (int(index.max(initial=0)) + 1 for index in (self.voices.person, self.voices.period))
        return (self.voices.team * people + self.voices.person) * periods + self.voices.period


def _only(voices: Voices, kept: Bools) -> Voices:
    return replace(
        voices,
        person=voices.person[kept],
        team=voices.team[kept],
        period=voices.period[kept],
        goal=voices.goal[kept],
        said=voices.said[kept],
    )


def _weighed(raw: Floats) -> Bools:
    """(T, K): goals with a weight, in teams whose weights differ."""
    declared = ~np.isnan(raw)
    low = np.where(declared, raw, np.inf).min(axis=1, initial=np.inf)
    high = np.where(declared, raw, -np.inf).max(axis=1, initial=-np.inf)
    weighed: Bools = declared & (high > low)[:, None]
    return weighed


def _decided(case: Case) -> Ints:
    """(T,): the first period after the team's goals or their weights changed: an order is one of all of them."""
    restarts = case.decisions.restarts(case.panel).max(axis=1)
    listed = np.maximum(case.decisions.openings(case.panel), case.decisions.closings(case.panel))
    decided: Ints = np.maximum(restarts, listed)
    return decided


@dataclass(frozen=True, slots=True)
class _Swap:
    """The most swapped pair of a team.  first, second: slots as the plan has them.  people: who turn it round."""

    first: int
    second: int
    people: int

    @classmethod
    def of(cls, places: Floats, *, weights: Floats) -> "_Swap":
        """places: (n, K).  weights: (K,), NaN where none."""
        swapped = (places[:, :, None] > places[:, None, :]) & (weights[:, None] > weights)
        people = swapped.sum(axis=0)
        first, second = divmod(int(people.argmax()), len(weights))
        return cls(first, second, int(people[first, second]))


def _finding(case: Case, group: Groups, team: int, *, tau: float, swap: _Swap) -> Finding:
    panel, block, people = case.panel, group.block_of(team), int(group.people[team])
    first, second = panel.goal_of(team, swap.first), panel.goal_of(team, swap.second)
    return finding_of(
        kind=FindingKind.PRIORITY_GAP,
        teams=(panel.teams[team].id,),
        since=panel.periods[block.start],
        effect=round(1 - tau, 1),
        strong=STRONG,
        people=people,
        evidence={
            "n": people,
            "tau": tau,
            "swapped": swap.people,
            "planned_first": first.id,
            "planned_second": second.id,
            "block": block.label,
        },
        sentence=(
            f"{panel.teams[team].name} would put its goals in another order: {swap.people} of {people} people put "
            f"“{wording.title(second.title)}” before “{wording.title(first.title)}”, the plan has it the other way "
            f"({block.days})."
        ),
    )
