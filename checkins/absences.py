"""Absences: said by the person, an admin or a lead; whoever is away is not asked and misses nothing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter

from checkins.cadence import local_date
from checkins.deliveries import OPEN_STATES, leave_out
from checkins.errors import BadForm, NotAllowed, TruelineError
from checkins.model import Absence, Person
from checkins.ports import Store, Transaction
from checkins.roster import leads_team
from checkins.workdays import country_of, is_day_off, working_moment

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)
FARTHEST = 2 * LONGEST  # ahead; what lies beyond is a slip of the finger
OPEN_AT_MOST = 5  # prompts of one person
CHOOSE = "Choose a day."
HOW = "Write days like 2026-12-20..2027-01-03, one day like 2026-12-24, `today`, or `until 2027-01-03`."

_DAY = r"\d{4}-\d\d?-\d\d?"
_SPAN = re.compile(rf"({_DAY})\s*(?:\.\.+|…|–|—|to|-)\s*({_DAY})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOff:
    """Who has which days off. zone: of people who have none of their own; absences: by person."""

    zone: str
    absences: Mapping[str, Sequence[Absence]]

    def zone_of(self, person: Person) -> str:
        return person.zone or self.zone

    def is_off(self, person: Person, day: date) -> bool:
        """Whether the person, by the calendar where they are, is away or does not work that day."""
        country = person.country or country_of(self.zone_of(person))
        return is_day_off(day, country=country, absences=self.absences.get(person.id, ()))

    def is_off_at(self, person: Person, moment: datetime) -> bool:
        return self.is_off(person, local_date(moment, self.zone_of(person)))

    def at_work(self, person: Person, moment: datetime) -> datetime | None:
        """The moment itself where the person works then, else when work begins again; None if not within a year."""
        return working_moment(moment, zone=self.zone_of(person), day_off=partial(self.is_off, person))


def time_off(tx: Transaction, first: date, last: date) -> TimeOff:
    """Everybody's days off from first to last."""
    found = groupby(tx.absences.touching(first, last), attrgetter("person"))
    return TimeOff(zone=tx.workspace.get().zone, absences={person: list(theirs) for person, theirs in found})


def parse(text: str, *, today: date) -> tuple[date, date]:
    """First and last day of what somebody typed. Raises TruelineError, with the ways to write it, for anything else."""
    words = " ".join(text.casefold().split())
    if words in ("today", "tomorrow"):
        day = today if words == "today" else today + DAY
        return day, day
    if words.startswith("until "):
        return today, _day(words.removeprefix("until "))
    span = _SPAN.fullmatch(words)
    if span:
        return _day(span[1]), _day(span[2])
    day = _day(words)
    return day, day


def _day(text: str, remedy: str = HOW) -> date:
    if not re.fullmatch(_DAY, text):
        raise TruelineError(f"“{text}” is no day I can read. {remedy}")
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        raise TruelineError(f"There is no {text} in the calendar. {remedy}") from None


def absences_of(store: Store, *, actor: str, person: str, now: datetime) -> list[Absence]:
    """The absences that are not over, earliest first. Raises NotAllowed as ``set_absence``."""
    with store.snapshot() as tx:
        found = _concerned(tx, actor=actor, person=person)
        return coming(tx, found, now=now)


def set_absence(store: Store, *, actor: str, person: str, typed: str, now: datetime) -> list[Absence]:
    """Add days, written as ``parse`` reads them, on which the person is not asked; returns all that are not over.

    Days that touch are one absence. What is asked of these days already is taken back. Raises NotAllowed unless the
    actor is the person, an admin or a lead of the person's team; TruelineError for days that make no sense.
    """
    with store.transaction() as tx:
        found = _concerned(tx, actor=actor, person=person)
        today = _today(tx, found, now)
        first, last = parse(typed, today=today)
        if problem := _problem(first, last, today=today):
            raise TruelineError(problem)
        _note(tx, found, first, last, now=now)
        return coming(tx, found, now=now)


def add_own_absence(store: Store, *, actor: str, first: str, last: str, now: datetime) -> list[Absence]:
    """The same for oneself with days from a form, written like 2026-12-24; an empty ``last`` makes it one day.

    Raises BadForm naming ``first`` or ``last``.
    """
    begin = _entered("first", first)
    end = _entered("last", last) if last else begin
    with store.transaction() as tx:
        person = tx.people.get(actor)
        if problem := _problem(begin, end, today=_today(tx, person, now)):
            raise BadForm({"last" if last else "first": problem})
        _note(tx, person, begin, end, now=now)
        return coming(tx, person, now=now)


