"""HTTP mode: Slack's signed requests at one address, and a page that says whether all is well."""

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app import Bot
from bot.slack.manifest import SLACK_PATH
from checkins.model import DeliveryState
from checkins.ports import Store

HEALTH_PATH = "/health"


def web_app(bot: Bot) -> Starlette:
    """Events, commands and interactivity share one address; Bolt checks signature and age and answers 401."""
    handler = AsyncSlackRequestHandler(bot.app)

    async def slack(request: Request) -> Response:
        return await handler.handle(request)

    async def health(_: Request) -> Response:
        return JSONResponse(await bot.context.run(health_of, bot.context.store))

    return Starlette(
        routes=[
            Route(SLACK_PATH, slack, methods=["POST"]),
            Route(HEALTH_PATH, health, methods=["GET"]),
        ]
    )


def health_of(store: Store) -> dict[str, object]:
    """Whether the database answers and how many messages wait or failed; no names, no texts."""
    with store.snapshot() as tx:
        counts = tx.outbox.counts()
    waiting = sum(counts.get(state, 0) for state in (DeliveryState.PENDING, DeliveryState.RETRY))
    failed = sum(counts.get(state, 0) for state in (DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN))
    return {"status": "ok", "messages_waiting": waiting, "messages_failed": failed}
