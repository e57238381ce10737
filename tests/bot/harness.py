"""The real bot in a sandbox: its Bolt app over Socket Mode, its jobs and its outbox, with a clock that tests move."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from anyio import to_thread
from pydantic import SecretStr

from bot import jobs
from bot.analyst import Analyst
from bot.app import Bot, connected, listening
from bot.clock import Clock
from bot.context import Context
from bot.delivery import pump
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import User
from bot.sandbox.visitor import Visitor
from bot.settings import Settings
from bot.slack.manifest import manifest
from checkins import goals, rounds, setup, teams
from checkins.goals import GoalRow
from checkins.model import Cadence
from checkins.ports import Store
from checkins.roster import Profile
from checkins.teams import TeamDraft
from tests.databases import sqlite_database

P = ParamSpec("P")
T = TypeVar("T")

FRIDAY = datetime(2026, 9, 4, 12, 0, tzinfo=UTC)
MONDAY = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)  # 09:30 in Berlin
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
CHANNEL = "alignment"

PEOPLE = (
    User(name="anna", real_name="Anna Berg", email="anna@larch.test", tz="Europe/Berlin"),
    User(name="ben", real_name="Ben Ode", email="ben@larch.test", tz="Europe/Berlin", is_admin=True),
    User(name="cleo", real_name="Cleo Sun", email="cleo@larch.test", tz="America/La_Paz"),
    User(name="dana", real_name="Dana Roy", email="dana@larch.test", tz="Europe/Berlin"),
)


class InProcess(Analyst):
    """The analyst without its child process, whose start takes longer than most tests."""

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await to_thread.run_sync(partial(work, *args, **kwargs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A workspace called Larch & Co with the bot connected to it."""

    sandbox: Sandbox
    bot: Bot
    clock: Clock
    users: dict[str, User]  # by name

    @property
    def context(self) -> Context:
        return self.bot.context

    @property
    def store(self) -> Store:
        return self.bot.context.store

    def visitor(self, name: str) -> Visitor:
        """Somebody at their screen; known by first name in lower case."""
        return self.sandbox.as_person(self.users[name].id)

    def person(self, name: str) -> str:
        """Somebody's id in the database."""
        with self.store.snapshot() as tx:
            found = tx.people.by_identity("slack", self.users[name].id)
            assert found is not None, f"{name} is not linked"
            return found.id

    def posted(self) -> list[dict[str, Any]]:
        """Every message that the bot wrote into a conversation, oldest first; changes do not count."""
        return [sent.payload for sent in self.sandbox.sent if sent.method == "chat.postMessage"]

    async def rest(self) -> None:
        """Wait until no event is under way and no listener is at work."""
        await self.sandbox.delivered()
        async with asyncio.timeout(30):
            while self.context.activity.running:  # noqa: ASYNC110
                await asyncio.sleep(0.001)

    async def pump(self) -> None:
        """Run the jobs, and send until nothing more is due."""
        await self.rest()
        for job in (jobs.open_rounds, jobs.remind, jobs.close_rounds):
            await job(self.context)
        for digest_job in (jobs.make_digest, jobs.renew_digest):
            await digest_job(self.context, self.bot.analyst)
        while await pump(self.context, self.bot.messenger):
            await self.rest()

    async def advance(self, *, to: datetime | None = None, by: timedelta = timedelta()) -> None:
        """Move the clock on and let happen what has fallen due."""
        self.clock.advance_to((to or self.clock.now()) + by)
        await self.pump()


@asynccontextmanager
async def bot_in_sandbox(
    tmp_path: Path, *, start: datetime = FRIDAY, people: Sequence[User] = PEOPLE, **settings: Any
) -> AsyncIterator[Stage]:
    """The bot over an empty database, connected by Socket Mode. settings: fields of ``Settings``."""
    clock = Clock(start)
    sandbox = Sandbox(manifest(Settings(_env_file=None, **settings)), clock, "Larch & Co")
    sandbox.file_processing = timedelta(0)
    users = {user.name: sandbox.add_user(User(**{**_fields(user), "id": ""})) for user in people}
    sandbox.add_channel(CHANNEL, [user.id for user in users.values()], with_bot=True)
    async with sandbox.serve() as url:
        connection = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(sandbox.bot_token),
            slack_app_token=SecretStr(sandbox.app_token),
            slack_api_url=f"{url}/api/",
            messages_per_second=10_000,
            **settings,
        )
        with sqlite_database(tmp_path / "trueline.db") as database:
            analyst = InProcess(database.url)
            async with (
                connected(database=database, settings=connection, clock=clock, analyst=analyst) as bot,
                listening(bot),
            ):
                await sandbox.until(lambda: sandbox.socket.connections)
                yield Stage(sandbox=sandbox, bot=bot, clock=clock, users=users)


def _fields(user: User) -> dict[str, Any]:
    return {name: getattr(user, name) for name in User.__dataclass_fields__}


@asynccontextmanager
async def company(tmp_path: Path, **settings: Any) -> AsyncIterator[Stage]:
    """The same, set up: Payments (Anna, Cleo; lead Ben) and Search (Dana), goals, Mondays 09:30, digest on Fridays."""
    async with bot_in_sandbox(tmp_path, **settings) as stage:
        set_up(stage)
        yield stage


def set_up(stage: Stage, *, with_goals: bool = True) -> None:
    """Two teams, their goals, the schedule and the digest's channel, as an admin would do by clicks."""
    store, ben, now = stage.store, stage.person("ben"), stage.clock.now()
    anna_cleo, dana = profiles(stage, "anna", "cleo"), profiles(stage, "dana")
    payments = TeamDraft(name="Payments", members=anna_cleo, leads=profiles(stage, "ben"))
    teams.add_team(store, actor=ben, draft=payments)
    teams.add_team(store, actor=ben, draft=TeamDraft(name="Search", members=dana, leads=dana))
    if with_goals:
        rows = [GoalRow(title="Fewer failed payments", weight="60"), GoalRow(title="A second provider", weight="30")]
        goals.set_team_goals(store, actor=ben, team="payments", rows=rows, reserve="", now=now)
        faster = [GoalRow(title="Faster search", weight="50")]
        goals.set_team_goals(store, actor=ben, team="search", rows=faster, reserve="", now=now)
    rounds.set_schedule(store, actor=ben, weekday=0, at=time(9, 30), cadence=Cadence.WEEKLY, reminders=1, now=now)
    channel = next(channel.id for channel in stage.sandbox.channels.values() if channel.name == CHANNEL)
    setup.choose_digest(store, actor=ben, channel=channel, weekday=4, at=time(16), zone="Europe/Berlin", now=now)


def profiles(stage: Stage, *names: str) -> list[Profile]:
    """People of the sandbox as the roster knows them."""
    people = (stage.users[name] for name in names)
    return [
        Profile(
            platform="slack", user=user.id, name=user.real_name, email=user.email, zone=user.tz, admin=user.is_admin
        )
        for user in people
    ]
