"""Teams as people make them in chat: named, filled, put below one another, archived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checkins.accounts import named_in
from checkins.errors import BadForm, NotFound
from checkins.homes import leave_home, with_members
from checkins.ids import slug
from checkins.model import Team
from checkins.ports import Store, Transaction
from checkins.reminding import MOST as MOST_REMINDERS
from checkins.roster import NAME_LIMIT, Profile, require_admin, require_lead


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDraft:
    """A team as somebody describes it in a form.

    members: None leaves them as they are. A team with a source has no others than the source's: ``following``
    brings them once the team is saved. reminders: None for as many as the schedule has.
    """

    name: str
    members: Sequence[Profile] | None = None
    leads: Sequence[Profile] = ()
    source: str | None = None
    reminders: int | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """A team in a list. leads, parent: names. changeable: by whoever looks."""

    team: Team
    leads: tuple[str, ...]
    parent: str | None
    changeable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamState:
    """What a form for a team starts with, None where it is a new one.

    members, leads: accounts on the platform; without_account: members who have none. parents: what it may stand below.
    """

    team: Team | None
    members: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    without_account: int = 0
    parents: tuple[Team, ...] = ()
    archivable: bool = False


def listed(store: Store, *, actor: str, words: str = "") -> list[TeamLine]:
    """The teams whose names have these words, in order of name; everybody may look."""
    with store.snapshot() as tx:
        teams = tx.teams.all()
        mine = _changeable(tx, actor, teams)
        names = {id: person.name for id, person in tx.people.by_ids({id for t in teams for id in t.leads}).items()}
        titles = {team.id: team.name for team in teams}
        return [
            TeamLine(
                team=team,
                leads=tuple(names[lead] for lead in team.leads if lead in names),
                parent=titles.get(team.parent or ""),
                changeable=team.id in mine,
            )
            for team in teams
            if words.casefold() in team.name.casefold()
        ]


def _changeable(tx: Transaction, actor: str, teams: Sequence[Team]) -> set[str]:
    if tx.people.get(actor).admin:
        return {team.id for team in teams}
    return below(teams, {team.id for team in teams if actor in team.leads})


def below(teams: Iterable[Team], roots: set[str]) -> set[str]:
    """These teams and all that stand under them, by id."""
    found, teams = set(roots), list(teams)
    while more := {team.id for team in teams if team.parent in found} - found:
        found |= more
    return found


def form(store: Store, *, actor: str, team: str | None, platform: str) -> TeamState:
    """What the form for a team starts with; None for a new team.

    Raises NotFound, and NotAllowed unless the actor is an admin or leads the team.
    """
    with store.snapshot() as tx:
        teams = tx.teams.all()
        if team is None:
            require_admin(tx, actor)
            return TeamState(team=None, parents=tuple(teams))
        found = changeable_team(tx, actor, team)
        accounts = {person: identity.user for person, identity in tx.people.identities(platform).items()}
        under = below(teams, {team})
        return TeamState(
            team=found,
            members=tuple(accounts[person] for person in found.members if person in accounts),
            leads=tuple(accounts[person] for person in found.leads if person in accounts),
            without_account=sum(1 for person in found.members if person not in accounts),
            parents=tuple(other for other in teams if other.id not in under),
            archivable=tx.people.get(actor).admin,
        )


def changeable_team(tx: Transaction, actor: str, team: str) -> Team:
    """The team, for somebody who may change it. Raises NotFound for an archived one, NotAllowed."""
    found = tx.teams.get(team)
    if found.archived:
        raise NotFound(f"{found.name} is archived. `/align teams` lists the others.")
    require_lead(tx, actor, found)
    return found


def add_team(store: Store, *, actor: str, draft: TeamDraft) -> Team:
    """A new team; those without a home team get it as theirs.

    Raises NotAllowed unless the actor is an admin, BadForm naming ``name``, ``members``, ``reminders``, ``parent``.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        if draft.source is None and draft.members is None:
            draft = replace(draft, members=())
        _check(tx, draft, team=None)
        return _saved(tx, Team(id=slug(draft.name, _TeamIds(tx)), name=draft.name, added_by=actor), draft)


