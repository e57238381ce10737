"""App Home's messages that had no room in somebody's week: read there, or sent after all."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import home
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from checkins import held


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.HELD_DONE)(listener(context, done))
    app.action(Action.HELD_SEND)(listener(context, send))


async def done(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, delivery = await actor(context, args), args.payload["value"]
    await context.run(held.done, context.store, actor=person.id, delivery=delivery)
    await home.redraw(context, args, person)


async def send(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, delivery = await actor(context, args), args.payload["value"]
    await context.run(held.send, context.store, actor=person.id, delivery=delivery, now=context.clock.now())
    await home.redraw(context, args, person)
