"""Answers as arrays, and the windows of check-ins that every statement stands on.

R rows (one person answering for one team), P periods (oldest first, the digest's last), T teams, K slots: a team's own
goals are numbered within the team, so that the arrays stay small in an organisation with thousands of goals.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from checkins.analysis.goal_facts import GoalFacts
from checkins.cadence import Period
from checkins.model import Goal, Team

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Names = NDArray[np.object_]  # of str

WINDOW = 4  # check-ins behind a statement about levels
LONG_WINDOW = 8  # check-ins, where four carry too little
LATELY = 3  # check-ins that are held against the baseline before them
STALE = 5  # a team that was not asked for so many periods has no window


@dataclass(frozen=True, slots=True, kw_only=True)
class Works:
    """Work that has no slot, one entry per piece, each (N,), ordered by period: row, period, share of the answer.

    what: the goal worked on, or the reason why none.
    """

    row: Ints
    period: Ints
    what: Ints
    share: Floats

    def between(self, start: int, stop: int) -> "Works":
        """The pieces of some periods, which are numbered from 0."""
        part = slice(*np.searchsorted(self.period, [start, stop]))
        return Works(row=self.row[part], period=self.period[part] - start, what=self.what[part], share=self.share[part])


@dataclass(frozen=True, kw_only=True)
class Panel:
    """people, teams, goals: what the indexes in row_person (R,), row_team (R,), which ascends, and slots (T, K; -1 is
    none; own goals as owner or contributor) refer to.

    shares: (R, P, K), of all work in the answer, 0..1, NaN where unanswered.  elsewhere: work on goals of other teams.
    free: work on no goal; its ``what`` counts in ``reasons``, -1 where none was given.  answered, asked: (R, P);
    whoever answered counts as asked.  ties: (N, 3), distinct row, period and other team named there; waiting: the same
    for those waited on.  contacts: (N, 4), row, period, other team asked about by name, and its answer in ``ANSWERS``
    of reading.  All of these are ordered by period.  check_ins: ids, by team and then by date, with check_in_team and
    check_in_period (C,).
    """

    periods: tuple[Period, ...]
    people: tuple[str, ...]
    teams: tuple[Team, ...]
    goals: tuple[Goal, ...]
    facts: GoalFacts
    row_person: Ints
    row_team: Ints
    slots: Ints
    shares: Floats
    elsewhere: Works
    free: Works
    reasons: tuple[str, ...]
    answered: Bools
    asked: Bools
    ties: Ints
    waiting: Ints
    contacts: Ints
    check_ins: Names
    check_in_team: Ints
    check_in_period: Ints

    def between(self, start: int, stop: int) -> "Panel":
        """The same organisation in some of the periods, which are numbered from 0."""
        inside = (self.check_in_period >= start) & (self.check_in_period < stop)
        return replace(
            self,
            periods=self.periods[start:stop],
            shares=self.shares[:, start:stop],
            elsewhere=self.elsewhere.between(start, stop),
            free=self.free.between(start, stop),
            answered=self.answered[:, start:stop],
            asked=self.asked[:, start:stop],
            ties=entries_between(self.ties, start, stop),
            waiting=entries_between(self.waiting, start, stop),
            contacts=entries_between(self.contacts, start, stop),
            check_ins=self.check_ins[inside],
            check_in_team=self.check_in_team[inside],
            check_in_period=self.check_in_period[inside] - start,
        )

    def of_teams(self, teams: Bools) -> "Panel":
        """The answers of people of some teams (T,), without what these name elsewhere."""
        rows = teams[self.row_team]
        return replace(
            self,
            row_person=self.row_person[rows],
            row_team=self.row_team[rows],
            shares=self.shares[rows],
            elsewhere=self.elsewhere.between(0, 0),
            free=self.free.between(0, 0),
            answered=self.answered[rows],
            asked=self.asked[rows],
            ties=self.ties[:0],
            waiting=self.waiting[:0],
            contacts=self.contacts[:0],
        )

    @cached_property
    def worked(self) -> Floats:
        """(R, P, K): the shares, 0 where unanswered."""
        return np.nan_to_num(self.shares)

    @cached_property
    def own(self) -> Bools:
        """(T, K): the slots that hold a goal."""
        own: Bools = self.slots >= 0
        return own

    @cached_property
    def held(self) -> Bools:
        """(T, P): the periods in which a team had a check-in, that is, somebody in it was asked."""
        held: Bools = self.by_team(self.asked) > 0
        return held

    def window(self, count: int, *, skip: int = 0) -> Bools:
        """(T, P): each team's last ``count`` check-ins before the ``skip`` newest ones; empty for stale teams."""
        held: Bools = self.held & self.held[:, -STALE:].any(axis=1, keepdims=True)
        age = held[:, ::-1].cumsum(axis=1)[:, ::-1]  # 1 at the newest check-in
        window: Bools = held & (age > skip) & (age <= skip + count)
        return window

    def by_team(self, values: Floats | Ints | Bools) -> Floats:
        """Sums of per-row values (R, ...) over the rows of each team: (T, ...)."""
        total = np.zeros((len(self.teams), *values.shape[1:]))
        if len(values):
            starts = np.flatnonzero(np.diff(self.row_team, prepend=-1))
            total[self.row_team[starts]] = np.add.reduceat(values, starts, axis=0, dtype=np.float64)
        return total

    @cached_property
    def live(self) -> Bools:
        """(T,): teams that are not archived; findings speak of these alone."""
        return np.array([not team.archived for team in self.teams], dtype=np.bool_)

    def rows_of(self, team: int) -> slice:
        """The rows of a team."""
        return slice(self._rows_from[team], self._rows_from[team + 1])

    def goal_of(self, team: int, slot: int) -> Goal:
        return self.goals[int(self.slots[team, slot])]

    def place_of(self, *, team: str, goal: str) -> tuple[int, int] | None:
        """Team and slot of one of a team's own goals, both by id; None where it has no such goal."""
        place, number = self.facts.team_index.get(team), self.facts.goal_index.get(goal)
        slots = [] if place is None or number is None else np.flatnonzero(self.slots[place] == number).tolist()
        return (place, slots[0]) if place is not None and slots else None

    def in_slots(self, chosen: Bools) -> Bools:
        """(T, K): the slots whose goal is among the chosen ones (G,)."""
        return np.append(chosen, False)[self.slots]  # slot -1 reads the appended element

    def check_ins_of(self, team: int, periods: Bools) -> tuple[str, ...]:
        """Ids of a team's check-ins in a window (P,), oldest first."""
        part = slice(self._check_ins_from[team], self._check_ins_from[team + 1])
        return tuple(self.check_ins[part][periods[self.check_in_period[part]]].tolist())

    @cached_property
    def _rows_from(self) -> list[int]:
        return _starts(self.row_team, teams=len(self.teams))

    @cached_property
    def _check_ins_from(self) -> list[int]:
        return _starts(self.check_in_team, teams=len(self.teams))


def _starts(team: Ints, *, teams: int) -> list[int]:
    """Where the entries (N,) of each team begin, which ascend, and where the last ones end."""
    starts: list[int] = np.searchsorted(team, np.arange(teams + 1)).tolist()
    return starts


def entries_between(entries: Ints, start: int, stop: int) -> Ints:
    """Entries (N, ...) whose second column, which ascends, is a period from start up to stop; numbered from 0."""
    part = entries[slice(*np.searchsorted(entries[:, 1], [start, stop]))].copy()
    part[:, 1] -= start
    return part
