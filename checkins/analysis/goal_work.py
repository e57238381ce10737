"""Who works on each goal: on it, or on what supports it, directly or through others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np

from checkins.analysis.case import Case
from checkins.analysis.panel import Bools, Ints, Panel

NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWork:
    """Work on each goal over the window of the live team that owns it, each (G,); none where no team does.

    team, slot: where the goal is in the panel, NOBODY where no live team owns it.  windows: (G, P).
    worked: check-ins with work by anybody.  one_person: whether all of it is by one and the same.
    by_owner: whether some of it is by the goal's owner.  heard: check-ins that the owner answered, in whatever team.
    supporters: ids of the running goals that support one, by its id.
    """

    team: Ints
    slot: Ints
    windows: Bools
    worked: Ints
    one_person: Bools
    by_owner: Bools
    heard: Ints
    supporters: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, case: Case) -> "GoalWork":
        panel, supporters, owner = case.panel, _supporters(case), _owners(case.panel)
        team = _owning(panel)
        windows = np.vstack([case.levels.window, np.zeros(len(panel.periods), dtype=np.bool_)])[team]
        pieces = _pieces(panel, _families(case, supporters), windows=windows)
        mine = pieces.goal[pieces.person == owner[pieces.goal]]
        return cls(
            team=team,
            slot=_slots(panel, team),
            windows=windows,
            worked=pieces.check_ins(windows.shape),
            one_person=pieces.one_person(len(panel.goals)),
            by_owner=np.bincount(mine, minlength=len(panel.goals)) > 0,
            heard=_heard(panel, owner, windows=windows),
            supporters=supporters,
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


def _owning(panel: Panel) -> Ints:
    """(G,): index of the live team that owns each goal."""
    index = {team.id: place for place, team in enumerate(panel.teams) if not team.archived}
    return np.array([index.get(goal.team or "", NOBODY) for goal in panel.goals], dtype=np.int64)


def _slots(panel: Panel, team: Ints) -> Ints:
    """(G,): the slot of each goal in the team that owns it."""
    slots = np.full(len(panel.goals), NOBODY)
    holder, slot = np.nonzero(panel.own)
    goal = panel.slots[holder, slot]
    owned = team[goal] == holder
    slots[goal[owned]] = slot[owned]
    return slots


def _owners(panel: Panel) -> Ints:
    """(G,): index of each goal's owner among the panel's people, NOBODY where that person was never asked."""
    index = {person: place for place, person in enumerate(panel.people)}
    return np.array([index.get(goal.owner or "", NOBODY) for goal in panel.goals], dtype=np.int64)


def _heard(panel: Panel, owner: Ints, *, windows: Bools) -> Ints:
    answered = np.zeros((len(panel.people) + 1, len(panel.periods)), dtype=np.bool_)  # nobody's at the end
    row, period = np.nonzero(panel.answered)
    answered[panel.row_person[row], period] = True
    heard: Ints = (answered[owner] & windows).sum(axis=1)
    return heard


def _supporters(case: Case) -> dict[str, list[str]]:
    supporters: dict[str, list[str]] = {}
    for goal in compress(case.panel.goals, case.running.tolist()):
        for supported in goal.supports:
            supporters.setdefault(supported, []).append(goal.id)
    return supporters


def _families(case: Case, supporters: Mapping[str, Sequence[str]]) -> Ints:
    """(N, 2): each running goal with itself and with every goal below it, ordered by the latter."""
    goals, running = case.panel.goals, np.flatnonzero(case.running)
    index = {goal.id: place for place, goal in enumerate(goals)}
    tops = [goal for goal in running.tolist() if goals[goal].id in supporters]
    below = [(top, index[member]) for top in tops for member in _below(goals[top].id, supporters)]
    own = np.column_stack([running, running])
    families = np.concatenate([own, np.array(below, dtype=np.int64).reshape(-1, 2)])
    return families[np.argsort(families[:, 1], kind="stable")]


def _below(top: str, supporters: Mapping[str, Sequence[str]]) -> Iterator[str]:
    family, edge = {top}, {top}
    while edge:
        edge = set(chain.from_iterable(supporters.get(member, ()) for member in edge)) - family
        yield from edge
        family |= edge


def _pieces(panel: Panel, families: Ints, *, windows: Bools) -> _Pieces:
    """Every piece of work on a goal's family within the goal's window."""
    ever: Bools = np.logical_or.reduce(windows, axis=0)
    goal, row, period = _worked(panel, ever)
    first, last = np.searchsorted(families[:, 1], [goal, goal + 1])
    times = last - first
    piece = np.repeat(np.arange(len(goal)), times)
    place = np.arange(len(piece)) - np.repeat(times.cumsum() - times - first, times)
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
