"""A channel message that may be missing: every admin is asked, the first click decides, and all of them see it."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.changing import change_all
from bot.slack.composing import Composers, Content, Post
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from bot.texts import sending as texts
from checkins import doubts
from checkins.model import Delivery, DeliveryKind


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.DOUBT_POST)(listener(context, post_it))
    app.action(Action.DOUBT_THERE)(listener(context, is_there))


async def post_it(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, key = await actor(context, args), args.payload["value"]
    now = context.clock.now()
    doubtful = await context.run(doubts.post_it, context.store, actor=person.id, key=key, now=now)
    await _tell_all(context, args, doubtful, texts.posted_again(escape(person.name)))


async def is_there(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, key = await actor(context, args), args.payload["value"]
    now = context.clock.now()
    doubtful = await context.run(doubts.is_there, context.store, actor=person.id, key=key, now=now)
    await _tell_all(context, args, doubtful, texts.found_there(escape(person.name)))


async def _tell_all(context: Context, args: AsyncArgs, doubtful: Delivery, outcome: str) -> None:
    asked = await context.run(doubts.questions, context.store, key=doubtful.key)
    shown = [blocks.section(texts.may_be_missing(doubtful)), blocks.context(outcome)]
    await change_all(args.client, asked, text=outcome, shown=shown)


async def question(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """What an admin is asked; nothing when another one has decided meanwhile. The subject is the delivery's key."""
    doubtful = await context.run(doubts.in_doubt, context.store, key=delivery.subject)
    if doubtful is None:
        return None
    said = texts.may_be_missing(doubtful)
    return Post(text=said, blocks=question_blocks(said, key=doubtful.key))


def question_blocks(said: str, *, key: str) -> list[Block]:
    post = blocks.button(texts.POST_IT, Action.DOUBT_POST, value=key)
    there = blocks.button(texts.IS_THERE, Action.DOUBT_THERE, value=key)
    return [blocks.section(said), blocks.actions(post, there)]


COMPOSERS: Composers = {DeliveryKind.DOUBT: question}
