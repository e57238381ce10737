"""Teams that ought to be in touch by what is declared, and that say, asked by name, that they were not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.panel import WINDOW as FULL
from checkins.analysis.panel import Bools, Ints, Panel
from checkins.analysis.reading import ANSWERS
from checkins.expected_ties import ExpectedTie, Why, all_expected
from checkins.model import Contact, Finding, FindingKind, Team

WINDOW = 8  # check-ins: two teams are asked about in a form, so a tie comes up every few weeks
LEAST = 3  # answers that say no

Pair = tuple[int, int]  # indexes of two teams, in order


def detect(case: Case) -> Iterator[Finding]:
    """An expected tie that three answers or more deny by name, and that no answer of either team names.

    Not before one of the two teams has had four check-ins.  As many answers that the tie is not needed are taken at
    their word.  Answers that merely name no team claim nothing: a live tie goes unnamed in 20 answers 19–67 % of the
    time.
    """
    answers, suspects = _suspects(case.panel)
    expected = _expected(case) if len(suspects) else {}
    known = case.panel.held.sum(axis=1) >= FULL
    for pair in suspects.tolist():
        one, other = divmod(pair, len(case.panel.teams))
        tie = expected.get((one, other))
        if tie and (known[one] or known[other]):
            yield _finding(case.panel, answers.about(pair), tie=tie)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """What was answered by name about ties, one entry per answer, each (N,): two teams as one number, the row that
    answered, its team, the period and the answer.

    window: (T, P), check-ins in which answers count.
    """

    pair: Ints
    row: Ints
    team: Ints
    period: Ints
    said: Ints
    window: Bools

    def count(self, answer: Contact) -> int:
        return int((self.said == ANSWERS.index(answer)).sum())

    def about(self, pair: int) -> "_Answers":
        chosen = self.pair == pair
        return _Answers(
            pair=self.pair[chosen],
            row=self.row[chosen],
            team=self.team[chosen],
            period=self.period[chosen],
            said=self.said[chosen],
            window=self.window,
        )


def _suspects(panel: Panel) -> tuple[_Answers, Ints]:
    """The answers, and the pairs of teams without a tie that enough of them deny."""
    window = panel.window(WINDOW)
    asked_about, named = (_inside(panel, entries, window) for entries in (panel.contacts, panel.ties))
    row, period, other, said = asked_about.T
    team = panel.row_team[row]
    pair = _pairs(panel, team, other)
    suspects = _mostly_denied(pair, said)
    known = np.isin(suspects, _pairs(panel, panel.row_team[named[:, 0]], named[:, 2]))
    return _Answers(pair=pair, row=row, team=team, period=period, said=said, window=window), suspects[~known]


def _mostly_denied(pairs: Ints, said: Ints) -> Ints:
    """The pairs to which enough answers say no, and more than say that it is not needed."""
    distinct, place = np.unique(pairs, return_inverse=True)
    no, not_needed = (
        np.bincount(place[said == ANSWERS.index(word)], minlength=len(distinct))
        for word in (Contact.NO, Contact.NOT_NEEDED)
    )
    denied: Ints = distinct[(no >= LEAST) & (not_needed < no)]
    return denied


def _inside(panel: Panel, entries: Ints, window: Bools) -> Ints:
    """The entries (N, ...) of a row, a period and another team that lie in the window of the row's team."""
    team = panel.row_team[entries[:, 0]]
    return entries[window[team, entries[:, 1]] & panel.live[team] & panel.live[entries[:, 2]]]


def _pairs(panel: Panel, team: Ints, other: Ints) -> Ints:
    """(N,): one number for two teams in any order."""
    pairs: Ints = np.minimum(team, other) * len(panel.teams) + np.maximum(team, other)
    return pairs


def _expected(case: Case) -> Mapping[Pair, ExpectedTie]:
    """The strongest reason for each pair of teams."""
    index = {team.id: place for place, team in enumerate(case.panel.teams)}
    expected: dict[Pair, ExpectedTie] = {}
    for tie in all_expected([case.panel.goals[goal] for goal in np.flatnonzero(case.running)]):
        if tie.team in index and tie.other in index and index[tie.team] < index[tie.other]:
            expected.setdefault((index[tie.team], index[tie.other]), tie)
    return expected


def _finding(panel: Panel, answers: _Answers, *, tie: ExpectedTie) -> Finding:
    pair = divmod(int(answers.pair[0]), len(panel.teams))
    first, second = (panel.teams[team] for team in pair)
    answering = sorted(set(answers.team.tolist()))
    periods = np.logical_or.reduce(answers.window[answering])
    said = {
        "no": answers.count(Contact.NO),
        "answers": len(answers.said),
        "check_ins": int(answers.window[answering].sum(axis=1).max()),
    }
    return finding_of(
        kind=FindingKind.MISSING_TIE,
        teams=(first.id, second.id),
        since=panel.periods[int(np.argmax(periods))],
        effect=said["no"] / said["answers"],
        strong=1.0,
        people=_people(panel, pair, periods),
        evidence={
            "why": str(tie.why),
            "goal": tie.goal.id,
            "people": len(np.unique(panel.row_person[answers.row])),
            "not_needed": answers.count(Contact.NOT_NEEDED),
            **said,
        },
        check_ins=_check_ins(panel, answers, answering),
        sentence=_sentence(first, second, tie=tie, **said),
    )


def _sentence(first: Team, second: Team, *, tie: ExpectedTie, no: int, answers: int, check_ins: int) -> str:
    return (
        f"{first.name} and {second.name} should be in touch "
        f"({_reason(tie, {first.id: first.name, second.id: second.name})}): asked by name, "
        f"{no} of {wording.counted(answers, 'answer')} over {wording.counted(check_ins, 'check-in')} say they were not."
    )


def _people(panel: Panel, pair: Pair, periods: Bools) -> float:
    rows = np.isin(panel.row_team, pair) & panel.asked[:, periods].any(axis=1)
    return float(len(np.unique(panel.row_person[rows])))


def _check_ins(panel: Panel, answers: _Answers, answering: Sequence[int]) -> tuple[str, ...]:
    """Those of the answering teams in the periods in which the tie was asked about."""
    asked = np.zeros_like(answers.window)
    asked[answers.team, answers.period] = True
    return tuple(name for team in answering for name in panel.check_ins_of(team, asked[team]))


def _reason(tie: ExpectedTie, names: Mapping[str, str]) -> str:
    title = f"“{wording.title(tie.goal.title)}”"
    if tie.why is Why.SHARED_GOAL:
        return f"both work on {title}"
    if tie.why is Why.SAME_PRODUCT_GOAL:
        return f"both support {title}"
    depending, other = (tie.team, tie.other) if tie.team in tie.goal.teams() else (tie.other, tie.team)
    return f"{title} of {names[depending]} depends on {names[other]}"
