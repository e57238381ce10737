"""What becomes of a message when Slack is slow, refuses, or does not answer: sent once, kept, or asked about."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import LEASE
from bot.slack.ids import Action
from checkins import deliveries
from checkins.model import Delivery, DeliveryKind, DeliveryState
from tests.bot.harness import CHANNEL, DAY, MONDAY, Stage, bot_in_sandbox, company, set_up
from tests.bot.slack.talking import RETRIES, buttons, click, direct, fill, said

pytestmark = pytest.mark.anyio


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The company on Friday, before anybody was asked."""
    async with company(tmp_path) as stage:
        await stage.pump()
        yield stage


def owed(stage: Stage, kind: DeliveryKind) -> list[Delivery]:
    """Deliveries of a kind that are in trouble, newest first."""
    with stage.store.snapshot() as tx:
        return [delivery for delivery in tx.outbox.troubled(50) if delivery.kind is kind]


def channel_id(stage: Stage) -> str:
    return next(channel.id for channel in stage.sandbox.channels.values() if channel.name == CHANNEL)


async def test_a_rate_limited_prompt_waits_as_long_as_it_was_told_and_goes_out_once(stage: Stage) -> None:
    stage.sandbox.faults.rate_limit("chat.postMessage", calls=2, retry_after=30)
    await stage.advance(to=MONDAY)
    assert len(direct(stage, "anna")) + len(direct(stage, "dana")) == 0
    await stage.advance(by=timedelta(seconds=29))
    assert len(direct(stage, "anna")) == 0
    await stage.advance(by=timedelta(seconds=1))
    assert (len(direct(stage, "anna")), len(direct(stage, "dana"))) == (1, 1)


async def test_a_prompt_whose_answer_was_lost_is_found_again_and_not_doubled(stage: Stage) -> None:
    stage.sandbox.faults.lose_answer("chat.postMessage", calls=2)
    await stage.advance(to=MONDAY)
    await stage.advance(by=LEASE)
    assert (len(direct(stage, "anna")), len(direct(stage, "dana"))) == (1, 1)
    anna = stage.visitor("anna")
    await click(stage, anna, Action.UPDATE)
    assert await fill(stage, anna, RETRIES) == {}
    assert buttons(anna.last()) == ["Edit"]


async def test_a_prompt_that_never_arrived_is_sent_when_the_lease_has_run_out(stage: Stage) -> None:
    stage.sandbox.faults.fail("chat.postMessage", "internal_error", calls=2)
    await stage.advance(to=MONDAY)
    assert len(direct(stage, "anna")) == 0
    await stage.advance(by=LEASE)
    assert (len(direct(stage, "anna")), len(direct(stage, "dana"))) == (1, 1)


async def test_a_receipt_whose_answer_was_lost_is_simply_written_again(stage: Stage) -> None:
    await stage.advance(to=MONDAY)
    anna = stage.visitor("anna")
    await click(stage, anna, Action.UPDATE)
    stage.sandbox.faults.fail("chat.update", "internal_error")
    stage.sandbox.faults.lose_answer("chat.update")
    assert await fill(stage, anna, RETRIES) == {}
    assert buttons(anna.last()) == ["Answer", "Skip", "Later today"]
    await stage.advance(by=timedelta(minutes=1))
    await stage.advance(by=timedelta(minutes=2))
    assert buttons(anna.last()) == ["Edit"]
    assert len(direct(stage)) == 1


async def test_somebody_who_left_does_not_stop_the_others(stage: Stage) -> None:
    stage.sandbox.users[stage.users["dana"].id].deleted = True
    await stage.advance(to=MONDAY)
    assert len(direct(stage, "anna")) == 1
    [delivery] = owed(stage, DeliveryKind.PROMPT)
    assert (delivery.person, delivery.state) == (stage.person("dana"), DeliveryState.UNREACHABLE)
    await stage.advance(by=DAY)
    assert len(direct(stage, "anna")) == 2  # the reminder


async def test_a_channel_without_the_bot_keeps_its_message_and_admins_are_told_once(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        channel, bot = channel_id(stage), stage.sandbox.app.bot_user
        del stage.sandbox.channels[channel].members[bot]
        set_up(stage)
        await stage.pump()
        ben = stage.visitor("ben")
        told = f"I cannot post in <#{channel}>. Invite me there: `/invite @Trueline`."
        assert said(ben.last()).startswith(told)
        await stage.advance(by=timedelta(hours=1))
        assert len(direct(stage, "ben")) == 1
        stage.sandbox.join_channel(channel, bot)
        await stage.advance(by=timedelta(hours=1))
        assert [message["channel"] for message in stage.posted()].count(channel) == 1


async def test_a_channel_message_that_nobody_confirmed_is_asked_about_and_never_repeated(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        stage.sandbox.faults.lose_answer("chat.postMessage")
        set_up(stage)
        await stage.pump()
        await stage.advance(by=LEASE)
        channel = channel_id(stage)
        assert [message["channel"] for message in stage.posted()].count(channel) == 1
        [delivery] = owed(stage, DeliveryKind.DIGEST_TEST)
        assert delivery.state is DeliveryState.UNCERTAIN
        asked = said(stage.visitor("ben").last())
        assert asked.startswith("Slack did not confirm my test message, so it may be missing in <#")


async def test_an_answer_given_while_the_prompt_waits_takes_the_prompt_back(stage: Stage) -> None:
    stage.sandbox.faults.rate_limit("chat.postMessage", calls=2, retry_after=60)
    await stage.advance(to=MONDAY)
    anna = stage.visitor("anna")
    await anna.command("/checkin")
    await stage.rest()
    assert await fill(stage, anna, RETRIES) == {}
    await stage.advance(by=timedelta(minutes=1))
    assert (len(direct(stage, "anna")), len(direct(stage, "dana"))) == (0, 1)


async def test_the_direct_messages_are_opened_once_and_remembered(stage: Stage) -> None:
    await stage.advance(to=MONDAY)
    await stage.advance(by=DAY)
    identity = deliveries.account(stage.store, person=stage.person("anna"), platform="slack")
    assert identity is not None and identity.channel == stage.visitor("anna").dm
    assert stage.sandbox.calls["conversations.open"] == 3  # Anna, Cleo, Dana
