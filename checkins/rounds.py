"""Rounds: opened when they fall due, reminded of once, closed with their last prompt. The jobs' use cases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from checkins.cadence import earliest, following, instant
from checkins.deliveries import retire_reminders
from checkins.errors import TruelineError
from checkins.ids import derived
from checkins.model import (
    Cadence,
    DeliveryKind,
    FrozenGoal,
    Goal,
    Person,
    Prompt,
    PromptState,
    Round,
    Schedule,
)
from checkins.ports import Store, Transaction
from checkins.roster import require_admin

QUESTIONS = ("work", "worked_with", "waiting_on", "note")
OPEN_STATES = (PromptState.PENDING, PromptState.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a run of the job did: rounds opened, prompts owed, people left out because their window is over."""

    rounds: int = 0
    prompts: int = 0
    too_late: int = 0


def open_due_rounds(store: Store, *, now: datetime) -> Opened:
    """Open every round that has fallen due and move its schedule on.

    After an outage a round whose windows are all over is passed by, and so is each prompt whose own window is.
    """
    done = Opened()
    with store.transaction() as tx:
        for schedule in tx.rounds.due_schedules(now):
            while schedule.next_at <= now:
                done = _opened(tx, done, schedule, now=now)
                schedule = _moved_on(tx, schedule)
            tx.rounds.save_schedule(schedule)
    return done


def _opened(tx: Transaction, done: Opened, schedule: Schedule, *, now: datetime) -> Opened:
    people = asked(tx, schedule)
    default = tx.workspace.get().zone
    due = {person.id: instant(schedule.next_date, schedule.at, person.zone or default) for person in people}
    in_time = [person for person in people if due[person.id] + schedule.window > now]
    if not in_time or not _open(tx, schedule, day=schedule.next_date, people=in_time, due=due, now=now):
        return replace(done, too_late=done.too_late + len(people) - len(in_time))
    return Opened(
        rounds=done.rounds + 1,
        prompts=done.prompts + len(in_time),
        too_late=done.too_late + len(people) - len(in_time),
    )


def asked(tx: Transaction, schedule: Schedule) -> list[Person]:
    """The people a schedule asks: active, with a chat account, at home in one of its teams."""
    homes = {team.id for team in tx.teams.all() if not schedule.teams or team.id in schedule.teams}
    reachable = tx.people.identities("slack").keys() | tx.people.identities("teams").keys()
    return [p for p in tx.people.all() if p.active and p.home_team in homes and p.id in reachable]


def _open(
    tx: Transaction, schedule: Schedule, *, day: date, people: list[Person], due: dict[str, datetime], now: datetime
) -> bool:
    round_ = _new_round(tx, schedule, day=day, due=[due[person.id] for person in people])
    prompts = [_new_prompt(schedule, round_, person, due=due[person.id]) for person in people]
    before = {person.id: tx.rounds.latest_prompt(person.id) for person in people}
    if not tx.rounds.open(round_, prompts):
        return False
    for prompt in prompts:
        _retire(tx, before[prompt.person], now=now)
        tx.outbox.add(
            key=f"prompt:{prompt.id}",
            kind=DeliveryKind.PROMPT,
            subject=prompt.id,
            person=prompt.person,
            not_before=max(prompt.due_at, now),
        )
    return True


def _new_round(tx: Transaction, schedule: Schedule, *, day: date, due: list[datetime]) -> Round:
    return Round(
        id=derived("round", schedule.id, day.isoformat()),
        schedule=schedule.id,
        date=day,
        opens_at=min(due),
        closes_at=max(due) + schedule.window,
        questions=QUESTIONS,
        goals=tuple(_frozen(goal) for goal in tx.goals.running(day, day)),
    )


def _frozen(goal: Goal) -> FrozenGoal:
    return FrozenGoal(
        id=goal.id, title=goal.title, team=goal.team, weight=goal.weight, weights=dict(sorted(goal.weights.items()))
    )


def _new_prompt(schedule: Schedule, round_: Round, person: Person, *, due: datetime) -> Prompt:
    assert person.home_team is not None
    return Prompt(
        id=derived("prompt", round_.id, person.id),
        round=round_.id,
        person=person.id,
        team=person.home_team,
        due_at=due,
        closes_at=due + schedule.window,
        remind_at=due + schedule.remind_after if schedule.reminders else None,
    )


