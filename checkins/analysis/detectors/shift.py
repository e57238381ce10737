"""How far each team's effort moved within its people, and how surely: the statistic of drift over the weeks.

Differences within a person are untouched by who is absent, joined or left (section 3 of the analysis notes).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from checkins.analysis.noise import BASELINE, Noise
from checkins.analysis.panel import LATELY, Bools, Floats, Panel

LEAST_BEFORE, LEAST_LATELY = 3, 1  # answers of a person that counts
MIN_ANSWERS, MIN_PEOPLE = 4, 2  # in the window
STILL = 2.0  # |z| that must remain whichever week of the window is left out

# z* for 5 % false alarms in a quarter of 13 looks with a rolling baseline, by rho and number of goals.
RHOS, GOALS = (0.0, 0.4, 0.6, 0.8), (1.0, 3.0, 5.0, 8.0)
CRITICAL = ((2.83, 3.17, 3.34, 3.47), (2.80, 3.12, 3.29, 3.44), (2.74, 3.10, 3.26, 3.41), (2.72, 3.06, 3.23, 3.37))
PER_GOAL = 0.02  # above 8 goals
SKEWED = 0.15  # on top: shares near 0 have longer tails than the normal weeks for which the table was made


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """(T, P) each: the check-ins looked at and those before them; (T,) complete: both are full."""

    lately: Bools
    before: Bools

    @classmethod
    def of(cls, panel: Panel) -> "Windows":
        return cls(lately=panel.window(LATELY), before=panel.window(BASELINE, skip=LATELY))

    @property
    def complete(self) -> Bools:
        complete: Bools = (self.lately.sum(axis=1) == LATELY) & (self.before.sum(axis=1) == BASELINE)
        return complete

    def without(self, place: int) -> "Windows":
        """Leaving out one check-in of the window: place 0 is the newest."""
        age = self.lately[:, ::-1].cumsum(axis=1)[:, ::-1]
        kept: Bools = self.lately & (age != place + 1)
        return Windows(lately=kept, before=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """weights: (R, P), see ``differences``.  counted: (R,), people with enough answers.  people: (T,).

    each: (R, K), people's own differences, 0 elsewhere.
    moved: (T, K), mean difference of a team's people.  se: (T, K), its standard error.
    """

    weights: Floats
    counted: Bools
    each: Floats
    people: Floats
    moved: Floats
    se: Floats

    @property
    def z(self) -> Floats:
        """(T, K): moved in standard errors, 0 where nobody counts."""
        return np.divide(self.moved, self.se, out=np.zeros_like(self.moved), where=self.se > 0)


def shift(panel: Panel, noise: Noise, windows: Windows) -> Shift:
    """Var = v · Σ c'R(ρ)c / r²; c weighs a person's answers with 1/n in the window and -1/n in the baseline."""
    weights = differences(panel, windows)
    counted: Bools = np.logical_or.reduce(weights != 0, axis=1)
    each = np.einsum("rp,rpk->rk", weights, panel.worked)
    people = panel.by_team(counted)
    spread = panel.by_team(noise.spread(weights))
    many = np.maximum(people, 1)
    return Shift(
        weights=weights,
        counted=counted,
        each=each,
        people=people,
        moved=panel.by_team(each) / many[:, None],
        se=np.sqrt(noise.variance * (spread / many**2)[:, None]),
    )


def differences(panel: Panel, windows: Windows) -> Floats:
    """(R, P): c, whose product with a person's shares is the person's difference; 0 for those who do not count."""
    lately = panel.answered & windows.lately[panel.row_team]
    before = panel.answered & windows.before[panel.row_team]
    enough = (lately.sum(axis=1) >= LEAST_LATELY) & (before.sum(axis=1) >= LEAST_BEFORE)
    after = lately / np.maximum(lately.sum(axis=1), 1)[:, None]
    weights: Floats = np.where(enough[:, None], after - before / np.maximum(before.sum(axis=1), 1)[:, None], 0.0)
    return weights


def lasting(panel: Panel, noise: Noise, windows: Windows, whole: Shift) -> Bools:
    """(T, K): shifts that stand whichever check-in of the window is left out, so that no odd week makes one.

    panel: as that of the whole shift, or with some of its teams alone; the others' shifts do not stand.
    """
    stands = np.ones_like(whole.moved, dtype=np.bool_)
    for place in range(LATELY):
        part = shift(panel, noise, windows.without(place))
        stands &= (np.abs(part.z) >= STILL) & (np.sign(part.z) == np.sign(whole.z))
    return stands


def critical(rho: float, goals: Floats) -> Floats:
    """(T,): z* for each team's number of goals in use, linear between the table's rows and columns."""
    row = [float(np.interp(rho, RHOS, column)) for column in zip(*CRITICAL, strict=True)]
    return SKEWED + np.interp(goals, GOALS, row) + PER_GOAL * np.maximum(goals - GOALS[-1], 0)


def probability(z: Floats, goals: Floats) -> Floats:
    """(T, K): of so large a z by chance in any of the team's goals, at most 1."""
    p: Floats = np.minimum(1.0, 2 * np.maximum(goals, 1)[:, None] * ndtr(-np.abs(z)))
    return p


def discoveries(p: Floats, *, rate: float) -> Bools:
    """Which of the p-values (N,) stand when the false ones among them may be ``rate`` (Benjamini & Hochberg 1995)."""
    order = np.argsort(p, kind="stable")
    passing = np.flatnonzero(p[order] <= rate * np.arange(1, len(p) + 1) / max(1, len(p)))
    stands = np.zeros(len(p), dtype=np.bool_)
    stands[order[: passing[-1] + 1 if len(passing) else 0]] = True
    return stands
