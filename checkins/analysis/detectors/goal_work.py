"""Who works on each goal: on it, or on what supports it, directly or through others."""

from dataclasses import dataclass

import numpy as np

from checkins.analysis.case import Case
from checkins.analysis.goal_facts import NOBODY
from checkins.analysis.panel import Bools, Ints, Panel


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWork:
    """Work on each goal over the window of the live team that owns it, each (G,); none where no team does.

    team, slot: where the goal is in the panel, NOBODY where no live team owns it.  windows: (G, P).
    worked: check-ins with work by anybody.  one_person: whether all of it is by one and the same.
    by_owner: whether some of it is by the goal's owner.  heard: check-ins that the owner answered, in whatever team.
    supporters: running goals that support it.
    """

    team: Ints
    slot: Ints
    windows: Bools
    worked: Ints
    one_person: Bools
    by_owner: Bools
    heard: Ints
    supporters: Ints

    @classmethod
    def of(cls, case: Case) -> "GoalWork":
        panel, facts, supporting = case.panel, case.panel.facts, _supporting(case)
        team, owner = facts.live_team, facts.owner
        windows = np.vstack([case.levels.window, np.zeros(len(panel.periods), dtype=np.bool_)])[team]
        pieces = _pieces(panel, _families(supporting, case.running), windows=windows)
        mine = pieces.goal[pieces.person == owner[pieces.goal]]
        return cls(
            team=team,
            slot=_slots(panel, team),
            windows=windows,
            worked=pieces.check_ins(windows.shape),
            one_person=pieces.one_person(len(panel.goals)),
            by_owner=np.bincount(mine, minlength=len(panel.goals)) > 0,
            heard=_heard(panel, owner, windows=windows),
            supporters=np.bincount(supporting[:, 1], minlength=len(panel.goals)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pieces:
    """Pieces of work on a goal or below it, each (N,)."""

    goal: Ints
    person: Ints
    period: Ints

    def check_ins(self, shape: tuple[int, ...]) -> Ints:
        """(G,): periods with work. shape: (G, P)."""
        busy = np.zeros(shape, dtype=np.bool_)
        busy[self.goal, self.period] = True
        check_ins: Ints = busy.sum(axis=1)
        return check_ins

    def one_person(self, goals: int) -> Bools:
        """(G,): whether there is work and all of it is by one person."""
        first, last = np.full(goals, np.iinfo(np.int64).max), np.full(goals, NOBODY)
        np.minimum.at(first, self.goal, self.person)
        np.maximum.at(last, self.goal, self.person)
        one: Bools = first == last
        return one


def _slots(panel: Panel, team: Ints) -> Ints:
    """(G,): the slot of each goal in the team that owns it."""
    slots = np.full(len(panel.goals), NOBODY)
    holder, slot = np.nonzero(panel.own)
    goal = panel.slots[holder, slot]
    owned = team[goal] == holder
    slots[goal[owned]] = slot[owned]
    return slots


def _heard(panel: Panel, owner: Ints, *, windows: Bools) -> Ints:
    answered = np.zeros((len(panel.people) + 1, len(panel.periods)), dtype=np.bool_)  # nobody's at the end
    row, period = np.nonzero(panel.answered)
    answered[panel.row_person[row], period] = True
    heard: Ints = (answered[owner] & windows).sum(axis=1)
    return heard


def _supporting(case: Case) -> Ints:
    """(N, 2): a running goal and one that it supports, ordered by the latter."""
    supports = case.panel.facts.supports
    return supports[case.running[supports[:, 0]]]


def _families(supporting: Ints, running: Bools) -> Ints:
    """(N, 2): each running goal with itself and with every goal below it, ordered by the latter."""
    many = max(1, len(running))
    families = edge = np.flatnonzero(running) * (many + 1)  # a pair as one number: goal · many + the one below
    while len(edge):
        goal, below = np.divmod(edge, many)
        place, next_below = _matches(below, supporting[:, 1], many=many)
        edge = np.setdiff1d(goal[place] * many + supporting[next_below, 0], families)
        families = np.concatenate([families, edge])
    pairs = np.column_stack(np.divmod(families, many))
    return pairs[np.argsort(pairs[:, 1], kind="stable")]


def _matches(goals: Ints, ordered: Ints, *, many: int) -> tuple[Ints, Ints]:
    """Places (M,) in goals and in ordered ones, for every two that are equal. many: goals there are."""
    starts = np.searchsorted(ordered, np.arange(many + 1))
    first, times = starts[goals], np.diff(starts)[goals]
    place = np.repeat(np.arange(len(goals)), times)
    return place, np.arange(len(place)) - np.repeat(times.cumsum() - times - first, times)


def _pieces(panel: Panel, families: Ints, *, windows: Bools) -> _Pieces:
    """Every piece of work on a goal's family within the goal's window."""
    ever: Bools = np.logical_or.reduce(windows, axis=0)
    goal, row, period = _worked(panel, ever)
    piece, place = _matches(goal, families[:, 1], many=len(panel.goals))
    above = families[place, 0]
    inside = windows[above, period[piece]]
    piece = piece[inside]
    return _Pieces(goal=above[inside], person=panel.row_person[row[piece]], period=period[piece])


def _worked(panel: Panel, periods: Bools) -> tuple[Ints, Ints, Ints]:
    """Goal, row and period (N,) of every piece of work on a goal in some of the periods (P,)."""
    chosen = np.flatnonzero(periods)
    row, place, slot = np.nonzero(panel.shares[:, chosen] > 0)  # NaN is not
    helped = (panel.elsewhere.share > 0) & periods[panel.elsewhere.period]
    return (
        np.concatenate([panel.slots[panel.row_team[row], slot], panel.elsewhere.what[helped]]),
        np.concatenate([row, panel.elsewhere.row[helped]]),
        np.concatenate([chosen[place], panel.elsewhere.period[helped]]),
    )
