"""How much of each team's work went to which goal over some days: plain means, each person counting once."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from checkins.cadence import period_of
from checkins.model import Cadence
from checkins.ports import EffortColumns, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """A team's. shares: by goal, of all its work, 0..1; check_ins: periods with an answer."""

    shares: Mapping[str, float]
    answers: int
    check_ins: int


def effort_between(tx: Transaction, first: date, last: date) -> dict[str, Effort]:
    """By team, archived ones too; teams without an answer in these days are left out."""
    return by_team(tx.history.effort(first, last), tx.workspace.get().cadence)


def by_team(columns: EffortColumns, cadence: Cadence) -> dict[str, Effort]:
    shares = shares_of(columns)
    answers: dict[str, list[int]] = defaultdict(list)
    for answer, team in enumerate(columns.team):
        answers[team].append(answer)
    return {team: _effort(columns, theirs, shares, cadence) for team, theirs in answers.items()}


def shares_of(columns: EffortColumns) -> list[dict[str, float]]:
    """Of each answer, by goal."""
    items = Counter(columns.item_of)
    shares: list[dict[str, float]] = [defaultdict(float) for _ in columns.check_in]
    for answer, goal, share in zip(columns.item_of, columns.goal, columns.share, strict=True):
        if goal is not None:
            shares[answer][goal] += 1 / items[answer] if share is None else share
    return shares


def _effort(
    columns: EffortColumns, answers: Sequence[int], shares: Sequence[Mapping[str, float]], cadence: Cadence
) -> Effort:
    people: dict[str, list[Mapping[str, float]]] = defaultdict(list)
    for answer in answers:
        people[columns.person[answer]].append(shares[answer])
    goals = {goal for answer in answers for goal in shares[answer]}
    return Effort(
        shares={goal: fmean(fmean(share.get(goal, 0.0) for share in own) for own in people.values()) for goal in goals},
        answers=len(answers),
        check_ins=len({period_of(columns.day[answer], cadence).first for answer in answers}),
    )
