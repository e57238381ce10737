"""A made-up company as others see it: its organisation document, and its Slack workspace."""

from dataclasses import asdict
from typing import Any

from bot.demo.company import Colleague, Company
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import User
from checkins.model import Goal, Team


def document(company: Company) -> dict[str, Any]:
    """The organisation document that `trueline import` reads: strategy, teams, people, goals; no check-ins."""
    return {
        "format": "trueline-organisation",
        "version": 1,
        "name": company.bank.name,
        "cadence": "weekly",
        "strategy": asdict(company.bank.strategy),
        "teams": [_team(team) for team in company.teams],
        "people": [_person(person) for person in company.people],
        "goals": [_goal(goal) for goal in company.goals],
    }


def _team(team: Team) -> dict[str, Any]:
    return {
        "id": team.id,
        "name": team.name,
        "leads": list(team.leads),
        "members": list(team.members),
        "reserve": team.reserve,
    }


def _person(person: Colleague) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "timezone": person.zone,
        "country": person.country,
        "slack": person.user,
        "home_team": person.team,
    }


def _goal(goal: Goal) -> dict[str, Any]:
    body = {name: value for name, value in asdict(goal).items() if name not in ("ice", "updated_at", "nudges")}
    for name in ("supports", "contributing_teams", "depends_on", "done"):
        body[name] = list(body[name])
    for name in ("starts", "ends"):
        body[name] = body[name] and body[name].isoformat()
    return body


async def furnish(sandbox: Sandbox, company: Company) -> str:
    """Move everybody into the workspace, with channels and a little talk; returns the id of the digest's channel."""
    names = {team.id: team.name for team in company.teams}
    for person in company.people:
        sandbox.add_user(_user(person, names[person.team], admin=person == company.admin))
    users = [person.user for person in company.people]
    for room in company.bank.rooms:
        channel = sandbox.add_channel(room.name, users, room.topic)
        for place, text in enumerate(room.chatter):
            await sandbox.as_person(users[(5 * place + len(room.name)) % len(users)]).write(channel.id, text)
    digest_room = company.bank.digest_room
    return sandbox.add_channel(digest_room.name, users, digest_room.topic, with_bot=True).id


def _user(person: Colleague, team: str, *, admin: bool) -> User:
    return User(
        id=person.user,
        name=person.id.replace("-", "."),
        real_name=person.name,
        email=person.email,
        title=person.title,
        tz=person.zone,
        team=team,
        is_admin=admin,
    )
