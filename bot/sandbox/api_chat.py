"""chat.*: posting, changing and deleting messages."""

from bot.sandbox import posting
from bot.sandbox.arguments import Method, structured
from bot.sandbox.envelopes import public
from bot.sandbox.errors import SlackError
from bot.sandbox.limits import UPDATE_TEXT
from bot.sandbox.shapes import length
from bot.sandbox.state import Channel, Json
from bot.sandbox.workspace import Workspace


def post_message(workspace: Workspace, args: Json) -> Json:
    channel = writable(workspace, args.get("channel"))
    args = _content(workspace, args)
    message = posting.from_bot(workspace, args)
    message = posting.post(workspace, channel, message, thread_ts=args.get("thread_ts"))
    workspace.recorder.add("chat.postMessage", "message", {**args, "channel": channel.id})
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "message": public(message)}


def update(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel"))
    message = own_message(workspace, channel, args.get("ts"))
    args = _content(workspace, args)
    if length(args.get("text") or "") > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    posting.edit(workspace, channel, message, args)
    workspace.recorder.add("chat.update", "message", {**args, "channel": channel.id})
    shown = public(message)
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "text": message["text"], "message": shown}


def delete(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel"))
    message = own_message(workspace, channel, args.get("ts"), refusal="cant_delete_message")
    posting.delete(workspace, channel, message)
    return {"ok": True, "channel": channel.id, "ts": message["ts"]}


def post_ephemeral(workspace: Workspace, args: Json) -> Json:
    channel = writable(workspace, args.get("channel"))
    user = workspace.user(args.get("user"))
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    args = _content(workspace, args)
    message = posting.whisper(workspace, channel, user.id, args)
    workspace.recorder.add("chat.postEphemeral", "ephemeral", {**args, "channel": channel.id})
    return {"ok": True, "message_ts": message["ts"]}


def permalink(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel"))
    ts = str(args.get("message_ts"))
    if channel.message(ts) is None:
        raise SlackError("message_not_found")
    link = f"https://{workspace.app.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def writable(workspace: Workspace, name: object) -> Channel:
    """The conversation to post into; raises SlackError as chat.postMessage does."""
    if name in workspace.users:
        return _direct(workspace, str(name))
    channel = workspace.channel(name)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "im":
        return _direct(workspace, channel.user)
    if workspace.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _direct(workspace: Workspace, user_id: str) -> Channel:
    user = workspace.user(user_id)
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("channel_not_found")
    if not workspace.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    return workspace.im(user_id)


def own_message(workspace: Workspace, channel: Channel, ts: object, *, refusal: str = "cant_update_message") -> Json:
    """A message the bot wrote itself; raises SlackError message_not_found or the refusal."""
    message = channel.message(str(ts))
    if message is None:
        raise SlackError("message_not_found")
    if message["user"] != workspace.app.bot_user:
        raise SlackError(refusal)
    return message


def _content(workspace: Workspace, args: Json) -> Json:
    args = structured(args, "blocks", "attachments", "metadata", error="invalid_blocks_format")
    posting.check(workspace, args)
    return args


METHODS = {
    "chat.postMessage": Method(post_message, "chat:write"),
    "chat.update": Method(update, "chat:write"),
    "chat.delete": Method(delete, "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write"),
    "chat.getPermalink": Method(permalink),
}
