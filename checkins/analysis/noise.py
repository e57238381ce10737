"""How much answers vary by chance, estimated once for the whole organisation.

A team of four cannot estimate its own variance, so the serial correlation and the level of noise are pooled, and each
goal's variance is its own as far as its answers carry (empirical Bayes; Efron & Morris 1975).
"""

from dataclasses import dataclass

import numpy as np

from checkins.analysis.panel import LATELY, Bools, Floats, Panel

RHO, PHI = 0.4, 0.1  # until three check-ins exist, and what a small organisation is drawn towards
BASELINE = 6  # check-ins before the window
LEAST = 3  # answers that a person needs
PRIOR = 40.0  # d0: degrees of freedom that the organisation lends to a goal
SERIES = 40.0  # as many series of a person on a goal speak for RHO and PHI, beside those observed
STEPS = 40  # of bisection


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """rho: correlation of adjacent periods.  phi: noise as a part of p(1-p).  variance: (T, K), of one share."""

    rho: float
    phi: float
    variance: Floats

    def of_mean(self, answered: Bools) -> Floats:
        """(R,): variance of the mean of a person's answers in some periods (R, P), as a part of one answer's.

        1'R(ρ)1 / n², exact for n answers with the gaps between them; 0 for none.
        """
        part: Floats = self.spread(answered.astype(np.float64)) / np.maximum(answered.sum(axis=1), 1) ** 2
        return part

    def spread(self, weights: Floats) -> Floats:
        """(R,): c'R(ρ)c for rows c of weights (R, P), R_kl = ρ^|k-l|."""
        periods = np.arange(weights.shape[1])
        correlation = self.rho ** np.abs(periods[:, None] - periods).astype(np.float64)
        spread: Floats = ((weights @ correlation) * weights).sum(axis=1)
        return spread


@dataclass(frozen=True, slots=True)
class _Deviations:
    """Per row: the answered periods used (R, P) as 0 and 1, and per goal mean, squares and lag products (R, K)."""

    used: Floats
    mean: Floats
    squares: Floats
    lagged: Floats


def estimate(panel: Panel) -> Noise:
    """Noise of a panel by corrected moments: rho solves the lag-1 moment, which centring on few answers biases to 0.

    Uses the 6 check-ins before the window where a team has them, else all its check-ins; people with at least
    3 answers there; work on the team's own goals.
    """
    deviations = _deviations(panel, _baseline(panel))
    counted = (panel.own & (panel.by_team(deviations.mean) > 0))[panel.row_team] & _steady_people(deviations.used)
    rho = _rho(deviations, counted)
    _, trace = _traces(deviations.used, rho)
    phi = _phi(deviations, counted, trace=trace)
    return Noise(rho=rho, phi=phi, variance=_variance(panel, deviations, trace=trace, phi=phi))


def _baseline(panel: Panel) -> Bools:
    """(T, P): the check-ins that tell noise from change."""
    before = panel.window(BASELINE, skip=LATELY)
    complete = before.sum(axis=1) == BASELINE
    baseline: Bools = np.where(complete[:, None], before, panel.held)
    return baseline


def _deviations(panel: Panel, baseline: Bools) -> _Deviations:
    used = panel.answered & baseline[panel.row_team]
    answers = np.maximum(used.sum(axis=1), 1)[:, None]
    mean = np.einsum("rp,rpk->rk", used.astype(np.float64), panel.worked) / answers
    apart = (panel.worked - mean[:, None, :]) * used[:, :, None]
    return _Deviations(
        used=used.astype(np.float64),
        mean=mean,
        squares=np.einsum("rpk,rpk->rk", apart, apart),
        lagged=np.einsum("rpk,rpk->rk", apart[:, 1:], apart[:, :-1]),
    )


def _steady_people(used: Floats) -> Bools:
    steady: Bools = used.sum(axis=1) >= LEAST
    return steady[:, None]


def _rho(deviations: _Deviations, counted: Bools) -> float:
    """Bisection: the expected ratio of lag-1 products to squares grows with rho."""
    squares = float(deviations.squares[counted].sum())
    if squares <= 0:
        return RHO
    patterns, weight = _patterns(deviations, counted)
    lent_lag, lent = _traces(patterns[-1:], RHO)
    typical = squares / weight[:-1].sum() * SERIES
    observed = (float(deviations.lagged[counted].sum()) + typical * float(lent_lag[0] / lent[0])) / (squares + typical)
    low, high = 0.0, 0.9
    for _ in range(STEPS):
        middle = (low + high) / 2
        lagged, trace = _traces(patterns, middle)
        low, high = (middle, high) if lagged @ weight < observed * (trace @ weight) else (low, middle)
    return (low + high) / 2


def _patterns(deviations: _Deviations, counted: Bools) -> tuple[Floats, Floats]:
    """Distinct rows of answered periods and how many series have them; last a complete baseline, lent to the rest."""
    goals = counted.sum(axis=1).astype(np.float64)
    used = deviations.used[goals > 0]
    _, first, index = np.unique(used @ 2.0 ** np.arange(used.shape[1]), return_index=True, return_inverse=True)
    patterns, weight = used[first], np.bincount(index, weights=goals[goals > 0])
    complete = (np.arange(patterns.shape[1]) < BASELINE).astype(np.float64)
    return np.vstack([patterns, complete]), np.append(weight, SERIES)


def _phi(deviations: _Deviations, counted: Bools, *, trace: Floats) -> float:
    spread = deviations.mean * (1 - deviations.mean)
    expected = float((trace[:, None] * spread)[counted].sum())
    if expected <= 0:
        return PHI
    typical = expected / float(counted.sum()) * SERIES
    # A share between 0 and 1 varies by p(1-p) at most.
    return min(1.0, (float(deviations.squares[counted].sum()) + PHI * typical) / (expected + typical))


def _traces(used: Floats, rho: float) -> tuple[Floats, Floats]:
    """For each row's answered periods: tr of M R M over adjacent ones (lag 1) and over the diagonal, each (R,).

    M = D - dd'/n centres on the answered periods, so M R M = D R D - (Rd) d'/n - d (Rd)'/n + (d'Rd) dd'/n**2 on them.
    """
    periods = np.arange(used.shape[1])
    correlation = rho ** np.abs(periods[:, None] - periods).astype(np.float64)
    answers = np.maximum(used.sum(axis=1), 1)
    towards = used * (used @ correlation)
    total = towards.sum(axis=1)
    adjacent = used[:, 1:] * used[:, :-1]
    pairs = adjacent.sum(axis=1)
    crossing = (adjacent * (towards[:, 1:] + towards[:, :-1])).sum(axis=1)
    lagged = rho * pairs - crossing / answers + total * pairs / answers**2
    return lagged, used.sum(axis=1) - total / answers


def _variance(panel: Panel, deviations: _Deviations, *, trace: Floats, phi: float) -> Floats:
    """(T, K): each goal's own noise, drawn towards what the organisation's would be at its people's shares."""
    steady = _steady_people(deviations.used)
    answering = (deviations.used.sum(axis=1) > 0)[:, None]
    spread = deviations.mean * (1 - deviations.mean)
    people = panel.by_team(answering.astype(np.float64))
    typical = panel.by_team(spread * answering) / np.maximum(people, 1)
    squares = panel.by_team(deviations.squares * steady)
    expected = panel.by_team(trace[:, None] * steady)
    return (squares + PRIOR * phi * typical) / (expected + PRIOR)
