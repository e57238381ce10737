"""Free text written to the bot while a check-in is open: read, shown as a card, stored once it is confirmed."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import unescape
from bot.slack import blocks, expired_forms, form_blocks, free_text_blocks
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from bot.texts import free_text as texts
from checkins import answering, phrases
from checkins.answering import Desk
from checkins.errors import BadForm


def register(app: AsyncApp, context: Context) -> None:
    for action, work in (
        (Action.TEXT_RIGHT, looks_right),
        (Action.TEXT_CHANGE, change),
        (Action.TEXT_NOT_MEANT, not_meant),
        (Action.TEXT_GOAL, goal_chosen),
    ):
        app.action(action)(listener(context, work))


async def offer(args: AsyncArgs, desk: Desk, text: str) -> bool:
    """Show how a message would be read; False where it says nothing about work."""
    reading = phrases.read(unescape(text), goals=desk.goals, teams=desk.teams)
    if not reading.lines:
        return False
    await args.client.chat_postMessage(
        channel=args.payload["channel"],
        text=texts.READ,
        blocks=free_text_blocks.card(desk, reading),
        unfurl_links=False,
    )
    return True


async def looks_right(context: Context, args: AsyncArgs) -> None:
    """Store what the card shows; what is still missing opens the form, filled."""
    await args.ack()
    person, now = await actor(context, args), context.clock.now()
    prompt, draft = free_text_blocks.unpacked(args.payload["value"], args.body.get("state", {}).get("values", {}))
    try:
        await context.run(answering.submit, context.store, actor=person.id, prompt=prompt, draft=draft, now=now)
    except BadForm as missing:
        desk = await context.run(answering.mine, context.store, actor=person.id, prompt=prompt)
        view = form_blocks.form(desk, draft, notice=" ".join(dict.fromkeys(missing.problems.values())))
        await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)
    except expired_forms.EXPIRED as why:
        view = await expired_forms.again(context, person, draft, why)
        await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)
    else:
        await _replace(args, texts.STORED)


async def change(context: Context, args: AsyncArgs) -> None:
    """The form, filled with what was read."""
    await args.ack()
    person = await actor(context, args)
    prompt, draft = free_text_blocks.unpacked(args.payload["value"], args.body.get("state", {}).get("values", {}))
    try:
        desk = await context.run(answering.mine, context.store, actor=person.id, prompt=prompt)
        view = form_blocks.form(desk, draft)
    except expired_forms.EXPIRED as why:
        view = await expired_forms.again(context, person, draft, why)
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)


async def not_meant(_: Context, args: AsyncArgs) -> None:
    await args.ack()
    await _replace(args, texts.LEFT_ALONE)


async def goal_chosen(_: Context, args: AsyncArgs) -> None:
    """The choice stays in the card; nothing is stored yet."""
    await args.ack()


async def _replace(args: AsyncArgs, said: str) -> None:
    message = args.body["message"]
    await args.client.chat_update(
        channel=args.body["channel"]["id"], ts=message["ts"], text=said, blocks=[blocks.section(said)]
    )
