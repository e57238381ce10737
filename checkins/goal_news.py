"""Changes in the open: those whom a change of a goal or of the strategy concerns hear of it once.

A message holds only the ids of its changes; what it says is read when it goes out or is looked at, so that it speaks
neither of what was taken back nor of a person who was erased meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from checkins.absences import time_off
from checkins.goal_keeping import OPEN, keep
from checkins.model import Delivery, DeliveryKind, DeliveryState, Goal, GoalChange, Person, Team
from checkins.ports import Transaction
from checkins.roster import reachable

SETTLED = timedelta(minutes=10)  # without another change by the same person, before anybody is told
NEWSWORTHY = ("title", "description", "status", "owner", "supports", "weight")
WAITING = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.HELD)
DAY, LOOKED_AHEAD = timedelta(days=1), timedelta(days=30)


def keep_and_tell(tx: Transaction, *goals: Goal, by: str | None, now: datetime, why: str = "") -> list[GoalChange]:
    """Save goals as ``keep`` does, and tell those whom the changes concern; new goals are no news."""
    changes = keep(tx, *goals, by=by, now=now, why=why)
    tell(tx, [change for change in changes if change.what.partition(":")[0] in NEWSWORTHY], now=now)
    return changes


def tell(tx: Transaction, changes: Sequence[GoalChange], *, now: datetime) -> None:
    """Owe each person concerned one message about the changes of one save, in their working hours.

    It waits until the one who made them has left things alone for a while; further changes come into the same message.
    """
    if not changes:
        return
    people = concerned(changes, goals=tx.goals.all(), teams=tx.teams.all())
    off = time_off(tx, now.date() - DAY, now.date() + LOOKED_AHEAD)
    for person in reachable(tx, people):
        _owe(tx, person, people[person.id], at=off.at_work(person, now + SETTLED) or now + SETTLED)


def concerned(
    changes: Iterable[GoalChange], *, goals: Iterable[Goal], teams: Iterable[Team]
) -> dict[str, list[GoalChange]]:
    """Whom which changes concern, in their order; never the one who made them.

    A goal concerns its owner, the leads of its teams, of the teams it depends on and of those that depend on its own,
    and the owners of what it supports and is supported by. The strategy concerns all leads and owners.
    """
    map_ = _Map(goals, teams)
    people: dict[str, list[GoalChange]] = defaultdict(list)
    for change in changes:
        for person in sorted(map_.around(change) - {change.person or ""}):
            people[person].append(change)
    return dict(people)


class _Map:
    """Who stands where around goals."""

    def __init__(self, goals: Iterable[Goal], teams: Iterable[Team]) -> None:
        self._goals = {goal.id: goal for goal in goals}
        self._leads = {team.id: team.leads for team in teams}
        self._below: dict[str, list[str]] = defaultdict(list)  # goals that support a goal
        self._dependent: dict[str, set[str]] = defaultdict(set)  # teams whose open goals depend on a team
        for goal in self._goals.values():
            for above in goal.supports:
                self._below[above].append(goal.id)
            for team in goal.depends_on if goal.team and goal.status in OPEN else ():
                self._dependent[team].add(goal.team or "")

    def around(self, change: GoalChange) -> set[str]:
        goal = self._goals.get(change.goal or "")
        if goal is None:
            return self._owners(self._goals) | self._leads_of(self._leads)
        field, _, team = change.what.partition(":")
        before = change.before.split(", ")  # who had the goal, and what it supported
        teams = {*goal.teams(), *goal.depends_on, *self._dependent[goal.team or ""], team}
        linked = {*goal.supports, *self._below[goal.id], *(before if field == "supports" else ())}
        owners = {goal.owner or "", *(before if field == "owner" else ())} - {""}
        return owners | self._owners(linked) | self._leads_of(teams)

    def _owners(self, goals: Iterable[str]) -> set[str]:
        """Of those that are open."""
        found = filter(None, map(self._goals.get, goals))
        return {goal.owner for goal in found if goal.owner and goal.status in OPEN}

    def _leads_of(self, teams: Iterable[str]) -> set[str]:
        return {lead for team in teams for lead in self._leads.get(team, ())}


def _owe(tx: Transaction, person: Person, changes: Sequence[GoalChange], *, at: datetime) -> None:
    """One message, with what still waits of the same person's changes; none where all of it was taken back."""
    subject = f"news:{person.id}"
    waited = [change for owed in _waiting(tx, subject, by=changes[0].person, at=at) for change in owed]
    left = lasting([*waited, *changes])
    if left:
        tx.outbox.add(
            key=f"{subject}:{changes[-1].id}",
            kind=DeliveryKind.NEWS,
            subject=subject,
            person=person.id,
            not_before=at,
            body={"changes": [change.id for change in left]},
        )


def _waiting(tx: Transaction, subject: str, *, by: str | None, at: datetime) -> Iterator[list[GoalChange]]:
    """The changes of each message that has not gone out, which now never will."""
    for owed in tx.outbox.about(subject, DeliveryKind.NEWS):
        told = changes_of(tx, owed) if owed.state in WAITING else []
        # Moving it fails where a sender has taken it meanwhile
        if told and told[0].person == by and tx.outbox.move(owed.key, not_before=at):
            tx.outbox.settle(owed.id, state=DeliveryState.CANCELLED)
            yield told


def lasting(changes: Sequence[GoalChange]) -> list[GoalChange]:
    """Without those that later ones took back, field by field."""
    fields = by_field(changes)
    return [change for change in changes if _differs(fields[change.goal, change.what])]


def by_field(changes: Iterable[GoalChange]) -> dict[tuple[str | None, str], list[GoalChange]]:
    """Changes by goal and field, in their order."""
    fields: dict[tuple[str | None, str], list[GoalChange]] = defaultdict(list)
    for change in changes:
        fields[change.goal, change.what].append(change)
    return fields


def _differs(of_field: Sequence[GoalChange]) -> bool:
    return of_field[0].before != of_field[-1].after


def changes_of(tx: Transaction, told: Delivery) -> list[GoalChange]:
    """What a message is about, oldest first."""
    return tx.goal_log.changes_named(told.body["changes"])
