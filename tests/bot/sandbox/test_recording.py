"""What the bot sent, counted and written down."""

import json
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.sandbox.recording import Recorder, structure
from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.tiny import START, Tiny, modal, section

pytestmark = pytest.mark.anyio


async def test_messages_are_counted_by_method_and_kind(sandbox: Sandbox, tiny: Tiny) -> None:
    sent = await tiny.client.chat_postMessage(channel="U1", text="x")
    await tiny.client.chat_update(channel=sent["channel"], ts=sent["ts"], text="y")
    await tiny.client.views_publish(user_id="U1", view={"type": "home", "blocks": [section()]})
    expected = [("chat.postMessage", "message"), ("chat.update", "message"), ("views.publish", "home")]
    assert [(entry.method, entry.kind) for entry in sandbox.sent] == expected


def test_each_structure_is_written_once_under_its_feature(tmp_path: Path) -> None:
    recorder = Recorder(Clock(START), str(tmp_path / "payloads"))
    for text in ("one", "two"):
        recorder.add("views.open", "modal", modal(section(text)))
        metadata = {"event_type": "prompt", "event_payload": {}}
        recorder.add("chat.postMessage", "message", {"channel": "D1", "text": text, "metadata": metadata})
    recorder.add("views.open", "modal", modal(section(), section(), {"type": "divider"}))
    names = sorted(path.name.rsplit("-", 1)[0] for path in (tmp_path / "payloads").iterdir())
    assert names == ["message-prompt", "modal-form", "modal-form"]
    written = next((tmp_path / "payloads").glob("message-prompt-*.json"))
    assert json.loads(written.read_text())["text"] == "one"


def test_words_and_running_numbers_do_not_make_a_new_structure() -> None:
    one = {"type": "button", "action_id": "prompt_17", "text": "a"}
    other = {"type": "button", "action_id": "prompt_18", "text": "b"}
    assert structure([one, other]) == structure([one])
    assert structure({**one, "type": "image"}) != structure(one)
