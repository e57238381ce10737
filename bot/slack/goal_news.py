"""Word of changes that concern somebody: the messages, and the button that says so."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack import goal_news_blocks, home
from bot.slack.changing import change_all
from bot.slack.composing import Change, Composers, Content, Post
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from checkins import goal_voices
from checkins.model import Delivery, DeliveryKind, MessageRef


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.CONCERNS_ME)(listener(context, concerns_me))


async def concerns_me(context: Context, args: AsyncArgs) -> None:
    """In a message the button gives way to what was said; from App Home the message goes."""
    await args.ack()
    person, now = await actor(context, args), context.clock.now()
    key = args.payload["value"]
    news = await context.run(goal_voices.concerns_me, context.store, actor=person.id, key=key, now=now)
    if "message" not in args.body:
        await home.redraw(context, args, person)
        return
    standing = MessageRef(channel=args.body["channel"]["id"], id=args.body["message"]["ts"])
    shown = goal_news_blocks.told(news, command=context.settings.goals_command)
    await change_all(args.client, [standing], text=goal_news_blocks.summary(news), shown=shown)


async def news(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """What was changed, as it stands when the message goes out."""
    found = (await context.run(goal_voices.read, context.store, delivery))[delivery.id]
    shown = goal_news_blocks.told(found, command=context.settings.goals_command)
    return Post(text=goal_news_blocks.summary(found), blocks=shown)


async def concern(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """Whose work a change changes; the message of the first who said so names the later ones too."""
    found = (await context.run(goal_voices.read, context.store, delivery)).get(delivery.id)
    if found is None:
        return None
    said = goal_news_blocks.voices(found)
    shown = goal_news_blocks.passed_on(found, command=context.settings.goals_command)
    if delivery.message:
        return Change(message=delivery.message, text=said, blocks=shown)
    return Post(text=said, blocks=shown)


COMPOSERS: Composers = {DeliveryKind.NEWS: news, DeliveryKind.CONCERN: concern}
