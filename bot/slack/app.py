"""The Bolt app: whose it is, what it may send, and the features registered on it."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack import (
    admin,
    align,
    direction,
    done_means,
    doubts,
    free_text,
    goal_choice,
    goal_detail,
    goal_forms,
    goal_import,
    goal_news,
    goal_review,
    goal_words,
    goals,
    held,
    home,
    home_settings,
    linking,
    members,
    people,
    plan,
    privacy,
    prompts,
    publishing,
    roadmap,
    team_sync,
    teams,
)
from checkins.errors import TruelineError

EVENTS_REMEMBERED = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What auth.test says about the bot token."""

    team: str
    team_name: str
    bot_user: str
    bot_id: str
    token: str


async def connect(client: AsyncWebClient) -> Connection:
    """Ask Slack whose token this is. Raises TruelineError when Slack refuses it or cannot be reached."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        refusal = error.response["error"]
        raise TruelineError(f"Slack refuses the bot token ({refusal}). `trueline doctor` says what to do.") from error
    except aiohttp.ClientError as error:
        raise TruelineError(f"Slack cannot be reached at {client.base_url}: {error}") from error
    return Connection(
        team=answer["team_id"],
        team_name=answer["team"],
        bot_user=answer["user_id"],
        bot_id=answer.get("bot_id") or "",
        token=str(client.token),
    )


def build_app(context: Context, connection: Connection, client: AsyncWebClient) -> AsyncApp:
    """The app with every feature. client: its base URL, session and retry handlers are those of every request."""
    secret = context.settings.slack_signing_secret
    app = AsyncApp(
        name="trueline",
        client=_without_token(client),
        authorize=_authorize(connection),
        signing_secret=secret.get_secret_value() if secret else "",
    )
    app.use(_once_per_event())
    for feature in (
        prompts,
        linking,
        free_text,
        goal_choice,
        goal_words,
        goals,
        goal_detail,
        goal_forms,
        goal_import,
        goal_news,
        direction,
        goal_review,
        plan,
        done_means,
        align,
        home,
        held,
        home_settings,
        admin,
        teams,
        team_sync,
        publishing,
        roadmap,
        doubts,
        members,
        people,
        privacy,
    ):
        feature.register(app, context)
    return app


def _without_token(client: AsyncWebClient) -> AsyncWebClient:
    """The same line to Slack; the token comes with each request's authorization."""
    return AsyncWebClient(
        base_url=client.base_url, timeout=client.timeout, session=client.session, retry_handlers=client.retry_handlers
    )


def _authorize(connection: Connection) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Bolt's own check asks Slack on every event; the token belongs to one workspace, which is known."""

    async def authorize(team_id: str | None) -> AuthorizeResult:
        if team_id not in (connection.team, None):
            raise BoltError(f"This bot is not installed in workspace {team_id}.")
        return AuthorizeResult(
            enterprise_id=None,
            team_id=connection.team,
            bot_token=connection.token,
            bot_id=connection.bot_id,
            bot_user_id=connection.bot_user,
        )

    return authorize


def _once_per_event() -> Callable[..., Awaitable[BoltResponse | None]]:
    """Slack sends an event again when its acknowledgement was late; Socket Mode drops the mark that says so."""
    seen: OrderedDict[str, None] = OrderedDict()

    async def once(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # Bolt's name
        event = body.get("event_id")
        if event in seen:
            return BoltResponse(status=200)
        if event:
            seen[event] = None
            if len(seen) > EVENTS_REMEMBERED:
                seen.popitem(last=False)
        await next()
        return None

    return once
