"""Talking with the bot: what its messages say, pressing their buttons, sending forms."""

from typing import Any

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from checkins import answering
from checkins.model import CheckIn
from tests.bot.harness import Stage

RETRIES = {"text_1": "Retry logic", "goal_1": "Fewer failed payments", "size_1": "most"}


def said(message: dict[str, Any]) -> str:
    """Everything that can be read in a message."""
    parts = [block.get("text", {}).get("text", "") for block in message["blocks"]]
    parts += [each["text"] for block in message["blocks"] if block["type"] == "context" for each in block["elements"]]
    return "\n".join(parts)


def buttons(message: dict[str, Any]) -> list[str]:
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row if each["type"] == "button"]


def answer(stage: Stage, name: str = "anna") -> CheckIn | None:
    """What is stored for somebody's newest prompt."""
    desk = answering.waiting(stage.store, actor=stage.person(name))
    return desk.last if desk and desk.answered else None


def direct(stage: Stage, name: str = "anna") -> list[dict[str, Any]]:
    """The messages that the bot sent to somebody directly."""
    return [message for message in stage.posted() if message["channel"] == stage.visitor(name).dm]


async def click(stage: Stage, person: Visitor, action: Action, message: dict[str, Any] | None = None) -> None:
    """Press a button of a message, the newest one by default, and wait until everything has come of it."""
    await person.click(message or person.last(), action)
    await stage.pump()


async def fill(stage: Stage, person: Visitor, answers: dict[str, Any]) -> dict[str, str]:
    """Send the form that is open; errors by field."""
    errors = await person.submit(answers)
    await stage.pump()
    return errors
