"""One look at all teams for drift over the weeks: which moves are tested, which fire, which are listed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from checkins.analysis.case import Case
from checkins.analysis.detectors.shift import (
    MIN_ANSWERS,
    MIN_PEOPLE,
    Shift,
    Windows,
    critical,
    discoveries,
    lasting,
    probability,
    shift,
)
from checkins.analysis.panel import Bools, Floats, Ints, Works

SMALL_TEAM = 4
FLOOR, FLOOR_SMALL = 0.10, 0.15  # share of all work below which nothing is said
FALSE_DISCOVERIES = 0.10  # of the organisation's list


@dataclass(frozen=True)
class Look:
    """Arrays over teams (T,) and their goals (T, K), each computed once."""

    case: Case

    @cached_property
    def windows(self) -> Windows:
        return Windows.of(self.case.panel)

    @cached_property
    def shift(self) -> Shift:
        return shift(self.case.panel, self.case.noise, self.windows)

    @cached_property
    def free(self) -> Floats:
        """(T,): how far work on no goal moved, in shares of all work."""
        return self._moved(self.case.panel.free)

    @cached_property
    def elsewhere(self) -> Floats:
        """(T,): the same for work on goals of other teams."""
        return self._moved(self.case.panel.elsewhere)

    def _moved(self, works: Works) -> Floats:
        each = self.shift.weights[works.row, works.period] * works.share
        total = np.bincount(self.case.panel.row_team[works.row], weights=each, minlength=len(self.shift.people))
        moved: Floats = total / np.maximum(self.shift.people, 1)
        return moved

    @cached_property
    def members(self) -> Floats:
        """(T,): people asked in the window."""
        panel = self.case.panel
        asked: Bools = np.logical_or.reduce(panel.asked & self.windows.lately[panel.row_team], axis=1)
        return panel.by_team(asked)

    @cached_property
    def floor(self) -> Floats:
        """(T,)"""
        return np.where(self.members <= SMALL_TEAM, FLOOR_SMALL, FLOOR)

    @cached_property
    def first(self) -> Ints:
        """(T, 1): the first period of the baseline."""
        first: Ints = np.argmax(self.windows.before, axis=1)[:, None]
        return first

    @cached_property
    def running(self) -> Bools:
        """(T, K): running goals of teams that are not archived."""
        case = self.case
        return case.panel.in_slots(case.running) & case.panel.own & case.panel.live[:, None]

    @cached_property
    def tested(self) -> Bools:
        """(T, K): those whose series nobody began anew since the baseline, in teams with both windows full."""
        untouched = self.case.decisions.restarts(self.case.panel) <= self.first
        tested: Bools = self.windows.complete[:, None] & self.running & untouched
        return tested

    @cached_property
    def goals(self) -> Floats:
        """(T,): goals in use, by which there are more chances to be wrong."""
        panel = self.case.panel
        worked = panel.by_team(panel.worked.sum(axis=1)) > 0
        goals: Floats = (worked & self.running).sum(axis=1).astype(np.float64)
        return goals

    @cached_property
    def explained(self) -> Bools:
        """(T, K): moves that a decided change of the list explains: falls where a goal began, rises where one ended."""
        began = self.case.decisions.openings(self.case.panel)[:, None] > self.first
        ended = self.case.decisions.closings(self.case.panel)[:, None] > self.first
        explained: Bools = np.where(self.shift.moved < 0, began, ended)
        return explained

    @cached_property
    def fired(self) -> Bools:
        """(T, K)"""
        limit = critical(self.case.noise.rho, self.goals)[:, None]
        beyond = (np.abs(self.shift.moved) >= self.floor[:, None]) & (np.abs(self.shift.z) > limit)
        fired: Bools = self.tested & ~self.explained & self._enough[:, None] & beyond
        few: Bools = np.logical_or.reduce(fired, axis=1)
        return fired & lasting(self.case.panel.of_teams(few), self.case.noise, self.windows, self.shift)

    @property
    def _enough(self) -> Bools:
        """(T,)"""
        panel = self.case.panel
        answers = panel.answered & self.windows.lately[panel.row_team] & self.shift.counted[:, None]
        enough: Bools = (panel.by_team(answers).sum(axis=1) >= MIN_ANSWERS) & (self.shift.people >= MIN_PEOPLE)
        return enough

    @cached_property
    def listed(self) -> Bools:
        """(T,): teams whose moves are few enough to be wrong by chance that the organisation hears of them as well."""
        p = np.where(self.tested, probability(self.shift.z, self.goals), 1.0).min(axis=1, initial=1.0)
        judged = self.tested.any(axis=1)
        listed = np.zeros_like(judged)
        listed[judged] = discoveries(p[judged], rate=FALSE_DISCOVERIES)
        return listed
