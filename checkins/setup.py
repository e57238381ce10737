"""Setting a workspace up in chat: what is done, what is next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from checkins.cadence import following, instant
from checkins.linking_people import unlinked
from checkins.model import Cadence, DeliveryKind, DigestPlan, Goal, Person, Schedule, Team, Workspace
from checkins.ports import Store, Transaction
from checkins.roster import require_admin


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The state of the set-up for one viewer."""

    viewer: Person
    admins: tuple[Person, ...]
    workspace: Workspace
    teams: tuple[Team, ...]
    goals: tuple[Goal, ...]
    schedule: Schedule | None
    asked: bool  # at least one round was opened
    unlinked: int  # people who would be asked but have no chat account
    names: Mapping[str, str] = field(default_factory=dict)  # of the teams' leads, by person id

    @property
    def complete(self) -> bool:
        return bool(self.teams and self.goals and self.schedule and self.workspace.digest)

    @property
    def next_prompt(self) -> datetime | None:
        """When the viewer is asked next; None for those whom no schedule asks."""
        plan, home = self.schedule, self.viewer.home_team
        if plan is None or home is None or (plan.teams and home not in plan.teams):
            return None
        return instant(plan.next_date, plan.at, self.viewer.zone or self.workspace.zone)


def checklist(store: Store, *, actor: str) -> Checklist:
    """What is set up and what is next; every person may look, only admins get the forms."""
    with store.snapshot() as tx:
        schedules = [schedule for schedule in tx.rounds.schedules() if schedule.active]
        return Checklist(
            viewer=tx.people.get(actor),
            admins=tuple(tx.people.admins()),
            workspace=tx.workspace.get(),
            teams=tuple(tx.teams.all()),
            goals=tuple(tx.goals.all()),
            schedule=schedules[0] if schedules else None,
            asked=any(tx.rounds.latest(schedule.id) for schedule in schedules),
            unlinked=len(unlinked(tx)),
            names=_names_of_leads(tx),
        )


def _names_of_leads(tx: Transaction) -> dict[str, str]:
    leads = {lead for team in tx.teams.all() for lead in team.leads}
    return {id: person.name for id, person in tx.people.by_ids(leads).items()}


def form(store: Store, *, actor: str) -> Checklist:
    """The checklist for somebody who is about to change it. Raises NotAllowed unless the actor is an admin."""
    with store.snapshot() as tx:
        require_admin(tx, actor)
    return checklist(store, actor=actor)


def choose_digest(
    store: Store, *, actor: str, channel: str, weekday: int, at: time, zone: str, now: datetime
) -> DigestPlan:
    """Say where and when the digest appears and owe the channel a test message, once per channel.

    Raises NotAllowed unless the actor is an admin.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        plan = DigestPlan(
            channel=channel,
            weekday=weekday,
            at=at,
            zone=zone,
            next_at=next_digest(weekday=weekday, at=at, zone=zone, after=now),
        )
        tx.workspace.save(replace(tx.workspace.get(), digest=plan, zone=zone))
        tx.outbox.add(
            key=f"digest-test:{channel}",
            kind=DeliveryKind.DIGEST_TEST,
            subject=channel,
            channel=channel,
            not_before=now,
        )
        return plan


def next_digest(*, weekday: int, at: time, zone: str, after: datetime) -> datetime:
    """The first instant after ``after`` at which the weekday and wall time come true in the zone."""
    day = after.astimezone(ZoneInfo(zone)).date()
    candidate = following(day, weekday, Cadence.WEEKLY, day.fromordinal(day.toordinal() - 1))
    while instant(candidate, at, zone) <= after:
        candidate = following(day, weekday, Cadence.WEEKLY, candidate)
    return instant(candidate, at, zone)
