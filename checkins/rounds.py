"""Rounds: opened when they fall due, closed with their last prompt. The jobs' use cases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from checkins import missing_goals
from checkins.absences import TimeOff, time_off
from checkins.cadence import earliest, first_date, following, instant
from checkins.deliveries import OPEN_STATES, prompt_key, retire_reminders
from checkins.errors import BadForm, TruelineError
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
    Team,
)
from checkins.ports import Store, Transaction
from checkins.reminding import allowed, ask_to_pause, planned
from checkins.roster import require_admin
from checkins.turns import Turn

QUESTIONS = ("work", "worked_with", "waiting_on", "note")
WEEKS_LOOKED_AT = 8  # a holiday or two among them does not make a weekday a day off


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a run of the job did: rounds opened, prompts owed, people passed by because their window is over."""

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
    done = replace(done, too_late=done.too_late + len(people) - len(in_time))
    if not in_time:
        return done
    prompts = _open(tx, schedule, day=schedule.next_date, people=in_time, due=due, now=now)
    if prompts is None:
        return done
    return replace(done, rounds=done.rounds + 1, prompts=done.prompts + prompts)


def asked(tx: Transaction, schedule: Schedule) -> list[Person]:
    """The people a schedule asks: active, not paused, with a chat account, at home in one of its teams."""
    homes = {team.id for team in tx.teams.all() if not schedule.teams or team.id in schedule.teams}
    reachable = tx.people.identities("slack").keys() | tx.people.identities("teams").keys()
    return [p for p in tx.people.all() if p.active and not p.paused and p.home_team in homes and p.id in reachable]


def _open(
    tx: Transaction, schedule: Schedule, *, day: date, people: list[Person], due: dict[str, datetime], now: datetime
) -> int | None:
    """Returns how many are asked: those who have the day off are not. None when the round exists already."""
    off = around(tx, day, window=schedule.window)
    teams = {team.id: team for team in tx.teams.all()}
    round_ = _new_round(tx, schedule, day=day, due=[due[person.id] for person in people])
    times = {person.id: asked_at(schedule, person, due=due[person.id], off=off, now=now) for person in people}
    prompts = [
        new_prompt(
            schedule,
            round_,
            person,
            team=teams[person.home_team or ""],
            due=due[person.id],
            at=times[person.id],
            off=off,
        )
        for person in people
    ]
    before = {person.id: tx.rounds.latest_prompt(person.id) for person in people}
    if not tx.rounds.open(round_, prompts):
        return None
    for prompt in prompts:
        _retire(tx, before[prompt.person], now=now)
        _owe(tx, prompt, times[prompt.person])
    return sum(at is not None for at in times.values())


def _owe(tx: Transaction, prompt: Prompt, at: datetime | None) -> None:
    if at:
        tx.outbox.add(
            key=prompt_key(prompt),
            kind=DeliveryKind.PROMPT,
            subject=prompt.id,
            person=prompt.person,
            not_before=at,
        )


def asked_at(schedule: Schedule, person: Person, *, due: datetime, off: TimeOff, now: datetime) -> datetime | None:
    """When a prompt goes out: at its time, after an outage now or when work goes on; None for the day off."""
    if off.is_off_at(person, due):
        return None
    at = max(due, now)
    return planned(at, closes_at=due + schedule.window, person=person, off=off) if off.is_off_at(person, at) else at


def around(tx: Transaction, day: date, *, window: timedelta = timedelta()) -> TimeOff:
    """The days off of a date wherever people are, and of a window that opens then."""
    return time_off(tx, day - timedelta(days=1), day + timedelta(days=1) + window)


def _new_round(tx: Transaction, schedule: Schedule, *, day: date, due: list[datetime]) -> Round:
    return Round(
        id=derived("round", schedule.id, day.isoformat()),
        schedule=schedule.id,
        date=day,
        opens_at=min(due),
        closes_at=max(due) + schedule.window,
        questions=(*QUESTIONS, *Turn.on(day, schedule.cadence).words),
        goals=tuple(_frozen(goal) for goal in tx.goals.running(day, day)),
    )


