"""Goals that nobody owns, that no team carries, or that nobody works on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.panel import WINDOW, Bools, Panel
from checkins.model import Finding, FindingKind, Goal, GoalStatus, Level

RESPONSE = 0.6  # of the owning team, so that silence is not taken for idleness
_NAMES = {Level.ORGANISATION: "organisation goal", Level.PRODUCT: "product goal", Level.TEAM: "goal"}


def detect(case: Case) -> Iterator[Finding]:
    """A running goal without an owner or a team at once; one without any work after 4 check-ins.

    A goal that other running goals support needs no team of its own, and work on those is work on it.  Where no goal
    has an owner, owners are not in use yet, and nothing is said of those missing.
    """
    links = _Links.of(case)
    owners = any(goal.owner for goal in case.panel.goals)
    for index in np.flatnonzero(case.running):
        goal = case.panel.goals[index]
        if goal.status is not GoalStatus.ACTIVE:
            continue
        lacking = {"owner": owners and not case.owned[index], "team": not links.carried(goal)}
        missing = [part for part, lacks in lacking.items() if lacks]
        if missing:
            yield _unassigned(case, links, goal, missing=missing)
        elif goal.team and goal.team in links.teams:
            yield from _unworked(case, links, goal, team=links.teams[goal.team])


@dataclass(frozen=True, slots=True)
class _Links:
    """teams: index of each live team.  supporters: running goals by the goal they support.  worked: (P,) by goal."""

    teams: Mapping[str, int]
    supporters: Mapping[str, Sequence[str]]
    worked: Mapping[str, Bools]

    @classmethod
    def of(cls, case: Case) -> "_Links":
        teams = {team.id: index for index, team in enumerate(case.panel.teams) if not team.archived}
        return cls(teams, _supporters(case), _worked(case.panel))

    def carried(self, goal: Goal) -> bool:
        return goal.id in self.supporters or any(team in self.teams for team in goal.teams())

    def worked_on(self, goal: str) -> Bools | np.bool_:
        """(P,): work on the goal or on anything that supports it, directly or through others."""
        family, edge = {goal}, {goal}
        while edge:
            edge = set(chain.from_iterable(self.supporters.get(member, ()) for member in edge)) - family
            family |= edge
        worked = [self.worked[member] for member in family if member in self.worked]
        return np.logical_or.reduce(worked) if worked else np.False_


def _supporters(case: Case) -> dict[str, list[str]]:
    supporters: dict[str, list[str]] = {}
    for index in np.flatnonzero(case.running):
        for supported in case.panel.goals[index].supports:
            supporters.setdefault(supported, []).append(case.panel.goals[index].id)
    return supporters


def _worked(panel: Panel) -> dict[str, Bools]:
    busy = panel.by_team(np.nan_to_num(panel.shares) > 0) > 0  # (T, P, K)
    worked = np.zeros((len(panel.goals), len(panel.periods)), dtype=np.bool_)
    np.logical_or.at(worked, panel.slots[panel.own], busy.transpose(0, 2, 1)[panel.own])
    helped = panel.elsewhere.share > 0
    worked[panel.elsewhere.what[helped], panel.elsewhere.period[helped]] = True
    return {goal.id: worked[index] for index, goal in enumerate(panel.goals)}


def _unassigned(case: Case, links: _Links, goal: Goal, *, missing: Sequence[str]) -> Finding:
    supporters = len(links.supporters.get(goal.id, ()))
    teams = tuple(team for team in goal.teams() if team in links.teams)
    verb = "supports" if supporters == 1 else "support"
    support = f", though {wording.counted(supporters, 'running goal')} {verb} it" if supporters else ""
    return finding_of(
        kind=FindingKind.ORPHAN_GOAL,
        teams=teams,
        goals=(goal.id,),
        since=case.panel.periods[-1],
        effect=1.0,
        strong=1.0,
        people=sum(float(case.levels.members[links.teams[team]]) for team in teams),
        evidence={"missing": list(missing), "supporters": supporters},
        sentence=f"The {_NAMES[goal.level]} “{wording.title(goal.title)}” has {wording.lacking(missing)}{support}.",
    )


def _unworked(case: Case, links: _Links, goal: Goal, *, team: int) -> Iterator[Finding]:
    """No work by anybody over the owning team's window, although that team answers."""
    panel, effort = case.panel, case.levels
    window = effort.window[team]
    if effort.check_ins[team] < WINDOW or effort.response[team] < RESPONSE or not _listed(case, goal, window):
        return
    if (window & links.worked_on(goal.id)).any():
        return
    answers, asked = int(effort.answers[team]), int(effort.asked[team])
    yield finding_of(
        kind=FindingKind.ORPHAN_GOAL,
        teams=(panel.teams[team].id,),
        goals=(goal.id,),
        since=panel.periods[int(np.argmax(window))],
        effect=1.0,
        strong=1.0,
        people=float(effort.members[team]),
        evidence={"decay": "no_work", "answers": answers, "asked": asked, "check_ins": WINDOW},
        check_ins=panel.check_ins_of(team, window),
        sentence=(
            f"“{wording.title(goal.title)}” got no work over {wording.counted(WINDOW, 'check-in')}, "
            f"while its team {panel.teams[team].name} gave {answers} of {wording.counted(asked, 'answer')}."
        ),
    )


def _listed(case: Case, goal: Goal, window: Bools) -> bool:
    """Whether the goal was there to be worked on throughout the window: begun, and in the rounds' lists."""
    first = case.panel.periods[int(np.argmax(window))]
    in_time = goal.starts is None or goal.starts <= first.last
    return in_time and bool(case.declared.throughout(window)[case.panel.goals.index(goal)])
