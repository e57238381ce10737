"""From the columns of stored answers to a panel."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checkins.analysis.goal_facts import GoalFacts
from checkins.analysis.panel import Bools, Floats, Ints, Panel, Works
from checkins.analysis.records import REMEMBERED
from checkins.cadence import Period
from checkins.model import Contact, Goal, Reason, Team
from checkins.ports import EffortColumns, PromptColumns

ANSWERS = tuple(Contact)  # what ``Panel.contacts`` counts in
REASONS = tuple(reason.value for reason in Reason)
WAITING = "waiting_on"
NOT_NAMED = (Contact.NOT_NEEDED.value, Contact.NO.value)  # words that say there was no contact


def panel_of(
    effort: EffortColumns,
    prompts: PromptColumns,
    *,
    periods: Sequence[Period],
    teams: Sequence[Team],
    goals: Sequence[Goal],
) -> Panel:
    """Join several check-ins of one person, team and period to one answer, and number everything.

    periods: adjacent, oldest first; every column lies within them.  teams: all that the columns name (ties to others
    are left out), in order of id.  goals: all that the items name.
    """
    numbers = Numbers.of({*effort.person, *prompts.person}, teams=teams, goals=goals, periods=periods)
    rows = _Rows.of(effort, prompts, numbers=numbers)
    answered = _marked(rows.cells, rows.answers)
    slots = _slots(_own_goals(goals, numbers.team), teams=len(teams))
    work = _Work.of(effort, numbers=numbers, at=rows.answers, width=len(periods))
    slot = _slot_of(slots, team=rows.team[work.row], goal=work.goal)
    return Panel(
        periods=tuple(periods),
        people=tuple(numbers.people),
        teams=tuple(teams),
        goals=tuple(goals),
        facts=GoalFacts(people=tuple(numbers.people), teams=tuple(teams), goals=tuple(goals)),
        row_person=rows.person,
        row_team=rows.team,
        slots=slots,
        shares=_shares(work, slot, slots=slots, answered=answered),
        elsewhere=work.pieces((work.goal >= 0) & (slot < 0), what=work.goal),
        free=work.pieces(work.goal < 0, what=work.reason),
        reasons=REASONS,
        answered=answered,
        asked=_asked(answered, _marked(rows.cells, rows.prompts)),
        **_ties(effort, work, numbers=numbers, at=rows.answers, row_team=rows.team),
        **_check_ins(effort, rows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """person, team: (R,), of each row.  answers, prompts: (N, 2), row and period of each check-in and prompt.

    cells: numbers of rows and periods.
    """

    person: Ints
    team: Ints
    answers: Ints
    prompts: Ints
    cells: tuple[int, int]

    @classmethod
    def of(cls, effort: EffortColumns, prompts: PromptColumns, *, numbers: "Numbers") -> "_Rows":
        answers = numbers.keys(effort.person, effort.team, effort.day)
        asked = numbers.keys(prompts.person, prompts.team, prompts.day)
        pairs = np.unique(np.concatenate([answers[:, 0], asked[:, 0]]))
        answers[:, 0], asked[:, 0] = np.searchsorted(pairs, answers[:, 0]), np.searchsorted(pairs, asked[:, 0])
        team, person = np.divmod(pairs, max(1, len(numbers.people)))
        cells = (len(pairs), len(numbers.periods))
        return cls(person=person, team=team, answers=answers, prompts=asked, cells=cells)


def _check_ins(effort: EffortColumns, rows: _Rows) -> dict[str, Any]:
    """Panel.check_ins and what belongs to it, by team."""
    order = np.argsort(rows.team[rows.answers[:, 0]], kind="stable")
    return {
        "check_ins": np.array(effort.check_in, dtype=np.object_)[order],
        "check_in_team": rows.team[rows.answers[order, 0]],
        "check_in_period": rows.answers[order, 1],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The index of every person, team and goal by id, and the periods."""

    people: Mapping[str, int]
    team: Mapping[str, int]
    goal: Mapping[str | None, int]
    goals: Sequence[Goal]
    periods: Sequence[Period]

    @classmethod
    def of(
        cls, people: Iterable[str], *, teams: Sequence[Team], goals: Sequence[Goal], periods: Sequence[Period]
    ) -> "Numbers":
        return cls(
            people={person: index for index, person in enumerate(sorted(people))},
            team={team.id: index for index, team in enumerate(teams)},
            goal={goal.id: index for index, goal in enumerate(goals)},
            goals=goals,
            periods=periods,
        )

    def keys(self, person: Sequence[str], team: Sequence[str], day: Sequence[date]) -> Ints:
        """(N, 2): one number for each pair of team and person, in the order of these pairs, and the period."""
        pair = indexes(self.team, team) * max(1, len(self.people)) + indexes(self.people, person)
        return np.column_stack([pair, self.period(day)])

    def period(self, days: Sequence[date]) -> Ints:
        """(N,): index of the period of each day."""
        firsts = [period.first for period in self.periods]
        index = {day: bisect_right(firsts, day) - 1 for day in set(days)}
        return indexes(index, days)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """Work items: row, period, goal (-1: none), reason (-1: none) and share of the joined answer, each (I,)."""

    row: Ints
    period: Ints
    goal: Ints
    reason: Ints
    share: Floats

    @classmethod
    def of(cls, effort: EffortColumns, *, numbers: Numbers, at: Ints, width: int) -> "_Work":
        item_of = np.array(effort.item_of, dtype=np.int64)
        row, period = at[item_of].T
        share = _item_shares(effort.share, item_of, check_ins=len(effort.check_in))
        cell = row * width + period
        share /= np.bincount(cell, weights=share)[cell] if len(cell) else 1.0
        reason = {word: index for index, word in enumerate(REASONS)}
        return cls(
            row=row,
            period=period,
            goal=indexes(numbers.goal, effort.goal),
            reason=indexes(reason, effort.reason),
            share=share,
        )

    def pieces(self, chosen: Bools, *, what: Ints) -> Works:
        """The chosen items (I,), by period."""
        index = np.flatnonzero(chosen)
        index = index[np.argsort(self.period[index], kind="stable")]
        return Works(row=self.row[index], period=self.period[index], what=what[index], share=self.share[index])


