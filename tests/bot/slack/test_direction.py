"""The strategy: everybody reads it, admins edit it, and a change of it is told once to those concerned."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action, Callback
from bot.texts import direction as texts
from checkins import direction
from checkins.direction import LIMIT
from checkins.goal_news import SETTLED
from checkins.model import Strategy
from tests.bot.harness import MONDAY, Stage, company
from tests.bot.slack.screens import look_at_home, typed, whisper, window
from tests.bot.slack.talking import direct, fill, said

pytestmark = pytest.mark.anyio

NOON = MONDAY + timedelta(hours=2, minutes=30)
EVERYBODY = ("anna", "ben", "cleo", "dana")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Monday noon; nothing is written down. Ben is an admin and leads Payments, Dana leads Search."""
    async with company(tmp_path) as stage:
        await stage.advance(to=NOON)
        yield stage


async def edit(stage: Stage, person: Visitor) -> None:
    """Open the form from what `/align vision` shows."""
    await typed(stage, person, "/align vision")
    await person.click(person.ephemerals()[-1], Action.STRATEGY_EDIT)
    await stage.rest()


async def test_journey_the_strategy_is_edited_and_told(stage: Stage) -> None:
    ben, dana, cleo = map(stage.visitor, ("ben", "dana", "cleo"))
    assert texts.ASK in await typed(stage, cleo, "/align vision")
    before = {name: len(direct(stage, name)) for name in EVERYBODY}

    await edit(stage, ben)
    assert ben.view is not None and ben.view.body["callback_id"] == Callback.STRATEGY
    parts = {"vision": "Nobody waits\nfor money", "target_market": "Corner shops <all>", "why": "Nobody knew"}
    assert await fill(stage, ben, parts) == {}
    assert texts.STORED in window(ben)
    ben.views.clear()
    await stage.advance(by=SETTLED / 2)
    await edit(stage, ben)
    assert await fill(stage, ben, {"mission": "Pay at once"}) == {}
    await stage.advance(by=SETTLED)
    new = {name: len(direct(stage, name)) - before[name] for name in EVERYBODY}
    assert new == {"anna": 0, "ben": 0, "cleo": 0, "dana": 1}
    assert said(dana.last()).splitlines() == [
        "Ben Ode changed the strategy.",
        "*Vision:* Nobody waits for money",
        "*For whom:* Corner shops &lt;all&gt;",
        "*Mission:* Pay at once",
        "Why: Nobody knew",
    ]

    shown = await typed(stage, cleo, "/align vision")
    assert "*Vision:* Nobody waits\nfor money" in shown
    assert "Corner shops &lt;all&gt;" in shown and "Changed <!date^" in shown and "by Ben Ode." in shown
    assert texts.EDIT not in shown
    for look in (await typed(stage, cleo, "/goals all"), await look_at_home(stage, cleo)):
        assert "*Vision:* Nobody waits" in look
    assert stage.sandbox.refused == []


async def test_only_admins_edit(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await typed(stage, ben, "/align vision")
    with stage.store.transaction() as tx:
        tx.people.save(replace(tx.people.get(stage.person("ben")), admin=False))
    await ben.click(ben.ephemerals()[-1], Action.STRATEGY_EDIT)
    await stage.rest()
    assert "Only an admin can do this." in whisper(ben)
    assert ben.views == []


async def test_what_is_too_long_is_said_at_its_field(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await edit(stage, ben)
    errors = await fill(stage, ben, {"vision": "x" * (LIMIT + 1)})
    assert list(errors) == ["vision"]


async def test_saving_without_a_change_says_so(stage: Stage) -> None:
    ben = stage.visitor("ben")
    direction.set_strategy(
        stage.store, actor=stage.person("ben"), strategy=Strategy(vision="Calm"), why="", now=stage.clock.now()
    )
    await edit(stage, ben)
    assert await fill(stage, ben, {"why": "No reason"}) == {}
    assert texts.AS_IT_WAS in window(ben)
    assert "No reason" not in await typed(stage, ben, "/align vision")
