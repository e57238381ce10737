"""The demo's stage: a made-up company in a local workspace, and the bot connected to it."""

import asyncio
import json
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import anyio.to_thread
from pydantic import SecretStr

from bot.app import connected, listening
from bot.clock import Clock
from bot.commands.free_port import free_port
from bot.demo.company import Company
from bot.demo.furnishing import document, furnish
from bot.demo.headless import played
from bot.demo.play import START, Play
from bot.demo.showing import show
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings
from bot.slack.manifest import manifest
from checkins.document import apply, parse
from checkins.ids import slug
from checkins.model import Workspace
from storage.database import Database

FAST = 10_000.0  # messages a second; the sandbox has no limits to respect


async def headless(company: Company, *, weeks: int, out: Path | None) -> int:
    """Play the weeks without a page. out: where the digests go. Returns the exit code."""
    async with staged(company) as play:
        return await played(play, weeks=weeks, out=out)


async def page(company: Company, *, weeks: int, port: int) -> None:
    """Play the weeks, then serve the page, from ``port`` on, until the process is told to stop."""
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with staged(company, port=free_port(port)) as play:
        await show(play, weeks=weeks, until=stopped)


@asynccontextmanager
async def staged(company: Company, *, port: int = 0) -> AsyncIterator[Play]:
    """The company in a workspace of its own with a temporary database, the bot connected over Socket Mode."""
    clock = Clock(START)
    with ExitStack() as resources:
        folder = resources.enter_context(tempfile.TemporaryDirectory(prefix="trueline-demo-"))
        database = resources.enter_context(Database.connect(f"sqlite:///{folder}/demo.db"))
        await anyio.to_thread.run_sync(_import, database, company, clock)
        sandbox = Sandbox(manifest(Settings(_env_file=None)), clock, company.bank.name)
        sandbox.file_processing = timedelta(0)
        digest_channel = await furnish(sandbox, company)
        async with sandbox.serve(port) as url:
            settings = _settings(sandbox, url)
            async with connected(database=database, settings=settings, clock=clock) as bot, listening(bot):
                await sandbox.until(lambda: sandbox.socket.connections)
                resources.enter_context(bot.analyst).warm_up()
                play = Play(bot=bot, sandbox=sandbox, company=company)
                await play.set_up(digest_channel=digest_channel)
                yield play


def _import(database: Database, company: Company, clock: Clock) -> None:
    database.migrate()
    name = company.bank.name
    database.create_workspace(Workspace(id=slug(name), name=name))
    apply(database.store(slug(name)), parse(json.dumps(document(company))), now=clock.now())


def _settings(sandbox: Sandbox, url: str) -> Settings:
    """The sandbox's own, whatever the environment says about a real workspace."""
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_api_url=f"{url}/api/",
        messages_per_second=FAST,
        admins="",
        digest_picture="message",
    )
