"""The stored organisation as a document: every field of the format, in the order of ids."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from checkins.model import CheckIn, Goal, Person, Team, WorkItem
from checkins.ports import Store, Transaction


def export(store: Store) -> dict[str, Any]:
    """What the format holds of a workspace; importing it changes nothing here and restores it elsewhere."""
    with store.snapshot() as tx:
        workspace = tx.workspace.get()
        slack = {person: identity.user for person, identity in tx.people.identities("slack").items()}
        people, goals, check_ins = tx.people.all(), tx.goals.all(), tx.check_ins.all()
        teams = _teams(tx, people, goals, check_ins)
    return {
        "format": "trueline-organisation",
        "version": 1,
        "name": workspace.name,
        "cadence": workspace.cadence.value,
        "strategy": asdict(workspace.strategy),
        "teams": [_team(team) for team in teams],
        "people": [_person(person, slack.get(person.id)) for person in sorted(people, key=lambda row: row.id)],
        "goals": [_goal(goal) for goal in sorted(goals, key=lambda row: row.id)],
        "check_ins": [_check_in(c) for c in sorted(check_ins, key=lambda row: (row.date, row.id))],
    }


def dumps(document: dict[str, Any]) -> str:
    """A document as indented JSON with a line break at the end."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _teams(
    tx: Transaction, people: Iterable[Person], goals: Iterable[Goal], check_ins: Iterable[CheckIn]
) -> list[Team]:
    """The teams in use, and the archived ones that something in the document points to."""
    teams = {team.id: team for team in tx.teams.all()}
    wanted = {person.home_team for person in people if person.home_team}
    wanted |= {team for goal in goals for team in (*goal.teams(), *goal.depends_on, *goal.weights)}
    wanted |= {team for c in check_ins for team in (c.team, *c.worked_with, *c.waiting_on, *c.contacts)}
    wanted |= {team.parent for team in teams.values() if team.parent}
    while missing := wanted - teams.keys():
        found = [tx.teams.get(team) for team in missing]
        teams |= {team.id: team for team in found}
        wanted = {team.parent for team in found if team.parent}
    return sorted(teams.values(), key=lambda team: team.id)


def _team(team: Team) -> dict[str, Any]:
    return {
        "id": team.id,
        "name": team.name,
        "parent": team.parent,
        "leads": list(team.leads),
        "members": list(team.members),
        "reserve": team.reserve,
    }


def _person(person: Person, slack: str | None) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "timezone": person.zone,
        "country": person.country,
        "slack": slack,
        "home_team": person.home_team,
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "id": goal.id,
        "title": goal.title,
        "description": goal.description,
        "level": goal.level.value,
        "supports": list(goal.supports),
        "owner": goal.owner,
        "team": goal.team,
        "contributing_teams": list(goal.contributing_teams),
        "depends_on": list(goal.depends_on),
        "starts": goal.starts.isoformat() if goal.starts else None,
        "ends": goal.ends.isoformat() if goal.ends else None,
        "weight": goal.weight,
        "weights": dict(sorted(goal.weights.items())),
        "measure": asdict(goal.measure) if goal.measure else None,
        "status": goal.status.value,
        "done": list(goal.done),
        "ice": asdict(goal.ice) if goal.ice else None,
    }


def _check_in(check_in: CheckIn) -> dict[str, Any]:
    return {
        "id": check_in.id,
        "person": check_in.person,
        "team": check_in.team,
        "date": check_in.date.isoformat(),
        "items": [_item(item) for item in check_in.items],
        "worked_with": list(check_in.worked_with),
        "waiting_on": list(check_in.waiting_on),
        "contacts": {team: answer.value for team, answer in sorted(check_in.contacts.items())},
        "confidence": dict(sorted(check_in.confidence.items())),
        "clarity": dict(sorted(check_in.clarity.items())),
        "done": dict(sorted(check_in.done.items())),
        "priorities": list(check_in.priorities),
        "entered": check_in.entered.value,
        "late": check_in.late,
        "note": check_in.note,
    }


def _item(item: WorkItem) -> dict[str, Any]:
    return {"text": item.text, "goal": item.goal, "reason": item.reason and item.reason.value, "share": item.share}
