"""The composition root: database, Slack connection, jobs and listeners put together, and taken apart again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

import structlog
from anyio import to_thread
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import jobs
from bot.analyst import Analyst
from bot.clock import Clock
from bot.context import Context
from bot.settings import Settings
from bot.slack import team_sync
from bot.slack.app import Connection, build_app, connect
from bot.slack.connection import socket_mode, web_client
from bot.slack.messenger import SlackMessenger
from bot.slack.profiles import everybody
from checkins import accounts
from checkins.errors import TruelineError
from checkins.ids import slug
from checkins.model import Workspace
from storage.database import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """A bot that is connected to its workspace; nothing listens and nothing is due until somebody says so."""

    context: Context
    app: AsyncApp
    client: AsyncWebClient
    connection: Connection
    messenger: SlackMessenger
    woken: asyncio.Event

    @property
    def analyst(self) -> Analyst:
        return self.context.analyst


@asynccontextmanager
async def connected(
    *,
    database: Database,
    settings: Settings,
    clock: Clock,
    workspace: str | None = None,
    analyst: Analyst | None = None,
) -> AsyncIterator[Bot]:
    """Connect to Slack with the bot token, adopt or make the workspace, link its people.

    analyst: another one than a child process over the database.

    Raises TruelineError when the token is missing or refused, or several workspaces could be meant.
    """
    if settings.slack_bot_token is None:
        raise TruelineError("Set TRUELINE_SLACK_BOT_TOKEN (it starts with xoxb-), for example in a file .env.")
    async with web_client(settings, settings.slack_bot_token.get_secret_value()) as client:
        connection = await connect(client)
        chosen = await to_thread.run_sync(adopt, database, connection, workspace)
        woken = asyncio.Event()
        store = database.store(chosen, weekly_messages=settings.weekly_messages)
        context = Context(
            store=store,
            clock=clock,
            settings=settings,
            analyst=analyst or Analyst(database.url),
            wake=woken.set,
        )
        people = await everybody(client, admins=settings.admin_emails)
        linked = await context.run(accounts.connect, context.store, people, now=clock.now())
        await team_sync.reconcile(context, client, people)
        log.info("connected", workspace=chosen, slack=connection.team_name, linked=linked)
        yield Bot(
            context=context,
            app=build_app(context, connection, client),
            client=client,
            connection=connection,
            messenger=SlackMessenger(context, client),
            woken=woken,
        )


def adopt(database: Database, connection: Connection, workspace: str | None) -> str:
    """The id of the workspace that this Slack workspace stands for: connected before, imported, or new.

    Raises TruelineError when several imported ones could be meant, or the named one belongs to another Slack.
    """
    known = {each.id: each for each in database.workspaces()}
    mine = [each for each in known.values() if each.slack_team == connection.team]
    if mine and workspace in (None, mine[0].id):
        return mine[0].id
    free = [each for each in known.values() if each.slack_team is None and workspace in (None, each.id)]
    if len(free) > 1:
        names = ", ".join(each.id for each in free)
        raise TruelineError(f"Several workspaces could be connected to Slack: {names}. Name one with --workspace.")
    if mine or (workspace and not free):
        raise TruelineError(f"Workspace {workspace} is not there or is connected to another Slack workspace.")
    if free:
        with database.store(free[0].id).transaction() as tx:
            tx.workspace.save(replace(free[0], slack_team=connection.team))
        return free[0].id
    new = Workspace(id=slug(connection.team_name, known), name=connection.team_name, slack_team=connection.team)
    database.create_workspace(new)
    return new.id


@asynccontextmanager
async def at_work(bot: Bot) -> AsyncIterator[None]:
    """Jobs wake up by themselves and the outbox is emptied as it fills, for as long as the block lasts."""
    daily = partial(team_sync.follow_all, bot.context, bot.client)
    scheduler = jobs.start(bot.context, analyst=bot.analyst, woken=bot.woken, daily=[daily])
    sending = asyncio.create_task(jobs.send_when_woken(bot.context, bot.messenger, bot.woken))
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


@asynccontextmanager
async def listening(bot: Bot) -> AsyncIterator[None]:
    """Socket Mode: Slack's events come in for as long as the block lasts. Raises TruelineError without a token."""
    token = bot.context.settings.slack_app_token
    if token is None:
        raise TruelineError("Set TRUELINE_SLACK_APP_TOKEN (it starts with xapp-), for example in a file .env.")
    async with socket_mode(bot.app, token.get_secret_value()):
        yield
