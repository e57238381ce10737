"""Publishing a digest that admins have read, and reading the newest one again."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import digest_blocks, digest_sending
from bot.slack.changing import change_all
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from bot.texts import digest as texts
from checkins import publishing
from checkins.errors import TruelineError


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
    previews = await context.run(publishing.previews, context.store, week=week)
    await change_all(args.client, previews, text=note, shown=shown)


async def newest(context: Context, args: AsyncArgs, _: str) -> None:
    """The word `digest`: the newest published one, for this person only."""
    await actor(context, args)
    week = await context.run(publishing.latest_week, context.store)
    if week is None:
        await args.respond(texts.NONE_YET, response_type="ephemeral")
        return
    edition, said = await digest_sending.load(context, week)
    shown = digest_sending.channel_message(edition, said, picture=edition.digest.picture_file)
    await args.respond(text=said.summary, blocks=shown, response_type="ephemeral")
