"""How a goal with an owner and a team decays: no work, work without its owner, or all work by one person."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors.goal_work import GoalWork
from checkins.analysis.effort import REACH
from checkins.analysis.panel import WINDOW, Bools, Ints
from checkins.model import Finding, FindingKind

RESPONSE = 0.6  # of the owning team, so that silence is not taken for idleness
STEADY = 0.5  # of the check-ins: with work, for it to go on; with the owner's answers, for them to be silent on a goal
CROWD = 4  # people of the team who answered
SIZE = 0.1  # share of the team's work, done or planned, below which a goal may well be one person's
NO_WORK, PARTLY = 1.0, 0.5  # effect


def decays(case: Case, work: GoalWork, *, goals: Bools) -> Iterator[Finding]:
    """The worst decay of each of some goals (G,) over its owning team's window, if there is one."""
    observed = goals & _observed(case, work)
    if not observed.any():
        return
    no_work = observed & (work.worked == 0)
    silent_owner = observed & _without_its_owner(case, work)
    one_person = observed & ~silent_owner & work.one_person & _matters(case, work)
    for chosen, told in ((no_work, _no_work), (silent_owner, _silent_owner), (one_person, _one_person)):
        yield from (told(case, work, int(goal)) for goal in np.flatnonzero(chosen))


def _observed(case: Case, work: GoalWork) -> Bools:
    """(G,): goals whose team answered, and that were there to be worked on throughout: begun, and in rounds' lists."""
    effort = case.levels
    answered = (effort.check_ins >= WINDOW) & (effort.response >= RESPONSE)
    unlisted = (work.windows & case.declared.asked & ~case.declared.listed.T).any(axis=1)
    last_days = np.array([period.last for period in case.panel.periods], dtype="datetime64[D]")
    begun = case.panel.facts.starts <= last_days[_first(work)]
    observed: Bools = np.append(answered, False)[work.team] & ~unlisted & begun
    return observed


def _first(work: GoalWork) -> Ints:
    """(G,): the first period of the window."""
    first: Ints = work.windows.argmax(axis=1)
    return first


def _without_its_owner(case: Case, work: GoalWork) -> Bools:
    """(G,): goals on which work goes on while the owner, who answers and has owned it all along, has no word for it."""
    first = _first(work)
    goal, period = case.said.updates.T
    told = np.bincount(goal[period >= first[goal]], minlength=len(first)) > 0
    steady = np.minimum(work.worked, work.heard) >= STEADY * WINDOW
    without: Bools = steady & ~work.by_owner & ~told & ~_begun_anew(case, work)
    return without


def _begun_anew(case: Case, work: GoalWork) -> Bools:
    """(G,): goals whose owner, wording or weight was decided within the window."""
    team, since, slot = case.decisions.anew.T
    goal = case.panel.slots[team, slot]
    counted = (goal >= 0) & (team == work.team[goal]) & (since > _first(work)[goal])
    anew: Bools = np.bincount(goal[counted], minlength=len(work.team)) > 0
    return anew


def _matters(case: Case, work: GoalWork) -> Bools:
    """(G,): goals of a crowd that are large enough to be more than one person's."""
    done = case.levels.est[work.team, work.slot]
    large = np.maximum(done, case.panel.facts.planned) >= SIZE - 1e-9
    matters: Bools = (case.levels.people[work.team] >= CROWD) & large
    return matters


def _no_work(case: Case, work: GoalWork, goal: int) -> Finding:
    team = int(work.team[goal])
    answers, asked = int(case.levels.answers[team]), int(case.levels.asked[team])
    sentence = (
        f"{_title(case, goal)} got no work over {wording.counted(WINDOW, 'check-in')}, "
        f"while its team {case.panel.teams[team].name} gave {answers} of {wording.counted(asked, 'answer')}."
    )
    return _finding(case, goal, team, effect=NO_WORK, evidence={"decay": "no_work"}, sentence=sentence)


def _silent_owner(case: Case, work: GoalWork, goal: int) -> Finding:
    team = int(work.team[goal])
    sentence = (
        f"{_title(case, goal)} gets work, but neither work nor an update from its owner. "
        f"From {wording.sample(**_sample(case, team))} of {case.panel.teams[team].name}."
    )
    return _finding(case, goal, team, effect=PARTLY, evidence={"decay": "silent_owner"}, sentence=sentence)


def _one_person(case: Case, work: GoalWork, goal: int) -> Finding:
    """For the team alone, which may know who it is anyway."""
    team, slot, effort = int(work.team[goal]), int(work.slot[goal]), case.levels
    est, reach = float(effort.est[team, slot]), REACH * float(effort.se[team, slot])
    low, high = max(0.0, est - reach), min(1.0, est + reach)
    people = wording.counted(int(effort.people[team]), "person", "people")
    sentence = (
        f"One person carries {_title(case, goal)}: nobody else works on it, while {people} of "
        f"{case.panel.teams[team].name} answered. It takes {wording.percent(est)} of the team's work "
        f"(likely {wording.span(low, high)}). From {wording.sample(**_sample(case, team))}."
    )
    numbers = {"actual": round(est, 4), "low": round(low, 4), "high": round(high, 4)}
    return _finding(case, goal, team, effect=PARTLY, evidence={"decay": "one_person", **numbers}, sentence=sentence)


def _title(case: Case, goal: int) -> str:
    return f"“{wording.title(case.panel.goals[goal].title)}”"


def _sample(case: Case, team: int) -> dict[str, int]:
    effort = case.levels
    return {"answers": int(effort.answers[team]), "asked": int(effort.asked[team]), "check_ins": WINDOW}


def _finding(case: Case, goal: int, team: int, *, effect: float, evidence: Mapping[str, Any], sentence: str) -> Finding:
    panel, window = case.panel, case.levels.window[team]
    return finding_of(
        kind=FindingKind.ORPHAN_GOAL,
        teams=(panel.teams[team].id,),
        goals=(panel.goals[goal].id,),
        since=panel.periods[int(np.argmax(window))],
        effect=effect,
        strong=1.0,
        people=float(case.levels.members[team]),
        evidence={**evidence, **_sample(case, team), "people": int(case.levels.people[team])},
        check_ins=panel.check_ins_of(team, window),
        sentence=sentence,
    )
