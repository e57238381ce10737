"""The message shortcut that links a message to a goal, wherever it stands: in a channel, a thread or a conversation.

The list is of whoever uses the shortcut, not of the message's author.
"""

import asyncio
from collections.abc import Collection

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack import blocks, errors, goal_choice, linking_blocks
from bot.slack.ids import Action, Callback, Shortcut, unpack
from bot.slack.listening import actor, listener
from checkins import linking
from checkins.forms import GOAL
from checkins.model import MessageRef

PATIENCE = 1.0  # seconds for the message's address, which is nice to have; the form waits for it

log = structlog.get_logger()


def register(app: AsyncApp, context: Context) -> None:
    app.shortcut(Shortcut.LINK_MESSAGE)(listener(context, open_form))
    app.view(Callback.LINK)(listener(context, sent))
    app.options(Action.LINK_GOAL)(listener(context, suggest))


async def open_form(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, said = await actor(context, args), args.body["message"]
    message = MessageRef(channel=args.body["channel"]["id"], id=args.body["message_ts"])
    bench = await context.run(linking.bench, context.store, actor=person.id, message=message, now=context.clock.now())
    names = await context.run(_names, context, linking_blocks.mentioned(said))
    view = linking_blocks.form(bench, message, linking_blocks.text_of(said, names))
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)


def _names(context: Context, users: Collection[str]) -> dict[str, str]:
    """Names of those behind Slack accounts who are known."""
    with context.store.snapshot() as tx:
        known = tx.people.identities("slack").values() if users else ()
        people = {identity.user: identity.person for identity in known if identity.user in users}
        found = tx.people.by_ids(people.values())
    return {user: found[person].name for user, person in people.items()}


async def suggest(context: Context, args: AsyncArgs) -> None:
    """Goals that fit the words typed so far."""
    person, message = await actor(context, args), _message(args)
    bench = await context.run(linking.bench, context.store, actor=person.id, message=message, now=context.clock.now())
    groups = goal_choice.goal_groups(bench, str(args.payload["value"]))
    await (args.ack(option_groups=groups) if groups else args.ack(options=[]))


async def sent(context: Context, args: AsyncArgs) -> None:
    """Stored before it is acknowledged, so that a failure keeps what was typed on the screen."""
    person, message = await actor(context, args), _message(args)
    values, now = args.body["view"]["state"]["values"], context.clock.now()
    address, chosen = await _address(args.client, message), blocks.choice_of(values, "goal")
    await context.run(
        linking.link,
        context.store,
        actor=person.id,
        message=message,
        text=blocks.text_of(values, "text"),
        goal=chosen.removeprefix(GOAL) if chosen else None,
        address=address,
        now=now,
    )
    await args.ack()


def _message(args: AsyncArgs) -> MessageRef:
    channel, message = unpack(args.body["view"]["private_metadata"], "channel", "message")
    return MessageRef(channel=channel, id=message)


async def _address(client: AsyncWebClient, message: MessageRef) -> str:
    """The message's address, empty where the bot is not in its channel."""
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await client.chat_getPermalink(channel=message.channel, message_ts=message.id)
    except errors.TROUBLE as error:
        log.info("message_without_address", error=type(error).__name__)
        return ""
    return str(answer["permalink"])
