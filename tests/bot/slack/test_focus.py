"""The question that goes round and the ties asked by name, as people meet them in the form."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.limits import check_view
from bot.sandbox.visitor import Visitor
from bot.slack import focus_blocks, form_blocks
from bot.slack.ids import Action
from checkins.expected_ties import MOST_ASKED
from checkins.focus import NONE_OF_THESE, is_field
from checkins.forms import AnswerDraft
from checkins.model import CheckIn, Contact, Goal, Team
from checkins.turns import Kind, Turn
from tests.bot.harness import MONDAY, WEEK, Stage, company
from tests.bot.slack.talking import RETRIES, answer, click, direct, fill, said
from tests.bot.slack.test_form_blocks import desk

pytestmark = pytest.mark.anyio

FAILED, SECOND, REFUNDS = "fewer-failed-payments", "a-second-provider", "refunds"
STRANGE = tuple(sign * 75 for sign in "🚲<&x")
STATEMENTS = ("Under 1 % fail", "Nobody has to call us")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The company on its first Monday; Payments has three goals, and one says what done could mean."""
    async with company(tmp_path) as stage:
        change(stage, FAILED, done=STATEMENTS)
        with stage.store.transaction() as tx:
            tx.goals.save(Goal(id=REFUNDS, title="Refunds in a day", team="payments"))
        await stage.advance(to=MONDAY)
        yield stage


@pytest.fixture
def anna(stage: Stage) -> Visitor:
    return stage.visitor("anna")


def change(stage: Stage, goal: str, **fields: Any) -> None:
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(goal), **fields))


def shown(person: Visitor) -> dict[str, dict[str, Any]]:
    """The fields of the question that goes round, as the open form shows them."""
    return {name: block for name, block in inputs(person).items() if is_field(name)}


def ties(person: Visitor) -> dict[str, str]:
    """The labels of the ties asked by name, by field."""
    named = inputs(person).items()
    return {name: block["label"]["text"] for name, block in named if name.startswith("contact:")}


def inputs(person: Visitor) -> dict[str, dict[str, Any]]:
    assert person.view is not None
    return {block["block_id"]: block for block in person.view.body["blocks"] if block["type"] == "input"}


def options(field: dict[str, Any]) -> list[str]:
    return [option["text"]["text"] for option in field["element"]["options"]]


def initial(field: dict[str, Any]) -> str | None:
    chosen = field["element"].get("initial_option")
    return chosen["value"] if chosen else None


async def open_form(stage: Stage, person: Visitor, action: Action = Action.UPDATE) -> None:
    await click(stage, person, action)


async def send(stage: Stage, person: Visitor, **answers: Any) -> CheckIn:
    assert await fill(stage, person, RETRIES | answers) == {}
    stored = answer(stage)
    assert stored is not None
    return stored


async def next_week(stage: Stage, person: Visitor) -> Sequence[str]:
    """On to the next Monday; the names of the question's fields in the form that is opened then."""
    await stage.advance(by=WEEK)
    await open_form(stage, person)
    return tuple(shown(person))