def indexes(index: Mapping[Any, int], names: Sequence[Any]) -> Ints:
    """(N,): the index of each name, -1 where there is none."""
    return np.fromiter(map(index.get, names, repeat(-1)), np.int64, count=len(names))


def _item_shares(given: Sequence[float | None], item_of: Ints, *, check_ins: int) -> Floats:
    """Shares that sum to 1 within each check-in; a missing share is an equal part of what the others leave."""
    share = np.array(given, dtype=np.float64)  # None is NaN
    missing = np.isnan(share)
    share[missing] = 0.0
    items = np.bincount(item_of, minlength=check_ins)
    total = np.bincount(item_of, weights=share, minlength=check_ins)
    without = np.bincount(item_of, weights=missing, minlength=check_ins)
    left = np.where(total < 1, (1 - total) / np.maximum(without, 1), 1 / np.maximum(items, 1))
    share = np.where(missing, left[item_of], share)
    total = np.bincount(item_of, weights=share, minlength=check_ins)[item_of]
    return np.where(total > 0, share / np.where(total > 0, total, 1), 1 / items[item_of])


def _own_goals(goals: Sequence[Goal], teams: Mapping[str, int]) -> Ints:
    """(N, 2): team and goal, for owning and contributing teams."""
    own = [(teams[team], index) for index, goal in enumerate(goals) for team in goal.teams() if team in teams]
    return np.array(own, dtype=np.int64).reshape(-1, 2)


