"""From the columns of stored answers to a panel."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from checkins.analysis.panel import Bools, Floats, Ints, Panel
from checkins.cadence import Period
from checkins.model import Goal, Team
from checkins.ports import EffortColumns, PromptColumns

REMEMBERED = 6  # where nobody was prompted, those who answered within so many periods count as asked


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
    are left out).  goals: all that the items name.
    """
    team_index = {team.id: index for index, team in enumerate(teams)}
    rows = _Rows.of(effort, prompts, team_index=team_index)
    cells = (len(rows.person), len(periods))
    at = np.column_stack([_ints(rows.effort), _period_indexes(effort.day, periods)])
    answered = _marked(cells, at)
    prompted = _marked(cells, np.column_stack([_ints(rows.prompts), _period_indexes(prompts.day, periods)]))
    works = _Works.of(effort, goals=goals, at=at, row_team=rows.team)
    by_team = np.argsort(rows.team[at[:, 0]], kind="stable")
    own = _own_goals(goals, team_index)
    slots = _slots(np.concatenate([np.column_stack([works.team, works.goal]), own]), teams=len(teams))
    return Panel(
        periods=tuple(periods),
        people=rows.people,
        teams=tuple(teams),
        goals=tuple(goals),
        row_person=rows.person,
        row_team=rows.team,
        slots=slots,
        own=_marked(slots.shape, np.column_stack([own[:, 0], _slot_of(slots, team=own[:, 0], goal=own[:, 1])])),
        shares=_shares(works, slots=slots, answered=answered),
        answered=answered,
        asked=_asked(answered, prompted),
        ties=_ties(effort, works, at=at, row_team=rows.team, team_index=team_index, goals=goals),
        check_ins=tuple(effort.check_in[index] for index in by_team),
        check_in_team=rows.team[at[by_team, 0]],
        check_in_period=at[by_team, 1],
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The distinct pairs of person and team, and the row of every check-in and prompt."""

    people: tuple[str, ...]
    person: Ints
    team: Ints
    effort: list[int]
    prompts: list[int]

    @classmethod
    def of(cls, effort: EffortColumns, prompts: PromptColumns, *, team_index: dict[str, int]) -> "_Rows":
        answers = list(zip(effort.team, effort.person, strict=True))
        asked = list(zip(prompts.team, prompts.person, strict=True))
        pairs = sorted({*answers, *asked})
        row = {pair: index for index, pair in enumerate(pairs)}
        people = sorted({person for _, person in pairs})
        number = {person: index for index, person in enumerate(people)}
        return cls(
            people=tuple(people),
            person=_ints(number[person] for _, person in pairs),
            team=_ints(team_index[team] for team, _ in pairs),
            effort=[row[pair] for pair in answers],
            prompts=[row[pair] for pair in asked],
        )


@dataclass(frozen=True, slots=True)
class _Works:
    """Work items on a goal: row, period, team, goal and share of the joined answer, each (I,)."""

    row: Ints
    period: Ints
    team: Ints
    goal: Ints
    share: Floats

    @classmethod
    def of(cls, effort: EffortColumns, *, goals: Sequence[Goal], at: Ints, row_team: Ints) -> "_Works":
        number: dict[str | None, int] = {goal.id: index for index, goal in enumerate(goals)}
        goal = _ints(number.get(goal, -1) for goal in effort.goal)
        item_of = _ints(effort.item_of)
        share = _item_shares(effort.share, item_of, check_ins=len(effort.check_in))
        row, period = at[item_of, 0], at[item_of, 1]
        share /= _joined(at, row, period, share)
        on_goal = goal >= 0
        row, period = row[on_goal], period[on_goal]
        return cls(row=row, period=period, team=row_team[row], goal=goal[on_goal], share=share[on_goal])


def _item_shares(given: Sequence[float | None], item_of: Ints, *, check_ins: int) -> Floats:
    """Shares that sum to 1 within each check-in; a missing share is an equal part of what the others leave."""
    share = np.array([np.nan if value is None else value for value in given], dtype=np.float64)
    missing = np.isnan(share)
    share[missing] = 0.0
    items = np.bincount(item_of, minlength=check_ins)
    total = np.bincount(item_of, weights=share, minlength=check_ins)
    without = np.bincount(item_of, weights=missing, minlength=check_ins)
    left = np.where(total < 1, (1 - total) / np.maximum(without, 1), 1 / np.maximum(items, 1))
    share = np.where(missing, left[item_of], share)
    total = np.bincount(item_of, weights=share, minlength=check_ins)[item_of]
    return np.where(total > 0, share / np.where(total > 0, total, 1), 1 / items[item_of])


def _joined(at: Ints, row: Ints, period: Ints, share: Floats) -> Floats:
    """(I,): the sum of shares of the joined answer that each item belongs to."""
    width = int(at[:, 1].max(initial=0)) + 1
    key = row * width + period
    return np.bincount(key, weights=share)[key] if len(key) else share


def _own_goals(goals: Sequence[Goal], teams: dict[str, int]) -> Ints:
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
    slot: Ints = np.argmax(slots[team] == goal[:, None], axis=1)
    return slot


def _shares(works: _Works, *, slots: Ints, answered: Bools) -> Floats:
    shares = np.full((*answered.shape, slots.shape[1]), np.nan)
    shares[answered] = 0.0
    np.add.at(shares, (works.row, works.period, _slot_of(slots, team=works.team, goal=works.goal)), works.share)
    return shares


def _asked(answered: Bools, prompted: Bools) -> Bools:
    """Those prompted or answering; in a period with answers but no prompt at all, those who answered lately."""
    lately = answered.copy()
    for back in range(1, REMEMBERED):
        lately[:, back:] |= answered[:, : answered.shape[1] - back]
    unprompted = answered.any(axis=0) & ~prompted.any(axis=0)
    asked: Bools = prompted | answered | (lately & unprompted)
    return asked


def _ties(
    effort: EffortColumns,
    works: _Works,
    *,
    at: Ints,
    row_team: Ints,
    team_index: dict[str, int],
    goals: Sequence[Goal],
) -> Ints:
    """(N, 3): row, period and other team, named as a contact or through work on that team's goal."""
    named = _ints(team_index.get(team, -1) for team in effort.tie_team)
    by_name = np.column_stack([at[_ints(effort.tie_of)], named])
    owner = _ints(team_index.get(goal.team or "", -1) for goal in goals)
    by_work = np.column_stack([works.row, works.period, owner[works.goal]])
    ties = np.unique(np.concatenate([by_name, by_work[works.share > 0]]), axis=0)
    elsewhere: Bools = (ties[:, 2] >= 0) & (ties[:, 2] != row_team[ties[:, 0]])
    return ties[elsewhere]


def _marked(shape: tuple[int, ...], at: Ints) -> Bools:
    marked = np.zeros(shape, dtype=np.bool_)
    marked[at[:, 0], at[:, 1]] = True
    return marked


def _period_indexes(days: Sequence[date], periods: Sequence[Period]) -> Ints:
    firsts = [period.first for period in periods]
    index = {day: bisect_right(firsts, day) - 1 for day in set(days)}
    return _ints(index[day] for day in days)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)
