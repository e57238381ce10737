"""Teams whose check-in is answered less than it was: a word about the schedule, not about people."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.panel import WINDOW, Bools, Floats, Ints, Panel
from checkins.model import Finding, FindingKind

BEFORE = 8  # check-ins before the window
LEAST, LEAST_BEFORE = 8, 16  # people-periods asked
SURE = 0.99  # probability that the rate fell; at .95 one in three steady teams would be told so once in a quarter
FALL = 0.10  # points of a rate that nobody has to explain
STRONG = 0.30


def detect(case: Case) -> Iterator[Finding]:
    """The rate of the last 4 check-ins 10 points or more below the team's own of the 8 before, with probability >= .99.

    Only check-ins of rounds count: elsewhere nobody knows who was asked.
    """
    lately = _Rate.of(case.panel, case.panel.window(WINDOW) & case.declared.asked)
    before = _Rate.of(case.panel, case.panel.window(BEFORE, skip=WINDOW) & case.declared.asked)
    full = (lately.check_ins >= WINDOW) & (before.check_ins >= WINDOW)
    enough = full & (lately.asked >= LEAST) & (before.asked >= LEAST_BEFORE) & case.panel.live
    for team in np.flatnonzero(enough & (before.share - lately.share >= FALL - 1e-9)):
        sure = probability_of_fall(
            (int(lately.answers[team]), int(lately.asked[team])), (int(before.answers[team]), int(before.asked[team]))
        )
        if sure >= SURE:
            yield _finding(case.panel, int(team), lately=lately, before=before, sure=sure)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rate:
    """answers, asked: person-periods in each team's window (T, P).  people: those asked.  check_ins: its periods.

    Each (T,).
    """

    window: Bools
    answers: Floats
    asked: Floats
    people: Floats
    check_ins: Floats

    @classmethod
    def of(cls, panel: Panel, window: Bools) -> "_Rate":
        inside = window[panel.row_team]
        asked = (panel.asked & inside).sum(axis=1)
        return cls(
            window=window,
            answers=panel.by_team((panel.answered & inside).sum(axis=1)),
            asked=panel.by_team(asked),
            people=panel.by_team(asked > 0),
            check_ins=window.sum(axis=1).astype(np.float64),
        )

    def sample(self, team: int) -> dict[str, int]:
        return {
            "answers": int(self.answers[team]),
            "asked": int(self.asked[team]),
            "check_ins": int(self.check_ins[team]),
        }

    @property
    def share(self) -> Floats:
        return self.answers / np.maximum(self.asked, 1)


def probability_of_fall(lately: tuple[int, int], before: tuple[int, int]) -> float:
    """P(rate lately < rate before), both (answers, asked), under a prior Beta(1, 1) each.

    Exact: the rates are order statistics of asked + 1 uniform numbers each, and which of the two comes first among all
    of them is a matter of a hypergeometric count (Altham 1969).
    """
    first, second = lately[1] + 1, before[1] + 1
    drawn = lately[0] + before[0] + 1
    count = np.arange(max(lately[0] + 1, drawn - second), min(first, drawn) + 1)
    ways = _log_choose(first, count) + _log_choose(second, drawn - count)
    return float(np.exp(ways - _log_choose(first + second, np.array(drawn))).sum())


def _log_choose(total: int, chosen: Ints) -> Floats:
    ways: Floats = gammaln(total + 1) - gammaln(chosen + 1) - gammaln(total - chosen + 1)
    return ways


def _finding(panel: Panel, team: int, *, lately: _Rate, before: _Rate, sure: float) -> Finding:
    now, was = lately.sample(team), before.sample(team)
    return finding_of(
        kind=FindingKind.FALLING_RESPONSE,
        teams=(panel.teams[team].id,),
        since=panel.periods[int(np.argmax(lately.window[team]))],
        effect=float(before.share[team] - lately.share[team]),
        strong=STRONG,
        people=float(lately.people[team]),
        evidence={
            "rate": round(float(lately.share[team]), 4),
            "rate_before": round(float(before.share[team]), 4),
            "probability": round(sure, 4),
            "people": int(lately.people[team]),
            **now,
            **{f"{name}_before": number for name, number in was.items()},
        },
        sentence=(
            f"The check-in of {panel.teams[team].name} is answered less: {wording.sample(**now)}, "
            f"after {wording.sample(**was)} before. A shorter form or another hour may help."
        ),
    )
