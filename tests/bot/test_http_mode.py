"""HTTP mode: the bot's own web server takes signed requests, refuses forged and stale ones, and says how it is."""

import hashlib
import hmac
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import uvicorn
from pydantic import SecretStr

from bot.app import Bot
from bot.commands.serving import serve_http
from bot.web import HEALTH_PATH, SLACK_PATH, web_app
from checkins.errors import TruelineError
from tests.bot.harness import MONDAY, Stage, company

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def served(bot: Bot) -> AsyncIterator[str]:
    """The bot's web server on a free port, without taking over signals."""
    config = uvicorn.Config(web_app(bot), host="127.0.0.1", port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        await server.shutdown()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with company(tmp_path, slack_signing_secret=SecretStr("shhh")) as stage:
        stage.sandbox.signing_secret = "shhh"
        yield stage


async def test_a_round_is_answered_over_signed_http(stage: Stage) -> None:
    async with served(stage.bot) as url:
        await stage.sandbox.deliver_to(f"{url}{SLACK_PATH}")
        await stage.advance(to=MONDAY)
        anna = stage.visitor("anna")
        await anna.click(anna.last(), "prompt.update")
        await anna.until(lambda: anna.view)
        assert await anna.submit({"text_1": "Refund flow", "goal_1": "none:exploration", "size_1": "most"}) == {}
        await stage.pump()
        assert "Refund flow" in str(anna.last()["blocks"])
        await anna.command("/goals", "all")
        await anna.until(lambda: anna.ephemerals())
        assert anna.alerts == []


def signed(secret: str, body: bytes, *, age: float = 0) -> dict[str, str]:
    stamp = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": "application/json",
    }


@pytest.mark.parametrize(
    ("secret", "age", "status"),
    [("shhh", 0, 200), ("guessed", 0, 401), ("shhh", 600, 401)],
    ids=["signed", "forged", "stale"],
)
async def test_forged_and_stale_requests_get_401(stage: Stage, secret: str, age: float, status: int) -> None:
    body = b'{"type": "url_verification", "challenge": "hello"}'
    async with served(stage.bot) as url, aiohttp.ClientSession() as session:
        async with session.post(f"{url}{SLACK_PATH}", data=body, headers=signed(secret, body, age=age)) as answer:
            assert answer.status == status
        async with session.post(f"{url}{SLACK_PATH}", data=body) as unsigned:
            assert unsigned.status == 401


async def test_the_health_page_counts_and_names_nobody(stage: Stage) -> None:
    async with (
        served(stage.bot) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}{HEALTH_PATH}") as answer,
    ):
        assert answer.status == 200
        assert set(await answer.json()) == {"status", "messages_waiting", "messages_failed"}


async def test_without_a_signing_secret_http_is_refused(stage: Stage) -> None:
    settings = stage.context.settings.model_copy(update={"slack_signing_secret": None})
    bot = replace(stage.bot, context=replace(stage.context, settings=settings))
    with pytest.raises(TruelineError, match="TRUELINE_SLACK_SIGNING_SECRET"):
        await serve_http(bot)
