"""Goals that nobody has a word for: their owners are reminded, kindly and rarely; then the goals pause.

A goal counts from its newest word: set up, changed, or an update posted. One that came without such a day, by import,
counts from the first day it is looked at. Goals whose people cannot be reached are left alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checkins.absences import time_off
from checkins.cadence import local_date
from checkins.goal_keeping import keep
from checkins.model import DeliveryKind, DeliveryState, Goal, GoalStatus, Person
from checkins.ports import Store, Transaction
from checkins.roster import reachable
from checkins.wording import counted, listed, title

QUIET = timedelta(days=14)  # without a word before the first reminder
BETWEEN = 5  # working days of the person from one reminder to the next, or to the pause
REMINDERS = 3
PAUSED = "Nobody updated it after three reminders"
NAMED = 5  # goals that one notice names
DAY, LOOKED_BACK, LOOKED_AHEAD = timedelta(days=1), timedelta(days=60), timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tended:
    """How many people were reminded, and how many goals were paused."""

    reminded: int = 0
    paused: int = 0


def tend(store: Store, *, now: datetime) -> Tended:
    """Remind of the goals that nobody updated, one notice a person; pause those that three reminders did not help.

    To be run every day; nobody is reminded on a day off, or again before so many working days have passed.
    """
    with store.transaction() as tx:
        tx.goals.hold()
        stale = _stale(tx, now=now)
        if not stale:
            return Tended()
        desk = _Desk(tx, now)
        people = {goal.id: responsible(tx, goal) for goal in stale}
        waiting = [goal for goal in stale if goal.nudges >= REMINDERS]
        spent = [goal for goal in waiting if people[goal.id] and all(map(desk.has_waited, people[goal.id]))]
        _pause(desk, spent, people)
        left = [goal for goal in stale if goal.nudges < REMINDERS]
        return Tended(reminded=_remind(desk, left, people), paused=len(spent))


def _stale(tx: Transaction, *, now: datetime) -> list[Goal]:
    """Running goals without a word for so long; those never looked at count from now."""
    today = local_date(now, tx.workspace.get().zone)
    running = tx.goals.running(today, today)
    keep(tx, *(replace(goal, updated_at=now) for goal in running if goal.updated_at is None), by=None, now=now)
    return [goal for goal in running if goal.updated_at and now - goal.updated_at >= QUIET]


def responsible(tx: Transaction, goal: Goal) -> tuple[Person, ...]:
    """The goal's owner, without one the leads of its team: who is in chat and has not asked for peace."""
    team = tx.teams.find(goal.team) if goal.team else None
    owner = [goal.owner] if goal.owner else []
    leads = team.leads if team and not team.archived else ()
    return tuple(_to_remind(tx, owner) or _to_remind(tx, leads))


def _to_remind(tx: Transaction, people: Iterable[str]) -> list[Person]:
    return [person for person in reachable(tx, people) if not person.paused]


class _Desk:
    """What is told to whom in one run, never on a day off."""

    def __init__(self, tx: Transaction, now: datetime) -> None:
        self.tx = tx
        self.now = now
        self._off = time_off(tx, (now - LOOKED_BACK).date(), (now + LOOKED_AHEAD).date())

    def has_waited(self, person: Person) -> bool:
        """Whether the person is at work today, with enough working days since the last reminder to have answered it."""
        zone = self._off.zone_of(person)
        today = local_date(self.now, zone)
        if self._off.is_off(person, today):
            return False
        sent = [told.not_before for told in self.tx.outbox.about(_subject(person), DeliveryKind.NOTICE)]
        last = max(local_date(max(sent), zone), today - LOOKED_BACK) if sent else today - LOOKED_BACK
        worked = (last + DAY * n for n in range(1, (today - last).days + 1))
        return sum(not self._off.is_off(person, day) for day in worked) >= BETWEEN

    def remind(self, person: Person, goals: Sequence[Goal]) -> bool:
        """Whether there is a place for it in the person's week; else it waits in App Home, in place of an older one."""
        self.tx.outbox.cancel(_subject(person), [DeliveryKind.NOTICE])
        return self.tell(person, goals, subject=_subject(person), text=_reminder(goals))

    def tell(self, person: Person, goals: Sequence[Goal], *, subject: str, text: str) -> bool:
        """Owe a notice about goals; False where the person's week has no place for it."""
        key = f"{subject}:{self.now:%Y-%m-%d}"
        self.tx.outbox.add(
            key=key,
            kind=DeliveryKind.NOTICE,
            subject=subject,
            person=person.id,
            not_before=self._off.at_work(person, self.now) or self.now,
            body={"text": text, "goals": {goal.id: title(goal.title) for goal in goals[:NAMED]}},
        )
        owed = self.tx.outbox.by_key(key)
        return owed is not None and owed.state is not DeliveryState.HELD