def _entered(name: str, text: str) -> date:
    if not text:
        raise BadForm({name: CHOOSE})
    try:
        return _day(text, CHOOSE)
    except TruelineError as error:
        raise BadForm({name: str(error)}) from None


def _note(tx: Transaction, person: Person, first: date, last: date, *, now: datetime) -> None:
    more = Absence(person=person.id, first=first, last=last)
    tx.absences.replace(person.id, merged([*tx.absences.of(person.id), more]))
    for prompt in tx.rounds.recent_prompts(person.id, OPEN_AT_MOST):
        day = local_date(prompt.due_at, _zone(tx, person))
        if prompt.state in OPEN_STATES and first <= day <= last:
            leave_out(tx, prompt, now=now)


def remove_absence(store: Store, *, actor: str, person: str, typed: str, now: datetime) -> list[Absence]:
    """Forget days, written as ``parse`` reads them, from today on; returns the absences that are left and not over.

    The person is asked again from the next round on. Raises as ``set_absence``.
    """
    with store.transaction() as tx:
        found = _concerned(tx, actor=actor, person=person)
        today = _today(tx, found, now)
        first, last = parse(typed, today=today)
        tx.absences.replace(person, without(tx.absences.of(person), max(first, today), last))
        return coming(tx, found, now=now)


def clear_absences(store: Store, *, actor: str, person: str, now: datetime) -> int:
    """Forget the absences that are not over, from today on; returns how many. Raises NotAllowed as ``set_absence``."""
    with store.transaction() as tx:
        found = _concerned(tx, actor=actor, person=person)
        today, stored = _today(tx, found, now), tx.absences.of(person)
        tx.absences.replace(person, without(stored, today, max((a.last for a in stored), default=today)))
        return sum(absence.last >= today for absence in stored)


def merged(absences: Iterable[Absence]) -> list[Absence]:
    """One person's absences without overlaps, those that follow each other directly as one; earliest first."""
    whole: list[Absence] = []
    for absence in sorted(absences, key=attrgetter("first", "last")):
        before = whole[-1] if whole else None
        if before and absence.first <= before.last + DAY:
            last = max(before.last, absence.last)
            whole[-1] = Absence(person=before.person, first=before.first, last=last)
        else:
            whole.append(absence)
    return whole


def without(absences: Iterable[Absence], first: date, last: date) -> list[Absence]:
    """What is left of one person's absences when the days first..last are taken out."""
    parts = [
        part
        for absence in absences
        for part in (
            replace(absence, last=min(absence.last, first - DAY)),
            replace(absence, first=max(absence.first, min(last, absence.last) + DAY)),
        )
    ]
    return merged(part for part in parts if part.first <= part.last)


def _problem(first: date, last: date, *, today: date) -> str | None:
    """Why nobody can be away on these days."""
    if last < first:
        return f"That runs backwards: the last day, {last}, is before the first, {first}."
    if last < today:
        return f"{last} is over already. Choose days from {today} on."
    if last - first > LONGEST:
        return "That is more than a year. To stop being asked for good, pause the check-ins."
    if last - today > FARTHEST:
        return f"{last} is too far away. Choose days up to {today + FARTHEST}."
    return None


def _concerned(tx: Transaction, *, actor: str, person: str) -> Person:
    found = tx.people.get(person)
    leads = found.home_team is not None and leads_team(tx, actor, found.home_team)
    if actor != person and not leads and not tx.people.get(actor).admin:
        raise NotAllowed(f"Only {found.name}, their lead or an admin can say when {found.name} is away.")
    return found


def coming(tx: Transaction, person: Person, *, now: datetime) -> list[Absence]:
    """The person's absences that are not over, earliest first."""
    today = _today(tx, person, now)
    return [absence for absence in tx.absences.of(person.id) if absence.last >= today]


def _today(tx: Transaction, person: Person, now: datetime) -> date:
    return local_date(now, _zone(tx, person))


def _zone(tx: Transaction, person: Person) -> str:
    return person.zone or tx.workspace.get().zone
