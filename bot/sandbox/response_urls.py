"""What the app does through a response URL, or in its acknowledgement of a command."""

from bot.sandbox import posting
from bot.sandbox.arguments import structured, truth
from bot.sandbox.grants import Reply
from bot.sandbox.state import Channel, Json
from bot.sandbox.workspace import Workspace

METHOD = "response_url"


def use(workspace: Workspace, name: str, args: Json) -> None:
    """Answer through a response URL; raises SlackError used_url, expired_url or what is wrong with the message."""
    reply = workspace.replies.use(name)
    answer(workspace, reply, args)


def answer(workspace: Workspace, reply: Reply, args: Json) -> None:
    """Replace or delete the message that was acted on, or show a new one; raises SlackError."""
    args = structured(args, "blocks", "attachments", error="invalid_blocks_format")
    channel = workspace.channels[reply.channel]
    if truth(args, "delete_original"):
        _remove(workspace, channel, reply)
        return
    posting.check(workspace, args)
    if truth(args, "replace_original") and reply.message:
        _replace(workspace, channel, reply, args)
    elif args.get("response_type") == "in_channel":
        message = posting.from_bot(workspace, args)
        posting.post(workspace, channel, message, thread_ts=args.get("thread_ts"))
        _record(workspace, channel, "message", args, reply)
    else:
        posting.whisper(workspace, channel, reply.user, args)
        _record(workspace, channel, "ephemeral", args, reply)


def _remove(workspace: Workspace, channel: Channel, reply: Reply) -> None:
    message = channel.message(reply.message) if reply.message else None
    if message is not None:
        posting.delete(workspace, channel, message)
        return
    channel.ephemerals = [entry for entry in channel.ephemerals if entry[1]["ts"] != reply.message]
    workspace.changed()


def _replace(workspace: Workspace, channel: Channel, reply: Reply, args: Json) -> None:
    whole = {"blocks": [], "attachments": [], "text": "", **args}
    if not reply.ephemeral:
        message = channel.message(reply.message or "")
        if message is not None:
            posting.edit(workspace, channel, message, whole)
            _record(workspace, channel, "message", args, reply)
        return
    for _, message in channel.ephemerals:
        if message["ts"] == reply.message:
            message.pop("blocks", None)
            message.update(posting.content(args))
            _record(workspace, channel, "ephemeral", args, reply)
    workspace.changed()


def _record(workspace: Workspace, channel: Channel, kind: str, args: Json, reply: Reply) -> None:
    read = {name: args[name] for name in posting.CONTENT if name in args}
    workspace.recorder.add(METHOD, kind, {"channel": channel.id, **read}, feature=reply.command)