def _retire(tx: Transaction, before: Prompt | None, *, now: datetime) -> None:
    """Take the buttons off the last round's message where nobody pressed one: a new prompt is on its way."""
    if before is None or before.state in (PromptState.ANSWERED, PromptState.SKIPPED):
        return
    tx.outbox.cancel(before.id, (DeliveryKind.PROMPT, DeliveryKind.REMINDER))
    retire_reminders(tx, before, now=now)
    if before.message:
        tx.outbox.add(
            key=f"closed:{before.id}",
            kind=DeliveryKind.CLOSED,
            subject=before.id,
            person=before.person,
            not_before=now,
        )


def _moved_on(tx: Transaction, schedule: Schedule) -> Schedule:
    day = following(schedule.starts, schedule.weekday, schedule.cadence, schedule.next_date)
    return replace(schedule, next_date=day, next_at=first_instant(tx, day, schedule.at, asked(tx, schedule)))


def first_instant(tx: Transaction, day: date, at: time, people: Iterable[Person]) -> datetime:
    """When the wall time first comes true for anybody asked."""
    default = tx.workspace.get().zone
    return earliest(day, at, {person.zone or default for person in people} or {default})


def remind_due(store: Store, *, now: datetime) -> int:
    """Owe a reminder for every unanswered prompt whose time has come; returns how many."""
    with store.transaction() as tx:
        due = tx.rounds.to_remind(now)
        for prompt in due:
            tx.rounds.save_prompt(replace(prompt, remind_at=None))
            if now < prompt.closes_at:
                _owe_reminder(tx, prompt, now=now)
        return len(due)


def _owe_reminder(tx: Transaction, prompt: Prompt, *, now: datetime) -> None:
    tx.outbox.add(
        key=f"reminder:{prompt.id}:{prompt.remind_at:%Y-%m-%dT%H:%M}",
        kind=DeliveryKind.REMINDER,
        subject=prompt.id,
        person=prompt.person,
        not_before=now,
    )


def close_due_rounds(store: Store, *, now: datetime) -> int:
    """Close the rounds whose last window is over; what was not answered expires. Late answers still count."""
    with store.transaction() as tx:
        over = tx.rounds.past_closing(now)
        for round_ in over:
            for prompt in tx.rounds.prompts(round_.id):
                if prompt.state in OPEN_STATES:
                    tx.rounds.save_prompt(replace(prompt, state=PromptState.EXPIRED, remind_at=None))
            tx.rounds.close(round_.id)
        return len(over)


def ask_now(store: Store, *, actor: str, now: datetime) -> int:
    """Open a round at once, outside the schedule; returns how many people are asked.

    Raises NotAllowed unless the actor is an admin, TruelineError where there is nobody to ask or today was asked.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        schedules = [schedule for schedule in tx.rounds.schedules() if schedule.active]
        if not schedules:
            raise TruelineError("Set up a schedule first: `/align` shows the steps.")
        count = sum(_ask_now(tx, schedule, now=now) for schedule in schedules)
        if count == 0:
            raise TruelineError("Everybody was asked today already, or no team has members yet.")
        return count


def _ask_now(tx: Transaction, schedule: Schedule, *, now: datetime) -> int:
    people = asked(tx, schedule)
    day = now.astimezone(UTC).date()
    if not people or not _open(tx, schedule, day=day, people=people, due={p.id: now for p in people}, now=now):
        return 0
    if schedule.next_date <= day:
        tx.rounds.save_schedule(_moved_on(tx, replace(schedule, next_date=day)))
    return len(people)


def set_schedule(
    store: Store, *, actor: str, weekday: int, at: time, cadence: Cadence, reminders: int, now: datetime
) -> Schedule:
    """Say when everybody is asked, from the next such day on. Raises NotAllowed unless the actor is an admin."""
    with store.transaction() as tx:
        require_admin(tx, actor)
        today = now.astimezone(UTC).date()
        old = next(iter(tx.rounds.schedules()), None)
        schedule = Schedule(
            id=old.id if old else "everyone",
            weekday=weekday,
            at=at,
            cadence=cadence,
            starts=old.starts if old and (old.weekday, old.cadence) == (weekday, cadence) else today,
            next_date=today - timedelta(days=1),
            next_at=now,
            reminders=reminders,
        )
        while schedule.next_at <= now:
            schedule = _moved_on(tx, schedule)
        tx.rounds.save_schedule(schedule)
        tx.workspace.save(replace(tx.workspace.get(), cadence=schedule.cadence))
        return schedule