def _subject(person: Person) -> str:
    return f"stale-goals:{person.id}"


def _remind(desk: _Desk, goals: Sequence[Goal], people: Mapping[str, Sequence[Person]]) -> int:
    theirs: dict[Person, list[Goal]] = defaultdict(list)
    for goal in goals:
        for person in filter(desk.has_waited, people[goal.id]):
            theirs[person].append(goal)
    told = {goal.id for person, stale in theirs.items() if desk.remind(person, stale) for goal in stale}
    nudged = (replace(goal, nudges=goal.nudges + 1) for goal in goals if goal.id in told)
    keep(desk.tx, *nudged, by=None, now=desk.now)
    return len(theirs)


def _pause(desk: _Desk, goals: Sequence[Goal], people: Mapping[str, Sequence[Person]]) -> None:
    """With word to those who were reminded, and to the owners of what the goals support."""
    paused = (replace(goal, status=GoalStatus.PAUSED) for goal in goals)
    keep(desk.tx, *paused, by=None, now=desk.now, why=PAUSED)
    said: dict[Person, dict[str, str]] = defaultdict(dict)
    for goal in goals:
        for person in people[goal.id]:
            said[person][goal.id] = f"“{title(goal.title)}” is paused"
        for above, person in _supported(desk.tx, goal):
            said[person].setdefault(goal.id, f"“{title(goal.title)}”, which supports “{above}”, is paused")
    by_id = {goal.id: goal for goal in goals}
    for person, told in said.items():
        text = _pause_notice(list(told.values()))
        desk.tell(person, [by_id[goal] for goal in told], subject=f"paused-goals:{person.id}", text=text)


def _supported(tx: Transaction, goal: Goal) -> Iterator[tuple[str, Person]]:
    """What the goal supports, by title, with each owner who is in chat."""
    for above in filter(None, map(tx.goals.find, goal.supports)):
        for owner in reachable(tx, [above.owner] if above.owner else []):
            yield title(above.title), owner


def _reminder(goals: Sequence[Goal]) -> str:
    what = f"“{title(goals[0].title)}”" if len(goals) == 1 else f"{counted(len(goals), 'goal')} of yours"
    names = [f"“{title(goal.title)}”" for goal in goals[:NAMED]]
    more = [f"{len(goals) - NAMED} more"] if len(goals) > NAMED else []
    which = f": {listed([*names, *more])}" if len(goals) > 1 else ""
    last = any(goal.nudges + 1 == REMINDERS for goal in goals)
    warning = " What was reminded of three times pauses after some days without a word, and can be taken up again."
    return (
        f"Nobody posted an update on {what} for two weeks{which}. How is it going? One sentence is enough: "
        f"`/goals show` and words of the title open a goal.{warning if last else ''}"
    )


def _pause_notice(sentences: Sequence[str]) -> str:
    more = [f"{len(sentences) - NAMED} more are paused"] if len(sentences) > NAMED else []
    return (
        f"{listed([*sentences[:NAMED], *more])}: nobody posted an update after three reminders. "
        "`/goals show` and words of the title open a goal, there it can be taken up again."
    )
