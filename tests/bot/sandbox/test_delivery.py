"""How the sandbox insists, gives up, and tells people when the app does not answer over Socket Mode."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.person import TROUBLE
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import User
from bot.sandbox.visitor import Visitor
from tests.bot.sandbox.tiny import Tiny, bolt, button, buttons, connected, refusal

pytestmark = pytest.mark.anyio


class Silent:
    """A socket client that reads envelopes and acknowledges only when told to."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        envelope: dict[str, Any] = await self.socket.receive_json(timeout=30)
        return envelope

    async def acknowledge(self, envelope: dict[str, Any]) -> None:
        await self.socket.send_json({"envelope_id": envelope["envelope_id"]})


async def link(sandbox: Sandbox, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    client = AsyncWebClient(base_url=f"{sandbox.url}/api/", session=session)
    opened = await client.apps_connections_open(app_token=sandbox.app_token)
    return await session.ws_connect(opened["url"])


async def test_a_connection_begins_with_hello(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, await link(sandbox, session) as socket:
        hello = await Silent(socket).next()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"]["app_id"] == sandbox.app.app_id


async def test_a_ticket_opens_one_connection(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=f"{sandbox.url}/api/", session=session)
        url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
        async with session.ws_connect(url):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)


async def test_the_bots_token_opens_no_connection(tiny: Tiny, sandbox: Sandbox) -> None:
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.apps_connections_open(app_token=sandbox.bot_token)
    assert refusal(refused.value) == "not_allowed_token_type"


async def test_an_event_comes_again_until_it_is_acknowledged(sandbox: Sandbox, anna: Visitor) -> None:
    sandbox.dispatcher.acknowledge_within = timedelta(milliseconds=20)
    sandbox.dispatcher.retry_delays = (timedelta(0), timedelta(milliseconds=10), timedelta(seconds=60))
    async with aiohttp.ClientSession() as session, await link(sandbox, session) as socket:
        silent = Silent(socket)
        await silent.next()
        writing = asyncio.create_task(anna.write(None, "hello"))
        tries = [await silent.next() for _ in range(3)]
        await silent.acknowledge(tries[-1])
        await writing
        assert [entry["retry_attempt"] for entry in tries] == [0, 1, 2]
        assert [entry["retry_reason"] for entry in tries] == ["", "timeout", "timeout"]
        assert len({entry["payload"]["event_id"] for entry in tries}) == 1
        assert len({entry["envelope_id"] for entry in tries}) == 3
        assert tries[0]["payload"]["event"]["text"] == "hello"
        assert tries[0]["payload"]["event"]["channel_type"] == "im"
        await sandbox.until(lambda: sandbox.dispatcher.under_way == 0)


async def test_commands_clicks_and_forms_are_not_sent_again(sandbox: Sandbox, tiny: Tiny, anna: Visitor) -> None:
    sandbox.dispatcher.acknowledge_within = timedelta(milliseconds=20)
    await tiny.client.chat_postMessage(channel="U1", text="x", blocks=[buttons(button("go"))])

    async def sleepy(**_: Any) -> None:
        return None

    tiny.app.command("/goals")(sleepy)
    tiny.app.action("go")(sleepy)
    await anna.command("/goals")
    await anna.click(anna.last(), "go")
    assert anna.alerts == ['/goals failed with the error "operation_timeout"', TROUBLE]


async def test_without_a_connection_acting_gives_an_alert(anna: Visitor) -> None:
    await anna.command("/goals")
    assert anna.alerts == ['/goals failed with the error "dispatch_failed"']


async def test_of_several_connections_one_gets_each_envelope(sandbox: Sandbox, tiny: Tiny, anna: Visitor) -> None:
    count = 0

    @tiny.app.command("/goals")
    async def goals(ack: Any) -> None:
        nonlocal count
        count += 1
        await ack()

    async with connected(tiny, sandbox):
        assert len(sandbox.socket.connections) == 2
        for _ in range(4):
            await anna.command("/goals")
    assert count == 4


async def test_the_app_connects_anew_when_asked_to(sandbox: Sandbox, tiny: Tiny, anna: Visitor) -> None:
    @tiny.app.command("/goals")
    async def goals(ack: Any) -> None:
        await ack("still here")

    old = sandbox.socket.connections[0]
    await sandbox.socket.refresh()
    await sandbox.until(lambda: [c for c in sandbox.socket.connections if c is not old])
    await anna.command("/goals")
    assert anna.last()["text"] == "still here"


async def test_only_events_the_manifest_subscribes_to_are_delivered(sandbox: Sandbox, tiny: Tiny) -> None:
    heard: list[str] = []

    async def listen(event: dict[str, Any]) -> None:
        heard.append(event["type"])

    for kind in ("user_change", "team_join", "channel_archive", "member_joined_channel"):
        tiny.app.event(kind)(listen)
    sandbox.change_user("U1", tz="Asia/Tokyo")
    sandbox.join_team(User(name="dora", real_name="Dora"))
    sandbox.join_channel(sandbox.channel("#random").id, sandbox.app.bot_user)
    sandbox.archive_channel(sandbox.channel("#digest").id, by="U2")
    await sandbox.delivered()
    assert sorted(heard) == ["channel_archive", "member_joined_channel", "user_change"]


async def test_the_bots_own_messages_are_events_too(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, await link(sandbox, session) as socket:
        silent = Silent(socket)
        await silent.next()
        client = bolt(sandbox, session).client
        sent = await client.chat_postMessage(channel="U1", text="mine")
        await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="edited")
        events = []
        for _ in range(2):
            envelope = await silent.next()
            await silent.acknowledge(envelope)
            events.append(envelope["payload"]["event"])
        assert [event.get("subtype") for event in events] == [None, "message_changed"]
        assert events[0]["bot_id"] == sandbox.app.bot_id
        assert events[1]["message"]["text"] == "edited"
        await sandbox.delivered()


async def test_stopping_leaves_nothing_behind(furnished: Sandbox) -> None:
    before = asyncio.all_tasks()
    async with aiohttp.ClientSession() as session:
        async with furnished.serve():
            page = await session.ws_connect(f"{furnished.url}/sandbox/events")
            watching = asyncio.create_task(until_closed(page))
            await furnished.as_person("U1").write(None, "nobody hears this, so it waits for its next try")
        await watching
    await furnished.until(lambda: asyncio.all_tasks() <= before)


async def until_closed(page: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in page:
        pass
