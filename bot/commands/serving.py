"""The bot at work until it is stopped, over Socket Mode or as an HTTP server."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import uvicorn

from bot.app import Bot, at_work, connected, listening
from bot.clock import Clock
from bot.settings import Settings
from bot.web import web_app
from checkins.errors import TruelineError
from storage.database import Database


async def serve(settings: Settings, workspace: str | None, *, by: Callable[[Bot], Awaitable[None]]) -> None:
    """Connect the bot to its database, migrated, and to Slack; end when ``by`` does."""
    with Database.connect(settings.database) as database:
        database.migrate()
        async with connected(database=database, settings=settings, clock=Clock(), workspace=workspace) as bot:
            async with at_work(bot):
                await by(bot)


async def serve_socket_mode(bot: Bot) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with listening(bot):
        await stopped.wait()


async def serve_http(bot: Bot) -> None:
    """Raises TruelineError without a signing secret."""
    settings = bot.context.settings
    if settings.slack_signing_secret is None:
        raise TruelineError("Set TRUELINE_SLACK_SIGNING_SECRET: HTTP requests are only taken when they are signed.")
    config = uvicorn.Config(web_app(bot), host=settings.host, port=settings.port, log_config=None, access_log=False)
    await uvicorn.Server(config).serve()
