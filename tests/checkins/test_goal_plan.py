"""A team's plan: what the form starts with, what is stored of it, what is refused, and the scores that order it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import goal_plan
from checkins.errors import BadForm, NotAllowed, NotFound, TruelineError
from checkins.goal_form import WHY_LIMIT
from checkins.goal_plan import Order, Plan, PlanDraft, Typed, arranged, summed, within
from checkins.goals import NO_PERCENTAGE
from checkins.model import CheckIn, Goal, GoalChange, GoalStatus, Ice, WorkItem
from checkins.ports import Store
from tests.acme import MONDAY, day, settle_in

TODAY = day(14)


@pytest.fixture
def acme(store: Store) -> Store:
    """Growth has a goal of its own, one without a weight, and works on Platform's."""
    settle_in(store)
    with store.transaction() as tx:
        speed = replace(tx.goals.get("speed"), contributing_teams=("growth",), weights={"growth": 0.1})
        tx.goals.save(speed, Goal(id="refer", title="Refer a friend", team="growth"))
    return store


def plan_of(store: Store, actor: str = "ben", team: str = "growth") -> Plan:
    return goal_plan.plan(store, actor=actor, team=team, today=TODAY)


def opened(store: Store, reserve: str | None = None, why: str = "", **weights: str) -> PlanDraft:
    """The form as it stands now, with some fields filled anew."""
    plan = plan_of(store, "ada")
    typed = {
        line.goal.id: Typed(before=line.weight, after=weights.get(line.goal.id, line.weight)) for line in plan.lines
    }
    held = Typed(before=plan.reserve, after=plan.reserve if reserve is None else reserve)
    return PlanDraft(weights=typed, reserve=held, why=why)


def save(store: Store, draft: PlanDraft, actor: str = "ben") -> list[GoalChange]:
    return goal_plan.save_plan(store, actor=actor, team="growth", draft=draft, today=TODAY, now=MONDAY)


def refused(store: Store, draft: PlanDraft) -> dict[str, str]:
    with pytest.raises(BadForm) as error:
        save(store, draft)
    return error.value.problems


def weights(store: Store) -> dict[str, str]:
    return {line.goal.id: line.weight for line in plan_of(store, "ada").lines}


def put(store: Store, goal: str, **fields: object) -> None:
    with store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(goal), **fields))  # type: ignore[arg-type]


def test_the_form_starts_with_own_and_contributed_goals_the_heaviest_first(acme: Store) -> None:
    plan = plan_of(acme)
    assert [(line.goal.id, line.weight, line.owning, line.scorable) for line in plan.lines] == [
        ("signup", "50", None, True),
        ("speed", "10", "Platform", False),
        ("refer", "", None, True),
    ]
    assert (plan.reserve, plan.answers, plan.lines[0].lately) == ("20", 0, None)
    put(acme, "signup", status=GoalStatus.PAUSED)
    put(acme, "refer", ends=TODAY - timedelta(days=1))
    assert list(weights(acme)) == ["speed"]


def test_touched_fields_are_stored_where_they_belong_with_why(acme: Store) -> None:
    changes = save(acme, opened(acme, signup="45,5 %", speed="", refer="20", reserve="10", why=" Calmer\nquarter "))
    assert weights(acme) == {"signup": "45.5", "refer": "20", "speed": ""}
    told = {(change.goal, change.what, change.before.replace("\u00a0", ""), change.after) for change in changes}
    assert ("speed", "weight:growth", "10%", "") in told and len(told) == 3
    assert {(change.person, change.why) for change in changes} == {("ben", "Calmer quarter")}
    with acme.snapshot() as tx:
        assert (tx.teams.get("growth").reserve, tx.goals.get("speed").weight) == (0.1, 0.6)
        assert dict(tx.goals.get("speed").weights) == {}


def test_nothing_is_stored_of_a_form_that_nobody_touched(acme: Store) -> None:
    assert save(acme, opened(acme)) == []
    with acme.snapshot() as tx:
        assert tx.goal_log.changed_since(MONDAY) == []


