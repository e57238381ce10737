"""Organisations of any size with weeks of answers, written straight into the tables: values would take minutes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checkins.cadence import Week
from checkins.model import Contact, Reason
from tests.benchmarks.phrasing import Phrases
from tests.benchmarks.plans import Plan, json_of_goals, plan_of
from tests.databases import ACME, sqlite_store

Ints = NDArray[np.int64]

MONDAY = date(2026, 11, 16)  # of the last week
ANSWERING = 0.8
ELSEWHERE, UNMAPPED = 0.05, 0.10  # items on another team's goal, and on none
WORKED_WITH, WAITING_ON, ASKED_FOR = 0.45, 0.12, 0.30  # answers that name a team so
AMONG_PARTNERS = 0.8
RATING = 0.8
WORDS_OF_SIZE = np.array([6, 4, 2, 1])  # most, half, some, a little
UNSURE = 0.3  # of the people: their order of goals is not the plan's
PICKED = (0.85, 0.1, 0.05)  # how often a statement of what "done" means is picked
RATED = (0.02, 0.05, 0.18, 0.45, 0.3)  # how often a goal gets 1..5
FOCUS = ("confidence", "clarity", "done", "priorities")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The check-ins of one week: ids and people, each (C,)."""

    week: int
    monday: date
    ids: list[str]
    person: Ints


def fill(path: Path, *, people: int, weeks: int, seed: int = 0) -> Week:
    """Make a database with that many people and weeks of answers, the same for the same seed; returns its last week."""
    sqlite_store(path)
    rng = np.random.default_rng(seed)
    plan = plan_of(people, rng)
    with _bulk(path) as table:
        _organisation(table, plan)
        _schedule(table, weeks)
        phrases = Phrases(rng, people=people)
        for week in range(weeks):
            _week(table, plan, rng, week=week, monday=MONDAY - timedelta(weeks=weeks - 1 - week), phrases=phrases)
    return Week.of(MONDAY)


class Table:
    """Writes columns: lists or arrays of one length, and single values for those that are the same in every row."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __call__(self, table: str, /, **columns: Any) -> None:
        columns = {"workspace": ACME.id, **columns}
        marks = ", ".join("?" * len(columns))
        rows = zip(*(_values(column) for column in columns.values()), strict=False)
        self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _values(column: Any) -> Iterator[Any]:
    if isinstance(column, np.ndarray):
        return iter(column.tolist())
    return iter(column) if isinstance(column, list) else repeat(column)


@contextmanager
def _bulk(path: Path) -> Iterator[Table]:
    """One transaction without the journal, and with the indexes built at its end: both cost most of the time."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''").fetchall()
        connection.execute("BEGIN")
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        yield Table(connection)
        for _, statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def _organisation(table: Table, plan: Plan) -> None:
    people, teams = plan.people, plan.teams
    off, on = {"own_zone": 0, "paused": 0, "admin": 0}, {"active": 1}
    table("team", id=teams, name=[f"Team {name}" for name in teams], archived=0)
    home = [teams[team] for team in plan.home]
    table("person", id=people, name=[f"Person {name}" for name in people], zone="UTC", home_team=home, **off, **on)
    leads = [people[person] for person in plan.leads]
    table("membership", team=teams, role="lead", position=0, person=leads)
    table("membership", team=home, role="member", position=plan.place, person=people)
    _goals(table, plan)


def _goals(table: Table, plan: Plan) -> None:
    owner = [plan.people[person] if person >= 0 else None for person in plan.owner]
    team = [plan.teams[number] if number >= 0 else None for number in plan.team]
    columns = {"description": "", "status": "active", "nudges": 0, "level": plan.level, "title": plan.titles}
    table("goal", id=plan.goals, owner=owner, team=team, weight=plan.weight, **columns)
    goal, supported = ([plan.goals[number] for number in column] for column in plan.supports.T)
    table("goal_support", goal=goal, position=0, supports=supported)
    goal, needed = [plan.goals[g] for g in plan.needs[:, 0]], [plan.teams[t] for t in plan.needs[:, 1]]
    table("goal_dependency", goal=goal, position=0, team=needed)


