"""Users, groups, channels, tokens and scopes as the bot can read them."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import User
from tests.bot.sandbox.tiny import START, Tiny, refusal

pytestmark = pytest.mark.anyio


async def test_the_token_says_who_the_bot_is_and_what_it_may(sandbox: Sandbox, tiny: Tiny) -> None:
    answer = await tiny.client.auth_test()
    assert (answer["user_id"], answer["team"]) == (sandbox.app.bot_user, "Larch & Co")
    assert "chat:write" in str(answer.headers["x-oauth-scopes"]).split(",")


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
async def test_other_tokens_are_refused(sandbox: Sandbox, tiny: Tiny, token: str, error: str) -> None:
    client = AsyncWebClient(token=token, base_url=f"{sandbox.url}/api/", session=tiny.client.session)
    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()
    assert refusal(refused.value) == error


async def test_an_unknown_method_is_named(tiny: Tiny) -> None:
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.api_call("chat.shout")
    assert (refusal(refused.value), refused.value.response["req_method"]) == ("unknown_method", "chat.shout")


@pytest.mark.parametrize(
    ("method", "arguments", "needed"),
    [
        ("conversations.join", {"channel": "#random"}, "channels:join"),
        ("conversations.history", {"channel": "#digest"}, "channels:history"),
        ("conversations.list", {"types": "im"}, "im:read"),
        ("files.info", {"file": "F1"}, "files:read"),
    ],
)
async def test_a_scope_the_manifest_lacks_is_named(
    tiny: Tiny, method: str, arguments: dict[str, str], needed: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.api_call(method, params=arguments)
    response = refused.value.response
    assert (response["error"], response["needed"]) == ("missing_scope", needed)
    assert "chat:write" in response["provided"]


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": "U1", "text": "x"}),
        ("im:write", "conversations.open", {"users": "U1"}),
        ("mpim:write", "conversations.open", {"users": "U1,U2"}),
        ("users:read", "users.list", {}),
        ("users:read.email", "users.lookupByEmail", {"email": "anna@larch.test"}),
        ("usergroups:read", "usergroups.list", {}),
        ("files:write", "files.getUploadURLExternal", {"filename": "a", "length": 1}),
    ],
)
async def test_each_scope_is_needed(
    sandbox: Sandbox, tiny: Tiny, scope: str, method: str, arguments: dict[str, object]
) -> None:
    await tiny.client.api_call(method, params=arguments)
    sandbox.manifest.document["oauth_config"]["scopes"]["bot"].remove(scope)
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.api_call(method, params=arguments)
    assert (refusal(refused.value), refused.value.response["needed"]) == ("missing_scope", scope)


async def test_users_come_in_pages_with_their_zone(sandbox: Sandbox, tiny: Tiny) -> None:
    seen = []
    async for answer in await tiny.client.users_list(limit=2):
        seen += answer["members"]
    anna = next(user for user in seen if user["id"] == "U1")
    assert [user["id"] for user in seen] == list(sandbox.users)
    assert (anna["tz"], anna["tz_offset"], anna["profile"]["email"]) == ("Europe/Berlin", 7200, "anna@larch.test")
    assert next(user for user in seen if user["id"] == "U3")["deleted"] is True


async def test_the_offset_follows_the_moved_clock_into_winter(tiny: Tiny, clock: Clock) -> None:
    clock.advance_to(START + timedelta(days=90))
    answer = await tiny.client.users_info(user="U1", include_locale=True)
    assert (answer["user"]["tz_offset"], answer["user"]["locale"]) == (3600, "en-US")


async def test_the_address_is_hidden_without_its_scope(sandbox: Sandbox, tiny: Tiny) -> None:
    sandbox.manifest.document["oauth_config"]["scopes"]["bot"].remove("users:read.email")
    answer = await tiny.client.users_info(user="U1")
    assert "email" not in answer["user"]["profile"]


async def test_people_are_found_by_address_whatever_its_case(tiny: Tiny) -> None:
    assert (await tiny.client.users_lookupByEmail(email="Anna@Larch.test"))["user"]["id"] == "U1"
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.users_lookupByEmail(email="nobody@larch.test")
    assert refusal(refused.value) == "users_not_found"


async def test_user_groups_and_their_people(sandbox: Sandbox, tiny: Tiny) -> None:
    group = sandbox.add_usergroup("platform", "Platform", ["U1", "U2"])
    plain = await tiny.client.usergroups_list()
    full = await tiny.client.usergroups_list(include_users=True)
    users = await tiny.client.usergroups_users_list(usergroup=group.id)
    assert (plain["usergroups"][0]["handle"], "users" in plain["usergroups"][0]) == ("platform", False)
    assert full["usergroups"][0]["users"] == users["users"] == ["U1", "U2"]


async def test_a_changed_user_group_says_who_came_and_went_and_a_disabled_one_is_gone(
    sandbox: Sandbox, tiny: Tiny
) -> None:
    heard: list[dict[str, Any]] = []

    async def hear(event: dict[str, Any]) -> None:
        heard.append(event)

    for name in ("subteam_members_changed", "subteam_updated"):
        sandbox.manifest.document["settings"]["event_subscriptions"]["bot_events"].append(name)
        tiny.app.event(name)(hear)
    group = sandbox.add_usergroup("platform", "Platform", ["U1", "U2"])
    sandbox.change_usergroup(group.id, ["U2", "U3"])
    sandbox.disable_usergroup(group.id)
    await sandbox.until(lambda: len(heard) == 3)
    changed = next(event for event in heard if event["type"] == "subteam_members_changed")
    assert (changed["subteam_id"], changed["added_users"], changed["removed_users"]) == (group.id, ["U3"], ["U1"])
    updated = [event["subteam"] for event in heard if event["type"] == "subteam_updated"]
    assert sorted(bool(subteam["date_delete"]) for subteam in updated) == [False, True]
    assert (await tiny.client.usergroups_list())["usergroups"] == []
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.usergroups_users_list(usergroup=group.id)
    assert refusal(refused.value) == "no_such_subteam"
    kept = await tiny.client.usergroups_users_list(usergroup=group.id, include_disabled=True)
    assert kept["users"] == ["U2", "U3"]


async def test_channels_say_whether_the_bot_is_in_them(sandbox: Sandbox, tiny: Tiny) -> None:
    sandbox.add_channel("secret", ["U1"], private=True)
    listed = await tiny.client.conversations_list(types="public_channel,private_channel")
    mine = await tiny.client.users_conversations()
    members = await tiny.client.conversations_members(channel=sandbox.channel("#digest").id)
    info = await tiny.client.conversations_info(channel=sandbox.channel("#digest").id)
    assert {c["name"]: c["is_member"] for c in listed["channels"]} == {"digest": True, "random": False}
    assert [channel["name"] for channel in mine["channels"]] == ["digest"]
    assert members["members"] == ["U1", "U2", sandbox.app.bot_user]
    assert info["channel"]["topic"]["value"] == "Weekly"


async def test_a_direct_conversation_is_opened_once(sandbox: Sandbox, tiny: Tiny) -> None:
    first = await tiny.client.conversations_open(users="U1")
    again = await tiny.client.conversations_open(users="U1")
    three = await tiny.client.conversations_open(users="U1,U2")
    same = await tiny.client.conversations_open(users="U2,U1")
    assert first["channel"]["id"] == again["channel"]["id"]
    assert three["channel"]["id"] == same["channel"]["id"] != first["channel"]["id"]
    assert set(sandbox.channels[three["channel"]["id"]].members) == {"U1", "U2", sandbox.app.bot_user}


@pytest.mark.parametrize(
    ("users", "error"), [("U404", "user_not_found"), ("U3", "user_disabled"), ("", "users_list_not_supplied")]
)
async def test_some_people_cannot_be_addressed(tiny: Tiny, users: str, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.conversations_open(users=users)
    assert refusal(refused.value) == error


async def test_after_an_uninstall_the_token_is_dead(sandbox: Sandbox, tiny: Tiny) -> None:
    sandbox.uninstall()
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.auth_test()
    assert refusal(refused.value) == "invalid_auth"


def test_ids_are_the_same_on_every_run(clock: Clock) -> None:
    def ids() -> list[str]:
        sandbox = Sandbox({}, clock, "Twice")
        return [sandbox.add_user(User(name=name, real_name=name)).id for name in ("a", "b")]

    assert ids() == ids()