def _frozen(goal: Goal) -> FrozenGoal:
    return FrozenGoal(
        id=goal.id, title=goal.title, team=goal.team, weight=goal.weight, weights=dict(sorted(goal.weights.items()))
    )


def new_prompt(
    schedule: Schedule,
    round_: Round,
    person: Person,
    *,
    team: Team,
    due: datetime,
    at: datetime | None,
    off: TimeOff,
) -> Prompt:
    closes_at = due + schedule.window
    return Prompt(
        id=derived("prompt", round_.id, person.id),
        round=round_.id,
        person=person.id,
        team=team.id,
        due_at=due,
        closes_at=closes_at,
        remind_at=planned(at + schedule.remind_after, closes_at=closes_at, person=person, off=off)
        if at and allowed(schedule, team, person)
        else None,
        state=PromptState.PENDING if at else PromptState.AWAY,
    )


def _retire(tx: Transaction, before: Prompt | None, *, now: datetime) -> None:
    """Take the buttons off the last round's message, answered or not: a new prompt is on its way."""
    if before is None:
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


def plan_anew(tx: Transaction) -> None:
    """The next rounds open in time for everybody, now that somebody's clock shows another time."""
    for schedule in tx.rounds.schedules():
        next_at = first_instant(tx, schedule.next_date, schedule.at, asked(tx, schedule))
        tx.rounds.save_schedule(replace(schedule, next_at=next_at))


def close_due_rounds(store: Store, *, now: datetime) -> int:
    """Close the rounds whose last window is over; what was not answered expires. Late answers still count."""
    with store.transaction() as tx:
        over = tx.rounds.past_closing(now)
        for round_ in over:
            for prompt in tx.rounds.prompts(round_.id):
                if prompt.state in OPEN_STATES:
                    tx.rounds.save_prompt(replace(prompt, state=PromptState.EXPIRED, remind_at=None))
                    ask_to_pause(tx, prompt.person, now=now)
            tx.rounds.close(round_.id)
            missing_goals.tell(tx, round_, now=now)
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
            raise TruelineError("Nobody to ask: everybody was asked today already, has the day off, or is in no team.")
        return count


def _ask_now(tx: Transaction, schedule: Schedule, *, now: datetime) -> int:
    people = asked(tx, schedule)
    day = now.astimezone(UTC).date()
    off = around(tx, day)
    if all(off.is_off_at(person, now) for person in people):
        return 0
    count = _open(tx, schedule, day=day, people=people, due={p.id: now for p in people}, now=now)
    if count and schedule.next_date <= day:
        tx.rounds.save_schedule(_moved_on(tx, replace(schedule, next_date=day)))
    return count or 0


def set_schedule(
    store: Store, *, actor: str, weekday: int, at: time, cadence: Cadence, reminders: int, now: datetime
) -> Schedule:
    """Say when everybody is asked, from the next such day on.

    Raises NotAllowed unless the actor is an admin, BadForm naming ``weekday`` when nobody works on that day.
    """
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
        _check_weekday(tx, schedule, today=today)
        while schedule.next_at <= now:
            schedule = _moved_on(tx, schedule)
        tx.rounds.save_schedule(schedule)
        tx.workspace.save(replace(tx.workspace.get(), cadence=schedule.cadence))
        return schedule


def _check_weekday(tx: Transaction, schedule: Schedule, *, today: date) -> None:
    """Whoever asks on a weekend would never hear an answer, nor why."""
    first = first_date(today, schedule.weekday)
    days = [first + timedelta(weeks=week) for week in range(WEEKS_LOOKED_AT)]
    people, off = asked(tx, schedule), TimeOff(zone=tx.workspace.get().zone, absences={})
    if people and all(off.is_off(person, day) for person in people for day in days):
        raise BadForm({"weekday": f"Nobody who is asked works on a {first:%A}. Choose another day."})