def _schedule(table: Table, weeks: int) -> None:
    starts, following = MONDAY - timedelta(weeks=weeks - 1), MONDAY + timedelta(weeks=1)
    spans = {"window": _at(date(1970, 1, 3), 0), "remind_after": _at(date(1970, 1, 2), 0), "reminders": 1}
    when = {
        "starts": [str(starts)],
        "next_date": str(following),
        "next_at": _at(following, 9),
        "at": f"{time(9)}.000000",
    }
    table("schedule", id="everyone", weekday=0, cadence="weekly", active=1, **when, **spans)


def _week(table: Table, plan: Plan, rng: np.random.Generator, *, week: int, monday: date, phrases: Phrases) -> None:
    """A round that froze the goals, a prompt for everybody, the answers of most."""
    answering = rng.random(len(plan.people)) < ANSWERING
    prompts = _ids(rng, len(plan.people))
    _round(table, plan, monday)
    _prompts(table, plan, monday=monday, ids=prompts, answering=answering)
    person = np.flatnonzero(answering)
    answers = Answers(week=week, monday=monday, ids=_ids(rng, len(person)), person=person)
    _check_ins(table, plan, answers, prompts=prompts)
    _items(table, plan, answers, rng=rng, phrases=phrases)
    _ties(table, plan, answers, rng)
    _focus(table, plan, answers, rng)


def _round(table: Table, plan: Plan, monday: date) -> None:
    times = {"date": str(monday), "opens_at": _at(monday, 9), "closes_at": _at(monday + timedelta(days=2), 9)}
    frozen = {"questions": '["work", "worked_with", "waiting_on"]', "goals": json_of_goals(plan)}
    table("round", id=[_round_id(monday)], schedule="everyone", closed=1, **times, **frozen)


def _prompts(table: Table, plan: Plan, *, monday: date, ids: list[str], answering: NDArray[np.bool_]) -> None:
    times = {"due_at": _at(monday, 9), "closes_at": _at(monday + timedelta(days=2), 9), "snoozed": 0}
    state = np.where(answering, "answered", "expired")
    team = [plan.teams[number] for number in plan.home]
    table("prompt", id=ids, round=_round_id(monday), person=plan.people, team=team, state=state, **times)


def _check_ins(table: Table, plan: Plan, answers: Answers, *, prompts: list[str]) -> None:
    person = [plan.people[number] for number in answers.person]
    team = [plan.teams[plan.home[number]] for number in answers.person]
    prompt = [prompts[number] for number in answers.person]
    same = {"note": "", "entered": "form", "late": 0, "revision": 1, "stored_at": _at(answers.monday, 11)}
    table("check_in", id=answers.ids, person=person, team=team, date=str(answers.monday), prompt=prompt, **same)


def _items(table: Table, plan: Plan, answers: Answers, *, rng: np.random.Generator, phrases: Phrases) -> None:
    of, position = _several(rng.integers(2, 4, len(answers.ids)))
    person = answers.person[of]
    goal = _goals_worked_on(plan, person, rng)
    table(
        "work_item",
        check_in=[answers.ids[number] for number in of],
        position=position,
        text=phrases.of_week(person, position),
        goal=[plan.goals[number] if number >= 0 else None for number in goal],
        reason=_reasons(goal, rng),
        share=_shares(of, rng),
        refs="[]",
    )


def _goals_worked_on(plan: Plan, person: Ints, rng: np.random.Generator) -> Ints:
    """(I,): mostly the own team's goals, as each person leans to them; -1 is none."""
    beyond = plan.leaning[person].cumsum(axis=1) < rng.random((len(person), 1))
    goal = plan.slots[plan.home[person], beyond.sum(axis=1).clip(max=plan.number[plan.home[person]] - 1)]
    kind = rng.random(len(person))
    others = rng.integers(plan.first_of_teams, len(plan.goals), len(person))
    return np.select([kind < ELSEWHERE, kind < ELSEWHERE + UNMAPPED], [others, np.full_like(goal, -1)], goal)


