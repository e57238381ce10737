"""A furnished workspace, served, with a small real app connected to it."""

from collections.abc import AsyncIterator
from copy import deepcopy

import aiohttp
import pytest

from bot.clock import Clock
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import User
from bot.sandbox.visitor import Visitor
from tests.bot.sandbox.tiny import MANIFEST, START, Stopwatch, Tiny, bolt, connected


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def furnished(clock: Clock, stopwatch: Stopwatch) -> Sandbox:
    """A workspace with three people and a channel, not served yet."""
    sandbox = Sandbox(deepcopy(MANIFEST), clock, "Larch & Co", elapsed=stopwatch)
    sandbox.add_user(User(id="U1", name="anna", real_name="Anna Berg", email="anna@larch.test", tz="Europe/Berlin"))
    sandbox.add_user(User(id="U2", name="ben", real_name="Ben Ode", email="ben@larch.test", is_admin=True))
    sandbox.add_user(User(id="U3", name="cleo", real_name="Cleo Gone", deleted=True))
    sandbox.add_channel("digest", ["U1", "U2"], "Weekly", with_bot=True)
    sandbox.add_channel("random", ["U1"])
    return sandbox


@pytest.fixture
async def sandbox(furnished: Sandbox) -> AsyncIterator[Sandbox]:
    """The same workspace, served."""
    async with furnished.serve():
        yield furnished


@pytest.fixture
async def tiny(sandbox: Sandbox) -> AsyncIterator[Tiny]:
    """A connected app without listeners; tests register theirs."""
    async with aiohttp.ClientSession() as session:
        bot = bolt(sandbox, session)
        async with connected(bot, sandbox):
            yield bot


@pytest.fixture
def anna(sandbox: Sandbox) -> Visitor:
    return sandbox.as_person("U1")


@pytest.fixture
def ben(sandbox: Sandbox) -> Visitor:
    return sandbox.as_person("U2")
