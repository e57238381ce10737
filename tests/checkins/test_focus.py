"""The question that goes round: whose turn it is, what a person is asked, and what is known already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import focus
from checkins.focus import HISTORY, KNOWN, NONE_KNOWN, NONE_OF_THESE, PLACES, RATINGS, Kind, Question
from checkins.model import CheckIn, Goal, WorkItem

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


def ask(on_turn: Kind, history: Sequence[CheckIn] = (), goals: Sequence[Goal] = GOALS) -> Question | None:
    return focus.question_for(on_turn, team=TEAM, goals=goals, history=history)


def asked(on_turn: Kind, history: Sequence[CheckIn] = (), goals: Sequence[Goal] = GOALS) -> tuple[str, ...]:
    """The fields of the question."""
    question = ask(on_turn, history, goals)
    return question.fields if question else ()


def test_the_kinds_take_turns_and_start_with_confidence() -> None:
    turns: list[str] = []
    for _ in range(5):
        turns.append(focus.next_kind(("work", turns[-1], "note") if turns else ("work", "note")))
    assert turns == ["confidence", "clarity", "done", "priorities", "confidence"]


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


def test_the_goal_said_least_recently_is_asked_about() -> None:
    assert asked(Kind.CONFIDENCE, past(confidence={5: {"a": 3}, 9: {"c": 3}})) == ("confidence:b",)
    assert asked(Kind.CONFIDENCE, past(confidence={5: {"a": 3}, 9: {"b": 3}, 4: {"c": 2}})) == ("confidence:b",)


def test_a_goal_of_others_is_asked_about_once_the_person_works_on_it() -> None:
    ratings = past(clarity={2: {"a": 3}, 3: {"b": 3}, 4: {"c": 3}})
    assert asked(Kind.CLARITY, ratings) == ("done:a",)
    ratings[0] = replace(ratings[0], items=(WorkItem(text="Cache", goal="d"),))
    assert asked(Kind.CLARITY, ratings) == ("clarity:d",)


@pytest.mark.parametrize("kind", [Kind.CONFIDENCE, Kind.CLARITY])
def test_a_rating_is_known_for_a_while(kind: Kind) -> None:
    for age in (1, KNOWN[kind]):
        assert asked(kind, past(**{kind: {age: {"a": 4}}}), [A])[0] != f"{kind}:a"
    assert asked(kind, past(**{kind: {KNOWN[kind] + 1: {"a": 4}}}), [A]) == (f"{kind}:a",)


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


@given(st.sampled_from(Kind), HISTORIES, COMPANIES)
def test_whatever_was_said_no_question_has_a_known_answer(
    on_turn: Kind, history: list[CheckIn], goals: list[Goal]
) -> None:
    question = ask(on_turn, history, goals)
    if question is None:
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
