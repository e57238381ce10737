"""Decided changes, which are no drift: where each team's goals begin anew, and when its list of goals changed.

A decision counts from the first period whose check-ins came after it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np

from checkins.analysis.declared import ABSENT, Declared
from checkins.analysis.panel import Bools, Ints, Panel, entries_between
from checkins.cadence import Period
from checkins.model import Finding, FindingKind, FindingState, Goal, GoalChange

REWORDED = ("title", "owner", "team")  # fields of a goal whose change begins its series anew
REPLANNED = ("weight",)  # beside "weight:TEAM": a plan is one decision about all goals of a team
NEVER = -1

Entry = tuple[int, int, int]  # team, period, slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Entries (N, 3) of team, period and slot, ordered by period: where a series begins anew, where a goal of the team
    began, and where one ended.
    """

    anew: Ints
    opened: Ints
    closed: Ints

    def between(self, start: int, stop: int) -> "Decisions":
        """Those of some periods, which are numbered from 0."""
        return Decisions(
            anew=entries_between(self.anew, start, stop),
            opened=entries_between(self.opened, start, stop),
            closed=entries_between(self.closed, start, stop),
        )

    def deliberate(self, panel: Panel, findings: Iterable[Finding]) -> "Decisions":
        """With the drifts over the weeks that somebody called deliberate."""
        called = [finding for finding in findings if _is_deliberate(finding)]
        book = _Book.of(panel) if called else None
        more = [entry for finding in called if book for entry in book.called_deliberate(finding)]
        return replace(self, anew=_entries([*map(tuple, self.anew.tolist()), *more])) if more else self

    def restarts(self, panel: Panel) -> Ints:
        """(T, K): the first period that counts for each team's goal, NEVER where nothing was decided."""
        return _latest(np.full(panel.slots.shape, NEVER), self.anew, columns=(0, 2))

    def openings(self, panel: Panel) -> Ints:
        """(T,): the last period in which a goal of the team began, NEVER without one."""
        return _latest(np.full(len(panel.teams), NEVER), self.opened, columns=(0,))

    def closings(self, panel: Panel) -> Ints:
        """(T,): the first period after a goal of the team ended last, NEVER without one."""
        return _latest(np.full(len(panel.teams), NEVER), self.closed, columns=(0,))


def _latest(none: Ints, entries: Ints, *, columns: tuple[int, ...]) -> Ints:
    latest = none.copy()
    np.maximum.at(latest, tuple(entries[:, column] for column in columns), entries[:, 1])
    return latest


def decisions_of(panel: Panel, declared: Declared, *, changes: Iterable[GoalChange]) -> Decisions:
    """What rounds froze, and what the goals' log says."""
    book = _Book.of(panel)
    frozen = _frozen_anew(declared)
    logged = [entry for change in changes for entry in book.logged(change)]
    opened = [*_came(declared), *book.of_goals(lambda goal: book.at(goal.starts))]
    closed = [*_went(declared), *book.of_goals(lambda goal: book.after(goal.ends))]
    status = [entry for change in changes if change.what == "status" for entry in book.everywhere(change)]
    return Decisions(
        anew=_entries([*frozen, *logged, *opened]),
        opened=_entries([*opened, *status]),
        closed=_entries([*closed, *status]),
    )


def _entries(entries: Iterable[Entry]) -> Ints:
    inside = sorted((entry for entry in entries if entry[1] > 0), key=lambda entry: entry[1])
    return np.array(inside, dtype=np.int64).reshape(-1, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """places: (team, slot) of each goal by its id.  team: index by id.  width: slots of a team."""

    goals: Sequence[Goal]
    periods: Sequence[Period]
    team: Mapping[str, int]
    places: Mapping[str, Sequence[tuple[int, int]]]
    width: int

    @classmethod
    def of(cls, panel: Panel) -> "_Book":
        places: dict[str, list[tuple[int, int]]] = {goal.id: [] for goal in panel.goals}
        for team, slot in np.argwhere(panel.own).tolist():
            places[panel.goal_of(team, slot).id].append((team, slot))
        index = {team.id: place for place, team in enumerate(panel.teams)}
        return cls(goals=panel.goals, periods=panel.periods, team=index, places=places, width=panel.slots.shape[1])

    def at(self, day: date | None) -> int:
        """The period that a day lies in; 0 before the first and for no day, too many after the last."""
        return 0 if day is None else sum(period.last < day for period in self.periods)

    def after(self, day: date | None) -> int:
        """The first period that begins on or after a day, which is the last of what it ends; 0 for no day."""
        return 0 if day is None else sum(period.first < day for period in self.periods)

    def of_goals(self, period: Callable[[Goal], int]) -> Iterator[Entry]:
        for goal in self.goals:
            for team, slot in self.places[goal.id]:
                yield team, period(goal), slot

    def everywhere(self, change: GoalChange) -> Iterator[Entry]:
        """Every slot of the changed goal."""
        for team, slot in self.places.get(change.goal or "", ()):
            yield team, self.after(change.at.date()), slot

    def logged(self, change: GoalChange) -> Iterator[Entry]:
        if change.what in REWORDED:
            yield from self.everywhere(change)
        elif change.what.partition(":")[0] in REPLANNED:
            named = self.team.get(change.what.partition(":")[2])
            teams = {team for team, _, _ in self.everywhere(change) if named in (None, team)}
            period = self.after(change.at.date())
            yield from ((team, period, slot) for team in sorted(teams) for slot in range(self.width))

    def called_deliberate(self, finding: Finding) -> Iterator[Entry]:
        period = self.after(finding.decided_at.date()) if finding.decided_at else 0
        for goal in finding.goals:
            yield from ((team, period, slot) for team, slot in self.places.get(goal, ()))


def _is_deliberate(finding: Finding) -> bool:
    drift = finding.kind is FindingKind.DRIFT and finding.basis == "history"
    return drift and finding.state is FindingState.DELIBERATE


def _frozen_anew(declared: Declared) -> Iterator[Entry]:
    """Where a round froze other words or weights than the round before."""
    for before, period in _neighbours(declared):
        was, now = declared.wordings[before], declared.wordings[period]
        for team, slot in np.argwhere((was != now) & (now != ABSENT)).tolist():
            yield team, period, slot


def _came(declared: Declared) -> Iterator[Entry]:
    """Goals that came onto a round's list."""
    for last, period in _neighbours(declared):
        for team, slot in np.argwhere(_absent(declared, last) & ~_absent(declared, period)).tolist():
            yield team, period, slot


def _went(declared: Declared) -> Iterator[Entry]:
    """Goals that went from it."""
    for last, period in _neighbours(declared):
        for team, slot in np.argwhere(~_absent(declared, last) & _absent(declared, period)).tolist():
            yield team, period, slot


def _absent(declared: Declared, period: int) -> Bools:
    absent: Bools = declared.wordings[period] == ABSENT
    return absent


def _neighbours(declared: Declared) -> Iterator[tuple[int, int]]:
    """Each period whose rounds froze goals, after the one before it that did."""
    asked = np.flatnonzero(declared.asked).tolist()
    return pairwise(asked)
