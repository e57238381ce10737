"""From an empty database to a posted digest by clicks alone, every message counted; and nobody else may do it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from checkins.model import DeliveryState
from tests.bot.harness import FRIDAY, Stage, bot_in_sandbox
from tests.bot.slack.screens import home, texts, window

pytestmark = pytest.mark.anyio

THURSDAY = datetime(2026, 9, 10, 14, 0, tzinfo=UTC)  # 16:00 in Berlin
CHANNEL = "product"


def answers(stage: Stage) -> dict[Action, dict[str, Any]]:
    """How each form of the set-up is filled; the bot is not in the channel yet."""
    people = [stage.users[name].id for name in ("anna", "cleo", "dana")]
    channel = stage.sandbox.add_channel(CHANNEL, [user.id for user in stage.users.values()])
    return {
        Action.SETUP_TEAM: {"name": "Payments", "members": people, "leads": [stage.users["ben"].id]},
        Action.SETUP_GOALS: {
            "title_1": "Fewer failed payments",
            "weight_1": "60",
            "title_2": "A second provider",
            "weight_2": "30",
        },
        Action.SETUP_SCHEDULE: {},
        Action.SETUP_DIGEST: {"channel": channel.id},
    }


async def open_form(stage: Stage, visitor: Visitor, action: Action) -> None:
    await visitor.click_home(action)
    await stage.rest()


async def save(stage: Stage, visitor: Visitor, filled: dict[str, Any]) -> None:
    assert await visitor.submit(filled) == {}
    await stage.rest()


async def choose_channel(stage: Stage, ben: Visitor, filled: dict[str, Any]) -> None:
    """The form says what to do where the bot is no member, and takes the channel once it is."""
    refused = await ben.submit(filled)
    assert refused == {"channel": f"I am not in #{CHANNEL} yet. Type /invite @Trueline there, then press Save again."}
    stage.sandbox.join_channel(filled["channel"], stage.sandbox.app.bot_user)
    await save(stage, ben, {})
    await stage.pump()


async def set_up(stage: Stage, ben: Visitor) -> str:
    """All four forms; returns the digest's channel."""
    forms = answers(stage)
    for action, filled in forms.items():
        await open_form(stage, ben, action)
        step = choose_channel if action is Action.SETUP_DIGEST else save
        await step(stage, ben, filled)
    return str(forms[Action.SETUP_DIGEST]["channel"])


async def ask_now(stage: Stage, ben: Visitor) -> None:
    await ben.click_home(Action.SETUP_ASK)
    await stage.pump()
    assert "3 people got the check-in just now." in window(ben)


async def answer(stage: Stage, name: str, goal: str) -> None:
    visitor = stage.visitor(name)
    await visitor.click(visitor.last(), Action.UPDATE)
    await stage.rest()
    assert await visitor.submit({"text_1": "Retries for card payments", "goal_1": goal, "size_1": "most"}) == {}
    await stage.pump()