def _slots(pairs: Ints, *, teams: int) -> Ints:
    """(T, K): the goals that pairs (N, 2) of team and goal name, in order of goal; -1 fills up."""
    pairs = np.unique(pairs, axis=0)
    number = np.bincount(pairs[:, 0], minlength=teams)
    place = np.arange(len(pairs)) - (number.cumsum() - number)[pairs[:, 0]]
    slots = np.full((teams, max(1, int(number.max(initial=0)))), -1, dtype=np.int64)
    slots[pairs[:, 0], place] = pairs[:, 1]
    return slots


def _slot_of(slots: Ints, *, team: Ints, goal: Ints) -> Ints:
    """(I,): the slot of each goal in its team, -1 where it has none."""
    slot = np.full(len(goal), -1, dtype=np.int64)
    for place in range(slots.shape[1]):
        slot[(slots[team, place] == goal) & (goal >= 0)] = place
    return slot


def _shares(work: _Work, slot: Ints, *, slots: Ints, answered: Bools) -> Floats:
    shape = (*answered.shape, slots.shape[1])
    own = slot >= 0
    cell = np.ravel_multi_index((work.row[own], work.period[own], slot[own]), shape)
    total = np.bincount(cell, weights=work.share[own], minlength=answered.size * shape[2])
    shares: Floats = total.astype(np.float64).reshape(shape)
    shares[~answered] = np.nan
    return shares


def _asked(answered: Bools, prompted: Bools) -> Bools:
    """Those prompted or answering; in a period with answers but no prompt at all, those who answered lately."""
    lately = answered.copy()
    for back in range(1, REMEMBERED):
        lately[:, back:] |= answered[:, : answered.shape[1] - back]
    unprompted = answered.any(axis=0) & ~prompted.any(axis=0)
    asked: Bools = prompted | answered | (lately & unprompted)
    return asked


def _ties(effort: EffortColumns, work: _Work, *, numbers: Numbers, at: Ints, row_team: Ints) -> dict[str, Any]:
    """Panel.ties (teams named as a contact or through work on their goals), waiting and contacts."""
    other = indexes(numbers.team, effort.tie_team)
    said = np.column_stack([at[np.array(effort.tie_of, dtype=np.int64)], other])
    word = np.array(effort.tie_word, dtype=np.str_)
    owner = indexes(numbers.team, [goal.team for goal in numbers.goals])
    on_goal = (work.goal >= 0) & (work.share > 0)
    by_work = np.column_stack([work.row, work.period, np.append(owner, -1)[work.goal]])[on_goal]
    return {
        "ties": _elsewhere(np.concatenate([said[~np.isin(word, NOT_NAMED)], by_work]), row_team),
        "waiting": _elsewhere(said[word == WAITING], row_team),
        "contacts": _elsewhere(_answers(said, word), row_team),
    }


def _answers(said: Ints, word: NDArray[np.str_]) -> Ints:
    """(N, 4): the entries that answer a question by name, with the answer."""
    answer = np.full(len(said), -1, dtype=np.int64)
    for place, contact in enumerate(ANSWERS):
        answer[word == contact.value] = place
    return np.column_stack([said, answer])[answer >= 0]


def _elsewhere(entries: Ints, row_team: Ints) -> Ints:
    """Distinct entries (row, period, other team, ...) that name another, known team, ordered by period."""
    known = entries[(entries[:, 2] >= 0) & (entries[:, 2] != row_team[entries[:, 0]])]
    by_period = known[:, [1, 0, *range(2, known.shape[1])]]
    sizes = by_period.max(axis=0, initial=0) + 1
    distinct = np.unique(np.ravel_multi_index(tuple(by_period.T), sizes))
    period, row, *rest = np.unravel_index(distinct, sizes)
    return np.column_stack([row, period, *rest]).astype(np.int64)


def _marked(shape: tuple[int, ...], at: Ints) -> Bools:
    marked = np.zeros(shape, dtype=np.bool_)
    marked[at[:, 0], at[:, 1]] = True
    return marked
