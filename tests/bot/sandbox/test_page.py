"""The contract between the page and the sandbox, over HTTP as the page speaks it."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Control
from bot.sandbox.visitor import Visitor
from tests.bot.sandbox.tiny import Tiny, asked, button, buttons, modal, option, section

pytestmark = pytest.mark.anyio


class Page:
    """A browser tab of one person, without the drawing."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, user: str) -> None:
        self.url, self.session, self.user = sandbox.url, session, user

    async def state(self) -> dict[str, Any]:
        async with self.session.get(f"{self.url}/sandbox/state", params={"user": self.user}) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def act(self, kind: str, **parts: Any) -> dict[str, Any]:
        wanted = {"user": self.user, "kind": kind, **parts}
        async with self.session.post(f"{self.url}/sandbox/act", json=wanted) as answer:
            body: dict[str, Any] = await answer.json()
            return body


@pytest.fixture
def page(sandbox: Sandbox, tiny: Tiny) -> Page:
    assert tiny.client.session is not None
    return Page(sandbox, tiny.client.session, "U1")


async def test_the_state_is_what_this_person_sees(sandbox: Sandbox, tiny: Tiny, page: Page, anna: Visitor) -> None:
    sandbox.add_channel("secret", ["U2"], private=True)
    metadata = {"event_type": "prompt", "event_payload": {}}
    await tiny.client.chat_postMessage(channel="U1", text="hello", metadata=metadata)
    await tiny.client.chat_postEphemeral(channel="#digest", user="U1", text="psst")
    await tiny.client.chat_postMessage(channel="U2", text="not for Anna")
    state = await page.state()
    channels = {channel["name"]: channel for channel in state["channels"]}
    assert state["me"]["real_name"] == "Anna Berg"
    assert [user["id"] for user in state["users"]] == ["U1", "U2", "U3"]
    assert [bot["id"] for bot in state["bots"]] == [sandbox.app.bot_user]
    assert sorted(channel["kind"] for channel in state["channels"]) == ["channel", "channel", "dm"]
    assert channels[f"im-{anna.user.id}"]["unread"] == 1
    assert state["messages"][anna.dm][0]["text"] == "hello"
    assert "metadata" not in state["messages"][anna.dm][0]
    assert state["messages"][channels["digest"]["id"]][0]["ephemeral"] is True
    assert [command["command"] for command in state["commands"]] == ["/goals", "/who"]


async def test_reading_clears_the_unread_count(tiny: Tiny, page: Page, anna: Visitor) -> None:
    await tiny.client.chat_postMessage(channel="U1", text="hello")
    assert await page.act("read", channel=anna.dm) == {"ok": True}
    state = await page.state()
    assert next(c for c in state["channels"] if c["id"] == anna.dm)["unread"] == 0


async def test_a_form_from_click_to_acceptance(tiny: Tiny, page: Page) -> None:
    @tiny.app.action("answer")
    async def answer(ack: Any, body: dict[str, Any], client: Any) -> None:
        view = modal(
            asked("work", {"type": "plain_text_input"}), asked("goal", {"type": "external_select"}, optional=True)
        )
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @tiny.app.options("goal_entry")
    async def goals(ack: Any) -> None:
        await ack(options=[option("speed")])

    @tiny.app.view("form")
    async def form(ack: Any, view: dict[str, Any]) -> None:
        typed = view["state"]["values"]["work"]["work_entry"]["value"]
        await (ack() if typed == "ship" else ack(response_action="errors", errors={"work": f"{typed}?"}))

    sent = await tiny.client.chat_postMessage(channel="U1", text="x", blocks=[buttons(button("answer"))])
    click = {"channel": sent["channel"], "ts": sent["ts"], "block_id": "row", "action_id": "answer"}
    assert await page.act("click", **click, value={"value": ""}) == {"ok": True}
    view = (await page.state())["views"][-1]
    found = await page.act("options", view_id=view["id"], block_id="goal", action_id="goal_entry", query="spe")
    assert found["options"] == [option("speed")]
    for typed, answer_ in (("what", {"ok": True, "errors": {"work": "what?"}}), ("ship", {"ok": True})):
        values = {"work": {"work_entry": {"type": "plain_text_input", "value": typed}}}
        assert await page.act("submit", view_id=view["id"], state={"values": values}) == answer_
    assert (await page.state())["views"] == []


