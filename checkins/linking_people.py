"""People of a document whose chat account is not known yet: shown with a proposal, linked by an admin's click."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher, get_close_matches

from checkins.absences import merged
from checkins.accounts import MEMBERS_ONLY, came_as, following
from checkins.errors import NotAllowed, TruelineError
from checkins.goal_keeping import keep
from checkins.model import Identity, Person
from checkins.ports import Store, Transaction
from checkins.privacy import nameless
from checkins.roster import Profile, require_admin
from checkins.rounds import plan_anew

ALIKE = 0.75  # of 1: below this, two names are more often different people than one
PAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """Somebody who cannot be asked, and the free account whose name or address is most alike, if any is."""

    person: Person
    proposal: Profile | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """by_account: the role comes from the chat or from the settings, so that it cannot be removed here."""

    person: Person
    by_account: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A page of the unlinked in order of name, of all ``total``, and every admin. page: from 0."""

    unlinked: tuple[Unlinked, ...]
    page: int
    total: int
    admins: tuple[Admin, ...]

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def people(store: Store, *, actor: str, platform: str, profiles: Iterable[Profile], page: int = 0) -> People:
    """The unlinked and the admins. profiles: every account of the platform. Raises NotAllowed unless an admin looks."""
    with store.snapshot() as tx:
        require_admin(tx, actor)
        accounts = {profile.user: profile for profile in profiles}
        waiting = sorted(unlinked(tx), key=lambda person: (person.name.casefold(), person.id))
        shown = max(0, min(page, (len(waiting) - 1) // PAGE))
        some = waiting[shown * PAGE : (shown + 1) * PAGE]
        return People(
            unlinked=_proposed(tx, some, _free(tx, platform, accounts.values())),
            page=shown,
            total=len(waiting),
            admins=_admins(tx, platform, accounts),
        )


def unlinked(tx: Transaction) -> list[Person]:
    """Active people who are in a team and have no chat account, so that nobody can ask them."""
    reachable = tx.people.identities("slack").keys() | tx.people.identities("teams").keys()
    in_teams = {person for team in tx.teams.all() for person in (*team.members, *team.leads)}
    return [p for p in tx.people.all() if p.active and p.id not in reachable and (p.home_team or p.id in in_teams)]


def _free(tx: Transaction, platform: str, profiles: Iterable[Profile]) -> list[Profile]:
    """Full members' accounts that belong to nobody."""
    taken = {account.user for account in tx.people.identities(platform).values()}
    return [profile for profile in profiles if profile.member and profile.user not in taken]


def _admins(tx: Transaction, platform: str, accounts: Mapping[str, Profile]) -> tuple[Admin, ...]:
    linked = tx.people.identities(platform)
    profiles = {person: accounts.get(account.user) for person, account in linked.items()}
    return tuple(
        Admin(person=admin, by_account=bool((found := profiles.get(admin.id)) and found.admin))
        for admin in tx.people.admins()
    )


def _proposed(tx: Transaction, people: Iterable[Person], free: Iterable[Profile]) -> tuple[Unlinked, ...]:
    """Whoever had themselves erased is not proposed."""
    named: dict[str, Profile] = {}
    for profile in free:
        for key in _keys(profile.name, profile.email):
            named.setdefault(key, profile)
    pairs = [(person, _nearest(person, named)) for person in people]
    return tuple(
        Unlinked(person=person, proposal=near if near and not tx.people.is_erased(near.platform, near.user) else None)
        for person, near in pairs
    )


def _nearest(person: Person, named: Mapping[str, Profile]) -> Profile | None:
    """named: accounts by what they are called."""
    pairs = [
        (SequenceMatcher(None, match, key).ratio(), match)
        for key in _keys(person.name, person.email)
        for match in get_close_matches(key, named, n=1, cutoff=ALIKE)
    ]
    return named[max(pairs)[1]] if pairs else None


def _keys(name: str, email: str | None) -> Iterator[str]:
    """A name and the local part of an address as words in order, without case and accents."""
    for text in (name, (email or "").partition("@")[0]):
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        if key := " ".join(sorted(re.findall(r"\w+", plain.casefold().replace("_", " ")))):
            yield key


def link(store: Store, *, actor: str, person: str, profile: Profile, now: datetime) -> Person:
    """Tie somebody without an account to one; they are asked from the next round on.

    Whoever came with the account by themselves, and is in no team and was never asked, becomes the same person. Raises
    NotAllowed unless the actor is an admin and the account a full member's, TruelineError where person or account has
    another already.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        if not profile.member:
            raise NotAllowed(MEMBERS_ONLY)
        found, holder = tx.people.get(person), tx.people.by_identity(profile.platform, profile.user)
        if holder and holder.id == found.id:
            return found
        _check(tx, found, holder, profile)
        tx.people.forget_erased(profile.platform, profile.user)
        if holder:
            owned = (replace(goal, owner=person) for goal in tx.goals.all() if goal.owner == holder.id)
            keep(tx, *owned, by=actor, now=now)
            found = _taken_over(tx, holder, found)
        linked = following(found, profile)
        tx.people.save(linked)
        tx.people.save_identity(Identity(person=person, platform=profile.platform, user=profile.user))
        plan_anew(tx)
        return linked


def _check(tx: Transaction, person: Person, holder: Person | None, profile: Profile) -> None:
    if tx.people.identity(person.id, profile.platform):
        raise TruelineError(f"{person.name} has another account already.")
    if holder is None:
        return
    by_themselves = holder.id == came_as(profile)
    if by_themselves and (tx.rounds.latest_prompt(holder.id) or tx.check_ins.latest_of(holder.id)):
        raise TruelineError(
            f"{holder.name} has been asked with this account already, and what two people were asked is not put "
            f"together. Choose another account, or add {holder.name} to the team instead of {person.name}."
        )
    if not by_themselves or holder.home_team or tx.teams.of(holder.id):
        raise TruelineError(f"This account is {holder.name}'s already. Choose another one.")


def _taken_over(tx: Transaction, holder: Person, person: Person) -> Person:
    """What somebody who came by themselves has said so far becomes the imported person's; nothing else is left."""
    tx.teams.save(*(replace(team, added_by=person.id) for team in tx.teams.all() if team.added_by == holder.id))
    days = [*tx.absences.of(person.id), *tx.absences.of(holder.id)]
    tx.absences.replace(person.id, merged(replace(day, person=person.id) for day in days))
    tx.goal_log.hand_over(holder.id, to=person.id)
    for work in tx.linked.of(holder.id):
        tx.linked.save(replace(work, person=person.id))
    tx.privacy.erase(holder.id, substitute=nameless(), words=(holder.id,))
    return replace(
        person,
        zone=holder.zone or person.zone,
        own_zone=holder.own_zone,
        country=person.country or holder.country,
        reminders=holder.reminders,
        paused=holder.paused,
        admin=person.admin or holder.admin,
    )
