"""What a message about changes tells its reader, and whose work they change: people say so at a click."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checkins.absences import time_off
from checkins.errors import NotFound
from checkins.goal_changes import Change, readable
from checkins.goal_news import DAY, LOOKED_AHEAD, by_field, changes_of
from checkins.model import Delivery, DeliveryKind, DeliveryState, GoalChange, Person
from checkins.ports import Store, Transaction
from checkins.roster import reachable

KINDS = (DeliveryKind.NEWS, DeliveryKind.CONCERN)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A goal, by its title, or the strategy where there is none, and each of its changed fields from first to last."""

    goal: str | None
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody who said that a change changes their work, and the team they said it for."""

    name: str
    team: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a message tells its reader. who: the name of the one who made the changes, None where there is none.

    own: the reader made them. said: the reader has said that they change their work; voices: the others who have.
    """

    key: str
    who: str | None
    own: bool
    about: tuple[About, ...]
    said: bool
    voices: tuple[Voice, ...]


def read(store: Store, *told: Delivery) -> dict[str, News]:
    """What messages about changes tell, by the id of each delivery, without those that tell nothing any more."""
    with store.snapshot() as tx:
        found = {each.id: _news(tx, each, changes_of(tx, each)) for each in told if each.kind in KINDS}
    empty = {each.id for each in told if each.kind is DeliveryKind.CONCERN and not found[each.id].voices}
    return {id: news for id, news in found.items() if id not in empty}


def _news(tx: Transaction, told: Delivery, changes: Sequence[GoalChange]) -> News:
    said = {person: None for change in changes for person in tx.goal_log.concerns(change.id)}
    about = _about(tx, changes)
    return News(
        key=told.key,
        who=next((change.who for each in about for change in each.changes), None),
        own=changes[-1].person == told.person,
        about=about,
        said=told.person in said,
        voices=tuple(_voice(tx, person) for person in said if person != told.person),
    )


def _about(tx: Transaction, changes: Sequence[GoalChange]) -> tuple[About, ...]:
    """The strategy first, then goal by goal as they were changed."""
    merged = [replace(of[-1], before=of[0].before, why=_why(of)) for of in by_field(changes).values()]
    goals: dict[str | None, list[Change]] = {change.goal: [] for change in sorted(merged, key=lambda c: bool(c.goal))}
    for change, said in zip(merged, readable(tx, merged), strict=True):
        goals[change.goal].append(said)
    titles = {goal.id: goal.title for goal in tx.goals.all()}
    return tuple(
        About(goal=goal, title=titles.get(goal or "", ""), changes=tuple(said)) for goal, said in goals.items()
    )


def _why(of_field: Sequence[GoalChange]) -> str:
    return next((change.why for change in reversed(of_field) if change.why), "")


def _voice(tx: Transaction, person: str) -> Voice:
    found, teams = tx.people.get(person), {team.id: team for team in tx.teams.of(person)}
    led = next((team for team in teams.values() if person in team.leads), None)
    team = led or teams.get(found.home_team or "")
    return Voice(name=found.name, team=team.name if team else None)


def concerns_me(store: Store, *, actor: str, key: str, now: datetime) -> News:
    """Say that what a message told changes the actor's work; once said it stays so, however often.

    Whoever made the changes and the goals' owners hear of it. Raises NotFound for what was not told to the actor.
    """
    with store.transaction() as tx:
        told = tx.outbox.by_key(key)
        if told is None or told.kind is not DeliveryKind.NEWS or told.person != actor:
            raise NotFound("This message is gone. `/goals` shows the goals as they are now.")
        changes = changes_of(tx, told)
        fresh = [change for change in changes if tx.goal_log.add_concern(change.id, person=actor, at=now)]
        _pass_on(tx, fresh, actor=actor, now=now)
        if told.state is DeliveryState.HELD:
            tx.outbox.settle(told.id, state=DeliveryState.CANCELLED)
        return _news(tx, told, changes)


def _pass_on(tx: Transaction, changes: Sequence[GoalChange], *, actor: str, now: datetime) -> None:
    """To each who answers for some of the changes: one message, which later voices change where it stands."""
    owners = {goal.id: goal.owner for goal in tx.goals.all()} if changes else {}
    theirs: dict[str, list[GoalChange]] = defaultdict(list)
    for change in changes:
        answering = {change.person or "", owners.get(change.goal or "") or ""}
        for one in answering - {"", actor}:
            theirs[one].append(change)
    off = time_off(tx, now.date() - DAY, now.date() + LOOKED_AHEAD)
    for person in reachable(tx, sorted(theirs)):
        _add_voice(tx, person, theirs[person.id], at=off.at_work(person, now) or now, now=now)


def _add_voice(tx: Transaction, person: Person, changes: Sequence[GoalChange], *, at: datetime, now: datetime) -> None:
    subject, ids = f"concern:{person.id}", [change.id for change in changes]
    told = tx.outbox.about(subject, DeliveryKind.CONCERN)
    about_these = [each for each in told if not set(ids).isdisjoint(each.body["changes"])]
    standing = [each for each in about_these if each.state is not DeliveryState.CANCELLED]
    for each in standing:
        tx.outbox.revise(each.id, settled=DeliveryState.SENT, state=DeliveryState.PENDING, not_before=now)
    if not standing:
        tx.outbox.add(
            key=f"{subject}:{len(told)}",
            kind=DeliveryKind.CONCERN,
            subject=subject,
            person=person.id,
            not_before=at,
            body={"changes": ids},
        )
