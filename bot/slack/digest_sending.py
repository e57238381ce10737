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
from checkins.model import Delivery, DeliveryKind
from checkins.publishing import Edition

PATIENCE = 60.0  # seconds of real time that Slack gets to process a picture
PAUSE = 1.0

T = TypeVar("T")

log = structlog.get_logger()


async def digest(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """The channel's one message of the week."""
    edition, said = await load(context, delivery.subject)
    picture = await picture_of(context, client, edition) if _placed(context, "message") and not said.quiet else None
    plain = digest_blocks.channel_message(said, picture=None)
    if picture is None:
        return Post(text=said.summary, blocks=plain)
    shown = digest_blocks.channel_message(said, picture=picture)
    return Post(text=said.summary, blocks=shown, without_picture=plain)


async def thread(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """Some teams' details below it. The subject is "week/part"."""
    week, _, part = delivery.subject.partition("/")
    edition, said = await load(context, week)
    parent = await context.run(deliveries.followed, context.store, delivery)
    picture = await picture_of(context, client, edition) if _placed(context, "thread") and part == "0" else None
    plain = digest_blocks.thread_message(said, part=int(part), picture=None)
    if not plain or parent is None:
        return None
    shown = digest_blocks.thread_message(said, part=int(part), picture=picture)
    return Post(
        text=texts.teams(said.headline), blocks=shown, thread=parent.id, without_picture=plain if picture else None
    )


async def preview(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """What an admin reads before it is published; nothing once it is."""
    edition, said = await load(context, delivery.subject)
    if edition.published:
        return None
    picture = await picture_of(context, client, edition) if not _placed(context, "off") and not said.quiet else None
    week, channel = delivery.subject, edition.channel
    shown = digest_blocks.preview(said, week=week, channel=channel, picture=picture)
    plain = digest_blocks.preview(said, week=week, channel=channel, picture=None)
    return Post(text=said.summary, blocks=shown, without_picture=plain if picture else None)


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


def _placed(context: Context, where: str) -> bool:
    return context.settings.digest_picture == where


async def picture_of(context: Context, client: AsyncWebClient, edition: Edition) -> str | None:
    """Slack's id of the digest's picture, uploaded at the first need and shared with no channel; None without one."""
    stored = edition.digest
    if stored.picture_file or stored.picture is None:
        return stored.picture_file
    file = await _upload(client, name=f"trueline-{stored.week}.png", content=stored.picture)
    await context.run(publishing.picture_uploaded, context.store, week=stored.week, file=file)
    return file


async def _upload(client: AsyncWebClient, *, name: str, content: bytes) -> str:
    # files_upload_v2 would share the file into a channel, which makes a second message.
    place = await client.files_getUploadURLExternal(filename=name, length=len(content))
    async with aiohttp.ClientSession() as session, session.post(place["upload_url"], data=content) as answer:
        answer.raise_for_status()
    await client.files_completeUploadExternal(files=[{"id": place["file_id"], "title": texts.PICTURE}])
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
