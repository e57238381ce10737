"""Teams without any tie: no answer names another team, and no other team's answer names them."""

from collections.abc import Iterator

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.effort import ENOUGH
from checkins.analysis.panel import WINDOW, Bools
from checkins.analysis.ties import Ties
from checkins.model import Finding, FindingKind

LEAST = 8  # k
EXPECTED = 2.5  # ties that others in this team's place would have named: none by chance is then at most e**-2.5 = 8 %


def detect(case: Case) -> Iterator[Finding]:
    """The zero rule: no tie in either direction and k >= 8, where at least half answered and other teams have ties."""
    ties = case.ties
    for team in np.flatnonzero(judged(case) & (ties.naming == 0) & (ties.received == 0)):
        yield _finding(case, int(team))


def judged(case: Case) -> Bools:
    """(T,): teams about which the answers carry a statement, be it that they are connected."""
    judged: Bools = case.panel.live & answered_enough(case.ties) & (case.ties.expected >= EXPECTED)
    return judged


def answered_enough(ties: Ties) -> Bools:
    full = ties.window.sum(axis=1) >= WINDOW
    enough: Bools = full & (ties.answers >= LEAST) & (ties.answers >= ENOUGH * ties.asked)
    return enough


def _finding(case: Case, team: int) -> Finding:
    panel, ties = case.panel, case.ties
    window = ties.window[team]
    members = float(panel.asked[panel.row_team == team][:, window].any(axis=1).sum())
    sample = {"answers": int(ties.answers[team]), "asked": int(ties.asked[team]), "check_ins": int(window.sum())}
    naming, of = int(ties.others_naming[team]), int(ties.others_answers[team])
    return finding_of(
        kind=FindingKind.SILO,
        teams=(panel.teams[team].id,),
        since=panel.periods[int(np.argmax(window))],
        effect=1.0,
        strong=1.0,
        people=members,
        evidence={
            "naming": 0,
            "received": 0,
            "expected": round(float(ties.expected[team]), 1),
            "others_naming": naming,
            "others_answers": of,
            **sample,
        },
        check_ins=panel.check_ins_of(team, window),
        sentence=(
            f"{panel.teams[team].name} mentions no other team and no other team mentions it, "
            f"going by {wording.sample(**sample)}. "
            f"Elsewhere {naming} of {wording.counted(of, 'answer')} mention another team."
        ),
    )
