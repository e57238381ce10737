"""Posting, changing and reading messages as the bot, and what people see of it."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import User
from bot.sandbox.visitor import Visitor
from tests.bot.sandbox.tiny import START, Tiny, button, buttons, refusal, section

pytestmark = pytest.mark.anyio


async def test_a_message_carries_the_time_of_the_moved_clock(sandbox: Sandbox, tiny: Tiny, clock: Clock) -> None:
    clock.advance_to(START + timedelta(days=3))
    first = await tiny.client.chat_postMessage(channel="U1", text="one")
    second = await tiny.client.chat_postMessage(channel="U2", text="two")
    assert float(first["ts"]) == clock.now().timestamp()
    assert second["ts"] > first["ts"]
    assert sandbox.sent[0].at == clock.now()


async def test_a_direct_message_is_seen_by_its_person_only(tiny: Tiny, anna: Visitor, ben: Visitor) -> None:
    opened = await tiny.client.conversations_open(users="U1")
    await tiny.client.chat_postMessage(channel=opened["channel"]["id"], text="hello")
    assert opened["channel"]["id"] == anna.dm
    assert [message["text"] for message in anna.messages()] == ["hello"]
    assert ben.messages() == []


async def test_blocks_get_the_ids_they_lack(tiny: Tiny, anna: Visitor) -> None:
    await tiny.client.chat_postMessage(channel="U1", text="x", blocks=[section()])
    assert anna.last()["blocks"][0]["block_id"]


async def test_an_update_keeps_place_and_time_and_marks_the_edit(tiny: Tiny, anna: Visitor) -> None:
    sent = await tiny.client.chat_postMessage(channel=anna.dm, text="old", blocks=[buttons(button("go"))])
    await tiny.client.chat_update(channel=anna.dm, ts=sent["ts"], text="new", blocks=[section("new")])
    message = anna.last()
    assert (message["ts"], message["text"], message["blocks"][0]["type"]) == (sent["ts"], "new", "section")
    assert message["edited"]["ts"] > sent["ts"]


async def test_only_own_and_existing_messages_can_be_changed(tiny: Tiny, anna: Visitor) -> None:
    @tiny.app.event("message")
    async def message() -> None:
        return None

    theirs = await anna.write(None, "mine")
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.chat_update(channel=anna.dm, ts=theirs["ts"], text="yours")
    assert refusal(refused.value) == "cant_update_message"
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.chat_update(channel=anna.dm, ts="1.000001", text="nothing")
    assert refusal(refused.value) == "message_not_found"


async def test_replies_count_at_their_parent_and_stay_out_of_the_history(tiny: Tiny, anna: Visitor) -> None:
    parent = await tiny.client.chat_postMessage(channel=anna.dm, text="parent")
    await tiny.client.chat_postMessage(channel=anna.dm, text="reply", thread_ts=parent["ts"])
    history = await tiny.client.conversations_history(channel=anna.dm)
    replies = await tiny.client.conversations_replies(channel=anna.dm, ts=parent["ts"])
    assert [(m["text"], m["reply_count"]) for m in history["messages"]] == [("parent", 1)]
    assert [m["text"] for m in replies["messages"]] == ["parent", "reply"]


async def test_metadata_is_shown_in_the_history_to_those_who_ask(tiny: Tiny, anna: Visitor) -> None:
    metadata = {"event_type": "prompt", "event_payload": {"key": "p1"}}
    await tiny.client.chat_postMessage(channel=anna.dm, text="hello", metadata=metadata)
    asked = await tiny.client.conversations_history(channel=anna.dm, include_all_metadata=True)
    plain = await tiny.client.conversations_history(channel=anna.dm)
    assert asked["messages"][0]["metadata"] == metadata
    assert "metadata" not in plain["messages"][0]
    assert "metadata" not in anna.last()


async def test_history_pages_backwards_and_cuts_at_oldest(tiny: Tiny, anna: Visitor) -> None:
    stamps = [(await tiny.client.chat_postMessage(channel=anna.dm, text=str(n)))["ts"] for n in range(5)]
    first = await tiny.client.conversations_history(channel=anna.dm, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await tiny.client.conversations_history(channel=anna.dm, limit=2, cursor=cursor)
    late = await tiny.client.conversations_history(channel=anna.dm, oldest=stamps[2])
    assert [m["text"] for m in [*first["messages"], *second["messages"]]] == ["4", "3", "2", "1"]
    assert [m["text"] for m in late["messages"]] == ["4", "3"]


async def test_an_ephemeral_message_is_seen_by_one_person(
    tiny: Tiny, sandbox: Sandbox, anna: Visitor, ben: Visitor
) -> None:
    digest = sandbox.channel("#digest").id
    await tiny.client.chat_postEphemeral(channel=digest, user="U1", text="psst")
    assert [message["text"] for message in anna.ephemerals(digest)] == ["psst"]
    assert ben.messages(digest) == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": "#random", "text": "x"}, "not_in_channel"),
        ({"channel": "U3", "text": "x"}, "channel_not_found"),
        ({"channel": "#digest"}, "no_text"),
        ({"channel": "#digest", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "#digest", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "#digest", "text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    ],
)
async def test_posting_is_refused_as_slack_refuses_it(
    sandbox: Sandbox, tiny: Tiny, arguments: dict[str, object], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.api_call("chat.postMessage", json=arguments)
    assert refusal(refused.value) == error
    assert [(entry.method, entry.error) for entry in sandbox.refused] == [("chat.postMessage", error)]
    assert sandbox.sent == []


async def test_an_archived_channel_takes_no_messages(sandbox: Sandbox, tiny: Tiny) -> None:
    sandbox.archive_channel(sandbox.channel("#digest").id, by="U2")
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.chat_postMessage(channel="#digest", text="x")
    assert refusal(refused.value) == "is_archived"


async def test_the_messages_tab_must_be_on(sandbox: Sandbox, tiny: Tiny) -> None:
    sandbox.manifest.document["features"]["app_home"]["messages_tab_enabled"] = False
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.chat_postMessage(channel="U1", text="x")
    assert refusal(refused.value) == "messages_tab_disabled"


async def test_other_bots_get_no_direct_messages(sandbox: Sandbox, tiny: Tiny) -> None:
    sandbox.add_user(User(id="U9", name="robo", real_name="Robo", is_bot=True))
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.chat_postMessage(channel="U9", text="x")
    assert refusal(refused.value) == "cannot_dm_bot"


async def test_a_private_channel_without_the_bot_does_not_exist_for_it(sandbox: Sandbox, tiny: Tiny) -> None:
    secret = sandbox.add_channel("secret", ["U1"], private=True)
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.chat_postMessage(channel=secret.id, text="x")
    assert refusal(refused.value) == "channel_not_found"
