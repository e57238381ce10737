"""What one person sees: conversations, messages, who is there. Read only."""

from bot.sandbox.envelopes import public
from bot.sandbox.state import Channel, Json, User
from bot.sandbox.workspace import Workspace


def visible(workspace: Workspace, user_id: str) -> list[Channel]:
    """Conversations a person can open: public channels, those they are in, and the bot's direct messages."""
    workspace.im(user_id)
    found = []
    for channel in workspace.channels.values():
        public_one = channel.kind == "channel" and not channel.private
        if public_one or user_id in channel.members:
            found.append(channel)
    return found


def messages(channel: Channel, user_id: str) -> list[Json]:
    """A conversation as a person sees it, own ephemeral messages included, oldest first."""
    whispered = [message for whom, message in channel.ephemerals if whom == user_id]
    if not whispered:
        return [public(message) for message in channel.messages]
    return sorted((public(message) for message in [*channel.messages, *whispered]), key=lambda message: message["ts"])


def find_message(workspace: Workspace, user_id: str, ts: str) -> tuple[Channel, Json] | None:
    """The message with this time stamp, as it stands now, and where; time stamps are unique in a workspace."""
    mine = workspace.im(user_id)
    for channel in (mine, *(other for other in visible(workspace, user_id) if other is not mine)):
        message = channel.message(ts) or _whispered(channel, user_id, ts)
        if message is not None:
            return channel, message
    return None


def _whispered(channel: Channel, user_id: str, ts: str) -> Json | None:
    return next((message for whom, message in channel.ephemerals if whom == user_id and message["ts"] == ts), None)


def unread(channel: Channel, user_id: str) -> int:
    """Messages of others since the person last read the conversation."""
    seen = channel.read.get(user_id, "0")
    return sum(1 for message in messages(channel, user_id) if message["ts"] > seen and message["user"] != user_id)


def mentioned(workspace: Workspace, text: str, *, with_names: bool) -> str:
    """Typed @names and #channels as Slack encodes them; ``with_names`` is the form of slash commands."""
    words = text.split(" ")
    return " ".join(_mention(workspace, word, with_names=with_names) for word in words)


def _mention(workspace: Workspace, word: str, *, with_names: bool) -> str:
    if word.startswith("@"):
        user = next((user for user in workspace.users.values() if user.name == word[1:]), None)
        return _encoded("@", user, with_names=with_names) if user else word
    if word.startswith("#"):
        channel = next((c for c in workspace.channels.values() if c.kind == "channel" and c.name == word[1:]), None)
        return _encoded("#", channel, with_names=with_names) if channel else word
    return word


def _encoded(sign: str, what: User | Channel, *, with_names: bool) -> str:
    return f"<{sign}{what.id}|{what.name}>" if with_names else f"<{sign}{what.id}>"
