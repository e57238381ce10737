"""Signed HTTP delivery to a small Bolt app behind a web server of its own."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.sandbox.dispatch import EVENT, INTERACTIVE, Envelope
from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.http_delivery import decoded, encoded, signature
from bot.sandbox.person import TROUBLE
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.visitor import Visitor
from tests.bot.sandbox.tiny import Tiny, asked, bolt, button, buttons, modal

pytestmark = pytest.mark.anyio


@dataclass
class Site:
    """Where the app listens, and what reached it."""

    url: str
    tiny: Tiny
    requests: list[web.Request]


@pytest.fixture
async def site(sandbox: Sandbox) -> AsyncIterator[Site]:
    async with aiohttp.ClientSession() as session:
        site = Site("", bolt(sandbox, session), [])

        async def receive(request: web.Request) -> web.Response:
            site.requests.append(request)
            headers = {name: [value] for name, value in request.headers.items()}
            body = AsyncBoltRequest(body=await request.text(), headers=headers)
            answer = await site.tiny.app.async_dispatch(body)
            kind = answer.first_headers_without_set_cookie().get("content-type", "text/plain").partition(";")[0]
            return web.Response(status=answer.status, text=answer.body, content_type=kind)

        server = web.Application()
        server.router.add_post("/slack/events", receive)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        site.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield site
        await runner.cleanup()


async def test_commands_forms_and_events_arrive_signed(sandbox: Sandbox, site: Site, anna: Visitor) -> None:
    heard: list[str] = []

    @site.tiny.app.command("/goals")
    async def goals(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(asked("work", {"type": "plain_text_input"})))
        await ack("opened")

    @site.tiny.app.view("form")
    async def form(ack: Any) -> None:
        await ack(response_action="errors", errors={"work": "No."})

    @site.tiny.app.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    await sandbox.deliver_to(site.url)
    await anna.command("/goals", "a b")
    assert anna.last()["text"] == "opened"
    assert await anna.submit({"work": "x"}) == {"work": "No."}
    await anna.write(None, "free text")
    await sandbox.until(lambda: heard)
    assert heard == ["free text"]


async def test_an_event_that_fails_comes_again_with_its_number(sandbox: Sandbox, site: Site, anna: Visitor) -> None:
    await sandbox.deliver_to(site.url)
    sandbox.dispatcher.retry_delays = (timedelta(0),)
    await anna.write(None, "nobody listens")
    again = await sandbox.until(lambda: site.requests[2:])
    assert again[0].headers["X-Slack-Retry-Num"] == "1"
    assert "X-Slack-Retry-Num" not in site.requests[1].headers


async def test_an_error_of_the_app_is_an_alert(sandbox: Sandbox, site: Site, anna: Visitor) -> None:
    await sandbox.deliver_to(site.url)
    await anna.command("/goals")
    await site.tiny.client.chat_postMessage(channel="U1", text="x", blocks=[buttons(button("go"))])
    await anna.click(anna.last(), "go")
    assert anna.alerts == ['/goals failed with the error "http_service_error"', TROUBLE]


async def test_a_url_that_does_not_answer_the_challenge_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(NotAcknowledged):
        await sandbox.deliver_to(f"{sandbox.url}/api/auth.test")


async def test_forged_and_stale_signatures_are_refused_by_bolt(sandbox: Sandbox, site: Site) -> None:
    body = '{"type": "event_callback"}'
    forged = signature("another secret", body)
    stale = {**signature(sandbox.signing_secret, body), "X-Slack-Request-Timestamp": str(int(time.time()) - 600)}
    async with aiohttp.ClientSession() as session:
        for headers in (forged, stale, {}):
            async with session.post(site.url, data=body, headers=headers) as answer:
                assert answer.status == 401


def test_envelopes_are_encoded_as_slack_does() -> None:
    assert encoded(Envelope(kind=EVENT, payload={"a": 1})) == ('{"a": 1}', "application/json")
    assert encoded(Envelope(kind=INTERACTIVE, payload={"a": 1}))[0] == "payload=%7B%22a%22%3A+1%7D"
    assert (decoded(""), decoded("hello"), decoded('{"a": 1}')) == ({}, {"text": "hello"}, {"a": 1})
