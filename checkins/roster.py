"""Who is here, in which team, and who may do what."""

from collections.abc import Iterable
from dataclasses import dataclass

from checkins.errors import NotAllowed
from checkins.model import Goal, Person, Team
from checkins.ports import Transaction
from checkins.wording import archived, listed, one_line

NAME_LIMIT = 60
CHATS = ("slack", "teams")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A chat account as its platform describes it."""

    platform: str
    user: str
    name: str
    email: str | None = None
    zone: str | None = None
    admin: bool = False
    member: bool = True  # False: bots, guests, strangers of shared channels, deactivated accounts


def require_admin(tx: Transaction, actor: str) -> Person:
    """Raises NotAllowed with the names of those who may."""
    person = tx.people.get(actor)
    if person.admin:
        return person
    names = ", ".join(admin.name for admin in tx.people.admins()) or "an owner of this workspace"
    raise NotAllowed(f"Only an admin can do this. Ask {names}.")


def team_names(tx: Transaction) -> dict[str, str]:
    """By id; teams that are archived say so."""
    living = {team.id for team in tx.teams.all()}
    return {id: name if id in living else archived(name) for id, name in tx.teams.names().items()}


def leads_team(tx: Transaction, actor: str, team: str) -> bool:
    """Whether the actor leads the team or one above it."""
    above: str | None = team
    seen: set[str] = set()
    while above and above not in seen:
        seen.add(above)
        found = tx.teams.find(above)
        if found is None:
            return False
        if actor in found.leads:
            return True
        above = found.parent
    return False


def require_lead(tx: Transaction, actor: str, team: Team) -> None:
    """Admins and the team's leads pass; raises NotAllowed with the names of those who may."""
    if tx.people.get(actor).admin or leads_team(tx, actor, team.id):
        return
    leads = tx.people.by_ids(team.leads)
    names = ", ".join(leads[lead].name for lead in team.leads if lead in leads) or "an admin"
    raise NotAllowed(f"Only a lead of {team.name} or an admin can do this. Ask {names}.")


def reachable(tx: Transaction, people: Iterable[str]) -> list[Person]:
    """Those among these who are here and have an account in a chat."""
    found = filter(None, map(tx.people.find, people))
    return [one for one in found if one.active and any(tx.people.identity(one.id, chat) for chat in CHATS)]


def may_change_goal(tx: Transaction, actor: str, goal: Goal) -> bool:
    """Whether the actor owns the goal, leads its team or is an admin."""
    return actor == goal.owner or may_edit_goal(tx, actor, goal)


def may_edit_goal(tx: Transaction, actor: str, goal: Goal) -> bool:
    """Whether the actor leads the goal's team or is an admin."""
    leads = goal.team is not None and leads_team(tx, actor, goal.team)
    return leads or tx.people.get(actor).admin


def changeable_goal(tx: Transaction, actor: str, goal: str) -> Goal:
    """The goal for those who may change it. Raises NotFound, and NotAllowed with the names of those who may."""
    found = tx.goals.get(goal)
    if may_change_goal(tx, actor, found):
        return found
    team = tx.teams.find(found.team) if found.team else None
    named = tx.people.by_ids([*([found.owner] if found.owner else []), *(team.leads if team else ())])
    names = list(dict.fromkeys(person.name for person in named.values() if person.active))
    raise NotAllowed(
        f"Only the owner of “{one_line(found.title)}”, a lead of its team or an admin can do this. "
        f"Ask {listed(names) or 'an admin'}."
    )
