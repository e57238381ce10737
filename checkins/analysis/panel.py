"""Answers as arrays, and the windows of check-ins that every statement stands on.

R rows (one person answering for one team), P periods (oldest first, the digest's last), T teams, K slots: a team's
goals are numbered within the team, so that the arrays stay small in an organisation with thousands of goals.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checkins.cadence import Period
from checkins.model import Goal, Team

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

WINDOW = 4  # check-ins behind a statement about levels
STALE = 5  # a team that was not asked for so many periods has no window


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """people, teams, goals: what the indexes in row_person (R,), row_team (R,) and slots (T, K; -1 is none) refer to.

    own: (T, K), the goal is the team's, as owner or contributor.
    shares: (R, P, K), of all work in the answer, 0..1, NaN where unanswered.  answered, asked: (R, P); whoever answered
    counts as asked.  ties: (N, 3), distinct row, period and other team named there.  check_ins: ids, by
    team and then by date, with check_in_team and check_in_period (C,).
    """

    periods: tuple[Period, ...]
    people: tuple[str, ...]
    teams: tuple[Team, ...]
    goals: tuple[Goal, ...]
    row_person: Ints
    row_team: Ints
    slots: Ints
    own: Bools
    shares: Floats
    answered: Bools
    asked: Bools
    ties: Ints
    check_ins: tuple[str, ...]
    check_in_team: Ints
    check_in_period: Ints

    def held(self) -> Bools:
        """(T, P): the periods in which a team had a check-in, that is, somebody in it was asked."""
        held = np.zeros((len(self.teams), len(self.periods)), dtype=np.bool_)
        np.logical_or.at(held, self.row_team, self.asked)
        return held

    def window(self, count: int, *, skip: int = 0) -> Bools:
        """(T, P): each team's last ``count`` check-ins before the ``skip`` newest ones; empty for stale teams."""
        held = self.held()
        held[~held[:, -STALE:].any(axis=1)] = False
        age = held[:, ::-1].cumsum(axis=1)[:, ::-1]  # 1 at the newest check-in
        return held & (age > skip) & (age <= skip + count)

    def by_team(self, values: Floats | Ints) -> Floats:
        """Sums of per-row values (R, ...) over the rows of each team: (T, ...)."""
        total = np.zeros((len(self.teams), *values.shape[1:]))
        np.add.at(total, self.row_team, values)
        return total

    def live(self) -> Bools:
        """(T,): teams that are not archived; findings speak of these alone."""
        return np.array([not team.archived for team in self.teams], dtype=np.bool_)

    def goal_of(self, team: int, slot: int) -> Goal:
        return self.goals[int(self.slots[team, slot])]

    def in_slots(self, chosen: Bools) -> Bools:
        """(T, K): the slots whose goal is among the chosen ones (G,)."""
        return np.append(chosen, False)[self.slots]  # slot -1 reads the appended element

    def check_ins_of(self, team: int, periods: Bools) -> tuple[str, ...]:
        """Ids of a team's check-ins in a window (P,), oldest first."""
        first, last = np.searchsorted(self.check_in_team, [team, team + 1])
        return tuple(self.check_ins[index] for index in range(first, last) if periods[self.check_in_period[index]])
