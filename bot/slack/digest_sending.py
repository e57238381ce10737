"""Digests on their way out: texts from the stored edition, the picture uploaded once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.rendering import DigestTexts, digest_parts_slack, view_of
from bot.slack import digest_blocks
from bot.slack.blocks import Block
from bot.slack.composing import Composers, Content, Post
from bot.texts import digest as texts
from checkins import deliveries, publishing
from checkins.cadence import WEEKDAYS
from checkins.model import Delivery, DeliveryKind, MessageRef
from checkins.publishing import Edition

PATIENCE = 60.0  # seconds of real time that Slack gets to process a picture
PAUSE = 1.0

T = TypeVar("T")

log = structlog.get_logger()


async def digest(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """The channel's one message of the week."""
    edition, said = await load(context, delivery.subject)
    plain = digest_blocks.channel_message(said, picture=None)
    picture = await _shown_picture(context, client, edition, said)
    if picture is None:
        return Post(text=said.summary, blocks=plain)
    shown = digest_blocks.channel_message(said, picture=picture)
    return Post(text=said.summary, blocks=shown, without_picture=plain)


async def preview(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """What an admin reads before it is published; nothing once it is."""
    edition, said = await load(context, delivery.subject)
    if edition.published:
        return None
    week, channel = delivery.subject, edition.channel
    plain = digest_blocks.preview(said, week=week, channel=channel, picture=None)
    picture = await _shown_picture(context, client, edition, said)
    if picture is None:
        return Post(text=said.summary, blocks=plain)
    shown = digest_blocks.preview(said, week=week, channel=channel, picture=picture)
    return Post(text=said.summary, blocks=shown, without_picture=plain)


async def thread(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """Some teams' details below it. The subject is "week/part"."""
    week, _, part = delivery.subject.partition("/")
    edition, said = await load(context, week)
    parent = await context.run(deliveries.followed, context.store, delivery)
    if parent is None:
        return None
    if part == "0" and context.settings.digest_picture == "thread" and not said.quiet:
        await _uploaded(context, client, edition, into=parent)
    details = digest_blocks.thread_message(said, part=int(part))
    return Post(text=texts.teams(said.headline), blocks=details, thread=parent.id) if details else None


async def test(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """A word to the channel that was just chosen; nothing when another one was chosen meanwhile."""
    plan = await context.run(publishing.plan, context.store)
    if plan is None or plan.channel != delivery.subject:
        return None
    return Post(text=texts.test(WEEKDAYS[plan.weekday], f"{plan.at:%H:%M}"), blocks=digest_blocks.test_message(plan))


COMPOSERS: Composers = {
    DeliveryKind.DIGEST: digest,
    DeliveryKind.DIGEST_THREAD: thread,
    DeliveryKind.DIGEST_PREVIEW: preview,
    DeliveryKind.DIGEST_TEST: test,
}


async def load(context: Context, week: str) -> tuple[Edition, DigestTexts]:
    """A stored digest and its texts. Raises NotFound."""
    edition = await context.run(publishing.edition, context.store, week=week)
    return edition, digest_parts_slack(view_of(edition))


async def _shown_picture(context: Context, client: AsyncWebClient, edition: Edition, said: DigestTexts) -> str | None:
    """The id of the picture where it belongs into the message itself."""
    wanted = context.settings.digest_picture == "message" and not said.quiet
    return await _uploaded(context, client, edition) if wanted else None


async def _uploaded(
    context: Context, client: AsyncWebClient, edition: Edition, *, into: MessageRef | None = None
) -> str | None:
    """Slack's id of the digest's picture, uploaded at the first need; None without one.

    into: the message in whose thread the file is shared, so that everybody surely sees it; else it is shared nowhere.
    """
    stored = edition.digest
    if stored.picture_file or stored.picture is None:
        return stored.picture_file
    file = await _upload(client, name=f"trueline-{stored.week}.png", content=stored.picture, into=into)
    await context.run(publishing.picture_uploaded, context.store, week=stored.week, file=file)
    return file


async def _upload(client: AsyncWebClient, *, name: str, content: bytes, into: MessageRef | None) -> str:
    place = await client.files_getUploadURLExternal(filename=name, length=len(content))
    async with aiohttp.ClientSession() as session, session.post(place["upload_url"], data=content) as answer:
        answer.raise_for_status()
    await client.files_completeUploadExternal(
        files=[{"id": place["file_id"], "title": texts.PICTURE}],
        channel_id=into.channel if into else None,
        thread_ts=into.id if into else None,
    )
    return str(place["file_id"])


async def once_processed(
    post: Callable[[Sequence[Block]], Awaitable[T]], *, blocks: Sequence[Block], without_picture: Sequence[Block] | None
) -> T:
    """Post blocks whose picture Slack may still be processing; after a minute without the picture."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while True:
        try:
            return await post(blocks)
        except SlackApiError as error:
            if without_picture is None or not _unprocessed(error):
                raise
        if asyncio.get_running_loop().time() >= deadline:
            log.warning("picture_left_out")
            return await post(without_picture)
        await asyncio.sleep(PAUSE)


def _unprocessed(error: SlackApiError) -> bool:
    answer = error.response
    return answer.get("error") == "invalid_blocks" and "slack file" in str(answer.data)
