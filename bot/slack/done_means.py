"""The owner of a goal says in a form what "done" means for it."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import done_means_blocks
from bot.slack.ids import Action, Callback, unpack
from bot.slack.listening import actor, listener
from checkins import done_means


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.DONE_MEANS)(listener(context, opened))
    app.view(Callback.DONE_MEANS)(listener(context, saved))


async def opened(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person = await actor(context, args)
    goal = await context.run(done_means.form, context.store, actor=person.id, goal=args.payload["value"])
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=done_means_blocks.form(goal))


async def saved(context: Context, args: AsyncArgs) -> None:
    person, view = await actor(context, args), args.body["view"]
    (goal,) = unpack(view["private_metadata"], "goal")
    said = done_means_blocks.typed(view["state"]["values"])
    await context.run(
        done_means.set_statements,
        context.store,
        actor=person.id,
        goal=goal,
        statements=said,
        now=context.clock.now(),
    )
    await args.ack()
