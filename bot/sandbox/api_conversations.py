"""conversations.* and users.conversations."""

from bot.sandbox.api_chat import writable
from bot.sandbox.arguments import Method, page, required, truth
from bot.sandbox.envelopes import public
from bot.sandbox.errors import SlackError
from bot.sandbox.state import Channel, Json
from bot.sandbox.workspace import Workspace

TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
MOST_TOGETHER = 8


def described(workspace: Workspace, channel: Channel) -> Json:
    """A conversation as Slack describes it to the bot."""
    common = {"id": channel.id, "created": channel.created, "is_archived": channel.archived, "is_im": False}
    if channel.kind == "im":
        return {**common, "is_im": True, "user": channel.user, "is_org_shared": False, "priority": 0}
    return {
        **common,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel" and not channel.private,
        "is_group": channel.private,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.private or channel.kind == "mpim",
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_member": workspace.app.bot_user in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def open_conversation(workspace: Workspace, args: Json) -> Json:
    if args.get("channel"):
        channel = workspace.channel(args["channel"])
        return {"ok": True, "channel": described(workspace, channel)}
    people = [name.strip() for name in str(args.get("users") or "").split(",") if name.strip()]
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > MOST_TOGETHER:
        raise SlackError("too_many_users")
    workspace.require("im:write" if len(people) == 1 else "mpim:write")
    for name in people:
        _reachable(workspace, name)
    channel = workspace.im(people[0]) if len(people) == 1 else _together(workspace, people)
    shown = described(workspace, channel) if truth(args, "return_im") else {"id": channel.id}
    return {"ok": True, "channel": shown}


def _reachable(workspace: Workspace, user_id: str) -> None:
    user = workspace.user(user_id)
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("user_disabled")


def _together(workspace: Workspace, people: list[str]) -> Channel:
    members = dict.fromkeys((*people, workspace.app.bot_user))
    for channel in workspace.channels.values():
        if channel.kind == "mpim" and set(channel.members) == set(members):
            return channel
    name = "mpdm-" + "--".join(workspace.users[person].name for person in people) + "-1"
    return workspace.open_channel(name=name, kind="mpim", members=members)


def history(workspace: Workspace, args: Json) -> Json:
    channel = _read(workspace, args)
    top = [m for m in channel.messages if m.get("thread_ts", m["ts"]) == m["ts"]]
    return _messages(list(reversed(_between(top, args))), args)


def replies(workspace: Workspace, args: Json) -> Json:
    channel = _read(workspace, args)
    thread = channel.replies(str(required(args, "ts")))
    if not thread:
        raise SlackError("thread_not_found")
    return _messages(_between(thread, args), args)


def _read(workspace: Workspace, args: Json) -> Channel:
    channel = workspace.channel(args.get("channel"))
    workspace.require(f"{channel.family}:history")
    if channel.kind == "channel" and workspace.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _between(messages: list[Json], args: Json) -> list[Json]:
    oldest, latest = _micros(args.get("oldest")) or 0, _micros(args.get("latest")) or 10**17
    inclusive = truth(args, "inclusive")
    inside = range(oldest, latest + 1) if inclusive else range(oldest + 1, latest)
    return [message for message in messages if _micros(message["ts"]) in inside]


def _micros(ts: object) -> int:
    seconds, _, rest = str(ts or "0").partition(".")
    try:
        return int(seconds) * 10**6 + int(f"{rest:0<6}"[:6])
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None


def _messages(messages: list[Json], args: Json) -> Json:
    shown, cursor = page(messages, args, most=999)
    if not truth(args, "include_all_metadata"):
        shown = [public(message) for message in shown]
    more = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"ok": True, "messages": shown, "has_more": bool(cursor), "pin_count": 0, **more}


def info(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel"))
    workspace.require(f"{channel.family}:read")
    body = described(workspace, channel)
    if not truth(args, "include_num_members"):
        body.pop("num_members", None)
    return {"ok": True, "channel": body}


def members(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel"))
    workspace.require(f"{channel.family}:read")
    shown, cursor = page(list(channel.members), args)
    return {"ok": True, "members": shown, "response_metadata": {"next_cursor": cursor}}


def list_all(workspace: Workspace, args: Json) -> Json:
    return _listed(workspace, args, [*workspace.channels.values()])


def list_of_user(workspace: Workspace, args: Json) -> Json:
    user = workspace.user(args.get("user") or workspace.app.bot_user)
    return _listed(workspace, args, [c for c in workspace.channels.values() if user.id in c.members])


def _listed(workspace: Workspace, args: Json, channels: list[Channel]) -> Json:
    kinds = [kind.strip() for kind in str(args.get("types") or "public_channel").split(",")]
    if not set(kinds) <= set(TYPES):
        raise SlackError("invalid_types")
    for kind in kinds:
        workspace.require(f"{TYPES[kind]}:read")
    families = {TYPES[kind] for kind in kinds}
    hidden = truth(args, "exclude_archived")
    seen = [channel for channel in channels if channel.family in families and not (hidden and channel.archived)]
    mine = [channel for channel in seen if channel.family == "channels" or workspace.app.bot_user in channel.members]
    shown, cursor = page([described(workspace, channel) for channel in mine], args)
    return {"ok": True, "channels": shown, "response_metadata": {"next_cursor": cursor}}


def join(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel"))
    if channel.archived:
        raise SlackError("is_archived")
    if channel.family != "channels":
        raise SlackError("method_not_supported_for_channel_type")
    channel.members[workspace.app.bot_user] = None
    workspace.changed()
    return {"ok": True, "channel": described(workspace, writable(workspace, channel.id))}


METHODS = {
    "conversations.open": Method(open_conversation),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.list": Method(list_all),
    "conversations.join": Method(join, "channels:join"),
    "users.conversations": Method(list_of_user),
}
