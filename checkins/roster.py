"""Who is here, in which team, and who may do what."""

from dataclasses import dataclass

from checkins.errors import NotAllowed
from checkins.model import Person, Team
from checkins.ports import Transaction

NAME_LIMIT = 60


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