async def test_journey_the_focus_question_takes_turns_and_fills_in_where_the_answer_is_known(
    stage: Stage, anna: Visitor
) -> None:
    await open_form(stage, anna)
    (confidence,) = shown(anna).values()
    assert confidence["optional"] and confidence["hint"]["text"] == "Shown only in groups of five or more"
    assert confidence["label"]["text"] == "How confident are you that “A second provider” will be reached?"
    assert (await send(stage, anna, **{f"confidence:{SECOND}": "4: quite"})).confidence == {SECOND: 4}
    receipt = "Confidence in “A second provider”: 4 of 5 (shown only in groups of five or more)"
    assert receipt in said(anna.last())

    assert await next_week(stage, anna) == (f"done:{FAILED}",)
    assert options(shown(anna)[f"done:{FAILED}"]) == [*STATEMENTS, "None of these"]
    stored = await send(stage, anna, **{f"done:{FAILED}": STATEMENTS[1]})
    assert (stored.done, stored.confidence) == ({FAILED: STATEMENTS[1]}, {})

    assert await next_week(stage, anna) == (f"confidence:{SECOND}",)  # the same goal for a block of check-ins
    await send(stage, anna, **{f"confidence:{SECOND}": "2"})

    assert await next_week(stage, anna) == ("priority_1", "priority_2", "priority_3")
    order = {"priority_1": "Refunds in a day", "priority_2": "Fewer failed payments"}
    twice = await fill(stage, anna, RETRIES | order | {"priority_3": "Refunds in a day"})
    assert list(twice) == ["priority_3"]
    assert (await send(stage, anna, priority_3="A second provider")).priorities == (REFUNDS, FAILED, SECOND)

    assert await next_week(stage, anna) == (f"confidence:{FAILED}",)  # a block later
    await send(stage, anna)
    assert await next_week(stage, anna) == (f"clarity:{FAILED}",)
    assert (await send(stage, anna, **{f"clarity:{FAILED}": "2"})).clarity == {FAILED: 2}
    assert await next_week(stage, anna) == (f"confidence:{FAILED}",)
    await send(stage, anna)
    await stage.advance(by=timedelta(hours=1))  # the clocks go back
    # What done means and what comes first are known by now, so another kind steps in.
    assert await next_week(stage, anna) == (f"confidence:{FAILED}",)
    change(stage, FAILED, done=("Under 0.1 % fail",))
    await anna.close_view()
    await open_form(stage, anna)
    assert tuple(shown(anna)) == (f"done:{FAILED}",)
    assert len(direct(stage)) == 8  # one prompt a week and nothing else


async def test_journey_the_confidence_of_a_team_is_asked_about_one_goal(stage: Stage, anna: Visitor) -> None:
    cleo = stage.visitor("cleo")
    await open_form(stage, anna)
    await send(stage, anna, **{f"confidence:{SECOND}": "4"})
    await stage.advance(to=MONDAY + 2 * WEEK + timedelta(hours=6))  # it is 09:30 in La Paz as well
    for person in (anna, cleo):  # one has said it before, one never answered
        await open_form(stage, person)
        assert tuple(shown(person)) == (f"confidence:{SECOND}",)


async def test_an_edit_shows_what_was_given_and_what_is_emptied_goes(stage: Stage, anna: Visitor) -> None:
    field = f"confidence:{SECOND}"
    await open_form(stage, anna)
    await send(stage, anna, **{field: "4"})
    await open_form(stage, anna, Action.EDIT)
    assert initial(shown(anna)[field]) == "4"
    assert (await send(stage, anna)).confidence == {SECOND: 4}
    await open_form(stage, anna, Action.EDIT)
    assert (await send(stage, anna, **{field: None})).confidence == {}


async def test_none_of_these_is_an_answer(stage: Stage, anna: Visitor) -> None:
    assert await next_week(stage, anna) == (f"done:{FAILED}",)
    assert (await send(stage, anna, **{f"done:{FAILED}": "None of these"})).done == {FAILED: NONE_OF_THESE}
    assert "“Done” for “Fewer failed payments”: None of these" in said(anna.last())


async def test_a_row_more_keeps_what_was_chosen(stage: Stage, anna: Visitor) -> None:
    await open_form(stage, anna)
    await anna.choose(f"confidence:{SECOND}", "5")
    await anna.click_view(Action.ROW)
    await stage.rest()
    assert (await send(stage, anna)).confidence == {SECOND: 5}


async def test_a_statement_changed_while_the_form_was_open_is_said_at_its_field(stage: Stage, anna: Visitor) -> None:
    field = f"done:{FAILED}"
    await next_week(stage, anna)
    change(stage, FAILED, done=("Something else",))
    errors = await fill(stage, anna, RETRIES | {field: STATEMENTS[0]})
    assert errors == {field: "This statement was changed since the form was opened. Leave this empty."}
    assert (await send(stage, anna, **{field: None})).done == {}


