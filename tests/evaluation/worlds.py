"""Made-up organisations: people keep a profile, their weeks vary around it, some do not answer.

Two families of noise, after section 8 of the analysis notes.  A world is arrays; `changes` says what may happen to it,
and `stored` makes of it what storage would hold.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from checkins.analysis.panel import Bools, Floats, Ints

P = np.array([0.4, 0.25, 0.2, 0.15])
RHO = 0.5
CONCENTRATION = 8.0  # of a person's weeks around the profile, family (a)
INNOVATION = 0.45  # sd of what is new in a week, family (b)
LEAN, ODD, SELDOM = 0.9, 1.2, 0.04  # sd of a person's lean and of an odd week, and how many weeks are odd
RESPONSE, LOW_RESPONSE, LOW = 0.8, 0.6, 0.2  # a fifth of the teams answers less
LONG_RUN = 400  # weeks whose mean is a person's truth in family (b)
STEP = 0.05  # to which people round, family (a)
NO_TIES = np.zeros((0, 3), dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """truth: (R, K), every person's long-run shares.  shares: (R, periods, K), of each week, answered or not.

    step: to which answers are rounded, 0 for not at all.  ties: (N, 3), row, period and other team.
    """

    sizes: Ints
    row_team: Ints
    truth: Floats
    shares: Floats
    answered: Bools
    asked: Bools
    step: float = 0.0
    ties: Ints = field(default_factory=lambda: NO_TIES)

    @property
    def team_truth(self) -> Floats:
        """(T, K): what each team really does, everybody counting once."""
        total = np.zeros((len(self.sizes), self.truth.shape[1]))
        np.add.at(total, self.row_team, self.truth)
        return total / np.bincount(self.row_team, minlength=len(self.sizes))[:, None]

    @property
    def reported(self) -> Floats:
        """(R, periods, K): the shares as people type them."""
        return _rounded(self.shares, self.step) if self.step else self.shares


Family = Callable[..., World]


def dirichlet_world(
    rng: np.random.Generator,
    *,
    sizes: Ints,
    target: Floats = P,
    periods: int = 10,
    response: float | Floats = RESPONSE,
    rho: float = RHO,
    louder: float = 1.0,
) -> World:
    """Noise family (a): profiles Dirichlet(3·target), weeks Dirichlet(8·p) kept under AR(1), rounded to 5 points.

    target: (K,) or (T, K).  response: of all or (T,).  louder: by how much weeks vary more than they do.
    """
    raised = rng.gamma(3 * _per_person(target, sizes))
    truth = raised / raised.sum(axis=1, keepdims=True)
    shape = np.maximum(CONCENTRATION / louder * truth, 1e-9)
    weeks = np.stack([level / level.sum(axis=1, keepdims=True) for level in _levels(rng, shape, rho, periods)], axis=1)
    return _world(rng, sizes=sizes, truth=truth, shares=weeks, response=response, step=STEP)


def _levels(rng: np.random.Generator, shape: Floats, rho: float, periods: int) -> list[Floats]:
    """Gamma levels whose margin stays the same from week to week (thinned; Lewis et al. 1989)."""
    level, weeks = rng.gamma(shape), []
    for _ in range(periods):
        kept = rng.beta(rho * shape, (1 - rho) * shape) if rho else 0.0
        level = level * kept + rng.gamma((1 - rho) * shape)
        weeks.append(np.maximum(level, 1e-300))
    return weeks


def logistic_world(
    rng: np.random.Generator,
    *,
    sizes: Ints,
    target: Floats = P,
    periods: int = 10,
    response: float | Floats = RESPONSE,
    rho: float = RHO,
    louder: float = 1.0,
) -> World:
    """Noise family (b): logistic-normal weeks around a personal lean, with 4 % odd weeks; truth is a long-run mean.

    Arguments as in family (a).
    """
    lean = np.log(_per_person(target, sizes))
    lean = lean + rng.normal(0, LEAN, lean.shape)
    innovation = INNOVATION * np.sqrt(louder)
    noise = rng.normal(0, innovation / np.sqrt(1 - rho**2), lean.shape)
    weeks, total = [], np.zeros(lean.shape)
    for week in range(LONG_RUN):
        noise = rho * noise + rng.normal(0, innovation, noise.shape)
        odd = (rng.random((len(lean), 1)) < SELDOM) * rng.normal(0, ODD, noise.shape)
        raised = np.exp(lean + noise + odd)
        share = raised / raised.sum(axis=1, keepdims=True)
        total += share
        if week < periods:
            weeks.append(share)
    return _world(rng, sizes=sizes, truth=total / LONG_RUN, shares=np.stack(weeks, axis=1), response=response, step=0.0)


def sizes_of(rng: np.random.Generator, teams: int, *, least: int = 3, most: int = 12) -> Ints:
    """(T,)"""
    return rng.integers(least, most + 1, teams)


def usual_response(rng: np.random.Generator, teams: int) -> Floats:
    """(T,): 80 %, and 60 % in a fifth of the teams."""
    return np.where(rng.random(teams) < LOW, LOW_RESPONSE, RESPONSE)


def _rounded(shares: Floats, step: float) -> Floats:
    steps = np.round(shares / step)
    rounded: Floats = steps / np.maximum(steps.sum(axis=2, keepdims=True), 1)
    return rounded


def _per_person(target: Floats, sizes: Ints) -> Floats:
    per_team = np.broadcast_to(target, (len(sizes), target.shape[-1]))
    return np.repeat(per_team, sizes, axis=0)


def _world(rng: np.random.Generator, *, sizes: Ints, response: float | Floats, **arrays: Any) -> World:
    row_team = np.repeat(np.arange(len(sizes)), sizes)
    cells = arrays["shares"].shape[:2]
    rate = np.broadcast_to(response, len(sizes))[row_team, None]
    return World(
        sizes=sizes,
        row_team=row_team,
        answered=rng.random(cells) < rate,
        asked=np.ones(cells, dtype=np.bool_),
        **arrays,
    )
