"""Teams without any tie: no answer names another team, and no other team's answer names them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from checkins.analysis import words
from checkins.analysis.case import Case, finding_of
from checkins.analysis.effort import ENOUGH
from checkins.analysis.panel import WINDOW, Bools, Floats, Panel
from checkins.model import Finding, FindingKind

LONG_WINDOW = 8  # check-ins, for teams with few answers in four
FEW = 20
LEAST = 8  # k
EXPECTED = 3.0  # ties that others in this team's place would have named: none by chance is then at most e**-3 = 5 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Per team over its window, each (T,): answers k, those that name another team x, namings received.

    others_answers, others_naming: k and x summed over the other teams.  expected_received: namings of any team by
    others, spread by size.  window: (T, P).
    """

    window: Bools
    answers: Floats
    asked: Floats
    naming: Floats
    received: Floats
    others_answers: Floats
    others_naming: Floats
    expected_received: Floats

    @property
    def expected(self) -> Floats:
        """Ties in both directions that the team would have had at the others' rate."""
        rate = self.others_naming / np.maximum(self.others_answers, 1)
        return self.answers * rate + self.expected_received


def detect(case: Case) -> Iterator[Finding]:
    """The zero rule: no tie in either direction and k >= 8, from half of the answers at least, where others have ties."""
    ties = ties_of(case.panel)
    for team in np.flatnonzero(judged(case.panel, ties) & (ties.naming == 0) & (ties.received == 0)):
        yield _finding(case, ties, int(team))


def judged(panel: Panel, ties: Ties) -> Bools:
    """(T,): teams about which the answers carry a statement, be it that they are connected."""
    full = ties.window.sum(axis=1) >= WINDOW
    carried = (ties.answers >= LEAST) & (ties.answers >= ENOUGH * ties.asked)
    judged: Bools = panel.live() & full & carried & (ties.expected >= EXPECTED)
    return judged


def ties_of(panel: Panel) -> Ties:
    window = _window(panel)
    inside = panel.answered & window[panel.row_team]
    named = np.zeros_like(panel.answered)
    named[panel.ties[:, 0], panel.ties[:, 1]] = True
    answers = panel.by_team(inside.sum(axis=1))
    naming = panel.by_team((named & inside).sum(axis=1))
    others_answers, others_naming = _others(panel, panel.answered, window), _others(panel, named, window)
    _, period, target = panel.ties.T
    received = np.zeros(len(panel.teams))
    np.add.at(received, target, window[target, period])
    return Ties(
        window=window,
        answers=answers,
        asked=panel.by_team((panel.asked & window[panel.row_team]).sum(axis=1)),
        naming=naming,
        received=received,
        others_answers=others_answers,
        others_naming=others_naming,
        expected_received=_expected_received(panel, window),
    )


def _window(panel: Panel) -> Bools:
    """Four check-ins, eight for teams with fewer than 20 answers in four."""
    short, long = panel.window(WINDOW), panel.window(LONG_WINDOW)
    answers = panel.by_team((panel.answered & short[panel.row_team]).sum(axis=1))
    window: Bools = np.where((answers < FEW)[:, None], long, short)
    return window


def _others(panel: Panel, counted: Bools, window: Bools) -> Floats:
    """(T,): cells counted (R, P) in a team's window and not in the team itself."""
    per_team = panel.by_team(counted.astype(np.int64))
    others: Floats = ((per_team.sum(axis=0) - per_team) * window).sum(axis=1)
    return others


def _expected_received(panel: Panel, window: Bools) -> Floats:
    """sum over i != j of mentions by team i · n_j / people outside i, (T,)."""
    shape = (len(panel.teams), len(panel.periods))
    mentions = np.zeros(shape)
    np.add.at(mentions, (panel.row_team[panel.ties[:, 0]], panel.ties[:, 1]), 1.0)
    people: Bools = panel.asked.any(axis=1)
    size = panel.by_team(people.astype(np.float64))
    spread = mentions / np.maximum(size.sum() - size, 1)[:, None]
    expected: Floats = size * ((spread.sum(axis=0) - spread) * window).sum(axis=1)
    return expected


def _finding(case: Case, ties: Ties, team: int) -> Finding:
    panel = case.panel
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
            f"{panel.teams[team].name} and the other teams did not mention each other, in {words.sample(**sample)}; "
            f"elsewhere {naming} of {words.counted(of, 'answer')} named another team."
        ),
    )