def _reasons(goal: Ints, rng: np.random.Generator) -> list[str | None]:
    reasons = [reason.value for reason in Reason]
    chosen = rng.integers(len(reasons), size=len(goal)).tolist()
    return [reasons[choice] if none else None for choice, none in zip(chosen, goal < 0, strict=True)]


def _shares(of: Ints, rng: np.random.Generator) -> NDArray[np.float64]:
    """(I,): words of size, as a form makes them sum to 1."""
    size = rng.choice(WORDS_OF_SIZE, len(of))
    shares: NDArray[np.float64] = (size / np.bincount(of, weights=size)[of]).round(6)
    return shares


def _ties(table: Table, plan: Plan, answers: Answers, rng: np.random.Generator) -> None:
    answer = rng.choice([word.value for word in Contact], len(answers.ids), p=[0.4, 0.3, 0.3])
    for kind, often in (("worked_with", WORKED_WITH), ("waiting_on", WAITING_ON), ("contacts", ASKED_FOR)):
        naming = np.flatnonzero(rng.random(len(answers.ids)) < often)
        team = [plan.teams[number] for number in _others(plan, plan.home[answers.person[naming]], rng)]
        said = answer[naming] if kind == "contacts" else None
        check_in = [answers.ids[number] for number in naming]
        table("tie", check_in=check_in, kind=kind, position=0, team=team, answer=said)


def _others(plan: Plan, home: Ints, rng: np.random.Generator) -> Ints:
    """(N,): another team for each, mostly one of the home team's partners."""
    partner = plan.partners[home, rng.integers(plan.partners.shape[1], size=len(home))]
    anyone = (home + rng.integers(1, len(plan.teams), len(home))) % len(plan.teams)
    return np.where(rng.random(len(home)) < AMONG_PARTNERS, partner, anyone)


def _focus(table: Table, plan: Plan, answers: Answers, rng: np.random.Generator) -> None:
    """The question of the week in turn, about goals of the own team."""
    rating = np.flatnonzero(rng.random(len(answers.ids)) < RATING)
    check_in = [answers.ids[number] for number in rating]
    slots = plan.slots[plan.home[answers.person[rating]]]
    kind, first = FOCUS[answers.week % len(FOCUS)], [plan.goals[number] for number in slots[:, 0]]
    if kind == "priorities":
        otherwise = (rng.random(len(slots)) < UNSURE)[:, None]
        orders = np.where(otherwise, rng.permuted(slots[:, :3], axis=1), slots[:, :3])
        for place, slot in enumerate(orders.T):
            table("priority", check_in=check_in, position=place, goal=[plan.goals[number] for number in slot])
    elif kind == "done":
        statement = [f"Statement {number}" for number in rng.choice(3, len(rating), p=PICKED)]
        table("done_pick", check_in=check_in, position=0, goal=first, statement=statement)
    else:
        value = 1 + rng.choice(5, len(rating), p=RATED)
        table("rating", check_in=check_in, kind=kind, position=0, goal=first, value=value)


def _several(number: Ints) -> tuple[Ints, Ints]:
    """For each of (N,) numbers so many entries: the index of the number, and the place among its entries."""
    of = np.repeat(np.arange(len(number)), number)
    return of, np.arange(len(of)) - (number.cumsum() - number)[of]


def _ids(rng: np.random.Generator, number: int) -> list[str]:
    """As scattered as real ones, whose order costs time to look up."""
    text = rng.bytes(10 * number).hex()
    return [text[start : start + 20] for start in range(0, len(text), 20)]


def _round_id(monday: date) -> str:
    return f"everyone@{monday}"


def _at(day: date, hour: int) -> str:
    return f"{datetime.combine(day, time(hour))}.000000"
