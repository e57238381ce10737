"""Notices: one sentence for one person, as it is sent and as it waits in App Home."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.escaping import escape
from bot.settings import Settings
from bot.slack import blocks, goal_detail_blocks, goal_review_blocks
from bot.slack.composing import Content, Post
from bot.texts import prompts as texts
from bot.texts.commands import as_named
from checkins import missing_goals
from checkins.model import Delivery

ABOUT = "check_ins"  # in the body of those that the domain words itself, with names as people wrote them
GOALS = "goals"  # the same, with the title of each goal by its id: each gets a button that opens it
REVIEWS = "reviews"  # the same with the names of teams, whose goals can be reviewed


async def notice(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    said = "\n".join([sentence(delivery, context.settings), *await _quotes(context, delivery)])
    opened = [
        goal_detail_blocks.named(goal, f"*{escape(title)}*") for goal, title in delivery.body.get(GOALS, {}).items()
    ]
    reviews = [
        blocks.section(f"*{escape(name)}*", accessory=goal_review_blocks.button(team))
        for team, name in delivery.body.get(REVIEWS, {}).items()
    ]
    return Post(text=said, blocks=[blocks.section(said), *opened, *reviews])


def sentence(delivery: Delivery, commands: Settings) -> str:
    said = as_named(str(delivery.body["text"]), commands)
    return escape(said) if {ABOUT, GOALS, REVIEWS} & delivery.body.keys() else said


async def _quotes(context: Context, delivery: Delivery) -> list[str]:
    """The words of answers are read when the notice goes out: of those erased meanwhile nothing is left."""
    if ABOUT not in delivery.body:
        return []
    reader, check_ins = str(delivery.person), delivery.body[ABOUT]
    quotes = await context.run(missing_goals.quoted, context.store, reader=reader, check_ins=check_ins)
    return [texts.quote(escape(quote)) for quote in quotes]
