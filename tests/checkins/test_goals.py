"""How a team's goals are set."""

import pytest

from checkins import goals
from checkins.errors import BadForm, NotAllowed
from checkins.goals import GoalRow
from checkins.ports import Store
from tests.acme import MONDAY, day, settle_in

TODAY = day(14)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def test_a_lead_sets_titles_weights_and_the_reserve(acme: Store) -> None:
    form = goals.team_goals(acme, actor="ben", team="growth", today=TODAY)
    assert (form.rows, form.reserve) == ((GoalRow(title="Double weekly signups", weight="50", goal="signup"),), "20")
    rows = [
        GoalRow(title="Triple weekly signups", weight="45,5 %", goal="signup"),
        GoalRow(title="Refer a friend"),
        GoalRow(),
    ]
    goals.set_team_goals(acme, actor="ben", team="growth", rows=rows, reserve="", now=MONDAY)
    again = goals.team_goals(acme, actor="ben", team="growth", today=TODAY)
    assert [(row.title, row.weight, row.goal) for row in again.rows] == [
        ("Triple weekly signups", "45.5", "signup"),
        ("Refer a friend", "", "refer-a-friend"),
    ]
    assert again.reserve == ""


@pytest.mark.parametrize(
    ("rows", "reserve", "fields"),
    [
        ([GoalRow()], "", {"title_1"}),
        ([GoalRow(title="A", weight="much")], "", {"weight_1"}),
        ([GoalRow(title="A", weight="-1")], "", {"weight_1"}),
        ([GoalRow(title="A", weight="101")], "", {"weight_1"}),
        ([GoalRow(title="A", weight="nan")], "", {"weight_1"}),
        ([GoalRow(weight="30")], "", {"title_1"}),
        ([GoalRow(title="x" * 151)], "some", {"title_1", "reserve"}),
        ([GoalRow(title="A", weight="60"), GoalRow(title="B", weight="40")], "10", {"reserve"}),
    ],
)
def test_every_problem_of_a_plan_is_said_at_its_field(
    acme: Store, rows: list[GoalRow], reserve: str, fields: set[str]
) -> None:
    with pytest.raises(BadForm) as refused:
        goals.set_team_goals(acme, actor="ben", team="growth", rows=rows, reserve=reserve, now=MONDAY)
    assert set(refused.value.problems) == fields


def test_only_leads_and_admins_set_goals(acme: Store) -> None:
    for act in (
        lambda: goals.team_goals(acme, actor="cleo", team="growth", today=TODAY),
        lambda: goals.set_team_goals(
            acme, actor="cleo", team="growth", rows=[GoalRow(title="A")], reserve="", now=MONDAY
        ),
    ):
        with pytest.raises(NotAllowed, match="Ask Ben"):
            act()


def test_a_title_stands_once_in_a_team(acme: Store) -> None:
    rows = [GoalRow(title="Happier callers"), GoalRow(title="  happier  callers ")]
    with pytest.raises(BadForm) as refused:
        goals.set_team_goals(acme, actor="ben", team="growth", rows=rows, reserve="", now=MONDAY)
    assert list(refused.value.problems) == ["title_1", "title_2"]
    with pytest.raises(BadForm, match="Double weekly signups"):
        again = [GoalRow(title="Double weekly SIGNUPS")]
        goals.set_team_goals(acme, actor="ben", team="growth", rows=again, reserve="", now=MONDAY)
    with acme.snapshot() as tx:
        assert {goal.title for goal in tx.goals.all()} == {
            "Be the place teams start their day",
            "Double weekly signups",
            "Pages in under a second",
        }