def change_team(store: Store, *, actor: str, team: str, draft: TeamDraft) -> Team:
    """A team as it is wanted from now on; members and leads without a chat account stay, no form can show them.

    Raises NotFound, NotAllowed unless the actor is an admin or leads the team, BadForm as ``add_team`` does.
    """
    with store.transaction() as tx:
        found = changeable_team(tx, actor, team)
        _check(tx, draft, team=found)
        return _saved(tx, found, draft)


class _TeamIds:
    """The ids that are taken, archived teams' among them."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def __contains__(self, team: object) -> bool:
        return self._tx.teams.find(str(team)) is not None


def _check(tx: Transaction, draft: TeamDraft, *, team: Team | None) -> None:
    others = [other for other in tx.teams.all() if team is None or other.id != team.id]
    found = {
        "name": _name_problem(draft.name.strip(), others),
        "members": _members_problem(draft, kept=_without_account(tx, team.members) if team else ()),
        "reminders": _reminders_problem(draft.reminders),
        "parent": _parent_problem(draft, others, team),
    }
    problems = {field: problem for field, problem in found.items() if problem}
    if problems:
        raise BadForm(problems)


def _name_problem(name: str, others: Sequence[Team]) -> str:
    if not name:
        return "Give the team a name."
    if len(name) > NAME_LIMIT:
        return f"Keep the name under {NAME_LIMIT} characters."
    if name.casefold() in {other.name.casefold() for other in others}:
        return f"There is a team called {name} already."
    return ""


def _members_problem(draft: TeamDraft, *, kept: Sequence[str]) -> str:
    if draft.members is None or kept or any(profile.member for profile in draft.members):
        return ""
    return "Choose at least one full member; bots and guests are not asked."


def _reminders_problem(count: int | None) -> str:
    return "" if count is None or 0 <= count <= MOST_REMINDERS else f"Choose 0 to {MOST_REMINDERS} reminders."


def _parent_problem(draft: TeamDraft, others: Sequence[Team], team: Team | None) -> str:
    if draft.parent is None:
        return ""
    parent = next((other for other in others if other.id == draft.parent), None)
    if parent is None:
        return "This team cannot stand above. Choose another one."
    if team and parent.id in below(others, {team.id}):
        return f"{parent.name} stands below {team.name} already. Choose another one."
    return ""


def _saved(tx: Transaction, team: Team, draft: TeamDraft) -> Team:
    members = team.members
    if draft.members is not None:
        members = (*_without_account(tx, members), *_named(tx, draft.members))
    described = replace(
        team,
        name=draft.name.strip(),
        leads=tuple(dict.fromkeys((*_without_account(tx, team.leads), *_named(tx, draft.leads)))),
        source=draft.source,
        reminders=draft.reminders,
        parent=draft.parent,
    )
    return with_members(tx, described, members)


def _without_account(tx: Transaction, people: Sequence[str]) -> tuple[str, ...]:
    """Those whom no form of a chat can show; they stay when it is saved."""
    linked = tx.people.identities("slack")
    return tuple(person for person in people if person not in linked)


def _named(tx: Transaction, profiles: Iterable[Profile]) -> list[str]:
    return [named_in(tx, profile).id for profile in profiles if profile.member]


def archive_team(store: Store, *, actor: str, team: str) -> Team:
    """Ask a team no more. Its goals, answers and members stay on record, its name is free again.

    Whoever is at home there gets another of their teams as home, or none; teams below move up. A schedule that names
    it asks the others it names, and stops where there are none. Doing it twice changes nothing.
    Raises NotFound, and NotAllowed unless the actor is an admin.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        found = tx.teams.get(team)
        if found.archived:
            return found
        archived = replace(found, archived=True)
        moved_up = [replace(other, parent=found.parent) for other in tx.teams.all() if other.parent == team]
        tx.teams.save(archived, *moved_up)
        leave_schedules(tx, team)
        leave_home(tx, team, [person.id for person in tx.people.all() if person.home_team == team])
        return archived


def leave_schedules(tx: Transaction, team: str) -> None:
    """No schedule names a team any more, unless it named no other, and then stops."""
    for schedule in tx.rounds.schedules():
        if team in schedule.teams:
            # A schedule that names no team asks every team, so the last name stays and the schedule stops.
            left = tuple(other for other in schedule.teams if other != team)
            tx.rounds.save_schedule(replace(schedule, teams=left or schedule.teams, active=bool(left)))
