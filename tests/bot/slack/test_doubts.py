"""A channel message that nobody confirmed: every admin is asked, and one click of any of them decides."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import LEASE
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from checkins.doubts import DECIDED
from tests.bot.harness import CHANNEL, DAY, MONDAY, PEOPLE, Stage, bot_in_sandbox, company, set_up
from tests.bot.slack.screens import whisper
from tests.bot.slack.talking import RETRIES, buttons, click, direct, fill, said

pytestmark = pytest.mark.anyio

ADMINS = ("ben", "dana")
HOUR = timedelta(hours=1)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Slack's answer to the channel's test message was lost; Ben and Dana are admins and have been asked."""
    people = [replace(user, is_admin=user.name in ADMINS) for user in PEOPLE]
    async with bot_in_sandbox(tmp_path, people=people) as stage:
        stage.sandbox.faults.lose_answer("chat.postMessage")
        set_up(stage)
        await stage.pump()
        await stage.advance(by=LEASE)
        yield stage


def in_channel(stage: Stage) -> int:
    return len(stage.visitor("anna").messages(f"#{CHANNEL}"))


async def press(stage: Stage, person: Visitor, message: dict[str, Any], action: Action) -> None:
    """Press a button of a message as it stood before it was changed."""
    [row] = [block for block in message["blocks"] if block["type"] == "actions"]
    [button] = [element for element in row["elements"] if element["action_id"] == action]
    await person.press(message["ts"], row, button, {})
    await stage.pump()


async def test_journey_one_click_posts_it_again(stage: Stage) -> None:
    ben, dana = map(stage.visitor, ADMINS)
    assert in_channel(stage) == 1
    for admin in (ben, dana):
        assert said(admin.last()).startswith("Slack did not confirm my test message, so it may be missing in <#")
        assert buttons(admin.last()) == ["Post it", "It is there"]
    asked = dana.last()
    await click(stage, ben, Action.DOUBT_POST)
    assert in_channel(stage) == 2
    for admin in (ben, dana):
        assert said(admin.last()).endswith("Ben Ode had it posted again.")
        assert buttons(admin.last()) == []
    await press(stage, dana, asked, Action.DOUBT_POST)
    assert DECIDED in whisper(dana)
    assert in_channel(stage) == 2
    assert [len(direct(stage, name)) for name in ADMINS] == [1, 1]


async def test_journey_one_click_says_that_it_is_there(stage: Stage) -> None:
    ben, dana = map(stage.visitor, ADMINS)
    asked = ben.last()
    await click(stage, dana, Action.DOUBT_THERE)
    assert said(ben.last()).endswith("Dana Roy found it there.")
    await press(stage, ben, asked, Action.DOUBT_POST)
    assert DECIDED in whisper(ben)
    assert in_channel(stage) == 1


async def test_nobody_but_an_admin_decides(stage: Stage) -> None:
    asked, anna = stage.visitor("ben").last(), stage.visitor("anna")
    with stage.store.transaction() as tx:
        tx.people.save(replace(tx.people.get(stage.person("dana")), admin=False))
    await press(stage, stage.visitor("dana"), stage.visitor("dana").last(), Action.DOUBT_POST)
    assert "Only an admin can do this. Ask Ben Ode." in whisper(stage.visitor("dana"))
    assert in_channel(stage) == 1
    assert buttons(stage.visitor("ben").last()) == buttons(asked)
    assert anna.messages() == []


async def test_what_is_lost_again_is_asked_about_again(stage: Stage) -> None:
    stage.sandbox.faults.lose_answer("chat.postMessage")
    await click(stage, stage.visitor("ben"), Action.DOUBT_POST)
    await stage.advance(by=LEASE)
    assert [len(direct(stage, name)) for name in ADMINS] == [2, 2]
    assert buttons(stage.visitor("dana").last()) == ["Post it", "It is there"]
    await click(stage, stage.visitor("dana"), Action.DOUBT_THERE)
    assert in_channel(stage) == 2


@pytest.mark.parametrize(("decision", "details"), [(Action.DOUBT_POST, 1), (Action.DOUBT_THERE, 0)])
async def test_the_details_of_a_digest_follow_only_one_that_is_surely_there(
    tmp_path: Path, decision: Action, details: int
) -> None:
    async with company(tmp_path) as stage:
        ben, anna = stage.visitor("ben"), stage.visitor("anna")
        await stage.advance(to=MONDAY)
        await click(stage, anna, Action.UPDATE)
        assert await fill(stage, anna, RETRIES) == {}
        await stage.advance(to=MONDAY + 4 * DAY + 7 * HOUR)
        stage.sandbox.faults.lose_answer("chat.postMessage")
        await click(stage, ben, Action.PUBLISH)
        await stage.advance(by=LEASE)
        assert said(ben.last()).startswith("Slack did not confirm the digest of week 37, so it may be missing in <#")
        before = in_channel(stage)
        await click(stage, ben, decision)
        assert in_channel(stage) == before + 2 * details
        with stage.store.snapshot() as tx:
            assert not tx.outbox.next_due() and not tx.outbox.troubled(9)
