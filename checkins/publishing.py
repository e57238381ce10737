"""Digests falling due, being kept, shown to admins first, and posted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from checkins.cadence import Week, local_date
from checkins.deliveries import owe_admins
from checkins.errors import NotFound, TruelineError
from checkins.findings import with_decisions
from checkins.model import Delivery, DeliveryKind, DigestPlan, Finding, MessageRef
from checkins.ports import Store, StoredDigest, Transaction
from checkins.roster import require_admin
from checkins.setup import next_digest

REVIEWED_FIRST = 2  # so many digests go to the admins before they are published
TEAMS_PER_MESSAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A week's digests as the analyst made them: the workspace's body, one per team, the picture, the findings."""

    week: str
    whole: Mapping[str, Any]
    teams: Mapping[str, Mapping[str, Any]]
    picture: bytes | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A stored digest with what its message shows beside it."""

    digest: StoredDigest
    teams: tuple[StoredDigest, ...]
    previous: StoredDigest | None
    goal_titles: dict[str, str]
    team_names: dict[str, str]
    channel: str | None
    zone: str
    published: bool


def due_digest(store: Store, *, now: datetime) -> str | None:
    """The week whose digest has to be built now; None when none is due.

    A digest covers the week of its date if a round of that week has opened, else the week before; a week without a
    round has none, and the plan moves on. Digests missed in an outage come one after the other.
    """
    with store.transaction() as tx:
        while (plan := tx.workspace.get().digest) and plan.next_at <= now:
            week = _week_with_round(tx, plan)
            if week:
                return week
            _move_on(tx, plan)
        return None


def _week_with_round(tx: Transaction, plan: DigestPlan) -> str | None:
    week = Week.of(local_date(plan.next_at, plan.zone))
    for candidate in (week, week.plus(-1)):
        opened = any(
            round_.opens_at <= plan.next_at for round_ in tx.rounds.between(candidate.monday, candidate.sunday)
        )
        if opened and tx.digests.find(str(candidate)) is None:
            return str(candidate)
    return None


def _move_on(tx: Transaction, plan: DigestPlan) -> None:
    following = next_digest(weekday=plan.weekday, at=plan.at, zone=plan.zone, after=plan.next_at)
    tx.workspace.save(replace(tx.workspace.get(), digest=replace(plan, next_at=following)))


def keep(store: Store, built: Built, *, now: datetime) -> None:
    """Store a week's digests and findings, and owe the messages: to admins while they review, else to the channel.

    now: before the answers were read. A week that is kept already stays as it is.
    """
    with store.transaction() as tx:
        plan = tx.workspace.get().digest
        if plan is None or tx.digests.find(built.week):
            return
        review = tx.digests.count() < REVIEWED_FIRST
        tx.digests.save_findings(with_decisions(built.findings, tx.digests.findings()))
        tx.digests.save(
            StoredDigest(
                week=built.week,
                team=None,
                body=built.whole,
                picture=built.picture,
                published=not review,
                built_at=now,
            )
        )
        keep_teams(tx, built, now=now)
        if review:
            key, kind = f"digest-preview:{built.week}", DeliveryKind.DIGEST_PREVIEW
            owe_admins(tx, key=key, kind=kind, subject=built.week, now=now)
        else:
            _owe_digest(tx, built.week, plan.channel, teams=len(built.teams), now=now)
        _move_on(tx, plan)


def keep_teams(tx: Transaction, built: Built, *, now: datetime) -> None:
    """Store the teams' digests of a week, in the place of earlier ones."""
    for team, body in built.teams.items():
        tx.digests.save(StoredDigest(week=built.week, team=team, body=body, built_at=now))


def _owe_digest(tx: Transaction, week: str, channel: str, *, teams: int, now: datetime) -> None:
    tx.outbox.add(key=digest_key(week), kind=DeliveryKind.DIGEST, subject=week, channel=channel, not_before=now)
    for part in range(parts(teams)):
        owe_thread(tx, week, channel, part=part, now=now)


