"""Admins named in chat; somebody always is one."""

from collections.abc import Sequence
from dataclasses import replace

from checkins.accounts import MEMBERS_ONLY, named_in
from checkins.errors import NotAllowed, TruelineError
from checkins.model import Person
from checkins.ports import Store
from checkins.roster import Profile, require_admin


def name_admin(store: Store, *, actor: str, profile: Profile) -> Person:
    """Make the person behind an account an admin, also one who is new here.

    Raises NotAllowed unless the actor is an admin and the account a full member's.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        if not profile.member:
            raise NotAllowed(MEMBERS_ONLY)
        admin = replace(named_in(tx, profile), admin=True)
        tx.people.save(admin)
        return admin


def remove_admin(store: Store, *, actor: str, person: str, profile: Profile | None) -> Person:
    """Take the role from somebody, oneself included. profile: their chat account.

    Raises NotAllowed unless the actor is an admin, and for the last one; TruelineError for whoever is an admin by their
    account, since the role would be back at once. Removing it twice changes nothing.
    """
    with store.transaction() as tx:
        admins = tx.people.hold_admins()
        require_admin(tx, actor)
        found = tx.people.get(person)
        if profile and profile.admin:
            raise TruelineError(
                f"{found.name} is an admin or owner of the Slack workspace, or named in TRUELINE_ADMINS. "
                "Change it there first."
            )
        keep_one(admins, found)
        removed = replace(found, admin=False)
        tx.people.save(removed)
        return removed


def keep_one(admins: Sequence[Person], leaving: Person) -> None:
    """Raises NotAllowed when nobody would be left. admins: held until the transaction ends."""
    if [admin.id for admin in admins] == [leaving.id]:
        raise NotAllowed(
            f"{leaving.name} is the only admin, and somebody has to be one. Name another admin first: "
            "`/align people` does it; from then on they may go."
        )
