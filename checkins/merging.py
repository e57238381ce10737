"""Two teams become one: members, leads, plans and open goals go over, the history stays with the team that was.

Check-ins keep the team that they were written for, closed goals the team that closed them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checkins.cadence import local_date
from checkins.errors import BadForm
from checkins.goal_keeping import OPEN, keep
from checkins.goal_twins import twin_problem
from checkins.goals import FULL
from checkins.homes import move_home, with_members
from checkins.model import Goal, Team
from checkins.ports import Store, Transaction
from checkins.roster import require_admin
from checkins.rounds import plan_anew
from checkins.teams import below, changeable_team, leave_schedules
from checkins.wording import title

MOST_WEIGHT = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeState:
    """What the form starts with. others: in order of name; people, goals: how many would go over."""

    team: Team
    others: tuple[Team, ...]
    people: int
    goals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merger did.

    people: how many came who were not members before; goals: which went over, or changed their ties; planned: the sum
    of the declared weights and the reserve of the team as it is now, 0..; twins: titles of goals that are there twice;
    let_go: the team followed a user group or channel, which it cannot any more, having got other members.
    """

    team: Team
    into: Team
    people: int
    goals: tuple[Goal, ...]
    planned: float
    twins: tuple[str, ...]
    let_go: bool

    @property
    def over_planned(self) -> bool:
        return self.planned > FULL


def form(store: Store, *, actor: str, team: str) -> MergeState:
    """Raises NotFound, also for an archived team, and NotAllowed unless the actor is an admin."""
    with store.snapshot() as tx:
        require_admin(tx, actor)
        found = changeable_team(tx, actor, team)
        return MergeState(
            team=found,
            others=tuple(other for other in tx.teams.all() if other.id != team),
            people=len(found.members),
            goals=sum(goal.team == team and goal.status in OPEN for goal in tx.goals.all()),
        )


def merge(store: Store, *, actor: str, team: str, into: str, now: datetime) -> Merged:
    """Make a team part of another one and archive it. Weights of a goal that both had are added, to one at most.

    Teams below it stand below the other one from now on, which takes its place where it stood below it itself.
    Raises NotFound, also for an archived team, NotAllowed unless the actor is an admin, BadForm at ``into``.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        goals, today = tx.goals.hold(), local_date(now, tx.workspace.get().zone)
        old = changeable_team(tx, actor, team)
        if into == team:
            raise BadForm({"into": "Choose another team; one cannot be merged into itself."})
        known = changeable_team(tx, actor, into)
        joined = _joined(tx, old, known)
        changed = [after for goal in goals if (after := _moved(goal, team, into)) != goal]
        keep(tx, *changed, by=actor, now=now, why=f"{old.name} was merged into {known.name}")
        return Merged(
            team=replace(old, archived=True),
            into=joined,
            people=len(joined.members) - len(known.members),
            goals=tuple(changed),
            planned=_planned(tx.goals.running(today, today), joined),
            twins=_twins(tx.goals.all(), changed),
            let_go=known.source is not None and joined.source is None,
        )


def _joined(tx: Transaction, old: Team, into: Team) -> Team:
    """Save the teams; returns the one that is left."""
    teams = tx.teams.all()
    stood_below = into.id in below(teams, {old.id})
    members = tuple(dict.fromkeys((*into.members, *old.members)))
    described = replace(
        into,
        parent=old.parent if stood_below else into.parent,
        leads=tuple(dict.fromkeys((*into.leads, *old.leads))),
        reserve=old.reserve if into.reserve is None else into.reserve,
        source=into.source if set(members) == set(into.members) else None,
    )
    joined = with_members(tx, described, members)
    below_old = (other for other in teams if other.parent == old.id and other.id != into.id)
    tx.teams.save(replace(old, archived=True), *(replace(other, parent=into.id) for other in below_old))
    _take_over_schedules(tx, old.id, into.id)
    move_home(tx, old.id, into.id)
    return joined


def _take_over_schedules(tx: Transaction, team: str, into: str) -> None:
    """Who was asked because of their team is asked still; nobody is asked twice."""
    running = [schedule.teams for schedule in tx.rounds.schedules() if schedule.active]
    if all(teams and into not in teams for teams in running):
        for schedule in tx.rounds.schedules():
            if team in schedule.teams:
                teams = tuple(into if each == team else each for each in schedule.teams)
                tx.rounds.save_schedule(replace(schedule, teams=teams))
        plan_anew(tx)
    leave_schedules(tx, team)


def _moved(goal: Goal, team: str, into: str) -> Goal:
    """An open goal with the one team in the place of the other."""
    if goal.status not in OPEN or team not in (*goal.teams(), *goal.depends_on, *goal.weights):
        return goal
    owning = into if goal.team == team else goal.team
    weights = _weights(goal, team, into)
    return replace(
        goal,
        team=owning,
        contributing_teams=_named(goal.contributing_teams, team, into, owning=owning),
        depends_on=_named(goal.depends_on, team, into, owning=owning),
        weight=weights.get(owning) if owning else goal.weight,
        weights={each: weight for each, weight in weights.items() if each != owning},
    )


def _named(teams: Iterable[str], team: str, into: str, *, owning: str | None) -> tuple[str, ...]:
    """Each once, the owning team not at all."""
    named = dict.fromkeys(into if each == team else each for each in teams)
    return tuple(each for each in named if each != owning)


def _weights(goal: Goal, team: str, into: str) -> dict[str, float]:
    """Every team's declared weight, the owning one's among them."""
    teams = dict.fromkeys([*filter(None, [goal.team]), *goal.weights])
    declared = {each: weight for each in teams if (weight := goal.weight_for(each)) is not None}
    own = [declared.pop(each) for each in (team, into) if each in declared]
    return declared | ({into: min(MOST_WEIGHT, sum(own))} if own else {})


def _planned(goals: Iterable[Goal], team: Team) -> float:
    return sum(goal.weight_for(team.id) or 0.0 for goal in goals) + (team.reserve or 0.0)


def _twins(goals: Sequence[Goal], changed: Iterable[Goal]) -> tuple[str, ...]:
    """Titles, each once, in order."""
    stored = {goal.id: goal for goal in goals}
    again = (goal for goal in changed if twin_problem(stored[goal.id], goals))
    return tuple(sorted({title(goal.title) for goal in again}))