def parts(teams: int) -> int:
    """How many messages the details of so many teams take."""
    return -(-teams // TEAMS_PER_MESSAGE)


def owe_thread(tx: Transaction, week: str, channel: str, *, part: int, now: datetime) -> bool:
    """Owe one message of the digest's thread; False when it is owed already."""
    return tx.outbox.add(
        key=thread_key(week, part),
        kind=DeliveryKind.DIGEST_THREAD,
        subject=f"{week}/{part}",
        channel=channel,
        not_before=now,
        after=digest_key(week),
    )


def owe_picture(store: Store, delivery: Delivery, *, not_before: datetime) -> None:
    """A digest or its update goes out without the picture: have the picture added to its message later."""
    with store.transaction() as tx:
        tx.outbox.add(
            key=f"{delivery.key}:picture",
            kind=DeliveryKind.DIGEST_PICTURE,
            subject=delivery.subject,
            channel=delivery.channel,
            not_before=not_before,
            after=delivery.key,
        )


def publish(store: Store, *, actor: str, week: str, now: datetime) -> bool:
    """Post a reviewed digest; False when it is posted already.

    Raises NotAllowed unless the actor is an admin, NotFound for a week without a digest.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        digest, plan = tx.digests.find(week), tx.workspace.get().digest
        if digest is None:
            raise NotFound(f"There is no digest of {week}.")
        if plan is None:
            raise TruelineError("Choose a channel for the digest first: `/align` shows the steps.")
        if digest.published:
            return False
        tx.digests.save(replace(digest, published=True))
        _owe_digest(tx, week, plan.channel, teams=len(_of_teams(tx, week)), now=now)
        return True


def edition(store: Store, *, week: str) -> Edition:
    """A stored digest with its names and the one before it. Raises NotFound."""
    with store.snapshot() as tx:
        digest, workspace = tx.digests.find(week), tx.workspace.get()
        plan = workspace.digest
        if digest is None:
            raise NotFound(f"There is no digest of {week}.")
        return Edition(
            digest=digest,
            teams=tuple(_of_teams(tx, week)),
            previous=tx.digests.find(str(Week.parse(week).plus(-1))),
            goal_titles={goal.id: goal.title for goal in tx.goals.all()},
            team_names={team.id: team.name for team in tx.teams.all()},
            channel=plan.channel if plan else None,
            zone=plan.zone if plan else workspace.zone,
            published=digest.published,
        )


def latest_week(store: Store) -> str | None:
    """The week of the newest stored digest that was published."""
    with store.snapshot() as tx:
        newest = tx.digests.latest_published()
        return newest.week if newest else None


def plan(store: Store) -> DigestPlan | None:
    """Where and when the digest is posted."""
    with store.snapshot() as tx:
        return tx.workspace.get().digest


def previews(store: Store, *, week: str) -> list[MessageRef]:
    """The messages in which admins read a week's digest before it was published."""
    with store.snapshot() as tx:
        shown = tx.outbox.about(week, DeliveryKind.DIGEST_PREVIEW)
        return [delivery.message for delivery in shown if delivery.message]


def digest_key(week: str) -> str:
    return f"digest:{week}"


def thread_key(week: str, part: int) -> str:
    return f"{digest_key(week)}:thread:{part}"


def _of_teams(tx: Transaction, week: str) -> list[StoredDigest]:
    found = (tx.digests.find(week, team.id) for team in tx.teams.all())
    return [digest for digest in found if digest is not None]


def picture_uploaded(store: Store, uploaded: StoredDigest, *, file: str) -> None:
    """Remember the platform's name of a digest's picture, so that a retry does not upload it again.

    A picture that another one has replaced meanwhile is forgotten.
    """
    with store.transaction() as tx:
        digest = tx.digests.find(uploaded.week)
        if digest and digest.picture == uploaded.picture:
            tx.digests.save(replace(digest, picture_file=file))
