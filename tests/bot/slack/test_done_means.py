"""An owner says what "done" means for a goal, from App Home or from `/goals`."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action, Callback
from bot.texts import done_means as texts
from tests.bot.harness import Stage, company
from tests.bot.slack.screens import look_at_home, typed, window
from tests.bot.slack.talking import fill

pytestmark = pytest.mark.anyio

GOAL, OTHER = "fewer-failed-payments", "a-second-provider"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Anna owns one of the two goals of Payments."""
    async with company(tmp_path) as stage:
        with stage.store.transaction() as tx:
            tx.goals.save(replace(tx.goals.get(GOAL), owner=stage.person("anna")))
        await stage.pump()
        yield stage


def statements(stage: Stage) -> tuple[str, ...]:
    with stage.store.snapshot() as tx:
        return tx.goals.get(GOAL).done


def offered(blocks: list[dict[str, Any]]) -> list[str]:
    """The goals that have the button."""
    buttons = [block["accessory"] for block in blocks if "accessory" in block]
    return [button["value"] for button in buttons if button["action_id"] == Action.DONE_MEANS]


async def test_journey_an_owner_says_what_done_means(stage: Stage) -> None:
    anna = stage.visitor("anna")
    before = len(stage.posted())
    await look_at_home(stage, anna)
    assert anna.home is not None and offered(anna.home.body["blocks"]) == [GOAL]
    await anna.click_home(Action.DONE_MEANS)
    await stage.rest()
    assert "*Fewer failed payments*: write up to four ways" in window(anna)
    said = {"statement_1": " Under 1 % fail ", "statement_2": "", "statement_3": "under 1 % fail"}
    assert await fill(stage, anna, said | {"statement_4": "Nobody\thas to call us"}) == {}
    assert statements(stage) == ("Under 1 % fail", "Nobody has to call us")
    assert anna.views == []

    await typed(stage, anna, "/goals")
    await anna.click(anna.ephemerals()[-1], Action.DONE_MEANS)
    await stage.rest()
    assert [field["initial_value"] for field in inputs(anna) if "initial_value" in field] == list(statements(stage))
    assert await fill(stage, anna, {"statement_1": ""}) == {}
    assert statements(stage) == ("Nobody has to call us",)
    assert len(stage.posted()) == before


def inputs(person: Visitor) -> list[dict[str, Any]]:
    assert person.view is not None and person.view.body["callback_id"] == Callback.DONE_MEANS
    return [block["element"] for block in person.view.body["blocks"] if block["type"] == "input"]


async def test_what_cannot_be_a_statement_is_said_at_its_field(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await look_at_home(stage, anna)
    await anna.click_home(Action.DONE_MEANS)
    await stage.rest()
    too_long = {"statement_1": "x" * 76}
    assert await fill(stage, anna, too_long) == {"statement_1": "Enter at most 75 characters."}
    errors = await fill(stage, anna, {"statement_1": "Fine", "statement_2": "None of these"})
    assert errors == {"statement_2": "“None of these” is offered anyway. Leave this empty."}
    assert statements(stage) == ()


async def test_who_sets_goals_says_it_where_there_is_no_owner(stage: Stage) -> None:
    ben, cleo = stage.visitor("ben"), stage.visitor("cleo")
    await typed(stage, ben, "/goals team Payments")
    assert offered(ben.ephemerals()[-1]["blocks"]) == [OTHER]
    await typed(stage, cleo, "/goals team Payments")
    assert offered(cleo.ephemerals()[-1]["blocks"]) == []


async def test_whoever_loses_the_goal_meanwhile_is_told_whom_to_ask(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await look_at_home(stage, anna)
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(GOAL), owner=stage.person("cleo")))
    await anna.click_home(Action.DONE_MEANS)
    await stage.rest()
    assert "Only the owner of “Fewer failed payments”, a lead of its team or an admin" in window(anna)
    assert "Ask Ben Ode and Cleo Sun." in window(anna)
    assert texts.SAVE not in window(anna)
