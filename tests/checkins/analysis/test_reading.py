"""Stored answers become arrays: joined, rescaled, and counted against those who were asked."""

import numpy as np
import pytest

from checkins.model import Goal, Team
from tests.checkins.analysis.companies import Company

TEAMS = [Team(id="growth", name="Growth"), Team(id="platform", name="Platform")]
GOALS = [Goal(id="a", title="A", team="growth"), Goal(id="b", title="B", team="growth"), Goal(id="c", title="C")]


def company() -> Company:
    return Company(teams=list(TEAMS), goals=list(GOALS))


def shares_of(built: Company, row: int = 0, ago: int = 0) -> dict[str, float]:
    panel = built.panel()
    row_slots = panel.slots[panel.row_team[row]]
    values = panel.shares[row, -1 - ago]
    return {panel.goals[goal].id: float(values[k]) for k, goal in enumerate(row_slots) if goal >= 0 and values[k] > 0}


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        ({"a": 0.5, "b": 0.5}, {"a": 0.5, "b": 0.5}),
        ({"a": 0.3, "b": 0.3}, {"a": 0.5, "b": 0.5}),
        ({"a": None, "b": None, None: None}, {"a": 1 / 3, "b": 1 / 3}),
        ({"a": 0.5, "b": None, None: None}, {"a": 0.5, "b": 0.25}),
        ({"a": 1.0, "b": None}, {"a": 2 / 3, "b": 1 / 3}),
        ({"a": 0.0, None: 0.0}, {"a": 0.5}),
        ({None: 1.0}, {}),
        ({}, {}),
    ],
)
def test_the_shares_of_an_answer_sum_to_one(work: dict[str | None, float | None], expected: dict[str, float]) -> None:
    built = company()
    built.answer("ben", "growth", work=work)
    assert shares_of(built) == pytest.approx(expected)
    assert built.panel().answered[0, -1]


def test_several_check_ins_of_a_week_are_one_answer() -> None:
    built = company()
    built.answer("ben", "growth", work={"a": 1.0})
    built.answer("ben", "growth", work={"a": None, "b": None})
    assert shares_of(built) == pytest.approx({"a": 0.75, "b": 0.25})
    assert built.panel().answered.sum() == 1


def test_a_person_answering_for_two_teams_is_two_rows_and_one_person() -> None:
    built = company()
    built.answer("ben", "growth", work={"a": 1.0})
    built.answer("ben", "platform", work={"a": 1.0})
    panel = built.panel()
    assert panel.shares.shape[0] == 2
    assert panel.people == ("ben",)


def test_a_missing_answer_is_missing_and_not_zero() -> None:
    built = company()
    built.answer("ben", "growth", ago=2, work={"a": 1.0})
    assert np.isnan(built.panel().shares[0, -1]).all()


def test_those_prompted_are_asked_and_so_is_who_answers_unasked() -> None:
    built = company()
    built.prompt("ben", "growth")
    built.answer("cleo", "growth", work={"a": 1.0})
    built.answer("dora", "growth", ago=1, work={"a": 1.0})
    panel = built.panel()
    assert [panel.people[p] for p in panel.row_person[panel.asked[:, -1]]] == ["ben", "cleo"]


def test_without_prompts_those_count_as_asked_who_answered_within_six_weeks() -> None:
    built = company()
    for person, ago in (("now", 0), ("five", 5), ("six", 6)):
        built.answer(person, "growth", ago=ago, work={"a": 1.0})
    panel = built.panel()
    assert [panel.people[p] for p in panel.row_person[panel.asked[:, -1]]] == ["five", "now"]


def test_a_week_without_prompt_and_answer_is_no_check_in() -> None:
    built = company()
    for ago in (0, 1, 3, 4, 5):
        built.answer("ben", "growth", ago=ago, work={"a": 1.0})
    window = built.panel().window(4)
    growth = window[0]
    assert np.flatnonzero(growth[::-1]).tolist() == [0, 1, 3, 4]


def test_a_team_that_is_no_longer_asked_has_no_window() -> None:
    built = company()
    built.prompt("ben", "growth")
    for ago in (5, 6, 7, 8):
        built.prompt("kiri", "platform", ago=ago)
    assert not built.panel().window(4)[1].any()


def test_ties_are_other_teams_named_or_worked_for() -> None:
    built = company()
    built.answer("kiri", "platform", work={"a": 1.0})
    built.answer("noa", "platform", work={"c": 1.0}, ties=("growth", "growth", "platform"))
    built.answer("ben", "growth", work={"a": 1.0}, ties=("unknown",))
    panel = built.panel()
    named = [(panel.people[panel.row_person[row]], panel.teams[team].id) for row, _, team in panel.ties]
    assert named == [("kiri", "growth"), ("noa", "growth")]


def test_nobody_and_nothing_make_an_empty_panel() -> None:
    panel = Company().panel()
    assert panel.shares.shape[0] == 0
    assert panel.window(4).shape == (0, 16)
