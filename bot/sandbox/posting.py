"""Messages as they come to stand in a conversation: ids for blocks, threads, edits, ephemerals, and their events."""

import copy
import secrets
from collections.abc import Iterator

from bot.sandbox import limits
from bot.sandbox.block_kit import elements_of
from bot.sandbox.envelopes import public
from bot.sandbox.errors import SlackError
from bot.sandbox.shapes import fault
from bot.sandbox.state import Channel, Json, User
from bot.sandbox.workspace import Workspace

CONTENT = ("text", "blocks", "attachments", "metadata")
INTERACTIVE_PARTS = ("element", "accessory")


def named(blocks: list[Json]) -> list[Json]:
    """A copy of blocks in which each block and element has an id, as Slack hands them back."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        inside = [block.get(name) for name in INTERACTIVE_PARTS]
        inside += block.get("elements", []) if block["type"] == "actions" else []
        for element in inside:
            if isinstance(element, dict) and element.get("type") != "image":
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return blocks


def check(workspace: Workspace, args: Json) -> None:
    """Raises SlackError where Slack would refuse the content of a message, unfinished pictures included."""
    limits.check_message(args)
    check_pictures(workspace, args.get("blocks") or [], error="invalid_blocks")


def check_pictures(workspace: Workspace, blocks: list[Json], *, error: str, root: str = "/blocks") -> None:
    """Raises SlackError when a block shows a file that does not exist or is still being processed."""
    for pointer, file_id in _pictures(blocks, root):
        file = workspace.files.get(file_id)
        if file is None or file.ready_at is None or workspace.elapsed() < file.ready_at:
            raise SlackError(error, messages=[fault("invalid slack file", f"{pointer}/slack_file")])


def _pictures(blocks: list[Json], root: str) -> Iterator[tuple[str, str]]:
    for position, block in enumerate(blocks):
        pointer = f"{root}/{position}"
        places = [(pointer, block), (f"{pointer}/accessory", block.get("accessory"))]
        places += [(f"{pointer}/elements/{k}", entry) for k, entry in enumerate(block.get("elements", ()))]
        for place, holder in places:
            if isinstance(holder, dict) and "slack_file" in holder:
                yield place, str(holder["slack_file"].get("id"))


def from_bot(workspace: Workspace, args: Json) -> Json:
    """The message that the bot's arguments make, without its time stamp."""
    app = workspace.app
    name = workspace.users[app.bot_user].real_name
    return {
        "type": "message",
        "user": app.bot_user,
        "bot_id": app.bot_id,
        "app_id": app.app_id,
        "team": app.team_id,
        "bot_profile": {"id": app.bot_id, "app_id": app.app_id, "name": name, "team_id": app.team_id},
        **content(args),
    }


def content(args: Json) -> Json:
    """What can be read of a message."""
    parts = {name: args[name] for name in CONTENT if args.get(name)}
    if "blocks" in parts:
        parts["blocks"] = named(parts["blocks"])
    return {"text": "", **parts}


def from_person(workspace: Workspace, user: User, text: str) -> Json:
    """What a person typed, with the three signs of Slack's markup escaped."""
    return {"type": "message", "user": user.id, "team": workspace.app.team_id, "text": escaped(text)}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def post(workspace: Workspace, channel: Channel, message: Json, *, thread_ts: str | None = None) -> Json:
    """Put a message into a conversation or a thread; raises SlackError thread_not_found."""
    parent = channel.message(thread_ts) if thread_ts else None
    if thread_ts and parent is None:
        raise SlackError("thread_not_found")
    message = {**message, "ts": workspace.stamp()}
    if parent is not None:
        message["thread_ts"] = parent.get("thread_ts", parent["ts"])
        _count_reply(channel.message(message["thread_ts"]) or parent, message)
    channel.messages.append(message)
    workspace.changed()
    _tell(workspace, channel, {**public(message), "channel_type": channel.kind})
    return message


def _count_reply(parent: Json, reply: Json) -> None:
    parent["thread_ts"] = parent["ts"]
    parent["reply_count"] = parent.get("reply_count", 0) + 1
    parent["latest_reply"] = reply["ts"]
    parent["reply_users"] = list(dict.fromkeys([*parent.get("reply_users", ()), reply["user"]]))
    parent["reply_users_count"] = len(parent["reply_users"])


def edit(workspace: Workspace, channel: Channel, message: Json, args: Json) -> None:
    """Change a message in place; parts that are not named stay, empty ones go."""
    before = copy.copy(message)
    changes = content({name: args[name] for name in CONTENT if name in args})
    for name in CONTENT:
        if name in args:
            message[name] = changes.get(name)
        if message.get(name) is None:
            message.pop(name, None)
    message["edited"] = {"user": workspace.app.bot_user, "ts": workspace.stamp()}
    workspace.changed()
    _tell_change(workspace, channel, "message_changed", message, before)


def delete(workspace: Workspace, channel: Channel, message: Json) -> None:
    channel.messages.remove(message)
    workspace.changed()
    _tell_change(workspace, channel, "message_deleted", None, message)


def whisper(workspace: Workspace, channel: Channel, user_id: str, args: Json) -> Json:
    """Show a message to one person only."""
    message = {**from_bot(workspace, args), "ts": workspace.stamp(), "is_ephemeral": True}
    message.pop("metadata", None)
    channel.ephemerals.append((user_id, message))
    workspace.changed()
    return message


def _tell(workspace: Workspace, channel: Channel, event: Json) -> None:
    event = {**event, "channel": channel.id, "event_ts": event["ts"]}
    workspace.emit(event, subscription=f"message.{channel.family}")


def _tell_change(workspace: Workspace, channel: Channel, subtype: str, now: Json | None, before: Json) -> None:
    event = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "ts": workspace.stamp(),
        "channel_type": channel.kind,
        "previous_message": public(before),
        **({"message": public(now)} if now is not None else {"deleted_ts": before["ts"]}),
    }
    _tell(workspace, channel, event)


def find_element(
    blocks: list[Json], action_id: str, *, block_id: str = "", value: str | None = None
) -> tuple[Json, Json] | None:
    """The block and element with this action id; ``value`` tells buttons of one id apart."""
    for block in blocks:
        for element in elements_of(block):
            fits = element["action_id"] == action_id and (not block_id or block["block_id"] == block_id)
            if fits and (value is None or element.get("value", value) == value or element["type"] != "button"):
                return block, element
    return None