def test_an_emptied_field_is_no_zero(acme: Store) -> None:
    save(acme, opened(acme, signup="", refer="0", reserve=""))
    with acme.snapshot() as tx:
        assert (tx.goals.get("signup").weight, tx.goals.get("refer").weight) == (None, 0.0)
        assert tx.teams.get("growth").reserve is None


def test_of_two_who_edit_at_a_time_neither_undoes_the_other(acme: Store) -> None:
    first, second = opened(acme, signup="40"), opened(acme, refer="15")
    save(acme, first)
    save(acme, second, actor="ada")
    assert weights(acme) == {"signup": "40", "refer": "15", "speed": "10"}


def test_who_finds_the_plan_full_meanwhile_hears_what_changed(acme: Store) -> None:
    late = opened(acme, refer="15")
    save(acme, opened(acme, signup="60", reserve="25"))
    assert refused(acme, late) == {
        "reserve": "Goals and reserve together make 110%. Bring them to 100 or less. "
        "Somebody has changed “Double weekly signups” and the reserve meanwhile."
    }
    assert weights(acme)["refer"] == ""


@pytest.mark.parametrize("typed", ["-5", "101", "abc", "NaN", "1e400", "-inf", "%", "40 40", "½"])
def test_what_is_no_percentage_is_refused_at_its_field(acme: Store, typed: str) -> None:
    problems = refused(acme, opened(acme, signup=typed, speed=typed, reserve=typed))
    assert problems == dict.fromkeys(("weight:signup", "weight:speed", "reserve"), NO_PERCENTAGE)


@pytest.mark.parametrize(("typed", "stored"), [("40", "40"), ("40 %", "40"), (" 40\u00a0% ", "40"), ("12,5", "12.5")])
def test_percentages_are_read_as_people_write_them(acme: Store, typed: str, stored: str) -> None:
    save(acme, opened(acme, signup=typed))
    assert weights(acme)["signup"] == stored


@pytest.mark.parametrize("typed", ["0,4", "0.4", ".4 %"])
def test_a_share_that_is_no_percentage_is_asked_about(acme: Store, typed: str) -> None:
    assert refused(acme, opened(acme, signup=typed)) == {"weight:signup": "Write it in percent: 40 for 40 %."}


def test_every_problem_is_said_at_once_and_nothing_stored(acme: Store) -> None:
    draft = opened(acme, signup="40", refer="much", reserve="-1", why="x" * (WHY_LIMIT + 1))
    assert set(refused(acme, draft)) == {"weight:refer", "reserve", "why"}
    assert refused(acme, opened(acme, signup="90")) == {
        "reserve": "Goals and reserve together make 120%. Bring them to 100 or less."
    }
    assert weights(acme)["signup"] == "50"


def test_a_goal_closed_meanwhile_is_refused_where_its_share_was_touched(acme: Store) -> None:
    touched, untouched = opened(acme, signup="40", refer="5"), opened(acme, speed="15")
    put(acme, "signup", status=GoalStatus.DONE)
    put(acme, "refer", contributing_teams=(), team="platform")
    assert refused(acme, touched) == {
        "weight:signup": "This goal runs no more. Write 50 again to save the rest.",
        "weight:refer": "This goal runs no more. Leave this empty to save the rest.",
    }
    save(acme, untouched)
    assert weights(acme) == {"speed": "15"}


