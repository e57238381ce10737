"""The sums of the detectors as one would write them for dense arrays alone: what their arithmetic has to cost.

No decisions, no reserves, no sentences; every team is asked every week and has its own noise from the baseline.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BASELINE, LATELY, WINDOW, TIES = 6, 3, 4, 8
RHO = 0.4
COMMON = 0.05  # of the texts: words in more of them are left out
BLOCK = 2_000


def one_look(shares: Floats, weights: Floats, *, starts: Ints, ties: Ints) -> tuple[Floats, ...]:
    """Levels with their distance from the plan, the shift with each week left out, and the ties of each team.

    shares: (R, P, K), NaN where unanswered.  weights: (T, K), NaN where none.  starts: (T,), the first row of each
    team.  ties: (N, 3), row, period and other team.
    """
    answered = ~np.isnan(shares[:, :, 0])
    variance = _variance(shares, answered, starts=starts)
    shifts = [_shift(shares, answered, variance, starts=starts, without=week) for week in (None, *range(LATELY))]
    return (
        *_levels(shares, answered, variance, weights, starts=starts),
        *shifts,
        *_ties(answered, ties, starts=starts),
    )


def _variance(shares: Floats, answered: NDArray[np.bool_], *, starts: Ints) -> Floats:
    """(T, K), of one answer around its person's mean over the baseline."""
    used = answered[:, -LATELY - BASELINE : -LATELY]
    given = np.nan_to_num(shares[:, -LATELY - BASELINE : -LATELY])
    many = used.sum(axis=1)[:, None]
    mean = given.sum(axis=1) / np.maximum(many, 1)
    squares = (given**2).sum(axis=1) - many * mean**2
    variance: Floats = by_team(squares, starts) / np.maximum(by_team(np.maximum(many - 1, 0), starts), 1)
    return variance


def _levels(
    shares: Floats, answered: NDArray[np.bool_], variance: Floats, weights: Floats, *, starts: Ints
) -> tuple[Floats, Floats, Floats]:
    """Estimate and standard error (T, K), distance from the plan (T,)."""
    many = answered[:, -WINDOW:].sum(axis=1)
    mean = np.nan_to_num(shares[:, -WINDOW:]).sum(axis=1) / np.maximum(many, 1)[:, None]
    people = np.maximum(by_team(many > 0, starts), 1)[:, None]
    level = by_team(mean, starts) / people
    each = np.where(many > 0, (1 + RHO) / (1 - RHO) / np.maximum(many, 1), 0.0)
    error = np.sqrt(variance * by_team(each, starts)[:, None]) / people
    return level, error, np.nansum(np.abs(level - weights), axis=1) / 2


def _shift(
    shares: Floats, answered: NDArray[np.bool_], variance: Floats, *, starts: Ints, without: int | None
) -> Floats:
    """(T, K): mean difference of people in standard errors.  without: place of a week of the window left out."""
    recent = np.arange(BASELINE + LATELY) >= BASELINE
    kept = np.ones(len(recent)) if without is None else 1.0 - (np.arange(len(recent)) == BASELINE + without)
    used = answered[:, -len(recent) :] * kept
    after, before = used * recent, used * ~recent
    counted = (after.sum(axis=1) > 0) & (before.sum(axis=1) >= LATELY)
    c = after / np.maximum(after.sum(axis=1), 1)[:, None] - before / np.maximum(before.sum(axis=1), 1)[:, None]
    c[~counted] = 0.0
    places = np.arange(len(recent))
    spread = ((c @ RHO ** np.abs(places[:, None] - places)) * c).sum(axis=1)
    moved = by_team(np.einsum("rp,rpk->rk", c, np.nan_to_num(shares[:, -len(recent) :])), starts)
    z: Floats = moved / np.sqrt(np.maximum(variance * by_team(spread, starts)[:, None], 1e-12))
    return z


def _ties(answered: NDArray[np.bool_], ties: Ints, *, starts: Ints) -> tuple[Floats, Floats, Floats]:
    """(T,): answers, those that name another team, and how often others name it."""
    named = np.zeros_like(answered)
    named[ties[:, 0], ties[:, 1]] = True
    received = np.bincount(ties[:, 2], minlength=len(starts)).astype(np.float64)
    return by_team(answered[:, -TIES:].sum(axis=1), starts), by_team(named[:, -TIES:].sum(axis=1), starts), received


def by_team(values: NDArray[np.generic], starts: Ints) -> Floats:
    total: Floats = np.add.reduceat(values, starts, axis=0, dtype=np.float64)
    return total


def alike(texts: Sequence[str], new: Ints, *, floor: float) -> int:
    """How many pairs of a new text (places in texts) and any other have words alike: every product counted."""
    vectors = TfidfVectorizer(sublinear_tf=True, max_df=COMMON).fit_transform(texts)
    blocks = (vectors[new[start : start + BLOCK]] @ vectors.T for start in range(0, len(new), BLOCK))
    return sum(int((block.data > floor).sum()) for block in blocks)
