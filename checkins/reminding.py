"""Reminders: few, in working hours, never on a day off; and the pause of those who do not want to be asked."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from checkins.absences import OPEN_AT_MOST, TimeOff, time_off
from checkins.deliveries import OPEN_STATES, leave_out
from checkins.errors import TruelineError
from checkins.model import DeliveryKind, Person, Prompt, PromptState, Schedule, Team
from checkins.ports import Store, Transaction
from checkins.roster import require_lead

MOST = 2  # reminders a round
BETWEEN = timedelta(hours=24)
LAST_CHANCE = timedelta(minutes=30)  # before the window closes
SILENT_ROUNDS = 3
LOOKED_THROUGH = 20  # prompts, in search of those that were not away
ASK_TO_PAUSE = (
    "Your last three check-ins went by without an answer, and that is fine. Shall I pause? `/checkin pause` ends them, "
    "`/checkin resume` brings the next one. Until I hear from you I stay silent."
)


def allowed(schedule: Schedule, team: Team, person: Person) -> int:
    """Reminders a round: what the team has, else the schedule; fewer where the person wants fewer."""
    count = schedule.reminders if team.reminders is None else team.reminders
    return count if person.reminders is None else min(count, person.reminders)


def planned(wish: datetime, *, closes_at: datetime, person: Person, off: TimeOff) -> datetime | None:
    """When a reminder wished for at an instant goes out: in working hours, before the window closes; None if never."""
    moment = off.at_work(person, min(wish, closes_at - LAST_CHANCE))
    return moment if moment and moment < closes_at else None


def remind_due(store: Store, *, now: datetime) -> int:
    """Owe a reminder for every unanswered prompt whose time has come, and plan the next; returns how many."""
    with store.transaction() as tx:
        due = tx.rounds.to_remind(now)
        off = time_off(tx, (now - BETWEEN).date(), (now + 4 * BETWEEN).date())
        return sum(_remind(tx, prompt, off, now=now) for prompt in due)


def _remind(tx: Transaction, prompt: Prompt, off: TimeOff, *, now: datetime) -> bool:
    """Whether a reminder is owed now. One that the person chose comes when they said, and counts as one."""
    person = tx.people.get(prompt.person)
    left = _left(tx, prompt, person)
    plan = partial(planned, closes_at=prompt.closes_at, person=person, off=off)
    wanted = prompt.snoozed or (left > 0 and off.at_work(person, now) == now)
    if wanted and now < prompt.closes_at:
        _owe(tx, prompt, now=now)
        tx.rounds.save_prompt(replace(prompt, remind_at=plan(now + BETWEEN) if left > 1 else None, snoozed=False))
        return True
    later = plan(now) if left > 0 else None
    tx.rounds.save_prompt(replace(prompt, remind_at=later if later and later > now else None, snoozed=False))
    return False


def _left(tx: Transaction, prompt: Prompt, person: Person) -> int:
    schedule = tx.rounds.schedule(tx.rounds.get(prompt.round).schedule)
    sent = len(tx.outbox.about(prompt.id, DeliveryKind.REMINDER))
    return allowed(schedule, tx.teams.get(prompt.team), person) - sent


def _owe(tx: Transaction, prompt: Prompt, *, now: datetime) -> None:
    key = f"reminder:{prompt.id}:{prompt.remind_at:%Y-%m-%dT%H:%M}"
    tx.outbox.add(
        key=key,
        kind=DeliveryKind.REMINDER,
        subject=prompt.id,
        person=prompt.person,
        not_before=now,
    )
    if prompt.snoozed:
        tx.outbox.release(key, not_before=now)


def set_own_reminders(store: Store, *, actor: str, count: int | None) -> Person:
    """At most so many reminders a round for oneself; None for as many as the team has. Raises TruelineError."""
    _check(count)
    with store.transaction() as tx:
        person = replace(tx.people.get(actor), reminders=count)
        tx.people.save(person)
        return person


def set_team_reminders(store: Store, *, actor: str, team: str, count: int | None) -> Team:
    """Reminders a round for a team; None for as many as the schedule has.

    Raises NotAllowed unless the actor is an admin or leads the team, TruelineError for a count that is none.
    """
    _check(count)
    with store.transaction() as tx:
        found = tx.teams.get(team)
        require_lead(tx, actor, found)
        changed = replace(found, reminders=count)
        tx.teams.save(changed)
        return changed


def _check(count: int | None) -> None:
    if count is not None and not 0 <= count <= MOST:
        raise TruelineError(f"There are 0, 1 or {MOST} reminders, not {count}.")


def pause(store: Store, *, actor: str, now: datetime) -> None:
    """Not asked any more until resumed; what is open is left out."""
    with store.transaction() as tx:
        tx.people.save(replace(tx.people.get(actor), paused=True))
        leave_out_open(tx, actor, now=now)


def leave_out_open(tx: Transaction, person: str, *, now: datetime) -> None:
    """What a person is asked, or is to be asked, in open rounds is asked no more."""
    for prompt in tx.rounds.recent_prompts(person, OPEN_AT_MOST):
        if prompt.state in OPEN_STATES:
            leave_out(tx, prompt, now=now)


def resume(store: Store, *, actor: str, now: datetime) -> None:
    """Asked again from the next round on."""
    with store.transaction() as tx:
        bring_back(tx, tx.people.get(actor), now=now)


def bring_back(tx: Transaction, person: Person, *, now: datetime) -> None:
    """End a pause; rounds that went by unanswered before are forgotten."""
    if person.paused:
        tx.people.save(replace(person, paused=False, resumed_at=now))


def ask_to_pause(tx: Transaction, person: str, *, now: datetime) -> None:
    """After three rounds in a row without a word: ask once, and pause until there is an answer."""
    found = tx.people.get(person)
    if found.paused or not _silent(tx, found):
        return
    tx.people.save(replace(found, paused=True))
    off = time_off(tx, now.date() - BETWEEN, now.date() + 30 * BETWEEN)
    tx.outbox.add(
        key=f"pause:{person}:{now:%Y-%m-%d}",
        kind=DeliveryKind.NOTICE,
        subject=person,
        person=person,
        not_before=off.at_work(found, now) or now,
        body={"text": ASK_TO_PAUSE},
    )


def _silent(tx: Transaction, person: Person) -> bool:
    since = person.resumed_at
    prompts = [p for p in tx.rounds.recent_prompts(person.id, LOOKED_THROUGH) if p.state is not PromptState.AWAY]
    recent = [p for p in prompts if since is None or p.due_at > since][:SILENT_ROUNDS]
    return len(recent) == SILENT_ROUNDS and all(p.state is PromptState.EXPIRED for p in recent)
