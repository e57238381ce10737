"""The roadmap: which goals it shows, in which lane and quarter."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.errors import NotFound
from checkins.model import Goal, GoalStatus, Level, Measure, Team
from checkins.ports import Store
from checkins.roadmap import Lane, Quarter, Roadmap, Stretch, fitted, roadmap_of
from tests.databases import sqlite_store

TODAY = date(2026, 11, 21)
HALF = Measure(name="Signups", baseline=100, target=200, current=150)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = sqlite_store(tmp_path / "trueline.db")
    with store.transaction() as tx:
        tx.teams.save(Team(id="pay", name="Payments"), Team(id="app", name="App"), Team(id="org", name="Organisation"))
        tx.goals.save(
            Goal(id="north", title="North", level=Level.ORGANISATION, starts=date(2026, 1, 1), ends=date(2027, 12, 31)),
            Goal(id="shop", title="Shop", level=Level.PRODUCT, team="app", ends=date(2027, 3, 31), supports=("north",)),
            Goal(id="till", title="Till", team="pay", starts=date(2026, 10, 1), ends=date(2026, 12, 31), measure=HALF),
            Goal(id="pos", title="Pos", team="pay", starts=date(2026, 9, 1), supports=("shop",)),
            Goal(id="app", title="App", team="app", contributing_teams=("pay",), ends=date(2027, 6, 30)),
            Goal(id="own", title="Own", team="org", ends=date(2026, 10, 1), status=GoalStatus.DONE),
            Goal(id="free", title="Free", starts=date(2027, 6, 30), status=GoalStatus.PAUSED),
            Goal(id="over", title="Over", team="pay", ends=date(2026, 9, 30)),
            Goal(id="later", title="Later", team="pay", starts=date(2027, 7, 1)),
            Goal(id="gone", title="Gone", team="pay", ends=TODAY, status=GoalStatus.DROPPED),
            Goal(id="some", title="Some day", team="pay"),
            Goal(id="did", title="Did", team="pay", status=GoalStatus.DONE),
        )
    return store


def titles(stretches: Iterable[Stretch]) -> list[str]:
    return [stretch.goal.title for stretch in stretches]


def lanes(roadmap: Roadmap) -> list[tuple[str, list[str]]]:
    return [(lane.title, titles(lane.stretches)) for lane in roadmap.lanes]


def test_what_runs_stands_in_its_teams_lane_below_what_all_serve(store: Store) -> None:
    found = roadmap_of(store, today=TODAY)
    assert list(map(str, found.quarters)) == ["Q4 2026", "Q1 2027", "Q2 2027"]
    assert lanes(found) == [
        ("Organisation", ["North"]),
        ("Products", ["Shop"]),
        ("App", ["App"]),
        ("Organisation", ["Own"]),  # a team that is called so
        ("Payments", ["Pos", "Till"]),
        ("Without a team", ["Free"]),
    ]
    assert titles(found.undated) == ["Some day"] and found.later == 1


def test_goals_are_told_by_the_quarter_in_which_they_end(store: Store) -> None:
    told = [(str(quarter), titles(stretches)) for quarter, stretches in roadmap_of(store, today=TODAY).ending()]
    assert told == [
        ("Q4 2026", ["Own", "Till"]),
        ("Q1 2027", ["Shop"]),
        ("Q2 2027", ["App"]),
        ("None", ["North", "Free", "Pos"]),
    ]


def test_a_teams_roadmap_holds_its_goals_and_what_they_support(store: Store) -> None:
    found = roadmap_of(store, today=TODAY, team="payments")
    assert lanes(found) == [("Organisation", ["North"]), ("Products", ["Shop"]), ("Payments", ["App", "Pos", "Till"])]
    assert found.team and found.team.id == "pay"
    with pytest.raises(NotFound, match="Teams: App, Organisation, Payments"):
        roadmap_of(store, today=TODAY, team="Sales")


def test_progress_is_that_of_the_measure(store: Store) -> None:
    stretches = [each for lane in roadmap_of(store, today=TODAY).lanes for each in lane.stretches]
    assert {each.goal.id: each.progress for each in stretches if each.progress is not None} == {"till": 0.5}


def test_without_goals_there_is_nothing_to_show(tmp_path: Path) -> None:
    found = roadmap_of(sqlite_store(tmp_path / "empty.db"), today=TODAY)
    assert (found.lanes, found.undated, found.later) == ((), (), 0)


@given(st.lists(st.integers(1, 60), max_size=60), st.integers(1, 50))
def test_what_does_not_fit_is_counted_in_its_lane(sizes: list[int], most: int) -> None:
    stretch = Stretch(goal=Goal(id="g", title="G"), team=None, progress=None)
    wide = Roadmap(
        quarters=(Quarter.of(TODAY),),
        today=TODAY,
        lanes=tuple(Lane(title=str(size), stretches=(stretch,) * size) for size in sizes),
        undated=(),
        later=0,
    )
    shown = fitted(wide, most)
    assert sum(len(lane.stretches) for lane in shown.lanes) <= most
    assert [len(lane.stretches) + lane.more for lane in shown.lanes] == sizes[:most]
    assert all(lane.stretches for lane in shown.lanes)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-20, 20))
def test_quarters_follow_each_other_without_a_gap(day: date, steps: int) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.plus(steps).plus(-steps) == quarter
    assert (quarter.plus(1).first - quarter.last).days == 1
