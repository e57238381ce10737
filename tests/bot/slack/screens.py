"""Reading what people see."""

from typing import Any

from bot.sandbox.visitor import Visitor
from bot.slack.blocks import Block
from tests.bot.harness import Stage


def texts(blocks: list[Block]) -> str:
    """Everything that blocks say, one block a line."""
    return "\n".join(str(block.get("text", {}).get("text") or block.get("elements", "")) for block in blocks)


def home(visitor: Visitor) -> str:
    assert visitor.home is not None
    return texts(visitor.home.body["blocks"])


def window(visitor: Visitor) -> str:
    """What the open window says."""
    assert visitor.view is not None
    return texts(visitor.view.body["blocks"])


def whisper(visitor: Visitor) -> str:
    """The newest message that only this person sees in their messages with the bot."""
    message: dict[str, Any] = visitor.ephemerals()[-1]
    return texts(message["blocks"]) if message.get("blocks") else str(message["text"])


async def look_at_home(stage: Stage, visitor: Visitor) -> str:
    await visitor.open_home()
    await stage.rest()
    return home(visitor)


async def typed(stage: Stage, visitor: Visitor, line: str) -> str:
    """Type a command and read its answer."""
    command, _, text = line.partition(" ")
    await visitor.command(command, text)
    await stage.rest()
    return whisper(visitor)