def test_admins_and_leads_of_the_team_or_above_set_its_plan(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), parent="growth"))
    assert [team.id for team in goal_plan.plannable(acme, actor="ada", name="")] == ["growth", "platform"]
    assert [team.id for team in goal_plan.plannable(acme, actor="ben", name=" ")] == ["growth", "platform"]
    assert [team.id for team in goal_plan.plannable(acme, actor="ben", name="PLATFORM")] == ["platform"]
    assert plan_of(acme, "ben", "platform").lines[0].weight == "60"
    for act in (
        lambda: plan_of(acme, "cleo"),
        lambda: save(acme, opened(acme, signup="10"), actor="cleo"),
        lambda: goal_plan.plannable(acme, actor="cleo", name="growth"),
        lambda: goal_plan.plannable(acme, actor="cleo", name=""),
    ):
        with pytest.raises(NotAllowed, match="Ask Ben"):
            act()
    with pytest.raises(NotFound, match="Growth, Platform"):
        goal_plan.plannable(acme, actor="ben", name="Sales")
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("growth"), archived=True))
    with pytest.raises(NotFound, match="archived"):
        plan_of(acme)


def test_last_quarters_effort_counts_every_person_once(acme: Store) -> None:
    def answer(id: str, person: str, weeks: int, *goals: str, team: str = "growth") -> CheckIn:
        items = tuple(WorkItem(text=goal, goal=goal) for goal in goals)
        return CheckIn(id=id, person=person, team=team, date=TODAY - timedelta(weeks=weeks), items=items)

    with acme.transaction() as tx:
        tx.check_ins.save(
            answer("1", "ben", 1, "signup"),
            answer("2", "ben", 2, "signup", "speed"),
            answer("3", "cleo", 1, "refer"),
            answer("4", "cleo", 20, "signup"),
            answer("5", "kiri", 1, "signup", team="platform"),
            at=MONDAY,
        )
    plan = plan_of(acme)
    assert plan.answers == 3
    assert {line.goal.id: line.lately for line in plan.lines} == {"signup": 0.375, "speed": 0.125, "refer": 0.5}


def test_scores_order_the_plan_and_are_no_news(acme: Store) -> None:
    score(acme, "refer", Ice(impact=8, confidence=6, ease=5))
    score(acme, "signup", Ice(impact=2, confidence=2, ease=2))
    lines = plan_of(acme).lines
    assert [line.goal.id for line in arranged(lines, Order.WEIGHT)] == ["signup", "speed", "refer"]
    assert [(line.goal.id, line.score) for line in arranged(lines, Order.SCORE)] == [
        ("refer", 240),
        ("signup", 8),
        ("speed", 0),
    ]
    score(acme, "refer", None)
    with acme.snapshot() as tx:
        assert tx.goals.get("refer").ice is None
        assert tx.goal_log.changed_since(MONDAY) == []


def score(store: Store, goal: str, ice: Ice | None, actor: str = "ben") -> None:
    goal_plan.score_goal(store, actor=actor, goal=goal, ice=ice, now=MONDAY)


def test_goals_are_scored_by_those_who_edit_them_from_1_to_10(acme: Store) -> None:
    good = Ice(impact=1, confidence=10, ease=5)
    for goal, actor in (("speed", "ben"), ("signup", "cleo"), ("north", "ben")):
        with pytest.raises(NotAllowed):
            score(acme, goal, good, actor)
    for bad in (replace(good, impact=0), replace(good, confidence=11), replace(good, ease=-1)):
        with pytest.raises(TruelineError, match="from 1 to 10"):
            score(acme, "signup", bad)
    with pytest.raises(NotFound):
        score(acme, "gone", good)


def test_what_is_declared_or_typed_is_shown_where_there_is_room(acme: Store) -> None:
    lines = plan_of(acme).lines
    for kept, most, shown in (
        ((), 9, ["signup", "speed"]),
        (("refer",), 9, ["signup", "speed", "refer"]),
        ((), 1, ["signup"]),
    ):
        assert [line.goal.id for line in within(lines, rows=1, kept=kept, most=most)] == shown


@given(st.lists(st.text(max_size=6) | st.integers(-50, 150).map(str)), st.text(max_size=6))
def test_any_typing_has_a_sum(typed: list[str], reserve: str) -> None:
    sum_ = summed(typed, reserve)
    assert 0 <= sum_.reserve <= sum_.total <= len(typed) + 1
    assert 0 <= sum_.unreadable <= len([text for text in (*typed, reserve) if text.strip()])
