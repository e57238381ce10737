"""`trueline run` as its own process against the sandbox: it connects, works by itself, and stops when told."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import User
from bot.settings import Settings
from bot.slack.manifest import manifest

pytestmark = pytest.mark.anyio
PATIENCE = 60  # seconds, for a process to start on a busy machine


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(manifest(Settings(_env_file=None)), Clock(datetime.now(UTC)), "Larch & Co")
    sandbox.add_user(User(id="U1", name="ben", real_name="Ben Ode", is_admin=True))
    async with sandbox.serve():
        yield sandbox


@asynccontextmanager
async def running(sandbox: Sandbox, folder: Path, **changed: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot with its tokens in the environment, as the README has it."""
    known = {
        "TRUELINE_DATABASE": f"sqlite:///{folder}/trueline.db",
        "TRUELINE_SLACK_BOT_TOKEN": sandbox.bot_token,
        "TRUELINE_SLACK_APP_TOKEN": sandbox.app_token,
        "TRUELINE_SLACK_API_URL": f"{sandbox.url}/api/",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=os.environ | known | changed,
        cwd=folder,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_it_connects_answers_and_stops_cleanly(sandbox: Sandbox, tmp_path: Path) -> None:
    ben = sandbox.as_person("U1")
    async with running(sandbox, tmp_path) as process:
        await sandbox.until(lambda: sandbox.socket.connections, within=PATIENCE)
        await ben.command("/align")
        await ben.until(lambda: ben.ephemerals(), within=PATIENCE)
        assert ben.alerts == []
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0, log.decode()
    assert sandbox.bot_token not in log.decode()
    assert (tmp_path / "trueline.db").exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"TRUELINE_SLACK_BOT_TOKEN": ""}, "TRUELINE_SLACK_BOT_TOKEN"),
        ({"TRUELINE_SLACK_BOT_TOKEN": "xoxb-wrong"}, "trueline doctor"),
        ({"TRUELINE_SLACK_APP_TOKEN": ""}, "TRUELINE_SLACK_APP_TOKEN"),
        ({"TRUELINE_SLACK_APP_TOKEN": "xapp-wrong"}, "trueline doctor"),
        ({"TRUELINE_SLACK_API_URL": "http://127.0.0.1:9/api/"}, "cannot be reached"),
        ({"TRUELINE_DATABASE": "nonsense"}, "sqlite:///trueline.db"),
    ],
)
async def test_what_is_missing_is_one_clear_line(
    sandbox: Sandbox, tmp_path: Path, changed: dict[str, str], sentence: str
) -> None:
    async with running(sandbox, tmp_path, **changed) as process:
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 2, said.decode()
    assert sentence in said.decode()
    assert "Traceback" not in said.decode()
