"""What most journeys start with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.visitor import Visitor
from tests.bot.harness import MONDAY, Stage, company


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The company on Monday morning: everybody in Berlin has just been asked for the first time."""
    async with company(tmp_path) as stage:
        await stage.advance(to=MONDAY)
        yield stage


@pytest.fixture
def anna(stage: Stage) -> Visitor:
    return stage.visitor("anna")
