"""The two lines to Slack: calls out through one HTTP session, events in through Socket Mode."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from checkins.errors import TruelineError

TIMEOUT = aiohttp.ClientTimeout(total=30)


@asynccontextmanager
async def web_client(settings: Settings, token: str) -> AsyncIterator[AsyncWebClient]:
    """A client whose connections are reused until the block ends.

    It never sends twice by itself: the library's own handler repeats a message when only the answer was lost.
    """
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        yield AsyncWebClient(
            token=token, base_url=settings.slack_api_url, timeout=30, session=session, retry_handlers=[]
        )


@asynccontextmanager
async def socket_mode(app: AsyncApp, token: str) -> AsyncIterator[None]:
    """Take events for as long as the block lasts; the handler connects again by itself. token: starts with xapp-.

    Raises TruelineError when Slack refuses the token.
    """
    try:
        # The handler would ask for ever.
        await app.client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        refusal = error.response["error"]
        raise TruelineError(f"Slack refuses Socket Mode ({refusal}). `trueline doctor` says what to do.") from error
    handler = AsyncSocketModeHandler(app, token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