async def test_journey_from_an_empty_database_to_a_posted_digest(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        ben = stage.visitor("ben")
        await ben.open_home()
        await stage.rest()
        assert home(ben).count("To do") == 5

        channel = await set_up(stage, ben)
        for said in (
            "Payments (3 people)",
            "2 goals.",
            "Monday 09:30",
            f"<#{channel}>, Thursday 16:00 (Europe/Berlin)",
        ):
            assert said in home(ben)
        assert home(ben).count("To do") == 1
        assert [message["text"][:32] for message in ben.messages(channel)] == ["The weekly digest will appear he"]
        assert stage.posted()[-1]["channel"] == channel

        await stage.advance(to=datetime(2026, 9, 7, 6, 0, tzinfo=UTC))
        await ask_now(stage, ben)
        await ben.close_view()
        assert home(ben).count("To do") == 0
        assert "*First round*\nEverybody was asked." in home(ben)
        for name in ("anna", "cleo", "dana"):
            assert len(stage.visitor(name).messages()) == 1
        await answer(stage, "anna", "Fewer failed payments")
        await answer(stage, "cleo", "A second provider")

        await stage.advance(to=datetime(2026, 9, 8, 7, 0, tzinfo=UTC))  # nine in the morning: Dana is reminded
        await stage.advance(to=THURSDAY)
        assert len(ben.messages(channel)) == 1
        preview = ben.last()
        assert "This is how the digest will look." in texts(preview["blocks"])
        assert "*2 of 3* people answered" in texts(preview["blocks"])

        await ben.click(preview, Action.PUBLISH)
        await stage.pump()
        _, digest = [m for m in ben.messages(channel) if m.get("thread_ts", m["ts"]) == m["ts"]]
        assert digest["blocks"][0]["text"]["text"] == "Week 37 · 7–13 September 2026"
        assert [block["type"] for block in digest["blocks"][:3]] == ["header", "section", "image"]
        thread = [m for m in ben.messages(channel) if m.get("thread_ts") == digest["ts"] and m["ts"] != digest["ts"]]
        assert len(thread) == 1
        assert "*Payments* · 2 of 3 answered" in texts(thread[0]["blocks"])
        assert "Published by Ben Ode in" in texts(ben.last()["blocks"])
        assert Action.PUBLISH not in str(ben.last()["blocks"])

        assert counted(stage, channel) == {"channel": 3, "anna": 1, "cleo": 1, "dana": 2, "ben": 1}
        assert [refusal.error for refusal in stage.sandbox.refused] == []
        with stage.store.snapshot() as tx:
            assert set(tx.outbox.counts()) <= {DeliveryState.SENT, DeliveryState.CANCELLED}


def counted(stage: Stage, channel: str) -> dict[str, int]:
    """How many messages the bot wrote, by where."""
    names = {stage.visitor(name).dm: name for name in stage.users} | {channel: "channel"}
    where = [names[payload["channel"]] for payload in stage.posted()]
    return {name: where.count(name) for name in names.values() if name in where}


async def test_nobody_but_an_admin_may_set_things_up(tmp_path: Path) -> None:
    refusal = "Ask Ben Ode."
    async with bot_in_sandbox(tmp_path) as stage:
        ben, anna = stage.visitor("ben"), stage.visitor("anna")
        for visitor in (ben, anna):
            await visitor.open_home()
        await stage.rest()
        assert "Ben Ode can do it." in home(anna)
        assert anna.home is not None
        assert "accessory" not in str(anna.home.body["blocks"])

        for action, filled in answers(stage).items():
            await press(stage, anna, action)
            assert refusal in window(anna), action
            await anna.close_view()
            await open_form(stage, ben, action)
            for field, value in filled.items():
                await ben.choose(field, value)
            assert ben.view is not None
            errors = await anna.send_form(ben.view)
            assert any("Ask Ben Ode." in text for text in errors.values()), action
            await (choose_channel if action is Action.SETUP_DIGEST else save)(stage, ben, filled)
        posted = len(stage.posted())
        await press(stage, anna, Action.SETUP_ASK)
        assert refusal in window(anna)
        await stage.pump()
        assert len(stage.posted()) == posted


async def press(stage: Stage, visitor: Visitor, action: str, value: str = "") -> None:
    """Press a button that this person is not shown, as a forged click would."""
    assert visitor.home is not None
    element = {"type": "button", "action_id": action, "value": value}
    await visitor.press_in_view(visitor.home, {"block_id": "b"}, element, {})
    await stage.rest()


async def test_a_digest_waits_for_an_admin(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path, start=FRIDAY) as stage:
        ben, anna = stage.visitor("ben"), stage.visitor("anna")
        for visitor in (ben, anna):
            await visitor.open_home()
        await stage.rest()
        await set_up(stage, ben)
        await stage.advance(to=datetime(2026, 9, 7, 14, 0, tzinfo=UTC))
        await stage.advance(to=THURSDAY)
        posted = len(stage.posted())
        await press(stage, anna, Action.PUBLISH, "2026-W37")
        assert "Ask Ben Ode." in window(anna)
        await stage.pump()
        assert len(stage.posted()) == posted

        preview = ben.last()
        await ben.click(preview, Action.PUBLISH)
        await stage.pump()
        assert len(stage.posted()) == posted + 1
        await press(stage, ben, Action.PUBLISH, "2026-W37")
        assert "published already" in window(ben)
        await stage.pump()
        assert len(stage.posted()) == posted + 1
