"""What becomes of a finding when people decide: who may, what fits its kind, and what it counts as from then on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from checkins.errors import NotAllowed, NotFound, TruelineError
from checkins.model import Decision, Finding, FindingKind, FindingState, Goal, Team
from checkins.ports import Store, Transaction
from checkins.roster import leads_team
from checkins.wording import listed, title

STATES: Mapping[Decision, FindingState] = {
    Decision.DELIBERATE: FindingState.DELIBERATE,
    Decision.CHANGE_PLAN: FindingState.ACCEPTED,
    Decision.INTRODUCE: FindingState.ACCEPTED,
    Decision.TAKE_ON: FindingState.ACCEPTED,
    Decision.TOGETHER: FindingState.DISMISSED,
    Decision.DIFFERENT_WORK: FindingState.DISMISSED,
    Decision.NOT_A_PROBLEM: FindingState.DISMISSED,
}
NAMES: Mapping[Decision, str] = {
    Decision.DELIBERATE: "Deliberate",
    Decision.CHANGE_PLAN: "Change the plan",
    Decision.INTRODUCE: "Introduce the teams",
    Decision.TAKE_ON: "Take it on",
    Decision.TOGETHER: "Working together",
    Decision.DIFFERENT_WORK: "Different work",
    Decision.NOT_A_PROBLEM: "Not a problem",
}

_SHIFT = (Decision.DELIBERATE, Decision.CHANGE_PLAN, Decision.NOT_A_PROBLEM)
_APART = (Decision.INTRODUCE, Decision.TOGETHER, Decision.NOT_A_PROBLEM)
_ALIKE = (Decision.TOGETHER, Decision.DIFFERENT_WORK, Decision.INTRODUCE)
_UNSETTLED = (Decision.TAKE_ON, Decision.CHANGE_PLAN, Decision.NOT_A_PROBLEM)
OFFERED: Mapping[FindingKind, tuple[Decision, ...]] = {
    FindingKind.SILO: _APART,
    FindingKind.MISSING_TIE: _APART,
    FindingKind.DRIFT: _SHIFT,
    FindingKind.DUPLICATE_GOAL: _ALIKE,
    FindingKind.DUPLICATE_WORK: _ALIKE,
    FindingKind.ORPHAN_GOAL: (Decision.TAKE_ON, Decision.CHANGE_PLAN, Decision.DELIBERATE),
    FindingKind.UNALIGNED_WORK: _SHIFT,
    FindingKind.UNCLEAR_GOAL: _UNSETTLED,
    FindingKind.CONTESTED_GOAL: _UNSETTLED,
    FindingKind.UNCLEAR_DONE: _UNSETTLED,
    FindingKind.PRIORITY_GAP: _UNSETTLED,
    FindingKind.FALLING_CONFIDENCE: _UNSETTLED,
    # It is about the schedule, which no plan of goals holds.
    FindingKind.FALLING_RESPONSE: (Decision.TAKE_ON, Decision.NOT_A_PROBLEM),
    FindingKind.OVERLOAD: (Decision.CHANGE_PLAN, Decision.INTRODUCE, Decision.DELIBERATE),
}


def decide(store: Store, *, actor: str, finding: str, decision: Decision, now: datetime) -> Finding:
    """Remember what is to become of a finding, in the place of an earlier decision; the same one again changes nothing.

    Raises NotFound; NotAllowed with the names of those who may; TruelineError for a finding that is resolved, or for
    a decision that does not fit its kind.
    """
    with store.transaction() as tx:
        found = tx.digests.find_finding(finding)
        if found is None:
            raise NotFound("There is no such finding (any more).")
        _require_voice(tx, actor, found)
        _check(found, decision)
        if found.decision is decision:
            return found
        decided = replace(found, state=STATES[decision], decision=decision, decided_at=now)
        tx.digests.save_findings([decided])
        return decided


def may_decide(tx: Transaction, actor: str, finding: Finding) -> bool:
    """Whether the actor is an admin, leads one of the finding's teams or one above it, or owns one of its goals."""
    owns = any(goal.owner == actor for goal in _goals(tx, finding))
    return owns or tx.people.get(actor).admin or any(leads_team(tx, actor, team) for team in finding.teams)


def _require_voice(tx: Transaction, actor: str, finding: Finding) -> None:
    if may_decide(tx, actor, finding):
        return
    goals, teams = list(_goals(tx, finding)), list(_teams(tx, finding))
    owned = [f"the owner of “{title(goal.title)}”" for goal in goals if goal.owner]
    led = [f"a lead of {team.name}" for team in teams]
    names = _names(tx, goals, teams)
    raise NotAllowed(f"Only {_either([*owned, *led, 'an admin'])} can decide this. Ask {listed(names) or 'an admin'}.")


def _names(tx: Transaction, goals: Sequence[Goal], teams: Sequence[Team]) -> list[str]:
    """Those nearest to the finding, else the admins."""
    near = [*(goal.owner for goal in goals if goal.owner), *(lead for team in teams for lead in team.leads)]
    known = tx.people.by_ids(near)
    present = [known[id] for id in dict.fromkeys(near) if id in known and known[id].active]
    return [person.name for person in present or tx.people.admins()]


def _check(finding: Finding, decision: Decision) -> None:
    if finding.state is FindingState.RESOLVED:
        raise TruelineError("The last digests did not find this any more, so there is nothing left to decide.")
    offered = OFFERED[finding.kind]
    if decision not in offered:
        fitting = _either([f"“{NAMES[each]}”" for each in offered])
        raise TruelineError(f"“{NAMES[decision]}” does not fit this finding. Choose {fitting}.")


def _goals(tx: Transaction, finding: Finding) -> Iterator[Goal]:
    return filter(None, map(tx.goals.find, finding.goals))


def _teams(tx: Transaction, finding: Finding) -> Iterator[Team]:
    return filter(None, map(tx.teams.find, finding.teams))


def _either(words: Sequence[str]) -> str:
    """``a, b or c``."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
