"""Who is here, in which team, and who may do what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checkins.errors import BadForm, NotAllowed
from checkins.ids import derived, slug
from checkins.model import Identity, Person, Team
from checkins.ports import Store, Transaction

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


def arrive(store: Store, profile: Profile) -> Person:
    """The person behind a chat account: known, linked by e-mail, or new.

    Raises NotAllowed for accounts that are not full members.
    """
    if not profile.member:
        raise NotAllowed("Trueline talks to full members of the workspace only.")
    with store.transaction() as tx:
        return _arrive(tx, profile)


def _arrive(tx: Transaction, profile: Profile) -> Person:
    known = tx.people.by_identity(profile.platform, profile.user)
    person = known or _same_email(tx, profile) or Person(id=derived("person", profile.user), name=profile.name)
    followed = replace(
        person,
        email=person.email or profile.email,
        zone=person.zone if person.own_zone else profile.zone or person.zone,
        admin=person.admin or profile.admin,
        active=True,
    )
    if followed != person or known is None:
        tx.people.save(followed)
    if known is None:
        tx.people.save_identity(Identity(person=person.id, platform=profile.platform, user=profile.user))
    return followed


def _same_email(tx: Transaction, profile: Profile) -> Person | None:
    if not profile.email:
        return None
    linked = tx.people.identities(profile.platform)
    wanted = profile.email.casefold()
    matches = [p for p in tx.people.all() if p.id not in linked and (p.email or "").casefold() == wanted]
    return matches[0] if len(matches) == 1 else None


def connect(store: Store, profiles: Iterable[Profile]) -> int:
    """Link imported people to their chat accounts by e-mail and follow changed zones; returns how many were linked.

    People nobody imported are not added: they arrive when they first say something or join a team.
    """
    with store.transaction() as tx:
        linked = tx.people.identities("slack")
        known = {identity.user for identity in linked.values()}
        emails = {p.email.casefold() for p in tx.people.all() if p.email and p.id not in linked}
        new = 0
        for profile in profiles:
            if not profile.member:
                continue
            joins = profile.user not in known and (profile.email or "").casefold() in emails
            if joins or profile.user in known or profile.admin:
                _arrive(tx, profile)
            new += joins
        return new


def follow(store: Store, profile: Profile) -> None:
    """A chat account changed: its zone is followed; a person whose account is closed or a guest's is asked no more.

    Accounts that never spoke to Trueline stay unknown.
    """
    with store.transaction() as tx:
        person = tx.people.by_identity(profile.platform, profile.user)
        if person and profile.member:
            _arrive(tx, profile)
        elif person:
            tx.people.save(replace(person, active=False))


def add_team(store: Store, *, actor: str, name: str, members: Sequence[Profile], leads: Sequence[Profile]) -> Team:
    """A new team of chat accounts; those without a home team get it as theirs.

    Raises NotAllowed unless the actor is an admin, BadForm naming the fields ``name`` and ``members``.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        taken = tx.teams.all()
        _check_team(name, members, taken)
        people = [_arrive(tx, profile) for profile in members if profile.member]
        heads = [_arrive(tx, profile) for profile in leads if profile.member]
        team = Team(
            id=slug(name, {team.id for team in taken}),
            name=name.strip(),
            members=tuple(person.id for person in people),
            leads=tuple(person.id for person in heads),
            added_by=actor,
        )
        tx.teams.save(team)
        tx.people.save(*(replace(person, home_team=team.id) for person in people if person.home_team is None))
        return team


def _check_team(name: str, members: Sequence[Profile], taken: Sequence[Team]) -> None:
    problems = {}
    if not name.strip():
        problems["name"] = "Give the team a name."
    elif len(name.strip()) > NAME_LIMIT:
        problems["name"] = f"Keep the name under {NAME_LIMIT} characters."
    elif name.strip().casefold() in {team.name.casefold() for team in taken}:
        problems["name"] = f"There is a team called {name.strip()} already."
    if not any(profile.member for profile in members):
        problems["members"] = "Choose at least one full member; bots and guests are not asked."
    if problems:
        raise BadForm(problems)


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
