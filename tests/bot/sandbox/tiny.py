"""A small real Bolt app for the sandbox's tests, and the manifest it is installed with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox

MANIFEST = {
    "display_information": {"name": "Tiny"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Tiny", "always_online": True},
        "slash_commands": [
            {"command": "/goals", "description": "Goals", "usage_hint": "[all]", "should_escape": False},
            {"command": "/who", "description": "Who", "should_escape": True},
        ],
        "shortcuts": [
            {"name": "Check in", "type": "global", "callback_id": "check_in", "description": "Check in"},
            {"name": "Link", "type": "message", "callback_id": "link", "description": "Link"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "im:write",
                "im:history",
                "users:read",
                "users:read.email",
                "usergroups:read",
                "channels:read",
                "groups:read",
                "files:write",
                "mpim:write",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "message.im", "user_change", "channel_archive", "member_joined_channel"]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
START = datetime(2026, 9, 7, 9, 30, tzinfo=UTC)


@dataclass
class Stopwatch:
    """Real seconds that a test moves by hand."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Tiny:
    """The app under the sandbox: its Bolt app and its client."""

    app: AsyncApp
    client: AsyncWebClient


def bolt(sandbox: Sandbox, session: aiohttp.ClientSession) -> Tiny:
    """A Bolt app that knows its own identity, so that every call counted is a call of the test."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.url}/api/", session=session, retry_handlers=[])

    async def authorize() -> AuthorizeResult:
        ids = {"team_id": sandbox.app.team_id, "bot_id": sandbox.app.bot_id, "bot_user_id": sandbox.app.bot_user}
        return AuthorizeResult(enterprise_id=None, bot_token=sandbox.bot_token, **ids)

    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret, authorize=authorize)
    return Tiny(app, client)


@asynccontextmanager
async def connected(bot: Tiny, sandbox: Sandbox) -> AsyncIterator[AsyncSocketModeHandler]:
    """One Socket Mode connection of the app."""
    before = len(sandbox.socket.connections)
    handler = AsyncSocketModeHandler(bot.app, sandbox.app_token)
    await handler.connect_async()
    await sandbox.until(lambda: len(sandbox.socket.connections) > before)
    yield handler
    await handler.close_async()


def section(text: str = "Hello", **parts: object) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **parts}


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str = "Go", **parts: object) -> dict[str, object]:
    return {"type": "button", "action_id": action_id, "text": plain(text), **parts}


def buttons(*elements: dict[str, object]) -> dict[str, object]:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def asked(block_id: str, element: dict[str, object], **parts: object) -> dict[str, object]:
    """An input block whose element is named after it."""
    element = {"action_id": f"{block_id}_entry", **element}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **parts}


def option(value: str) -> dict[str, object]:
    return {"text": plain(value.title()), "value": value}


def modal(*blocks: dict[str, object], **parts: object) -> dict[str, object]:
    base = {"type": "modal", "callback_id": "form", "title": plain("Form"), "submit": plain("Send")}
    return {**base, "blocks": list(blocks), **parts}


def refusal(error: SlackApiError) -> str:
    """The error word of a refused call."""
    return str(error.response["error"])
