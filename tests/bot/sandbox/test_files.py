"""Pictures: uploaded in three steps, processed for a while, shown by their id."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.visitor import Visitor
from tests.bot.sandbox.tiny import Stopwatch, Tiny, asked, modal, refusal

pytestmark = pytest.mark.anyio

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def picture(file_id: str) -> list[dict[str, object]]:
    return [{"type": "image", "alt_text": "Planned against actual", "slack_file": {"id": file_id}}]


async def test_a_picture_can_be_shown_two_seconds_after_its_upload(
    sandbox: Sandbox, tiny: Tiny, anna: Visitor, stopwatch: Stopwatch
) -> None:
    uploaded = await tiny.client.files_upload_v2(filename="chart.png", content=PNG)
    blocks = picture(uploaded["file"]["id"])
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.chat_postMessage(channel="U1", text="x", blocks=blocks)
    assert refusal(refused.value) == "invalid_blocks"
    assert "invalid slack file" in str(refused.value.response["response_metadata"]["messages"])
    stopwatch.seconds += 2.1
    await tiny.client.chat_postMessage(channel="U1", text="x", blocks=blocks)
    assert [len(anna.messages()), len(sandbox.sent)] == [1, 1]


async def test_an_upload_for_a_channel_is_a_message_there(sandbox: Sandbox, tiny: Tiny, anna: Visitor) -> None:
    digest = sandbox.channel("#digest").id
    await tiny.client.files_upload_v2(filename="chart.png", content=PNG, channel=digest, initial_comment="Look")
    assert [(m["text"], m["files"][0]["name"]) for m in anna.messages(digest)] == [("Look", "chart.png")]


async def test_the_page_draws_pictures_and_only_pictures(sandbox: Sandbox, tiny: Tiny) -> None:
    shown = await tiny.client.files_upload_v2(filename="chart.png", content=PNG)
    risky = await tiny.client.files_upload_v2(filename="page.html", content="<script>")
    session = tiny.client.session
    assert session is not None
    async with session.get(f"{sandbox.url}/files/{shown['file']['id']}/chart.png") as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", PNG)
    async with session.get(f"{sandbox.url}/files/{risky['file']['id']}/page.html") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["content-disposition"] == "attachment"


async def test_a_file_whose_bytes_never_came_cannot_be_completed(tiny: Tiny) -> None:
    wanted = await tiny.client.files_getUploadURLExternal(filename="a.png", length=3)
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.files_completeUploadExternal(files=[{"id": wanted["file_id"], "title": "a"}])
    assert refusal(refused.value) == "file_not_found"


async def test_a_file_put_into_a_form_is_downloaded_with_the_token(sandbox: Sandbox, tiny: Tiny, anna: Visitor) -> None:
    sandbox.manifest.document["oauth_config"]["scopes"]["bot"].append("files:read")
    urls: list[str] = []

    @tiny.app.command("/goals")
    async def goals(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(asked("document", {"type": "file_input"})))
        await ack()

    @tiny.app.view("form")
    async def form(ack: Any, view: dict[str, Any]) -> None:
        file = view["state"]["values"]["document"]["document_entry"]["files"][0]
        urls.append(file["url_private_download"])
        await ack()

    await anna.command("/goals", "import")
    assert await anna.submit({"document": [("goals.json", b"{}")]}) == {}
    session = tiny.client.session
    assert session is not None
    async with session.get(urls[0], headers={"Authorization": f"Bearer {sandbox.bot_token}"}) as answer:
        assert await answer.read() == b"{}"
    async with session.get(urls[0], allow_redirects=False) as answer:
        assert answer.status == 302
