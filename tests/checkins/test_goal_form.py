"""Who may add and edit goals, what is stored of a form, and what is refused."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkins import goal_form, teams
from checkins.errors import BadForm, NotAllowed, NotFound
from checkins.goal_draft import GoalDraft, shown_description, shown_title
from checkins.goal_keeping import reading
from checkins.goal_periods import Period
from checkins.goal_tree import way_back
from checkins.measure_draft import MeasureDraft
from checkins.model import Goal, GoalChange, GoalStatus, Level, Measure, Team
from checkins.ports import Store
from checkins.roster import Profile
from tests.acme import MONDAY, day, settle_in

CLEO = Profile(platform="slack", user="UCLEO", name="Cleo")
DRAFT = GoalDraft(title="Refer a friend", team="growth", supports=("north",), period=Period.HALF_YEAR)
SIGNUPS = MeasureDraft(name="Signups", framework="okr", baseline="1 200", target="2400", unit="a week", current="1300")


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def add(store: Store, *, actor: str = "ben", draft: GoalDraft = DRAFT, **fields: Any) -> Goal:
    return goal_form.add_goal(store, actor=actor, draft=replace(draft, **fields), now=MONDAY)


def edit(store: Store, goal: str = "signup", *, actor: str = "ben", why: str = "", **fields: Any) -> Goal:
    """Open the form, change some fields and send it."""
    start = goal_of(store, goal)
    owner = Profile(platform="slack", user=f"U{start.owner.upper()}", name="") if start.owner else None
    same = ("level", "supports", "team", "contributing_teams", "depends_on", "starts", "ends", "status")
    given: dict[str, Any] = {name: getattr(start, name) for name in same}
    given |= {"title": shown_title(start), "description": shown_description(start)}
    draft = GoalDraft(**(given | {"owner": owner, "period": Period.FREE} | fields))
    return goal_form.edit_goal(store, actor=actor, goal=goal, draft=draft, why=why, platform="slack", now=MONDAY)


def goal_of(store: Store, goal: str) -> Goal:
    with store.snapshot() as tx:
        return tx.goals.get(goal)


def log_of(store: Store, goal: str = "signup") -> list[GoalChange]:
    with store.snapshot() as tx:
        return tx.goal_log.changes(goal)


def put(store: Store, *goals: Goal) -> None:
    with store.transaction() as tx:
        tx.goals.save(*goals)


def test_a_lead_adds_a_goal(acme: Store) -> None:
    goal = add(acme, owner=CLEO, measure=SIGNUPS, contributing_teams=("growth", "platform"), depends_on=("platform",))
    assert goal_of(acme, goal.id) == replace(goal, updated_at=MONDAY)
    assert (goal.id, goal.owner, goal.contributing_teams) == ("refer-a-friend", "cleo", ("platform",))
    assert (goal.starts, goal.ends) == (day(1).replace(month=7), day(1).replace(month=12, day=31))
    assert goal.measure == Measure(
        name="Signups", framework="okr", baseline=1200, target=2400, unit="a week", current=1300
    )
    with acme.snapshot() as tx:
        assert [(update.value, update.person) for update in tx.goal_log.updates(goal.id)] == [(1300, "ben")]


def test_both_of_two_who_edit_at_a_time_are_in_the_log(acme: Store) -> None:
    edit(acme, title="Triple weekly signups", why="Bolder")
    edit(acme, actor="ada", title="Keep weekly signups", why="Calmer")
    assert goal_of(acme, "signup").title == "Keep weekly signups"
    assert [(change.person, change.after, change.why) for change in log_of(acme)] == [
        ("ben", "Triple weekly signups", "Bolder"),
        ("ada", "Keep weekly signups", "Calmer"),
    ]


def test_a_form_sent_as_it_opened_changes_nothing(acme: Store) -> None:
    odd = Measure(name="Odd", framework="ours", baseline=1.234, target=1.234, current=7)
    long = Goal(id="long", title="Long " * 60, description="d " * 2000, team="growth", measure=odd, owner="noa")
    put(acme, replace(long, contributing_teams=("platform",), weights={"platform": 0.2}, depends_on=("platform",)))
    teams.archive_team(acme, actor="ada", team="platform")
    form = goal_form.form(acme, actor="ben", goal="long", platform="slack", now=MONDAY)
    assert (form.owner, form.owner_without, [team.id for team in form.teams]) == (None, "Noa", ["growth"])
    before = goal_of(acme, "long")
    typed = MeasureDraft(name="Odd", framework="ours", baseline="1.234", target="1.234")
    assert edit(acme, "long", owner=None, contributing_teams=(), depends_on=(), measure=typed) == before
    assert log_of(acme, "long") == []


def test_weights_follow_the_teams(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), leads=("ben",)))
    edit(acme, contributing_teams=("platform",))
    put(acme, replace(goal_of(acme, "signup"), weights={"platform": 0.1}))
    moved = edit(acme, team="platform", contributing_teams=("growth",))
    assert (moved.weight, moved.weights) == (0.1, {"growth": 0.5})
    assert edit(acme, contributing_teams=()).weights == {}


@pytest.mark.parametrize("actor", ["cleo", "kiri"])
def test_owners_and_members_may_not(acme: Store, actor: str) -> None:
    put(acme, replace(goal_of(acme, "signup"), owner=actor))
    for act in (
        lambda: edit(acme, actor=actor, title="Mine"),
        lambda: goal_form.form(acme, actor=actor, goal="signup", platform="slack", now=MONDAY),
        lambda: goal_form.form(acme, actor=actor, goal=None, platform="slack", now=MONDAY),
        lambda: add(acme, actor=actor),
        lambda: goal_form.editable(acme, actor=actor, words=""),
    ):
        with pytest.raises(NotAllowed, match=r"Ask (Ben|Ada)\.$"):
            act()
    assert log_of(acme) == []


def test_leads_may_below_and_nowhere_else(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(Team(id="crew", name="Crew", parent="growth"))
    assert add(acme, team="crew").team == "crew"
    assert [goal.id for goal in goal_form.editable(acme, actor="ben", words="")] == ["signup", "refer-a-friend"]
    for goal in ("north", "speed"):
        with pytest.raises(NotAllowed):
            edit(acme, goal, title="Mine")
    with pytest.raises(NotFound):
        goal_form.form(acme, actor="ada", goal="nowhere", platform="slack", now=MONDAY)
    assert add(acme, actor="ada", title="For all of us", team=None, supports=()).team is None


def test_a_typo_finds_the_goal_and_closed_ones_are_found_by_words(acme: Store) -> None:
    put(acme, replace(goal_of(acme, "speed"), status=GoalStatus.DONE))
    assert [goal.id for goal in goal_form.editable(acme, actor="ada", words="")] == ["north", "signup"]
    assert [goal.id for goal in goal_form.editable(acme, actor="ada", words="SECOND pages")] == ["speed"]
    assert [goal.id for goal in goal_form.editable(acme, actor="ada", words="pages in under a secnd")] == ["speed"]
    with pytest.raises(NotFound, match="“pages”"):
        goal_form.editable(acme, actor="ben", words="pages")


BAD: Sequence[tuple[dict[str, Any], set[str]]] = [
    ({"title": " \n "}, {"title"}),
    ({"title": "x" * 151}, {"title"}),
    ({"description": "x" * 3001}, {"description"}),
    ({"title": " double WEEKLY  signups"}, {"title"}),
    ({"team": "platform"}, {"team"}),
    ({"team": None}, {"team"}),
    ({"contributing_teams": ("gone",), "depends_on": ("gone",)}, {"contributing_teams", "depends_on"}),
    ({"supports": ("gone",)}, {"supports"}),
    ({"supports": ("closed",)}, {"supports"}),
    ({"owner": replace(CLEO, member=False)}, {"owner"}),
    ({"period": Period.FREE, "starts": day(2), "ends": day(1)}, {"ends"}),
    ({"measure": MeasureDraft(baseline="5")}, {"measure"}),
    ({"measure": MeasureDraft(name="A", baseline="x", target="y", current="z")}, {"baseline", "target", "current"}),
    ({"measure": MeasureDraft(name="A", baseline="5", target="5,0")}, {"target"}),
    ({"measure": MeasureDraft(name="A", framework="mine")}, {"framework"}),
    ({"title": "", "supports": ("gone",), "measure": MeasureDraft(unit="%")}, {"title", "supports", "measure"}),
]


@pytest.mark.parametrize(("fields", "problems"), BAD)
def test_every_problem_is_said_at_its_field_and_nothing_is_stored(
    acme: Store, fields: dict[str, Any], problems: set[str]
) -> None:
    put(acme, Goal(id="closed", title="Closed", status=GoalStatus.DROPPED))
    with pytest.raises(BadForm) as refused:
        add(acme, **fields)
    assert set(refused.value.problems) == problems
    with acme.snapshot() as tx:
        assert len(tx.goals.all()) == 4


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"supports": ("signup",)}, "A goal cannot support itself."),
        ({"supports": ("low",)}, "and this one would: “Low” → “Middle” → “Double weekly signups”."),
        ({"why": "w" * 281}, "Keep it under 280 characters; this is 281."),
    ],
)
def test_what_an_edit_cannot_be(acme: Store, fields: dict[str, Any], problem: str) -> None:
    put(acme, Goal(id="middle", title="Middle", supports=("signup",)))
    put(acme, Goal(id="low", title="Low", supports=("middle",)))
    with pytest.raises(BadForm) as refused:
        edit(acme, **fields)
    assert str(refused.value).endswith(problem)
    assert log_of(acme) == []


def test_one_title_twice_is_fine_in_other_days_teams_and_states(acme: Store) -> None:
    put(acme, replace(goal_of(acme, "signup"), starts=day(1), ends=day(30)))
    with pytest.raises(BadForm, match=r"“Double weekly signups” is a goal already \(September 2026\)\."):
        add(acme, title="Double weekly signups")
    add(acme, title="Double weekly signups", period=Period.NEXT_QUARTER)
    add(acme, actor="ada", title="Double weekly signups", team="platform")
    add(acme, title="Double weekly signups", status=GoalStatus.DONE)


def test_twins_that_are_there_already_can_be_edited(acme: Store) -> None:
    put(acme, replace(goal_of(acme, "signup"), id="twin"))
    assert edit(acme, description="The first of them").description == "The first of them"


def test_a_parent_that_closed_stays_until_it_is_taken_away(acme: Store) -> None:
    put(acme, replace(goal_of(acme, "north"), status=GoalStatus.DONE))
    assert edit(acme, description="Still so").supports == ("north",)
    assert edit(acme, supports=()).supports == ()
    with pytest.raises(BadForm, match="is done meanwhile"):
        edit(acme, supports=("north",))


def test_what_a_goal_can_support_makes_no_circle(acme: Store) -> None:
    low = add(acme, title="Low goal here", supports=("signup",))
    assert {goal.id for goal in goal_form.supportable(acme, goal="signup")} == {"north", "speed"}
    assert {goal.id for goal in goal_form.supportable(acme, goal=low.id)} == {"north", "speed", "signup"}
    assert len(goal_form.supportable(acme, goal=None)) == 4


PLACES = st.integers(0, 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(PLACES, max_size=3)),
        st.tuples(PLACES, st.lists(PLACES, max_size=3)),
    ),
    min_size=1,
    max_size=10,
)


@given(steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_edited_the_tree_has_no_circle_and_the_log_is_whole(
    store: Store, steps: list[tuple[Any, list[int]]]
) -> None:
    with store.snapshot() as tx:
        settled = tx.goals.find("north") is not None
    if not settled:  # every example goes on where the one before has stopped
        settle_in(store)
    with store.snapshot() as tx:
        told = {goal.id: (len(tx.goal_log.changes(goal.id)), reading(goal)) for goal in tx.goals.all()}
    for number, (which, places) in enumerate(steps):
        with store.snapshot() as tx:
            ids = sorted(goal.id for goal in tx.goals.all())
        ups = tuple(dict.fromkeys(ids[-1 - place % len(ids)] for place in places))
        title = f"Goal {len(ids)} {number}"
        try:
            if which == "add":
                new = add(store, actor="ada", title=title, supports=ups, level=Level.PRODUCT)
                told[new.id] = (1, reading(new))
            else:
                edit(store, ids[-1 - which % len(ids)], actor="ada", supports=ups, title=title)
        except BadForm as refused:
            assert set(refused.problems) in ({"supports"}, {"title"})
    with store.snapshot() as tx:
        goals = tx.goals.all()
        above = {goal.id: goal.supports for goal in goals}
        assert not any(way_back(above, goal.id) for goal in goals)
        for goal in goals:
            seen, replayed = told[goal.id]
            for change in tx.goal_log.changes(goal.id)[seen:]:
                replayed[change.what] = change.after
            assert {what: said for what, said in replayed.items() if said} == reading(goal)


def test_the_quarter_is_that_of_the_editors_day(acme: Store) -> None:
    late = MONDAY.replace(month=9, day=30, hour=23)
    goal = goal_form.add_goal(acme, actor="ben", draft=replace(DRAFT, period=Period.THIS_QUARTER), now=late)
    assert goal.starts == day(1).replace(month=10), "it is October in Berlin"
