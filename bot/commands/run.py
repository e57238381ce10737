"""`trueline run`: the bot itself."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
import uvicorn

from bot import logs
from bot.app import Bot, at_work, connected, listening
from bot.clock import Clock
from bot.settings import Settings
from bot.web import web_app
from checkins.errors import TruelineError
from storage.database import Database


def register(app: typer.Typer) -> None:
    @app.command()
    def run(
        http: Annotated[bool, typer.Option("--http", help="Take signed HTTP requests instead of Socket Mode.")] = False,
        database: Annotated[str | None, typer.Option(help="Database URL.")] = None,
        workspace: Annotated[str | None, typer.Option(help="Which workspace, where there are several.")] = None,
    ) -> None:
        """Run the bot until it is stopped."""
        settings = Settings()
        if database:
            settings = settings.model_copy(update={"database": database})
        logs.set_up(settings.log_level)
        asyncio.run(_run(settings, workspace, serve=serve_http if http else serve_socket_mode))


async def _run(settings: Settings, workspace: str | None, *, serve: Callable[[Bot], Awaitable[None]]) -> None:
    with Database.connect(settings.database) as database:
        database.migrate()
        async with connected(database=database, settings=settings, clock=Clock(), workspace=workspace) as bot:
            async with at_work(bot):
                await serve(bot)


async def serve_socket_mode(bot: Bot) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with listening(bot):
        await stopped.wait()


async def serve_http(bot: Bot) -> None:
    settings = bot.context.settings
    if settings.slack_signing_secret is None:
        raise TruelineError("Set TRUELINE_SLACK_SIGNING_SECRET: HTTP requests are only taken when they are signed.")
    config = uvicorn.Config(web_app(bot), host=settings.host, port=settings.port, log_config=None, access_log=False)
    await uvicorn.Server(config).serve()
