"""Notices: one sentence for one person, as it is sent and as it waits in App Home."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.escaping import escape
from bot.settings import Settings
from bot.slack import blocks
from bot.slack.composing import Content, Post
from bot.texts import prompts as texts
from bot.texts.commands import as_named
from checkins import missing_goals
from checkins.model import Delivery

ABOUT = "check_ins"  # in the body of those that the domain words itself, with names as people wrote them


async def notice(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    said = "\n".join([sentence(delivery, context.settings), *await _quotes(context, delivery)])
    return Post(text=said, blocks=[blocks.section(said)])


def sentence(delivery: Delivery, commands: Settings) -> str:
    said = as_named(str(delivery.body["text"]), commands)
    return escape(said) if ABOUT in delivery.body else said


async def _quotes(context: Context, delivery: Delivery) -> list[str]:
    """The words of answers are read when the notice goes out: of those erased meanwhile nothing is left."""
    if ABOUT not in delivery.body:
        return []
    reader, check_ins = str(delivery.person), delivery.body[ABOUT]
    quotes = await context.run(missing_goals.quoted, context.store, reader=reader, check_ins=check_ins)
    return [texts.quote(escape(quote)) for quote in quotes]