async def test_acting_on_what_is_gone_is_a_sentence(page: Page, anna: Visitor) -> None:
    answers = [
        await page.act("click", channel=anna.dm, ts="1.1", block_id="b", action_id="a"),
        await page.act("submit", view_id="V404", state={}),
        await page.act("home_action", block_id="b", action_id="a"),
        await page.act("write"),
    ]
    assert all(not answer["ok"] and answer["error"].startswith("That is not on the screen") for answer in answers)
    assert not (await page.act("fly"))["ok"]


async def test_words_commands_and_home_reach_the_app(tiny: Tiny, page: Page, anna: Visitor) -> None:
    heard: list[str] = []

    @tiny.app.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    @tiny.app.command("/goals")
    async def goals(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"goals of {command['text']}")

    @tiny.app.event("app_home_opened")
    async def home(event: dict[str, Any], client: Any) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("Hi")]})

    await page.act("write", channel=anna.dm, text="fixed the build")
    await page.act("command", channel=anna.dm, text="/goals team core")
    await page.act("home")
    await anna.until(lambda: heard and anna.home)
    state = await page.state()
    assert heard == ["fixed the build"]
    assert state["messages"][anna.dm][-1]["text"] == "goals of team core"
    assert state["home"]["blocks"][0]["text"]["text"] == "Hi"


async def test_an_alert_stays_until_it_is_dismissed(page: Page, anna: Visitor) -> None:
    await anna.command("/nope")
    alert = (await page.state())["alerts"][0]
    await page.act("dismiss", alert=alert["id"])
    assert (await page.state())["alerts"] == []


async def test_the_page_is_told_of_every_change(sandbox: Sandbox, tiny: Tiny, page: Page) -> None:
    async with page.session.ws_connect(f"{sandbox.url}/sandbox/events") as events:
        first = await events.receive_json(timeout=30)
        await tiny.client.chat_postMessage(channel="U1", text="x")
        second = await events.receive_json(timeout=30)
        assert second["version"] > first["version"]


async def test_a_control_runs_once_at_a_time(sandbox: Sandbox, page: Page) -> None:
    gate = asyncio.Event()

    async def next_day() -> None:
        await gate.wait()
        sandbox.status = "A day has passed"

    sandbox.controls.append(Control(id="next-day", label="Next day", hint="Moves on", run=next_day))
    url = f"{sandbox.url}/sandbox/control/next-day"

    async def press() -> int:
        async with page.session.post(url) as answer:
            return answer.status

    first = asyncio.create_task(press())
    await sandbox.until(lambda: sandbox.busy)
    assert (await page.state())["controls"][0]["busy"] is True
    assert await press() == 409
    gate.set()
    assert await first == 200
    state = await page.state()
    assert (state["status"], state["controls"][0]["busy"]) == ("A day has passed", False)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.test"},
        {"Host": "evil.test:80"},
        {"Origin": "http://evil.test"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_other_sites_get_nothing(page: Page, headers: dict[str, str]) -> None:
    async with page.session.get(f"{page.url}/sandbox/state", headers=headers) as answer:
        assert answer.status == 403
    async with page.session.post(f"{page.url}/sandbox/act", json={}, headers=headers) as answer:
        assert answer.status == 403
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await page.session.ws_connect(f"{page.url}/sandbox/events", headers=headers)


async def test_a_foreign_form_cannot_act(page: Page) -> None:
    async with page.session.post(f"{page.url}/sandbox/act", data={"user": "U1", "kind": "home"}) as answer:
        assert answer.status == 400


async def test_the_page_may_load_nothing_from_elsewhere(page: Page) -> None:
    async with page.session.get(f"{page.url}/sandbox/state") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'; connect-src 'self' ws://127")


async def test_a_person_puts_a_file_into_a_form(sandbox: Sandbox, page: Page) -> None:
    where = f"{page.url}/sandbox/upload"
    async with page.session.post(where, params={"user": "U1", "name": "goals.json"}, data=b"{}") as answer:
        file = (await answer.json())["file"]
    assert sandbox.files[file["id"]].content == b"{}"
    assert file["user"] == "U1"
