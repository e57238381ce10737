"""What is measured, and when a target counts as missed."""

from dataclasses import dataclass
from enum import Enum
from math import sqrt

import numpy as np

from checkins.analysis.panel import Bools

TOLERANCE = 3.0  # standard errors of the target itself


@dataclass(frozen=True, slots=True)
class AtLeast:
    rate: float

    def __str__(self) -> str:
        return f"≥ {self.rate:.3g}"

    def missed(self, rate: float, *, of: int) -> bool:
        return rate < self.rate - TOLERANCE * _error(self.rate, of)


@dataclass(frozen=True, slots=True)
class AtMost:
    rate: float

    def __str__(self) -> str:
        return f"≤ {self.rate:.3g}"

    def missed(self, rate: float, *, of: int) -> bool:
        return rate > self.rate + TOLERANCE * _error(self.rate, of)


Target = AtLeast | AtMost


def _error(rate: float, of: int) -> float:
    """Binomial standard error."""
    return sqrt(rate * (1 - rate) / max(1, of))


class Verdict(Enum):
    MET = "met"
    CHANCE = "met within chance"
    MISSED = "missed"
    EMPTY = "nothing measured"
    UNJUDGED = "no target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One line of the table: hits among so many teams, looks or pairs."""

    detector: str
    effect: str
    size: str
    noise: str
    hits: float
    of: int
    target: Target | None = None

    @property
    def rate(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def verdict(self) -> Verdict:
        if self.target is None:
            return Verdict.UNJUDGED
        if not self.of:
            return Verdict.EMPTY
        if self.target.missed(self.rate, of=self.of):
            return Verdict.MISSED
        beside = self.rate < self.target.rate if isinstance(self.target, AtLeast) else self.rate > self.target.rate
        return Verdict.CHANCE if beside else Verdict.MET

    @property
    def failed(self) -> bool:
        return self.verdict in (Verdict.MISSED, Verdict.EMPTY)


def counted(flags: Bools) -> dict[str, int]:
    """hits and of."""
    return {"hits": int(np.count_nonzero(flags)), "of": int(flags.size)}
