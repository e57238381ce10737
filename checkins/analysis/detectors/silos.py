"""Teams with few ties or none: their answers seldom name another team, and other teams' answers seldom name them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.special import betainc, gammainc

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.effort import ENOUGH
from checkins.analysis.panel import WINDOW, Bools, Floats
from checkins.analysis.ties import Ties
from checkins.model import Finding, FindingKind

LEAST = 8  # k
EXPECTED = 2.5  # ties that others in this team's place would have named: none by chance is then at most e**-2.5 = 8 %
APART = 0.8  # of the organisation's rate: below it a team is cut off
SURE_OUT, SURE_IN = 0.8, 0.6  # posterior probabilities of being so, by what it says and by what others say
WEAKEST, STRONGEST = 2.0, 10.0  # prior, in answers
RECEIVED = 1.5  # prior of the rate at which a team is named: shape and rate of its gamma distribution


def detect(case: Case) -> Iterator[Finding]:
    """No tie in either direction, or fewer than chance explains in both, from at least 8 answers.

    Where at least half answered and other teams have ties: a company that names nobody is not all silos.
    """
    ties = case.ties
    alone = (ties.naming == 0) & (ties.received == 0)
    seldom = (seldom_naming(ties) >= SURE_OUT) & (seldom_named(ties) >= SURE_IN) & (ties.expected_naming >= EXPECTED)
    for team in np.flatnonzero(judged(case) & (alone | seldom)):
        yield _finding(case, int(team))


def judged(case: Case) -> Bools:
    """(T,): teams about which the answers carry a statement, be it that they are connected."""
    judged: Bools = case.panel.live & answered_enough(case.ties) & (case.ties.expected >= EXPECTED)
    return judged


def answered_enough(ties: Ties) -> Bools:
    """(T,)"""
    full = ties.window.sum(axis=1) >= WINDOW
    enough: Bools = full & (ties.answers >= LEAST) & (ties.answers >= ENOUGH * ties.asked)
    return enough


def seldom_naming(ties: Ties) -> Floats:
    """(T,): P(rate of answers that name another team < .8 of the organisation's), beta-binomial with a prior from all
    teams by moments (empirical Bayes; Efron & Morris 1975).
    """
    mean, strength = _prior(ties)
    limit = min(1.0, APART * float(ties.naming.sum()) / max(1.0, float(ties.answers.sum())))
    likely: Floats = betainc(mean * strength + ties.naming, (1 - mean) * strength + ties.answers - ties.naming, limit)
    return likely


def _prior(ties: Ties) -> tuple[float, float]:
    """Mean and strength of the teams' rates; half and half where no answer says anything."""
    answers = ties.answers[ties.answers > 0]
    if not len(answers):
        return 0.5, STRONGEST
    rates = ties.naming[ties.answers > 0] / answers
    mean = float(np.clip(rates.mean(), 0.01, 0.99))
    apart = float(rates.var() - (rates * (1 - rates) / answers).mean())
    strength = mean * (1 - mean) / apart - 1 if apart > 0 else STRONGEST
    return mean, float(np.clip(strength, WEAKEST, STRONGEST))


def seldom_named(ties: Ties) -> Floats:
    """(T,): P(others name the team less than .8 of what its size lets expect), gamma-Poisson."""
    likely: Floats = gammainc(RECEIVED + ties.received, APART * (RECEIVED + ties.expected_received))
    return likely


def _finding(case: Case, team: int) -> Finding:
    panel, ties = case.panel, case.ties
    window = ties.window[team]
    members = float(panel.asked[panel.row_team == team][:, window].any(axis=1).sum())
    sample = {"answers": int(ties.answers[team]), "asked": int(ties.asked[team]), "check_ins": int(window.sum())}
    expected = float(ties.expected[team])
    return finding_of(
        kind=FindingKind.SILO,
        teams=(panel.teams[team].id,),
        since=panel.periods[int(np.argmax(window))],
        effect=max(0.0, 1 - float(ties.naming[team] + ties.received[team]) / expected),
        strong=1.0,
        people=members,
        evidence={
            "naming": int(ties.naming[team]),
            "received": int(ties.received[team]),
            "expected": round(expected, 1),
            "others_naming": int(ties.others_naming[team]),
            "others_answers": int(ties.others_answers[team]),
            **sample,
        },
        check_ins=panel.check_ins_of(team, window),
        sentence=_sentence(panel.teams[team].name, ties, team, sample=sample),
    )


def _sentence(name: str, ties: Ties, team: int, *, sample: dict[str, Any]) -> str:
    naming, received = int(ties.naming[team]), int(ties.received[team])
    others, of = int(ties.others_naming[team]), int(ties.others_answers[team])
    elsewhere = f"Elsewhere {others} of {wording.counted(of, 'answer')} mention another team."
    if not naming and not received:
        return (
            f"{name} mentions no other team and no other team mentions it, "
            f"going by {wording.sample(**sample)}. {elsewhere}"
        )
    return (
        f"{name} has few ties: {naming} of its answers mention another team and it is mentioned "
        f"{wording.counted(received, 'time')}, where its size lets expect {float(ties.expected_received[team]):.0f}, "
        f"going by {wording.sample(**sample)}. {elsewhere}"
    )
