"""Chat accounts and the people behind them: who arrives, who is linked, and whose profile changed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from checkins.errors import NotAllowed
from checkins.ids import derived
from checkins.model import Identity, Person
from checkins.ports import Store, Transaction
from checkins.reminding import leave_out_open
from checkins.roster import Profile
from checkins.rounds import plan_anew
from checkins.zones import move_prompts

MEMBERS_ONLY = "Trueline talks to full members of the workspace only."


def arrive(store: Store, profile: Profile) -> Person:
    """The person behind a chat account, who did something: known, linked by e-mail, or new, also after an erasure.

    Raises NotAllowed for accounts that are not full members.
    """
    if not profile.member:
        raise NotAllowed(MEMBERS_ONLY)
    with store.transaction() as tx:
        return named_in(tx, profile)


def named_in(tx: Transaction, profile: Profile) -> Person:
    """The person behind an account that came by itself or that somebody chose: an earlier erasure counts no more."""
    tx.people.forget_erased(profile.platform, profile.user)
    return arrive_in(tx, profile)


def arrive_in(tx: Transaction, profile: Profile) -> Person:
    """The person behind a full member's account, inside a transaction; rounds open in time for them."""
    before = tx.people.by_identity(profile.platform, profile.user)
    after = _arrived(tx, profile, before)
    if after.home_team and (before is None or (before.zone, before.active) != (after.zone, after.active)):
        plan_anew(tx)
    return after


def _arrived(tx: Transaction, profile: Profile, known: Person | None) -> Person:
    person = known or _same_email(tx, profile) or Person(id=came_as(profile), name=profile.name)
    followed = following(person, profile)
    if followed != person or known is None:
        tx.people.save(followed)
    if known is None:
        tx.people.save_identity(Identity(person=person.id, platform=profile.platform, user=profile.user))
    return followed


def came_as(profile: Profile) -> str:
    """The id of somebody whom nobody imported: they arrived with this account."""
    return derived("person", profile.user)


def following(person: Person, profile: Profile) -> Person:
    """The person with what their account says; imported people keep the name of the document."""
    if not profile.member:
        return replace(person, active=False)
    return replace(
        person,
        name=profile.name if person.id == came_as(profile) else person.name,
        email=person.email or profile.email,
        zone=person.zone if person.own_zone else profile.zone or person.zone,
        admin=person.admin or profile.admin,
        active=True,
    )


def _same_email(tx: Transaction, profile: Profile) -> Person | None:
    if not profile.email:
        return None
    linked = tx.people.identities(profile.platform)
    wanted = profile.email.casefold()
    matches = [p for p in tx.people.all() if p.id not in linked and (p.email or "").casefold() == wanted]
    return matches[0] if len(matches) == 1 else None


def is_erased(store: Store, *, platform: str, user: str) -> bool:
    """Whether the person behind an account had themselves erased and has not come back by themselves since."""
    with store.snapshot() as tx:
        return tx.people.is_erased(platform, user)


def connect(store: Store, profiles: Iterable[Profile], *, now: datetime) -> int:
    """Link imported people to their chat accounts by e-mail and follow what changed; returns how many were linked.

    People nobody imported are not added: they arrive when they first say something or join a team. Only the
    platform's admins are, for somebody has to set things up. Who was erased stays away.
    """
    with store.transaction() as tx:
        linked, people = tx.people.identities("slack"), {person.id: person for person in tx.people.all()}
        known = {account.user: people[person] for person, account in linked.items()}
        emails = Counter(p.email.casefold() for p in people.values() if p.email and p.id not in linked)
        new = changed = 0
        for profile in profiles:
            if person := known.get(profile.user):
                changed += _follow(tx, person, profile, now=now)
                continue
            joins = emails[(profile.email or "").casefold()] == 1
            if (joins or profile.admin) and profile.member and not tx.people.is_erased("slack", profile.user):
                _arrived(tx, profile, None)
                new += joins
        if new or changed:
            plan_anew(tx)
        return new


def follow(store: Store, profile: Profile, *, now: datetime) -> None:
    """A chat account changed: name and zone are followed; whose account is closed or a guest's is asked no more.

    What is still to come in an open round moves to the new zone's wall time. Accounts that never spoke to Trueline
    stay unknown.
    """
    with store.transaction() as tx:
        person = tx.people.by_identity(profile.platform, profile.user)
        if person and _follow(tx, person, profile, now=now):
            plan_anew(tx)


def _follow(tx: Transaction, known: Person, profile: Profile, *, now: datetime) -> bool:
    """Whether something changed. Whoever is erased at the same time stays erased."""
    before = tx.people.hold(known.id) if following(known, profile) != known else None
    if before is None:
        return False
    after = following(before, profile)
    tx.people.save(after)
    if not after.active:
        leave_out_open(tx, after.id, now=now)
        tx.outbox.cancel_all(after.id)
    elif after.zone != before.zone:
        move_prompts(tx, after, now=now)
    return True
