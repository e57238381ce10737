"""The check-in's deliveries: what each says at the moment it goes out."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack import blocks, notices, prompt_blocks
from bot.slack.composing import Change, Composers, Content, Post
from bot.texts import prompts as texts
from checkins import answering, deliveries
from checkins.model import Delivery, DeliveryKind


async def prompt(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """The question; what was stored where the person has answered since it was claimed."""
    desk = await context.run(answering.desk, context.store, prompt=delivery.subject)
    if desk.answered:
        text, shown = prompt_blocks.standing(desk, bases=context.settings.bases)
        return Post(text=text, blocks=shown)
    question = texts.QUESTION if desk.last else texts.FIRST_QUESTION
    return Post(text=question, blocks=prompt_blocks.prompt(desk, bases=context.settings.bases))


async def reminder(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    desk = await context.run(answering.desk, context.store, prompt=delivery.subject)
    return Post(text=texts.STILL_OPEN, blocks=prompt_blocks.reminder(desk))


async def standing(context: Context, _: AsyncWebClient, delivery: Delivery) -> Content:
    """The prompt's own message, or a reminder of it, as it has to stand now."""
    desk = await context.run(answering.desk, context.store, prompt=delivery.subject)
    followed = await context.run(deliveries.followed, context.store, delivery)
    if followed and followed != desk.prompt.message:
        said = prompt_blocks.reminder_done(desk)
        return Change(message=followed, text=said, blocks=[blocks.context(said)])
    if desk.prompt.message is None:
        return None
    text, shown = prompt_blocks.standing(desk, bases=context.settings.bases)
    return Change(message=desk.prompt.message, text=text, blocks=shown)


COMPOSERS: Composers = {
    DeliveryKind.PROMPT: prompt,
    DeliveryKind.REMINDER: reminder,
    DeliveryKind.RECEIPT: standing,
    DeliveryKind.CLOSED: standing,
    DeliveryKind.NOTICE: notices.notice,
}
