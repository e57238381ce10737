"""The question that goes round: what a person is asked, and what is known already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import focus
from checkins.focus import HISTORY, KNOWN, NONE_KNOWN, NONE_OF_THESE, PLACES, RATINGS, Question
from checkins.model import CheckIn, Goal, WorkItem
from checkins.turns import BLOCK, Kind, Turn

TODAY = date(2026, 11, 16)
TEAM = "growth"
A = Goal(id="a", title="Signups", team=TEAM, weight=0.5, done=("Doubled", "Up by half"))
B = Goal(id="b", title="Churn", team=TEAM, weight=0.3)
C = Goal(id="c", title="Pricing", team="money", contributing_teams=(TEAM,), weights={TEAM: 0.1})
D = Goal(id="d", title="Speed", team="platform", done=("Under a second",))
GOALS = (D, C, B, A)


def answer(weeks: int = 1, **said: Any) -> CheckIn:
    """A check-in of some weeks ago."""
    return CheckIn(id=f"c{weeks}", person="ann", team=TEAM, date=TODAY - timedelta(weeks=weeks), **said)


def past(**said: Mapping[int, Any]) -> list[CheckIn]:
    """Check-ins of the last ten weeks, newest first. said: by field, what was said so many weeks ago."""
    weeks = range(1, 11)
    return [answer(week, **{name: at[week] for name, at in said.items() if week in at}) for week in weeks]


def ask(
    on_turn: Kind, history: Sequence[CheckIn] = (), goals: Sequence[Goal] = GOALS, *, number: int = 0
) -> Question | None:
    return focus.question_for(Turn(on_turn, number), team=TEAM, goals=goals, history=history)


def asked(
    on_turn: Kind, history: Sequence[CheckIn] = (), goals: Sequence[Goal] = GOALS, *, number: int = 0
) -> tuple[str, ...]:
    """The fields of the question."""
    question = ask(on_turn, history, goals, number=number)
    return question.fields if question else ()


@pytest.mark.parametrize(
    ("on_turn", "fields", "options"),
    [
        (Kind.CONFIDENCE, ("confidence:a",), RATINGS),
        (Kind.CLARITY, ("clarity:a",), RATINGS),
        (Kind.DONE, ("done:a",), ("Doubled", "Up by half", NONE_OF_THESE)),
        (Kind.PRIORITIES, ("priority_1", "priority_2", "priority_3"), ("a", "b", "c")),
    ],
)
def test_each_kind_asks_about_the_teams_goals_the_heaviest_first(
    on_turn: Kind, fields: tuple[str, ...], options: tuple[str, ...]
) -> None:
    question = ask(on_turn)
    assert question is not None
    assert (question.kind, question.fields, question.options) == (on_turn, fields, options)


def test_confidence_stays_with_one_of_the_two_heaviest_goals_for_a_block_whatever_was_said() -> None:
    rated = past(confidence={1: {"b": 2}, 2: {"a": 3}})
    for history in ([], rated):
        numbers = (0, 2, BLOCK, BLOCK + 2, 2 * BLOCK)
        fields = [asked(Kind.CONFIDENCE, history, number=number) for number in numbers]
        assert [goal for (goal,) in fields] == [f"confidence:{goal}" for goal in "aabba"]


def test_the_next_goal_steps_in_where_the_one_on_turn_is_known() -> None:
    assert asked(Kind.CLARITY, number=6) == ("clarity:b",)
    assert asked(Kind.CLARITY, past(clarity={1: {"b": 3}}), number=6) == ("clarity:c",)
    assert asked(Kind.CLARITY, past(clarity={1: {"b": 3}, 2: {"c": 4}}), number=6) == ("clarity:a",)


def test_a_goal_of_others_is_asked_about_once_the_person_works_on_it() -> None:
    ratings = past(clarity={2: {"a": 3}, 3: {"b": 3}, 4: {"c": 3}})
    assert asked(Kind.CLARITY, ratings) == ("done:a",)
    ratings[0] = replace(ratings[0], items=(WorkItem(text="Cache", goal="d"),))
    assert asked(Kind.CLARITY, ratings) == ("clarity:d",)


def test_clarity_is_known_for_a_while() -> None:
    for age in (1, KNOWN[Kind.CLARITY]):
        assert asked(Kind.CLARITY, past(clarity={age: {"a": 4}}), [A]) == ("done:a",)
    assert asked(Kind.CLARITY, past(clarity={KNOWN[Kind.CLARITY] + 1: {"a": 4}}), [A]) == ("clarity:a",)


def test_confidence_does_not_step_in_again_at_once() -> None:
    for age, fields in ((1, ("clarity:b",)), (KNOWN[Kind.CONFIDENCE] + 1, ("confidence:b",))):
        assert asked(Kind.DONE, past(confidence={age: {"b": 4}}), [B]) == fields


def test_somebody_whose_team_has_no_goals_is_asked_about_those_they_work_on() -> None:
    worked = [answer(items=(WorkItem(text="Cache", goal="d"),))]
    assert asked(Kind.CONFIDENCE, worked, [D]) == ("confidence:d",)
    assert asked(Kind.CONFIDENCE, [replace(worked[0], confidence={"d": 4})], [D]) == ("clarity:d",)


def test_done_is_known_while_the_statement_stands() -> None:
    picked = past(done={4: {"a": "Doubled"}})
    assert asked(Kind.DONE, picked, [A]) == ("confidence:a",)
    assert asked(Kind.DONE, picked, [replace(A, done=("Tripled",))]) == ("done:a",)
    assert asked(Kind.DONE, past(done={NONE_KNOWN: {"a": NONE_OF_THESE}}), [A]) == ("confidence:a",)
    assert asked(Kind.DONE, past(done={NONE_KNOWN + 1: {"a": NONE_OF_THESE}}), [A]) == ("done:a",)


def test_an_order_is_known_while_the_goals_are_the_same() -> None:
    ordered = past(priorities={3: ("b", "a", "c")})
    assert asked(Kind.PRIORITIES, ordered) == ("confidence:a",)
    assert asked(Kind.PRIORITIES, ordered, [A, B, replace(D, team=TEAM)])[0] == "priority_1"
    later = [A, B, C, Goal(id="new", title="New", team=TEAM, starts=TODAY)]
    assert asked(Kind.PRIORITIES, ordered, later)[0] == "priority_1"
    assert asked(Kind.PRIORITIES, past(priorities={9: ("b", "a", "c")}))[0] == "priority_1"


def test_the_next_kind_steps_in_and_nothing_is_asked_where_all_is_known() -> None:
    assert asked(Kind.DONE, goals=[B, C]) == ("confidence:b",)  # no statements, two goals only
    assert asked(Kind.PRIORITIES, [answer(confidence={"b": 3}, clarity={"b": 5})], [B]) == ()
    assert asked(Kind.CONFIDENCE, goals=()) == ()


def test_an_edited_answer_is_asked_what_it_answered() -> None:
    for said in ({"confidence": {"b": 2}}, {"clarity": {"c": 5}}, {"done": {"a": "Doubled"}}):
        ((kind, goal),) = ((kind, next(iter(goals))) for kind, goals in said.items())
        question = focus.question_of(answer(**said), goals=GOALS)
        assert question is not None and question.fields == (f"{kind}:{goal}",)
    question = focus.question_of(answer(priorities=("b", "d")), goals=GOALS)
    assert question is not None and question.options == ("a", "b", "c", "d")
    assert focus.question_of(answer(confidence={"closed": 2}), goals=GOALS) is None
    assert focus.question_of(answer(priorities=("b", "closed")), goals=GOALS) is None


def test_a_statement_taken_back_since_can_be_kept() -> None:
    picked = answer(done={"a": "Tripled"})
    question = focus.question_of(picked, goals=GOALS)
    assert question is not None and question.options == ("Doubled", "Up by half", "Tripled", NONE_OF_THESE)
    before = focus.chosen(picked)
    assert focus.problems({"done:a": "Tripled"}, goals=GOALS, before=before) == {}
    assert list(focus.problems({"done:a": "Tripled"}, goals=GOALS, before={})) == ["done:a"]


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"confidence:a": "5", "clarity:b": None}, []),
        ({"confidence:a": "6"}, ["confidence:a"]),
        ({"confidence:closed": "5"}, ["confidence:closed"]),
        ({"done:a": NONE_OF_THESE}, []),
        ({"done:a": "Anything"}, ["done:a"]),
        ({"priority_1": "a", "priority_2": None, "priority_3": "b"}, []),
        ({"priority_1": "a", "priority_2": "b", "priority_3": "a"}, ["priority_3"]),
        ({"priority_1": "closed"}, ["priority_1"]),
    ],
)
def test_what_cannot_be_stored_is_named_by_its_field(said: dict[str, str | None], fields: list[str]) -> None:
    assert list(focus.problems(said, goals=GOALS, before={})) == fields


def test_what_the_form_did_not_ask_stays_and_what_was_emptied_goes() -> None:
    before = focus.chosen(answer(confidence={"a": 2}, priorities=("a", "b")))
    changed = focus.answered(answer(), {"confidence:a": None, "clarity:b": "4"}, before=before)
    assert (changed.confidence, changed.clarity, changed.priorities) == ({}, {"b": 4}, ("a", "b"))


IDS = ("a", "b", "c", "d")
RATED = st.dictionaries(st.sampled_from(IDS), st.integers(1, 5), max_size=2)
PICKED = st.dictionaries(st.sampled_from(IDS), st.sampled_from(("Doubled", "Old", NONE_OF_THESE)), max_size=2)
ORDER = st.lists(st.sampled_from(IDS), unique=True, max_size=PLACES).map(tuple)
SAID = st.fixed_dictionaries({"confidence": RATED, "clarity": RATED, "done": PICKED, "priorities": ORDER})
HISTORIES = st.lists(SAID, max_size=HISTORY).map(
    lambda weeks: [answer(age, **said) for age, said in enumerate(weeks, start=1)]
)
COMPANIES = st.lists(st.sampled_from(GOALS), unique_by=lambda goal: goal.id)


NUMBERS = st.integers(0, 48)


@given(NUMBERS, st.lists(HISTORIES, min_size=2, max_size=4), COMPANIES)
def test_the_confidence_of_a_team_is_asked_about_one_goal_whatever_each_has_said(
    number: int, histories: list[list[CheckIn]], goals: list[Goal]
) -> None:
    asked_of = {asked(Kind.CONFIDENCE, history, goals, number=number) for history in histories}
    assert len(asked_of) == 1 or not any(TEAM in goal.teams() for goal in goals)


@given(st.sampled_from(Kind), NUMBERS, HISTORIES, COMPANIES)
def test_whatever_was_said_no_question_but_of_confidence_on_its_turn_has_a_known_answer(
    on_turn: Kind, number: int, history: list[CheckIn], goals: list[Goal]
) -> None:
    question = ask(on_turn, history, goals, number=number)
    if question is None or (question.kind is on_turn is Kind.CONFIDENCE):
        return
    recent = history[: KNOWN[question.kind]]
    if question.kind is Kind.PRIORITIES:
        ids = set(question.options)
        assert len(ids) >= PLACES
        assert not any(said.priorities and ids.issuperset(said.priorities) for said in recent)
        return
    (goal,) = question.goals
    told = {getattr(said, question.kind).get(goal.id) for said in recent} - {None}
    assert not told.intersection(question.options[:-1]) if question.kind is Kind.DONE else not told


@given(SAID, COMPANIES)
def test_what_was_chosen_is_stored_and_comes_back(said: dict[str, Any], goals: list[Goal]) -> None:
    once = answer(**said)
    assert focus.answered(answer(), focus.chosen(once), before={}) == once
    question = focus.question_of(once, goals=goals)
    if question:
        fields = [name for name in question.fields if name in focus.chosen(once)]
        assert fields and all(focus.chosen(once)[name] in question.options for name in fields)
