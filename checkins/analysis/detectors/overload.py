"""Teams that more is asked of than their members can serve."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.panel import Bools, Floats, Ints
from checkins.model import Finding, FindingKind

LEAST = 3.0  # asks per member
PERCENTILE = 95.0  # of the organisation's teams
TEAMS = 5  # of fewer a percentile says nothing
TWICE = 2.0  # times the median, for the highest of so few
STRONG = 2 * LEAST
LISTED = 20  # goals that the evidence names


def detect(case: Case) -> Iterator[Finding]:
    """Asks per member >= 3 and above the 95th percentile of the teams.

    Asks: running goals of other teams that depend on the team, and people of other teams who waited on it within 4
    check-ins.  No figure for teams without known members.
    """
    asks = _Asks.of(case)
    # Threes are compared as whole numbers: 15 asks of 5 members are 3 each.
    for team in np.flatnonzero(asks.figured & (asks.total >= LEAST * asks.members) & _outstanding(asks)):
        yield _finding(case, asks, int(team))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asks:
    """depending: (N, 2), a running goal and a team of others that it depends on.  goals: how many of them.

    waiting: people of others who wait on it.  members: known people of the team.  figured: teams that are compared.
    Each of these (T,).
    """

    depending: Ints
    goals: Ints
    waiting: Ints
    members: Floats
    figured: Bools

    @classmethod
    def of(cls, case: Case) -> "_Asks":
        members, depends = _members(case), case.panel.facts.depends
        depending = depends[case.running[depends[:, 0]]]
        return cls(
            depending=depending,
            goals=np.bincount(depending[:, 1], minlength=len(members)),
            waiting=_waiting(case),
            members=members,
            figured=case.panel.live & (members > 0),
        )

    @property
    def total(self) -> Floats:
        return (self.goals + self.waiting).astype(np.float64)

    @property
    def per_member(self) -> Floats:
        return self.total / np.maximum(self.members, 1)

    @property
    def usual(self) -> float:
        """What all but a few teams stay at; the median where they are too few to tell."""
        figures = self.per_member[self.figured]
        if not len(figures):
            return 0.0
        return float(np.percentile(figures, PERCENTILE) if len(figures) >= TEAMS else np.median(figures))


def _members(case: Case) -> Floats:
    """(T,): declared members, or those asked where they are more.

    People are asked in their home team alone, so those asked in a team are too few: one of the five in Rust's lang.
    """
    declared = np.array([len(team.members) for team in case.panel.teams], dtype=np.float64)
    members: Floats = np.maximum(declared, case.levels.members)
    return members


def _waiting(case: Case) -> Ints:
    """(T,): distinct people of other teams who waited on each team within their own team's window."""
    panel = case.panel
    row, period, target = panel.waiting.T
    team = panel.row_team[row]
    inside = case.levels.window[team, period] & panel.live[team]
    pairs = np.unique(target[inside] * max(1, len(panel.people)) + panel.row_person[row[inside]])
    return np.bincount(pairs // max(1, len(panel.people)), minlength=len(panel.teams)).astype(np.int64)


def _outstanding(asks: _Asks) -> Bools:
    """(T,): above the 95th percentile; among fewer than 5 teams, the single highest at twice the median or more."""
    each = asks.per_member
    figures = each[asks.figured]
    if len(figures) >= TEAMS:
        above: Bools = each > asks.usual
        return above
    highest = float(figures.max(initial=0))
    single = (figures == highest).sum() == 1 and len(figures) > 1 and highest >= TWICE * asks.usual
    alone: Bools = (each == highest) & single
    return alone


def _finding(case: Case, asks: _Asks, index: int) -> Finding:
    goals, each = asks.depending[asks.depending[:, 1] == index, 0], float(asks.per_member[index])
    asked = {"depending": len(goals), "waiting": int(asks.waiting[index]), "members": int(asks.members[index])}
    sample = _sample(case)
    grounds = f" From {wording.sample(**sample)}." if asked["waiting"] else ""
    return finding_of(
        kind=FindingKind.OVERLOAD,
        teams=(case.panel.teams[index].id,),
        since=case.panel.periods[-1],
        effect=each / STRONG,
        strong=1.0,
        people=asked["members"],
        evidence={
            "asks_per_member": round(each, 2),
            "usual": round(asks.usual, 2),
            "teams": int(asks.figured.sum()),
            "depending_goals": [case.panel.goals[goal].id for goal in goals[:LISTED]],
            **asked,
            **sample,
        },
        sentence=f"{case.panel.teams[index].name} has {_asks_told(**asked)}. {_compared(asks)}{grounds}",
    )


def _sample(case: Case) -> dict[str, int]:
    """The answers of the organisation, in which people say whom they wait on."""
    effort, live = case.levels, case.panel.live
    return {
        "answers": int(effort.answers[live].sum()),
        "asked": int(effort.asked[live].sum()),
        "check_ins": int(effort.check_ins[live].max(initial=0)),
    }


def _asks_told(*, depending: int, waiting: int, members: int) -> str:
    depend = f"{wording.counted(depending, 'goal')} of other teams {'depends' if depending == 1 else 'depend'} on it"
    people = wording.counted(waiting, "person", "people")
    wait = f"{people} of other teams {'waits' if waiting == 1 else 'wait'} for it"
    asks = wording.listed([told for told, number in ((depend, depending), (wait, waiting)) if number])
    each = (depending + waiting) / members
    return f"{each:.1f} asks for each of its {wording.counted(members, 'member')}: {asks}"


def _compared(asks: _Asks) -> str:
    teams = wording.counted(int(asks.figured.sum()), "team")
    if asks.figured.sum() < TEAMS:
        return f"The median of {teams} is {asks.usual:.1f}."
    return f"Of {teams}, {wording.percent(PERCENTILE / 100)} have {asks.usual:.1f} or fewer."
