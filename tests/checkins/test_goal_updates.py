"""Who may say how a goal goes, what that moves, and what the detail shows of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checkins import goal_detail, goal_updates
from checkins.errors import BadForm, NotAllowed, NotFound, TruelineError
from checkins.goal_detail import GoalDetail
from checkins.goal_keeping import keep
from checkins.model import CheckIn, Goal, GoalStatus, Measure, WorkItem
from checkins.ports import Store
from tests.acme import ASKED, day, settle_in
from tests.storage.watching import together

SECOND, TODAY = timedelta(seconds=1), date(2026, 9, 7)
SIGNUPS = Measure(name="Sign-ups", framework="okr", baseline=100, target=200, unit="a week", current=None)


@pytest.fixture
def acme(store: Store) -> Store:
    """Ben leads Growth and owns its goal "signup"; Cleo is a member; Ada is the admin."""
    settle_in(store)
    with store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("signup"), measure=SIGNUPS, nudges=2))
    return store


def post(store: Store, text: str = "Going well", value: str = "", **changed: object) -> None:
    given = {"actor": "ben", "goal": "signup", "now": ASKED} | changed
    goal_updates.post_update(store, text=text, value=value, **given)  # type: ignore[arg-type]


def goal(store: Store, id: str = "signup") -> Goal:
    with store.snapshot() as tx:
        return tx.goals.get(id)


def seen(store: Store, goal: str = "signup", actor: str = "cleo") -> GoalDetail:
    return goal_detail.history_of(store, actor=actor, goal=goal, today=TODAY)


@pytest.mark.parametrize("actor", ["ben", "ada"])
def test_an_update_moves_the_measure_and_ends_the_reminders(acme: Store, actor: str) -> None:
    post(acme, " Up\nagain ", "150", actor=actor)
    moved = goal(acme)
    assert moved.measure == replace(SIGNUPS, current=150)
    assert (moved.updated_at, moved.nudges) == (ASKED, 0)
    detail = seen(acme)
    assert [(said.person, said.text, said.value) for said in detail.updates] == [(actor, "Up again", 150)]
    assert (detail.progress, detail.changes, detail.may_change) == (0.5, (), False)


def test_others_hear_whom_to_ask(acme: Store) -> None:
    with pytest.raises(NotAllowed, match=r"Ask Ben\.$"):
        post(acme, actor="cleo")
    with pytest.raises(NotAllowed):
        goal_updates.form(acme, actor="cleo", goal="signup")
    with pytest.raises(NotAllowed):
        goal_updates.take_up(acme, actor="cleo", goal="signup", now=ASKED)
    with pytest.raises(NotFound):
        post(acme, goal="nowhere")
    assert seen(acme).updates == ()


@pytest.mark.parametrize(
    ("text", "value", "field"),
    [("", "", "text"), ("x" * 281, "", "text"), ("Fine", "many", "value"), ("Fine", "1,200", "value")],
)
def test_what_cannot_be_an_update_changes_nothing(acme: Store, text: str, value: str, field: str) -> None:
    before = goal(acme)
    with pytest.raises(BadForm) as refused:
        post(acme, text, value)
    assert list(refused.value.problems) == [field]
    assert goal(acme) == before
    assert seen(acme).updates == ()


def test_a_value_needs_a_measure_and_a_value_is_enough(acme: Store) -> None:
    with pytest.raises(BadForm, match="no measure"):
        post(acme, value="5", goal="speed", actor="ada")
    post(acme, text="", value="120 a week")
    assert goal(acme).measure == replace(SIGNUPS, current=120)


def test_a_double_click_is_one_update(acme: Store) -> None:
    post(acme, "Well", "120")
    post(acme, "Well", "120", now=ASKED + 59 * SECOND)
    assert len(seen(acme).updates) == 1
    post(acme, "Well", "121", now=ASKED + 60 * SECOND)
    post(acme, "Well", "121", now=ASKED + 121 * SECOND)
    assert [said.value for said in seen(acme).updates] == [121, 121, 120]


def test_clicks_at_the_same_moment_are_one_update(acme: Store) -> None:
    together(lambda n: post(acme, "Well", "120", now=ASKED + n * SECOND), threads=4)
    assert len(seen(acme).updates) == 1


def test_a_paused_goal_is_taken_up_once(acme: Store) -> None:
    with acme.transaction() as tx:
        keep(tx, replace(tx.goals.get("signup"), status=GoalStatus.PAUSED), by=None, now=ASKED, why="Quiet")
    assert not seen(acme).may_take_up and seen(acme, actor="ben").may_take_up
    for minutes in (1, 2):
        goal_updates.take_up(acme, actor="ben", goal="signup", now=ASKED + timedelta(minutes=minutes))
    assert goal(acme).status is GoalStatus.ACTIVE
    again, paused = seen(acme).changes
    assert (again.who, again.before, again.after) == ("Ben", "paused", "active")
    assert (paused.who, paused.why) == (None, "Quiet")


def test_a_goal_that_is_done_is_not_taken_up(acme: Store) -> None:
    with acme.transaction() as tx:
        keep(tx, replace(tx.goals.get("signup"), status=GoalStatus.DONE), by="ben", now=ASKED)
    with pytest.raises(TruelineError, match="is done"):
        goal_updates.take_up(acme, actor="ben", goal="signup", now=ASKED)


def test_the_detail_names_people_teams_and_goals_of_changes(acme: Store) -> None:
    with acme.transaction() as tx:
        changed = replace(tx.goals.get("speed"), owner="kiri", supports=("north",), weights={"growth": 0.1})
        keep(tx, replace(changed, contributing_teams=("growth",)), by="ada", now=ASKED, why="Agreed")
    said = {(change.what, change.team): (change.before, change.after) for change in seen(acme, "speed").changes}
    assert said[("owner", None)] == ("", "Kiri")
    assert said[("supports", None)] == ("", "Be the place teams start their day")
    assert said[("contributing_teams", None)] == ("", "Growth")
    assert said[("weight", "Growth")][1].startswith("10")
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("growth"), archived=True))
    assert "Growth (archived)" in {change.team for change in seen(acme, "speed").changes}
    above = seen(acme, "north")
    assert {each.id for each in above.supported_by} == {"signup", "speed"}
    assert [each.id for each in seen(acme, "speed").supports] == ["north"]


def test_the_effort_is_told_in_sums_of_the_last_four_check_ins(acme: Store) -> None:
    with acme.transaction() as tx:
        for week in range(6):
            for person, share in (("ben", 1.0), ("cleo", 0.5)):
                on_goal = WorkItem(text="Secret", goal="signup", share=share if week else 0.0)
                rest = WorkItem(text="Other", goal="speed", share=1 - on_goal.share if on_goal.share else 1.0)
                answer = CheckIn(
                    id=f"{person}{week}",
                    person=person,
                    team="growth",
                    date=TODAY - timedelta(weeks=week),
                    items=(on_goal, rest),
                )
                tx.check_ins.save(answer, at=ASKED)
        kiri = CheckIn(id="k", person="kiri", team="platform", date=TODAY, items=(WorkItem(text="x", goal="signup"),))
        tx.check_ins.save(kiri, at=ASKED)
    shown = [(each.team, round(each.share, 4), each.check_ins, each.answers) for each in seen(acme).effort]
    assert shown == [("Platform", 1.0, 1, 1), ("Growth", round((0.75 + 0.375) / 2, 4), 4, 8)]
    assert "Secret" not in repr(seen(acme))


def test_values_of_a_day_are_one_point(acme: Store) -> None:
    for hours, value in ((0, "110"), (1, "115"), (24, ""), (48, "130")):
        post(acme, "Well", value, now=ASKED + timedelta(hours=hours))
    assert seen(acme).values == ((day(7), 115), (day(9), 130))


def test_goals_are_found_by_title_words_or_id(acme: Store) -> None:
    def found(words: str) -> list[str]:
        return [goal.id for goal in goal_detail.found_by(acme, words=words)]

    assert found("signup") == found("double SIGNUPS") == found(" Double weekly signups ") == ["signup"]
    assert found("e") == ["north", "signup", "speed"]
    for words in ("", "nothing like it"):
        with pytest.raises(NotFound, match="/goals all"):
            found(words)
