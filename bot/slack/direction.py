"""`/align vision`: where the organisation is going, for everybody at any time; admins edit it in a form."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import direction_blocks
from bot.slack.ids import Action, Callback
from bot.slack.listening import actor, listener, message_view
from bot.texts import direction as texts
from checkins import direction


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.STRATEGY_EDIT)(listener(context, opened))
    app.view(Callback.STRATEGY)(listener(context, sent))


async def show(context: Context, args: AsyncArgs, _: str) -> None:
    """The word `vision`."""
    person = await actor(context, args)
    found = await context.run(direction.shown, context.store, actor=person.id)
    said = direction_blocks.shown(found, zone=person.zone or "UTC")
    await args.respond(text=texts.TITLE, blocks=said, response_type="ephemeral")


async def opened(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person = await actor(context, args)
    strategy = await context.run(direction.form, context.store, actor=person.id)
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=direction_blocks.form(strategy))


async def sent(context: Context, args: AsyncArgs) -> None:
    """Stored before it is acknowledged, so that a problem is said at its field."""
    person, now = await actor(context, args), context.clock.now()
    strategy, why = direction_blocks.typed(args.body["view"]["state"]["values"])
    changed = await context.run(
        direction.set_strategy, context.store, actor=person.id, strategy=strategy, why=why, now=now
    )
    said = texts.STORED if changed else texts.AS_IT_WAS
    await args.ack(response_action="update", view=message_view(said, texts.TITLE))
