"""Two teams become one: nobody and nothing is lost, on the way up there are no circles, the history stays."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkins import goal_boards, goal_detail, merging, rounds
from checkins.errors import BadForm, NotAllowed, NotFound
from checkins.merging import Merged
from checkins.model import Cadence, CheckIn, Goal, GoalStatus, Schedule, Team, WorkItem
from checkins.ports import Store
from tests.acme import MONDAY, settle_in
from tests.databases import sqlite_store

OTHERS = ("growth", "platform", "ops")
PEOPLE = ("ada", "ben", "cleo", "kiri", "noa")
TODAY = MONDAY.date()


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def merge(store: Store, team: str = "platform", into: str = "growth", actor: str = "ada") -> Merged:
    return merging.merge(store, actor=actor, team=team, into=into, now=MONDAY)


def team_of(store: Store, team: str) -> Team:
    with store.snapshot() as tx:
        return tx.teams.get(team)


def goal(store: Store, id: str) -> Goal:
    with store.snapshot() as tx:
        return tx.goals.get(id)


def save_goals(store: Store, *goals: Goal) -> None:
    with store.transaction() as tx:
        tx.goals.save(*goals)


def save_teams(store: Store, *teams: Team) -> None:
    with store.transaction() as tx:
        tx.teams.save(*teams)


def test_members_leads_homes_and_goals_go_over(acme: Store) -> None:
    save_teams(acme, replace(team_of(acme, "platform"), leads=("kiri",)))
    done = merge(acme)
    into = team_of(acme, "growth")
    assert (into.members, into.leads, into.reserve) == (("ben", "cleo", "kiri", "noa"), ("ben", "kiri"), 0.2)
    assert (done.people, [each.id for each in done.goals], done.let_go) == (2, ["speed"], False)
    assert (goal(acme, "speed").team, goal(acme, "speed").weight) == ("growth", 0.6)
    assert done.over_planned and done.planned == pytest.approx(1.3)  # 0.5 + 0.6 and the reserve
    with acme.snapshot() as tx:
        assert {tx.people.get(person).home_team for person in ("ben", "cleo", "kiri", "noa")} == {"growth"}
        (change,) = tx.goal_log.changes("speed")
    assert (change.what, change.person, change.why) == ("team", "ada", "Platform was merged into Growth")


def test_the_merged_team_keeps_its_history_under_its_name(acme: Store) -> None:
    past = Goal(id="past", title="Past", team="platform", weight=0.4, status=GoalStatus.DONE)
    save_goals(acme, past)
    answer = CheckIn(id="c", person="kiri", team="platform", date=TODAY, items=(WorkItem(text="Cache", goal="speed"),))
    with acme.transaction() as tx:
        tx.check_ins.save(answer, at=MONDAY)
    merge(acme)
    old = team_of(acme, "platform")
    assert (old.archived, old.members) == (True, ("kiri", "noa"))
    with acme.snapshot() as tx:
        assert tx.check_ins.find("c") == answer
    assert goal(acme, "past") == past
    (line,) = goal_boards.past(acme, actor="ada", today=TODAY).lines
    assert line.team == "Platform (archived)"
    changed = goal_detail.history_of(acme, actor="ada", goal="speed", today=TODAY).changes[0]
    assert (changed.before, changed.after) == ("Platform (archived)", "Growth")


def test_weights_of_a_goal_that_both_had_are_added(acme: Store) -> None:
    both = {"contributing_teams": ("growth",), "weights": {"growth": 0.25}}
    save_teams(acme, Team(id="ops", name="Ops"))
    save_goals(
        acme,
        Goal(id="own", title="Own", team="platform", weight=0.5, **both),
        Goal(
            id="theirs",
            title="Theirs",
            team="growth",
            weight=0.9,
            contributing_teams=("platform",),
            weights={"platform": 0.5},
        ),
        Goal(
            id="third",
            title="Third",
            team="ops",
            weight=0.1,
            contributing_teams=("platform", "growth"),
            weights={"platform": 0.1, "growth": 0.2},
            depends_on=("platform",),
        ),
        Goal(id="needs", title="Needs", team="growth", depends_on=("platform", "ops")),
    )
    merge(acme)
    own, theirs, third = (goal(acme, id) for id in ("own", "theirs", "third"))
    assert (own.team, own.weight, own.contributing_teams, own.weights) == ("growth", 0.75, (), {})
    assert (theirs.weight, theirs.contributing_teams) == (1.0, ())  # nobody gives more than all
    assert (third.weight, third.contributing_teams, third.depends_on) == (0.1, ("growth",), ("growth",))
    assert third.weights == pytest.approx({"growth": 0.3})
    assert goal(acme, "needs").depends_on == ("ops",)


def test_titles_that_are_there_twice_are_named(acme: Store) -> None:
    save_goals(acme, Goal(id="again", title="Double weekly signups", team="platform"))
    assert merge(acme).twins == ("Double weekly signups",)
    assert goal(acme, "again").team == "growth"


@pytest.mark.parametrize(
    ("parents", "after"),
    [
        ({"ops": "platform"}, {"ops": "growth", "growth": None}),
        ({"platform": "ops"}, {"growth": None}),
        ({"growth": "platform", "platform": "ops"}, {"growth": "ops", "ops": None}),
        ({"growth": "ops", "ops": "platform"}, {"growth": None, "ops": "growth"}),
        ({"platform": "growth"}, {"growth": None}),
    ],
)
def test_no_circles_come_about(acme: Store, parents: dict[str, str], after: dict[str, str | None]) -> None:
    save_teams(acme, Team(id="ops", name="Ops"))
    save_teams(acme, *(replace(team_of(acme, team), parent=parent) for team, parent in parents.items()))
    merge(acme)
    assert {team: team_of(acme, team).parent for team in after} == after


def test_a_team_that_got_others_is_kept_by_hand(acme: Store) -> None:
    save_teams(acme, replace(team_of(acme, "growth"), source="usergroup:S1"))
    assert merge(acme).let_go
    assert team_of(acme, "growth").source is None
    save_teams(acme, Team(id="crew", name="Crew", members=("cleo",), source="usergroup:S2"))
    save_teams(acme, Team(id="same", name="Same", members=("cleo",)))
    assert not merge(acme, "same", "crew").let_go
    assert team_of(acme, "crew").source == "usergroup:S2"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([("platform",)], [("growth",)]),
        ([("platform", "growth")], [("growth",)]),
        ([("platform",), ("growth",)], [(), ("growth",)]),  # the first one stops
        ([()], [()]),
    ],
)
def test_everybody_is_asked_once_as_before(
    acme: Store, before: list[tuple[str, ...]], after: list[tuple[str, ...]]
) -> None:
    first = rounds.set_schedule(
        acme, actor="ada", weekday=0, at=time(9), cadence=Cadence.WEEKLY, reminders=1, now=MONDAY
    )
    with acme.transaction() as tx:
        for number, teams in enumerate(before):
            tx.rounds.save_schedule(replace(first, id=first.id if number == 0 else f"more-{number}", teams=teams))
    merge(acme)
    with acme.snapshot() as tx:
        left: list[Schedule] = tx.rounds.schedules()
    assert sorted(each.teams if each.active else () for each in left) == sorted(after)


def test_only_admins_merge_and_only_two_living_teams(acme: Store) -> None:
    with pytest.raises(NotAllowed):
        merge(acme, actor="ben")
    with pytest.raises(NotAllowed):
        merging.form(acme, actor="ben", team="growth")
    with pytest.raises(BadForm, match="itself"):
        merge(acme, "growth", "growth")
    assert merging.form(acme, actor="ada", team="growth").goals == 1
    merge(acme)
    for team, into in (("platform", "growth"), ("growth", "platform")):
        with pytest.raises(NotFound, match="archived"):
            merge(acme, team, into)
    with pytest.raises(NotFound):
        merge(acme, "growth", "nowhere")


TEAMS = st.sampled_from(OTHERS)
WEIGHTS = st.none() | st.integers(0, 30).map(lambda points: points / 100)


@st.composite
def goals(draw: st.DrawFn) -> list[Goal]:
    made = []
    for number in range(draw(st.integers(0, 6))):
        team, others = draw(st.none() | TEAMS), draw(st.lists(TEAMS, unique=True))
        contributing = tuple(each for each in others if each != team)
        declared = {each: weight for each in contributing if (weight := draw(WEIGHTS)) is not None}
        goal = Goal(
            id=f"g{number}",
            title=f"Goal {number}",
            team=team,
            weight=draw(WEIGHTS) if team else None,
            contributing_teams=contributing,
            weights=declared,
            depends_on=tuple(draw(st.lists(TEAMS, unique=True))),
            ends=draw(st.none() | st.just(date(2026, 9, 30))),
            status=draw(st.sampled_from([GoalStatus.ACTIVE, GoalStatus.PAUSED, GoalStatus.DONE])),
        )
        made.append(goal)
    return made


@given(
    made=goals(),
    members=st.lists(
        st.lists(st.sampled_from(["ada", "ben", "cleo", "kiri", "noa"]), unique=True), min_size=3, max_size=3
    ),
)
@settings(max_examples=25)
def test_merging_never_loses_a_goal_a_member_or_a_weight(made: list[Goal], members: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        store = sqlite_store(Path(folder) / "t.db")
        settle_in(store)
        for team, people in zip(OTHERS, members, strict=True):
            save_teams(store, Team(id=team, name=team.title(), members=tuple(people), leads=tuple(people[:1])))
        with store.transaction() as tx:
            tx.goals.save(*made)
            before = {each.id: each for each in tx.goals.all()}
        done = merge(store)
        assert set(done.into.members) == {*members[0], *members[1]}
        assert set(done.into.leads) == {*members[0][:1], *members[1][:1]}
        with store.snapshot() as tx:
            after = {each.id: each for each in tx.goals.all()}
        assert after.keys() == before.keys()
        for id, goal in after.items():
            old = before[id]
            assert "platform" not in goal.teams() or goal.status is GoalStatus.DONE
            assert _declared(goal) == pytest.approx(_declared(old))
            assert len(set(goal.teams())) == len(goal.teams())
            assert goal.weight_for("ops") == old.weight_for("ops")


def _declared(goal: Goal) -> float:
    """Everything that is declared for a goal; 0.3 at most for each of three teams."""
    return sum(goal.weight_for(team) or 0 for team in OTHERS)
