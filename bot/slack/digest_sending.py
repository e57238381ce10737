"""Digests on their way out: texts from the stored edition, the picture uploaded once."""

from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.rendering import DigestTexts, digest_parts_slack, view_of
from bot.slack import digest_blocks
from bot.slack.blocks import Block
from bot.slack.composing import Change, Composers, Content, Post
from bot.slack.uploading import upload
from bot.texts import digest as texts
from checkins import deliveries, publishing
from checkins.cadence import WEEKDAYS
from checkins.model import Delivery, DeliveryKind, MessageRef
from checkins.publishing import Edition

PICTURE_TRIES = 6  # a minute in all; then the digest does not wait for its picture any more
PICTURE_LATER = timedelta(minutes=10)


async def digest(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """The channel's one message of the week."""
    edition, said = await load(context, delivery.subject)
    picture = await _picture_or_later(context, client, delivery, edition=edition, said=said)
    return Post(text=said.summary, blocks=channel_message(edition, said, picture=picture))


async def update(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """The digest's message once more, with the answers that came in after it was posted."""
    posted = await context.run(deliveries.followed, context.store, delivery)
    if posted is None:
        return None
    edition, said = await load(context, delivery.subject)
    picture = await _picture_or_later(context, client, delivery, edition=edition, said=said)
    return Change(message=posted, text=said.summary, blocks=channel_message(edition, said, picture=picture))


async def late_picture(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """The digest's message once more, with the picture that Slack had not processed in time."""
    posted = await context.run(deliveries.followed, context.store, delivery)
    if posted is None:
        return None
    edition, said = await load(context, delivery.subject)
    shown = channel_message(edition, said, picture=edition.digest.picture_file)
    return Change(message=posted, text=said.summary, blocks=shown)


async def preview(context: Context, client: AsyncWebClient, delivery: Delivery) -> Content:
    """What an admin reads before it is published; nothing once it is."""
    edition, said = await load(context, delivery.subject)
    if edition.published:
        return None
    picture = await _shown_picture(context, client, delivery, edition=edition, said=said)
    shown = digest_blocks.preview(said, week=delivery.subject, channel=edition.channel, picture=picture)
    return Post(text=said.summary, blocks=shown)


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


async def thread_update(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """The same details as they are now. The subject is "week/part"."""
    posted = await context.run(deliveries.followed, context.store, delivery)
    if posted is None:
        return None
    week, part = delivery.subject.split("/")
    edition, said = await load(context, week)
    details = digest_blocks.thread_message(said, part=int(part), updated=digest_blocks.updated(edition))
    return Change(message=posted, text=texts.teams(said.headline), blocks=details) if details else None


async def test(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """A word to the channel that was just chosen; nothing when another one was chosen meanwhile."""
    plan = await context.run(publishing.plan, context.store)
    if plan is None or plan.channel != delivery.subject:
        return None
    return Post(text=texts.test(WEEKDAYS[plan.weekday], f"{plan.at:%H:%M}"), blocks=digest_blocks.test_message(plan))


COMPOSERS: Composers = {
    DeliveryKind.DIGEST: digest,
    DeliveryKind.DIGEST_THREAD: thread,
    DeliveryKind.DIGEST_PICTURE: late_picture,
    DeliveryKind.DIGEST_UPDATE: update,
    DeliveryKind.DIGEST_THREAD_UPDATE: thread_update,
    DeliveryKind.DIGEST_PREVIEW: preview,
    DeliveryKind.DIGEST_TEST: test,
}


async def load(context: Context, week: str) -> tuple[Edition, DigestTexts]:
    """A stored digest and its texts. Raises NotFound."""
    edition = await context.run(publishing.edition, context.store, week=week)
    return edition, digest_parts_slack(view_of(edition))


def channel_message(edition: Edition, said: DigestTexts, *, picture: str | None) -> list[Block]:
    """The channel's message as it stands now. picture: the id of an uploaded file."""
    return digest_blocks.channel_message(said, picture=picture, updated=digest_blocks.updated(edition))


async def _picture_or_later(
    context: Context, client: AsyncWebClient, delivery: Delivery, *, edition: Edition, said: DigestTexts
) -> str | None:
    """The id of the picture; where Slack does not get it ready, it is added to the message later."""
    picture = await _shown_picture(context, client, delivery, edition=edition, said=said)
    if picture is None and edition.digest.picture_file and _shows_picture(context, said):
        later = context.clock.now() + PICTURE_LATER
        await context.run(publishing.owe_picture, context.store, delivery, not_before=later)
    return picture


async def _shown_picture(
    context: Context, client: AsyncWebClient, delivery: Delivery, *, edition: Edition, said: DigestTexts
) -> str | None:
    """The id of the picture where it belongs into the message itself and Slack may still get it ready."""
    tries = _shows_picture(context, said) and delivery.attempts < PICTURE_TRIES
    return await _uploaded(context, client, edition) if tries else None


def _shows_picture(context: Context, said: DigestTexts) -> bool:
    """Whether the picture belongs into the message itself."""
    return context.settings.digest_picture == "message" and not said.quiet


async def _uploaded(
    context: Context, client: AsyncWebClient, edition: Edition, *, into: MessageRef | None = None
) -> str | None:
    """Slack's id of the digest's picture, uploaded at the first need; None without one.

    into: the message in whose thread the file is shared, so that everybody surely sees it; else it is shared nowhere.
    """
    stored = edition.digest
    if stored.picture_file or stored.picture is None:
        return stored.picture_file
    file = await upload(
        client,
        name=f"trueline-{stored.week}.png",
        content=stored.picture,
        title=texts.PICTURE,
        channel=into.channel if into else None,
        thread=into.id if into else None,
    )
    await context.run(publishing.picture_uploaded, context.store, stored, file=file)
    return file
