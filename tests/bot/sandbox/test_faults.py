"""The switches that make the sandbox fail on purpose."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.visitor import Visitor
from tests.bot.sandbox.tiny import Tiny, refusal

pytestmark = pytest.mark.anyio


async def test_a_rate_limit_says_how_long_to_wait(sandbox: Sandbox, tiny: Tiny, anna: Visitor) -> None:
    sandbox.faults.rate_limit("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.chat_postMessage(channel="U1", text="x")
    response = refused.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert anna.messages() == []
    await tiny.client.chat_postMessage(channel="U1", text="x")


async def test_a_limit_may_count_calls_or_decide_by_itself(sandbox: Sandbox, tiny: Tiny) -> None:
    sandbox.rate_limit = {"chat.postMessage": 1}
    await tiny.client.chat_postMessage(channel="U1", text="x")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await tiny.client.chat_postMessage(channel="U1", text="x")
    sandbox.rate_limit = lambda _method, args: 3 if args.get("channel") == "U2" else None
    await tiny.client.chat_postMessage(channel="U1", text="x")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await tiny.client.chat_postMessage(channel="U2", text="x")


async def test_an_answer_may_be_lost_after_the_message_was_stored(sandbox: Sandbox, tiny: Tiny, anna: Visitor) -> None:
    sandbox.faults.lose_answer("chat.postMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await tiny.client.chat_postMessage(channel="U1", text="once")
    assert [message["text"] for message in anna.messages()] == ["once"]


async def test_a_method_may_fail_with_any_error(sandbox: Sandbox, tiny: Tiny) -> None:
    sandbox.faults.fail("chat.postMessage", "fatal_error", calls=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await tiny.client.chat_postMessage(channel="U1", text="x")
        assert refusal(refused.value) == "fatal_error"
    await tiny.client.chat_postMessage(channel="U1", text="x")
    assert sandbox.calls["chat.postMessage"] == 3
