"""Goals in which people's confidence fell, held against their own ratings before.

The statistic of drift over the weeks, on ratings from 1 to 5 (section 3 of the analysis notes). It is looked at once
per block of check-ins, and whoever counts has rated the goal within the block: no two looks differ by a few people.
Windows count the check-ins in which a goal was rated, since a team is asked about one goal at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors import blocks
from checkins.analysis.detectors.blocks import LEAST, Block
from checkins.analysis.detectors.series import RatingNoise, Series, estimate
from checkins.analysis.noise import BASELINE
from checkins.analysis.panel import LATELY, Bools, Floats, Ints
from checkins.analysis.records import RATED
from checkins.model import Finding, FindingKind
from checkins.turns import BLOCK

SPAN = RATED - BLOCK + 1  # periods before the end of a block that a case holds until the next block ends
FULL = 4  # occasions of a baseline: of a goal that takes turns with another, those of the two blocks before
LEAST_BEFORE = 2  # ratings of a person that counts, beside one lately
CROWD = 1 / 3  # of the people who rate a goal when most do: fewer were asked in passing, which is no occasion
FALL = 0.4  # rating points
STRONG = 2.0
# z* for 5 % false alarms in a quarter, by rho; ratings are coarse, hence the margin and the milder STILL.
RHOS, CRITICAL = (0.0, 0.4, 0.6, 0.8), (2.83, 2.80, 2.74, 2.72)
MARGIN = 0.15
STILL = 1.5  # |z| that must remain whichever occasion of the window is left out


def detect(case: Case) -> Iterator[Finding]:
    """Goals whose last 3 occasions in a block lie at least .4 points below the 4 to 6 before them, beyond chance and
    whichever occasion one leaves out.  An occasion is a period in which the goal's people rated it, not just a few.
    """
    for look in looks(case):
        for goal in np.flatnonzero(blocks.told(case) & look.tested & look.fell):
            yield _finding(case, look, int(goal))


def looks(case: Case) -> "Iterator[Look]":
    """The look at the end of the last complete block; none before there is one."""
    rated = case.confidence
    for block in blocks.complete_blocks(rated.periods)[-1:]:
        start = max(0, block.stop - SPAN)
        voices = rated.voices.between(start, block.stop)
        yield Look(
            series=Series.of(voices, periods=block.stop - start),
            since=blocks.by_goal(case, rated.decisions.restarts(case.panel)) - start,
            start=start,
            block=block,
        )


@dataclass(frozen=True, slots=True)
class Fall:
    """Per goal (G,), people and the mean of their differences, z in standard errors.  counted: (S,), series used."""

    counted: Bools
    people: Ints
    moved: Floats
    z: Floats


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look at all goals (G,) over some periods (P,), the last of a block and those before it.

    since: (G,), the first of these periods that counts.  start: the first of them among the case's ratings.
    """

    series: Series
    since: Ints
    start: int
    block: Block

    @cached_property
    def occasions(self) -> Bools:
        """(G, P)"""
        series, period = np.nonzero(self.series.rated)
        shape = len(self.since), self.block.stop - self.start
        cell = np.ravel_multi_index((self.series.goal[series], period), shape)
        people = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
        occasions: Bools = (people > 0) & (people >= CROWD * people.max(axis=1, keepdims=True))
        return occasions

    @cached_property
    def age(self) -> Ints:
        """(G, P): 1 at the last occasion, from there backwards; 0 between occasions."""
        age: Ints = np.where(self.occasions, self.occasions[:, ::-1].cumsum(axis=1)[:, ::-1], 0)
        return age

    @cached_property
    def lately(self) -> Bools:
        """(G, P): the last occasions, as far as they lie in the block."""
        inside = np.arange(self.occasions.shape[1]) >= self.occasions.shape[1] - BLOCK
        lately: Bools = self.occasions & (self.age <= LATELY) & inside
        return lately

    @cached_property
    def before(self) -> Bools:
        """(G, P)"""
        last = self.lately.sum(axis=1, keepdims=True)
        before: Bools = (self.age > last) & (self.age <= last + BASELINE)
        return before

    @cached_property
    def noise(self) -> RatingNoise:
        return estimate(self.series, self.before[self.series.goal], least=LEAST_BEFORE, length=BASELINE)

    @cached_property
    def whole(self) -> Fall:
        return self.fall(self.series, self.lately)

    def fall(self, series: Series, lately: Bools) -> Fall:
        """The statistic of some series, with some of the last occasions (G, P)."""
        goals = len(self.since)
        after, before = series.rated & lately[series.goal], series.rated & self.before[series.goal]
        counted: Bools = after.any(axis=1) & (before.sum(axis=1) >= LEAST_BEFORE)
        weights, goal = differences(after[counted], before[counted]), series.goal[counted]
        people = np.bincount(goal, minlength=goals)
        each, spread = (weights * series.ratings[counted]).sum(axis=1), self.noise.spread(weights)
        moved = np.bincount(goal, weights=each, minlength=goals) / np.maximum(people, 1)
        error = np.sqrt(self.noise.variance * np.bincount(goal, weights=spread, minlength=goals))
        z = np.divide(moved * people, error, out=np.zeros(goals), where=error > 0)
        return Fall(counted=counted, people=people, moved=moved, z=z)

    @property
    def tested(self) -> Bools:
        """(G,): goals with a full baseline, in which nothing was decided, and enough people."""
        first = np.argmax(self.before, axis=1)
        full = self.before.sum(axis=1) >= FULL
        tested: Bools = full & (self.since <= first) & (self.whole.people >= LEAST)
        return tested

    @property
    def fell(self) -> Bools:
        """(G,)"""
        limit = float(np.interp(self.noise.rho, RHOS, CRITICAL)) + MARGIN
        fell: Bools = (self.whole.moved <= -FALL) & (self.whole.z < -limit)
        series = self.series.about(fell)
        for age in range(1, LATELY + 1):
            fell &= self.fall(series, self.lately & (self.age != age)).z <= -STILL
        return fell


def differences(after: Bools, before: Bools) -> Floats:
    """(S, P): c, whose product with a person's ratings is the person's difference, of series that have both."""
    weights: Floats = after / after.sum(axis=1, keepdims=True) - before / before.sum(axis=1, keepdims=True)
    return weights


def _finding(case: Case, look: Look, index: int) -> Finding:
    goal, people = case.panel.goals[index], int(look.whole.people[index])
    fall, since = round(-float(look.whole.moved[index]), 1), look.start + int(np.argmax(look.lately[index]))
    lately, before = int(look.lately[index].sum()), int(look.before[index].sum())
    return finding_of(
        kind=FindingKind.FALLING_CONFIDENCE,
        teams=blocks.live_teams(case, goal),
        goals=(goal.id,),
        since=case.confidence.periods[since],
        effect=fall,
        strong=STRONG,
        people=people,
        evidence={"n": people, "fall": fall, "lately": lately, "before": before, "block": look.block.label},
        sentence=(
            f"Confidence in “{wording.title(goal.title)}” fell by {fall:.1f} points on a scale of 1 to 5: {people} "
            f"people rated it in {lately} check-ins ({look.block.days}) and in the {before} before them."
        ),
    )
