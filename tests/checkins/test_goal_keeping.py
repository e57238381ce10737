"""Every change of a goal is written down, whoever made it and in whatever way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkins.goal_keeping import SET_UP, keep, reading
from checkins.model import Goal, GoalChange, GoalStatus, Level, Measure
from checkins.ports import Store
from checkins.wording import NBSP
from tests.acme import MONDAY, day, settle_in


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def goal_of(store: Store, goal: str = "signup") -> Goal:
    with store.snapshot() as tx:
        return tx.goals.get(goal)


def edit(store: Store, *, at: datetime = MONDAY, by: str | None = "ben", **fields: Any) -> list[GoalChange]:
    with store.transaction() as tx:
        return keep(tx, replace(tx.goals.get("signup"), **fields), by=by, now=at, why="Agreed")


def log_of(store: Store, goal: str = "signup") -> list[GoalChange]:
    with store.snapshot() as tx:
        return tx.goal_log.changes(goal)


def test_each_changed_field_is_logged_with_who_when_and_why(acme: Store) -> None:
    made = edit(acme, title="Triple signups", weight=0.455, owner="cleo", weights={"platform": 0.1})
    assert made == log_of(acme)
    assert [(change.what, change.before, change.after) for change in made] == [
        ("title", "Double weekly signups", "Triple signups"),
        ("owner", "ben", "cleo"),
        ("weight", f"50{NBSP}%", f"45.5{NBSP}%"),
        ("weight:platform", "", f"10{NBSP}%"),
    ]
    assert {(change.goal, change.person, change.at, change.why) for change in made} == {
        ("signup", "ben", MONDAY, "Agreed")
    }


def test_a_new_goal_is_logged_once(acme: Store) -> None:
    with acme.transaction() as tx:
        made = keep(tx, Goal(id="new", title="Refer a friend", weight=0.1), by=None, now=MONDAY)
    assert [(change.what, change.after, change.person) for change in made] == [(SET_UP, "Refer a friend", None)]
    assert goal_of(acme, "new").updated_at == MONDAY


def test_what_stays_as_it_is_is_neither_logged_nor_spoken_of(acme: Store) -> None:
    assert edit(acme) == []
    assert goal_of(acme).updated_at is None
    assert edit(acme, nudges=2) == []
    assert (goal_of(acme).nudges, goal_of(acme).updated_at) == (2, None)


def test_a_change_ends_the_reminders(acme: Store) -> None:
    edit(acme, nudges=2)
    edit(acme, status=GoalStatus.PAUSED)
    assert (goal_of(acme).nudges, goal_of(acme).updated_at) == (0, MONDAY)


def test_a_measures_current_value_is_no_change_of_the_goal(acme: Store) -> None:
    measure = Measure(name="Signups", baseline=100, target=200, unit="a week")
    (change,) = edit(acme, measure=measure)
    assert (change.what, change.after) == ("measure", "Signups (KPI) 100 → 200 a week")
    assert edit(acme, measure=replace(measure, current=120)) == []
    assert goal_of(acme).measure == replace(measure, current=120)


def test_changes_of_one_instant_stay_in_order(acme: Store) -> None:
    weights = [0.1, 0.5, 0.1, 0.5, 0.2]
    for weight in weights:
        edit(acme, weight=weight)
    assert [change.after for change in log_of(acme)] == [f"{weight * 100:g}{NBSP}%" for weight in weights]


MEASURES = st.builds(
    Measure,
    name=st.sampled_from(["Signups", "Churn"]),
    framework=st.sampled_from(["okr", "kpi"]),
    baseline=st.none() | st.integers(0, 9).map(float),
    target=st.none() | st.integers(0, 9).map(float),
)
SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
TEAMS = st.lists(st.sampled_from(["growth", "platform"]), unique=True).map(tuple)
FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "title": st.sampled_from(["Double signups", "Triple signups", "Äöü “quoted”"]),
    "description": st.sampled_from(["", "Two\nlines"]),
    "level": st.sampled_from(Level),
    "status": st.sampled_from(GoalStatus),
    "owner": st.none() | st.sampled_from(["ada", "ben"]),
    "team": st.none() | st.sampled_from(["growth", "platform"]),
    "supports": st.lists(st.sampled_from(["north", "speed"]), unique=True).map(tuple),
    "contributing_teams": TEAMS,
    "depends_on": TEAMS,
    "starts": st.none() | st.integers(1, 9).map(day),
    "ends": st.none() | st.integers(10, 19).map(day),
    "weight": st.none() | SHARES,
    "weights": st.dictionaries(st.sampled_from(["growth", "platform"]), SHARES),
    "measure": st.none() | MEASURES,
    "done": st.lists(st.sampled_from(["Doubled", "Up by half"]), unique=True).map(tuple),
}
EDITS = st.lists(st.fixed_dictionaries({}, optional=dict(FIELDS)), min_size=1, max_size=8)


@given(edits=EDITS, apart=st.sampled_from([timedelta(), timedelta(hours=1)]))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_log_replays_to_the_stored_goal(store: Store, edits: list[dict[str, Any]], apart: timedelta) -> None:
    with store.snapshot() as tx:
        settled = tx.goals.find("signup") is not None
    if not settled:  # every example goes on where the one before has stopped
        settle_in(store)
    seen = len(log_of(store))
    replayed = reading(goal_of(store))
    last = max((change.at for change in log_of(store)), default=MONDAY)
    for place, fields in enumerate(edits, start=1):
        edit(store, at=last + place * apart, **fields)
    for change in log_of(store)[seen:]:
        assert replayed.get(change.what, "") == change.before != change.after
        replayed[change.what] = change.after
    assert {what: said for what, said in replayed.items() if said} == reading(goal_of(store))
