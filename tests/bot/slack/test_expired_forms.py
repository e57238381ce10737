"""A form or card whose check-in is over: the text survives and is offered again, whatever happened to the form."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action, Callback
from bot.texts import prompts as texts
from checkins import privacy
from checkins.model import GoalStatus
from tests.acme import prompt_of
from tests.bot.harness import MONDAY, WEEK, Stage
from tests.bot.slack.screens import window
from tests.bot.slack.talking import RETRIES, answer, click, direct, fill

pytestmark = pytest.mark.anyio

TYPED = {**RETRIES, "text_2": "Pager <!here> *all* night", "goal_2": "Technical debt", "worked_with": "Search"}


def entered(person: Visitor, field: str) -> Any:
    """What stands in a field of the open form."""
    assert person.view is not None
    (state,) = person.view.values[field].values()
    option = state.get("selected_option")
    return option["value"] if option else state.get("value")


def metadata(person: Visitor, **changes: object) -> None:
    """The open form as if another version of the bot had opened it."""
    assert person.view is not None
    ids = json.loads(person.view.body["private_metadata"])
    person.view.body["private_metadata"] = json.dumps({**ids, **changes})


async def test_journey_text_of_an_expired_form_is_offered_again(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    await stage.advance(to=MONDAY + WEEK)
    sent = len(stage.posted())
    assert await fill(stage, anna, TYPED) == {}
    assert texts.OPENED_SINCE in window(anna)
    assert [entered(anna, name) for name in ("text_1", "text_2", "goal_2", "size_1")] == [
        "Retry logic",
        "Pager <!here> *all* night",
        "none:technical_debt",
        "most",
    ]
    assert answer(stage) is None
    assert await fill(stage, anna, {}) == {}  # one more click sends it for the new check-in
    stored = answer(stage)
    assert stored is not None and stored.date == (MONDAY + WEEK).date()
    assert [item.text for item in stored.items] == ["Retry logic", "Pager <!here> *all* night"]
    assert stored.worked_with == ("search",)
    assert len(stage.posted()) == sent and anna.views == [] and anna.alerts == []


async def test_where_the_new_one_is_answered_already_the_text_can_be_copied(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    form = anna.view
    await stage.advance(to=MONDAY + WEEK)
    anna.views.clear()
    await click(stage, anna, Action.UPDATE)
    assert await fill(stage, anna, RETRIES | {"text_1": "Answered on the phone"}) == {}
    assert form is not None
    anna.views.append(form)
    assert await fill(stage, anna, TYPED | {"note": "Long week"}) == {}
    shown = window(anna)
    assert texts.ANSWERED_SINCE in shown
    assert "Retry logic" in shown and "Pager <!here> *all* night" in shown and "Long week" in shown
    assert anna.view is not None and anna.view.body["callback_id"] == Callback.MESSAGE
    said = [block["text"]["type"] for block in anna.view.body["blocks"][1:]]
    assert said == ["plain_text"] * 3  # nothing typed becomes a format, or a call
    stored = answer(stage)
    assert stored is not None and stored.items[0].text == "Answered on the phone"


async def test_without_any_check_in_the_text_can_be_copied(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    for field, typed in RETRIES.items():
        await anna.choose(field, typed)
    privacy.erase(stage.store, person=stage.person("anna"))
    assert await fill(stage, anna, {}) == {}
    assert texts.NONE_TO_ANSWER in window(anna) and "Retry logic" in window(anna)


async def test_somebody_elses_form_is_refused_at_its_field(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    metadata(anna, prompt=prompt_of(stage.store, stage.person("dana")).id)
    errors = await fill(stage, anna, TYPED)
    assert errors == {"text_1": "This check-in belongs to somebody else. Type `/checkin` for your own."}
    assert entered(anna, "text_1") == "Retry logic"
    assert answer(stage, "dana") is None


@pytest.mark.parametrize("changes", [{"v": 0}, {"prompt": "gone"}])
async def test_a_form_of_another_version_is_offered_again(stage: Stage, anna: Visitor, changes: dict[str, Any]) -> None:
    await click(stage, anna, Action.UPDATE)
    metadata(anna, **changes)
    assert await fill(stage, anna, TYPED) == {}
    assert texts.NOT_STORED in window(anna)
    assert entered(anna, "text_2") == "Pager <!here> *all* night"
    assert await fill(stage, anna, {}) == {}
    stored = answer(stage)
    assert stored is not None and len(stored.items) == 2


async def test_one_more_row_in_an_expired_form_loses_nothing(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    await anna.choose("text_1", "Retry logic")
    await stage.advance(to=MONDAY + WEEK)
    await anna.click_view(Action.ROW)
    await stage.rest()
    assert texts.OPENED_SINCE in window(anna)
    assert entered(anna, "text_1") == "Retry logic"
    assert await fill(stage, anna, RETRIES) == {}
    assert answer(stage) is not None


@pytest.mark.parametrize("button", [Action.TEXT_RIGHT, Action.TEXT_CHANGE])
async def test_a_card_of_the_check_in_before_opens_the_new_form_with_its_words(
    stage: Stage, anna: Visitor, button: Action
) -> None:
    await anna.write(None, "failed payments mostly; coffee machine; waiting on Search")
    await stage.pump()
    card = anna.last()
    await stage.advance(to=MONDAY + WEEK)
    messages = len(direct(stage))
    await click(stage, anna, button, card)
    assert texts.OPENED_SINCE in window(anna)
    assert (entered(anna, "text_1"), entered(anna, "goal_1")) == ("failed payments", "goal:fewer-failed-payments")
    assert entered(anna, "text_2") == "coffee machine"
    assert await fill(stage, anna, {"goal_2": "Exploration"}) == {}
    stored = answer(stage)
    assert stored is not None and stored.date == (MONDAY + WEEK).date()
    assert stored.waiting_on == ("search",)
    assert len(direct(stage)) == messages


async def test_a_card_after_the_window_is_a_late_answer(stage: Stage, anna: Visitor) -> None:
    await anna.write(None, "failed payments mostly")
    await stage.pump()
    card = anna.last()
    await stage.advance(to=MONDAY + WEEK / 2)
    await click(stage, anna, Action.TEXT_RIGHT, card)
    stored = answer(stage)
    assert stored is not None and stored.late


async def test_a_goal_that_closed_meanwhile_is_said_at_its_field_and_the_text_stays(
    stage: Stage, anna: Visitor
) -> None:
    await click(stage, anna, Action.UPDATE)
    await anna.choose("goal_1", "Fewer failed payments")
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("fewer-failed-payments"), status=GoalStatus.DONE))
    filled = {**TYPED, "goal_1": {"type": "external_select", "selected_option": _chosen(anna)}}
    errors = await fill(stage, anna, filled)
    assert errors == {"goal_1": "This goal has closed since the form was opened. Choose another one."}
    assert [entered(anna, name) for name in ("text_1", "text_2")] == ["Retry logic", "Pager <!here> *all* night"]
    assert next(option["text"]["text"] for option in await anna.suggest("goal_1")) == "A second provider"
    assert await fill(stage, anna, {"goal_1": "A second provider"}) == {}
    stored = answer(stage)
    assert stored is not None and stored.items[0].goal == "a-second-provider"


def _chosen(person: Visitor) -> Any:
    assert person.view is not None
    (state,) = person.view.values["goal_1"].values()
    return state["selected_option"]
