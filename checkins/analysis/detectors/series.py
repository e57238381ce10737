"""Ratings of goals as series, one per goal and person, and how much they vary by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Polynomial

from checkins.analysis.panel import Bools, Floats, Ints
from checkins.analysis.voices import Voices

RHO, VARIANCE = 0.4, 0.5  # of ratings from 1 to 5, until an organisation's own speak
LENT = 40.0  # as many complete series of a baseline speak for these, beside those observed
HIGHEST = 0.9  # of rho
STEPS = 40  # of bisection


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """goal, person: (S,), ordered by goal.  rated: (S, P).  ratings: (S, P), 0 where there is none."""

    goal: Ints
    person: Ints
    rated: Bools
    ratings: Floats

    @classmethod
    def of(cls, voices: Voices, *, periods: int) -> "Series":
        """A person's last word on a goal within a period counts."""
        people = int(voices.person.max(initial=0)) + 1
        keys, row = np.unique(voices.goal * people + voices.person, return_inverse=True)
        ratings = np.zeros((len(keys), periods))
        ratings[row, voices.period] = voices.said
        return cls(goal=keys // people, person=keys % people, rated=ratings > 0, ratings=ratings)

    def about(self, goals: Bools) -> "Series":
        """The series of some goals (G,)."""
        kept = goals[self.goal]
        return Series(
            goal=self.goal[kept], person=self.person[kept], rated=self.rated[kept], ratings=self.ratings[kept]
        )


@dataclass(frozen=True, slots=True)
class RatingNoise:
    """rho: correlation of ratings in adjacent periods.  variance: of one rating around its person's level."""

    rho: float
    variance: float

    def spread(self, weights: Floats) -> Floats:
        """(S,): c'R(ρ)c for rows c of weights (S, P), R_kl = ρ^|k-l|."""
        periods = np.arange(weights.shape[1])
        correlation = self.rho ** np.abs(periods[:, None] - periods).astype(np.float64)
        spread: Floats = ((weights @ correlation) * weights).sum(axis=1)
        return spread


def estimate(series: Series, baseline: Bools, *, least: int, length: int) -> RatingNoise:
    """By corrected moments, as the noise of effort, over all series with enough ratings in their baseline.

    baseline: (S, P).  least: ratings that a series needs there.  length: periods of a complete baseline.
    """
    used = series.rated & baseline
    used &= (used.sum(axis=1) >= least)[:, None]
    apart = _apart(series.ratings, used)
    lent, own = _Moments.expected(np.ones((1, length)), LENT), _Moments.expected(*_patterns(used))
    lagged = float((apart[:, 1:] * apart[:, :-1]).sum()) + VARIANCE * float(lent.lagged(RHO))
    squares = float((apart**2).sum()) + VARIANCE * float(lent.squares(RHO))
    rho = (own + lent).rho(lagged / squares)
    return RatingNoise(rho, squares / float((own + lent).squares(rho)))


def _apart(ratings: Floats, used: Bools) -> Floats:
    """(S, P): deviations from the mean of the ratings used, 0 elsewhere."""
    mean = (ratings * used).sum(axis=1) / np.maximum(used.sum(axis=1), 1)
    apart: Floats = np.where(used, ratings - mean[:, None], 0.0)
    return apart


def _patterns(used: Bools) -> tuple[Floats, Floats]:
    """Distinct rows of used periods, and how many series have each."""
    code = used @ (1 << np.arange(used.shape[1]))
    codes, first, times = np.unique(code[code > 0], return_index=True, return_counts=True)
    return used[code > 0][first].astype(np.float64).reshape(len(codes), used.shape[1]), times.astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Moments:
    """Expected sums of lag-1 products and of squares of deviations from a series' mean, per variance, by rho."""

    lagged: Polynomial
    squares: Polynomial

    @classmethod
    def expected(cls, used: Floats, times: Floats | float) -> "_Moments":
        """tr₁(M R M) and tr(M R M) of rows of used periods (S, P) that occur so many times, in powers of ρ.

        M = D - dd'/n centres on the used periods; the power k of ρ belongs to the pairs that are k periods apart.
        """
        count, adjacent = used.sum(axis=1), used[:, 1:] * used[:, :-1]
        pairs, periods = adjacent.sum(axis=1), np.arange(used.shape[1])
        lagged, squares = np.zeros((2, max(2, len(periods))))
        lagged[1], squares[0] = (times * pairs).sum(), (times * count).sum()
        for apart in periods:
            near = used * (used @ (np.abs(periods[:, None] - periods) == apart))
            total, crossing = near.sum(axis=1), (adjacent * (near[:, 1:] + near[:, :-1])).sum(axis=1)
            lagged[apart] += (times * (total * pairs / count - crossing) / count).sum()
            squares[apart] -= (times * total / count).sum()
        return cls(Polynomial(lagged), Polynomial(squares))

    def __add__(self, other: "_Moments") -> "_Moments":
        return _Moments(self.lagged + other.lagged, self.squares + other.squares)

    def rho(self, ratio: float) -> float:
        """Bisection: the expected ratio of lag-1 products to squares grows with rho."""
        low, high = 0.0, HIGHEST
        for _ in range(STEPS):
            middle = (low + high) / 2
            below = self.lagged(middle) < ratio * self.squares(middle)
            low, high = (middle, high) if below else (low, middle)
        return (low + high) / 2
