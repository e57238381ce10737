"""Publishing a digest that admins have read, and reading the newest one again."""

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from bot.context import Context
from bot.slack import blocks, digest_blocks, digest_sending
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from bot.texts import digest as texts
from checkins import publishing
from checkins.errors import TruelineError
from checkins.model import MessageRef

log = structlog.get_logger()


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.PUBLISH)(listener(context, publish))


async def publish(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, week = await actor(context, args), args.payload["value"]
    new = await context.run(publishing.publish, context.store, actor=person.id, week=week, now=context.clock.now())
    edition, said = await digest_sending.load(context, week)
    if not new:
        raise TruelineError(texts.ALREADY)
    note = digest_blocks.published_note(by=person.name, channel=edition.channel)
    shown = digest_blocks.published(said, note=note, picture=edition.digest.picture_file)
    for preview in await context.run(publishing.previews, context.store, week=week):
        await _replace(args, preview, text=note, shown=shown)


async def _replace(args: AsyncArgs, preview: MessageRef, *, text: str, shown: list[blocks.Block]) -> None:
    try:
        await args.client.chat_update(channel=preview.channel, ts=preview.id, text=text, blocks=shown)
    except SlackApiError as error:
        log.warning("preview_not_changed", slack=error.response.get("error"))


async def newest(context: Context, args: AsyncArgs, _: str) -> None:
    """The word `digest`: the newest published one, for this person only."""
    await actor(context, args)
    week = await context.run(publishing.latest_week, context.store)
    if week is None:
        await args.respond(texts.NONE_YET, response_type="ephemeral")
        return
    edition, said = await digest_sending.load(context, week)
    shown = digest_blocks.channel_message(said, picture=edition.digest.picture_file)
    await args.respond(text=said.summary, blocks=shown, response_type="ephemeral")
