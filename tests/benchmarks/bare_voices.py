"""The sums over who answered and what they said, as one would write them for dense arrays alone: see ``bare``."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checkins.analysis.chronicle import Chronicle
from checkins.analysis.detectors.series import Series
from checkins.analysis.voices import Voices
from tests.benchmarks.bare import RHO, Floats, Ints, by_team

BLOCK, BEFORE = 4, 24
LATELY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """confidence, clarity: (S, P), ordered by goal, 0 where nothing was said, and the first row of each goal.

    done: (N, 3), period, goal and statement.  orders: (R, P, K), place of each goal of the team, 0 where not picked.
    """

    confidence: tuple[Floats, Ints]
    clarity: tuple[Floats, Ints]
    done: Ints
    orders: Floats

    @classmethod
    def of(cls, chronicle: Chronicle) -> "Said":
        done, periods = chronicle.said.done, len(chronicle.panel.periods)
        return cls(
            confidence=_dense(chronicle.confidence, periods),
            clarity=_dense(chronicle.said.clarity, periods),
            done=np.column_stack([done.period, done.goal, done.said]),
            orders=_orders(chronicle),
        )


def one_look(said: Said, stop: int, *, weights: Floats, starts: Ints) -> tuple[NDArray[np.generic], ...]:
    """Falls of confidence with each week left out, mean and spread of clarity, agreement on "done", and priorities.

    stop: the period after the last one.  weights: (T, K), NaN where none.  starts: (T,), the first row of each team.
    """
    ratings, goals = said.confidence
    window = ratings[:, stop - BLOCK - BEFORE : stop]
    falls = [_fall(window, goals, without=week) for week in (None, *range(LATELY))]
    clear = _newest(said.clarity[0][:, stop - BLOCK : stop])
    return (
        *falls,
        *_clearness(clear, said.clarity[1]),
        _agreement(said.done, stop),
        _agreeing(_newest(said.orders[:, stop - BLOCK : stop]), weights, starts=starts),
    )


def responses(answered: NDArray[np.bool_], asked: NDArray[np.bool_], *, starts: Ints) -> tuple[Floats, ...]:
    """(T,): answers and people asked, of the last check-ins and of the twice as many before them."""
    parts = slice(-BLOCK, None), slice(-3 * BLOCK, -BLOCK)
    return tuple(by_team(of[:, part].sum(axis=1), starts) for part in parts for of in (answered, asked))


def work_on_goals(shares: Floats, *, starts: Ints) -> tuple[Floats, Floats]:
    """(T, K): check-ins of the last ones with work on a goal, and people who did some."""
    worked = shares[:, -BLOCK:] > 0  # NaN is not
    return (by_team(worked, starts) > 0).sum(axis=1), by_team(worked.any(axis=1), starts)


def _dense(voices: Voices, periods: int) -> tuple[Floats, Ints]:
    series = Series.of(voices, periods=periods)
    return series.ratings, np.unique(series.goal, return_index=True)[1]


def _orders(chronicle: Chronicle) -> Floats:
    panel, said = chronicle.panel, chronicle.said.priorities
    key = panel.row_team * len(panel.people) + panel.row_person
    row = np.searchsorted(key, said.team * len(panel.people) + said.person)
    named = panel.slots[said.team] == said.goal[:, None]
    orders = np.zeros((len(key), len(panel.periods), panel.slots.shape[1]))
    own = named.any(axis=1)
    orders[row[own], said.period[own], named.argmax(axis=1)[own]] = said.said[own]
    return orders


def _fall(ratings: Floats, goals: Ints, *, without: int | None) -> Floats:
    """(G,): mean difference of people in standard errors."""
    used = ratings > 0
    after, before = used[:, -BLOCK:].astype(np.float64), used[:, :-BLOCK]
    if without is not None:
        after[:, -1 - without] = 0
    many, many_before = after.sum(axis=1, keepdims=True), before.sum(axis=1, keepdims=True)
    c = np.hstack([before / -np.maximum(many_before, 1), after / np.maximum(many, 1)])
    c *= (many > 0) & (many_before > 1)
    places = np.arange(c.shape[1])
    spread = ((c @ RHO ** np.abs(places[:, None] - places)) * c).sum(axis=1)
    moved: Floats = by_team((c * ratings).sum(axis=1), goals)
    return moved / np.sqrt(np.maximum(by_team(spread, goals), 1e-12))


def _newest(said: Floats) -> Floats:
    """(S, ...): the last words over the second axis, 0 for none."""
    newest = said[:, 0]
    for period in range(1, said.shape[1]):
        newest = np.where(said[:, period] > 0, said[:, period], newest)
    return newest


def _clearness(ratings: Floats, goals: Ints) -> tuple[Floats, Floats]:
    """(G,): mean and standard deviation."""
    many = np.maximum(by_team(ratings > 0, goals), 1)
    mean = by_team(ratings, goals) / many
    squares = by_team(ratings**2, goals) - many * mean**2
    return mean, np.sqrt(np.maximum(squares, 0) / np.maximum(many - 1, 1))


def _agreement(done: Ints, stop: int) -> Floats:
    """(G,): pairs of people who picked the same."""
    first, last = np.searchsorted(done[:, 0], [stop - BLOCK, stop])
    goal, pick = done[first:last, 1], done[first:last, 2]
    words = int(pick.max(initial=0)) + 1
    count = np.bincount(goal * words + pick)
    count = np.append(count, np.zeros(-len(count) % words)).reshape(-1, words)
    pairs: Floats = (count * (count - 1)).sum(axis=1) / np.maximum(count.sum(axis=1) * (count.sum(axis=1) - 1), 1)
    return pairs


def _agreeing(places: Floats, weights: Floats, *, starts: Ints) -> Floats:
    """(T,): Kendall's tau of each order (R, K) with the weights of its team, summed."""
    planned = np.repeat(weights, np.diff(np.append(starts, len(places))), axis=0)
    places = np.where(places > 0, places, np.inf)
    agree, differ = np.zeros((2, len(places)))
    for slot in range(places.shape[1]):
        above = planned[:, [slot]] > planned
        agree += (above & (places[:, [slot]] < places)).sum(axis=1)
        differ += (above & (places[:, [slot]] > places)).sum(axis=1)
    return by_team((agree - differ) / np.maximum(agree + differ, 1), starts)
