"""Teams whose members are those of a user group or channel, and are kept in step with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checkins.accounts import arrive_in
from checkins.deliveries import tell_admins
from checkins.homes import with_members
from checkins.model import Team
from checkins.ports import Store, Transaction
from checkins.roster import Profile

USERGROUP, CHANNEL = "usergroup", "channel"


def kind_of(source: str) -> str:
    """What the source "channel:C1" is."""
    return source.partition(":")[0]


def source_id(source: str) -> str:
    """The platform's id of the source "channel:C1"."""
    return source.partition(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class InStep:
    """What following a source did. members: how many people it has that can be asked."""

    members: int = 0
    joined: int = 0
    left: int = 0


def sources(store: Store) -> dict[str, tuple[str, ...]]:
    """User groups and channels that teams follow, each with the names of those teams."""
    with store.snapshot() as tx:
        found: dict[str, tuple[str, ...]] = {}
        for team in tx.teams.all():
            if team.source:
                found[team.source] = (*found.get(team.source, ()), team.name)
        return found


def familiar(store: Store, *, platform: str, users: Iterable[str]) -> dict[str, Profile]:
    """The accounts among these that need not be looked up: their people are active, and changes of theirs followed."""
    with store.snapshot() as tx:
        people = {person.id: person for person in tx.people.all() if person.active}
        known = {account.user: people.get(id) for id, account in tx.people.identities(platform).items()}
        found = {user: known.get(user) for user in users}
        return {user: Profile(platform=platform, user=user, name=who.name) for user, who in found.items() if who}


def keep_in_step(store: Store, *, source: str, profiles: Iterable[Profile]) -> InStep:
    """Make the full members of a user group or channel the members of the teams that follow it.

    Newcomers arrive, apart from those who had themselves erased. Nobody is told, open prompts stay as they are, and
    a source without anybody to ask changes nothing.
    """
    with store.transaction() as tx:
        teams = _followers(tx, source)
        if not teams:
            return InStep()
        members = [arrive_in(tx, profile).id for profile in profiles if _follows(tx, profile)]
        changed = [team for team in teams if members and set(team.members) != set(members)]
        for team in changed:
            with_members(tx, team, members)
        return InStep(
            members=len(members),
            joined=sum(len(set(members) - set(team.members)) for team in changed),
            left=sum(len(set(team.members) - set(members)) for team in changed),
        )


def _follows(tx: Transaction, profile: Profile) -> bool:
    return profile.member and not tx.people.is_erased(profile.platform, profile.user)


def out_of_reach(store: Store, *, source: str, text: str, now: datetime) -> None:
    """Tell the admins, once a week for the same source, that its teams stay as they are."""
    with store.transaction() as tx:
        if _followers(tx, source):
            tell_admins(tx, key=f"source:{source}:{now:%G-W%V}", text=text, now=now)


def _followers(tx: Transaction, source: str) -> list[Team]:
    return [team for team in tx.teams.all() if team.source == source]