async def test_one_click_repeats_the_work_and_nothing_that_was_said_of_goals(stage: Stage, anna: Visitor) -> None:
    await open_form(stage, anna)
    await send(stage, anna, **{f"confidence:{SECOND}": "4"}, worked_with="Search")
    await stage.advance(to=MONDAY + WEEK)
    assert "Confidence" not in said(anna.last())
    await click(stage, anna, Action.SAME)
    stored = answer(stage)
    assert stored is not None
    assert (stored.worked_with, stored.confidence, stored.contacts) == (("search",), {}, {})


async def test_words_confirmed_after_the_form_leave_the_rating(stage: Stage, anna: Visitor) -> None:
    await anna.write(None, "failed payments mostly")
    await stage.pump()
    card = anna.last()
    await click(stage, anna, Action.UPDATE, anna.messages()[0])
    await send(stage, anna, **{f"confidence:{SECOND}": "4"})
    await click(stage, anna, Action.TEXT_RIGHT, card)
    stored = answer(stage)
    assert stored is not None
    assert (stored.items[0].text, stored.confidence) == ("failed payments", {SECOND: 4})


async def test_journey_expected_ties_are_asked_by_name(stage: Stage, anna: Visitor) -> None:
    change(stage, SECOND, depends_on=("search",))
    await open_form(stage, anna)
    assert ties(anna) == {"contact:search": "Were you in touch with Search since your last check-in?"}
    assert options(inputs(anna)["contact:search"]) == ["Yes", "Not needed", "No"]
    assert (await send(stage, anna, **{"contact:search": "No"})).contacts == {"search": Contact.NO}
    assert "In touch with: Search (no)" in said(anna.last())
    await open_form(stage, anna, Action.EDIT)
    assert initial(inputs(anna)["contact:search"]) == "no"
    await anna.close_view()

    await next_week(stage, anna)
    assert initial(inputs(anna)["contact:search"]) is None  # each week has its own answer
    await send(stage, anna, **{"contact:search": "Not needed"})
    await next_week(stage, anna)
    assert ties(anna) == {}
    await send(stage, anna)
    assert len(direct(stage)) == 3


async def test_a_team_that_was_named_last_time_is_not_asked_about(stage: Stage, anna: Visitor) -> None:
    change(stage, SECOND, depends_on=("search",))
    await open_form(stage, anna)
    await send(stage, anna, worked_with="Search")
    await next_week(stage, anna)
    assert ties(anna) == {}


@pytest.mark.parametrize("kind", Kind)
def test_every_limit_holds_for_the_longest_and_strangest_texts(kind: Kind) -> None:
    hostile = "&<!channel>" * 40
    goals = [
        Goal(
            id=f"{n:03}" + "g" * 117, title=hostile, team="payments", done=STRANGE, depends_on=(f"{n:03}" + "t" * 117,)
        )
        for n in range(120)
    ]
    at = desk(*goals, teams=tuple(Team(id=f"{n:03}" + "t" * 117, name=hostile) for n in range(9)))
    at = replace(
        at, team=replace(at.team, name=hostile), round=replace(at.round, questions=("work", *Turn(kind, 7).words))
    )
    view = form_blocks.form(at, at.draft)
    check_view(view, "modal")
    named = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert len([name for name in named if name.startswith("contact:")]) == MOST_ASKED
    assert at.focus is not None and set(at.focus.fields) <= set(named)


def test_what_a_row_more_or_a_second_device_typed_stands_before_what_is_stored() -> None:
    goal = Goal(id="pay", title="Pay", team="payments")
    stored = CheckIn(id="c", person="anna", team="payments", date=date(2026, 9, 7), confidence={"pay": 2})
    at = replace(desk(goal, last=stored), answered=True)
    drafts = (AnswerDraft(), AnswerDraft(focus={"confidence:pay": "5"}), AnswerDraft(focus={"confidence:pay": None}))
    fields = [focus_blocks.fields(at, draft)[0] for draft in drafts]
    assert [initial(field) for field in fields] == ["2", "5", None]
