"""What was not sent because somebody's week was full, as a part of App Home."""

from collections.abc import Mapping, Sequence

from bot import wording
from bot.settings import Settings
from bot.slack import blocks, goal_news_blocks, notices
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import held as texts
from checkins.goal_voices import News
from checkins.model import Delivery, DeliveryKind

MOST = 10


def waiting(held: Sequence[Delivery], news: Mapping[str, News], commands: Settings) -> list[Block]:
    """The first of the messages, each with what to do about it, and how many more there are; nothing for none.

    news: what those about changes tell, by the delivery's id.
    """
    if not held:
        return []
    more = [blocks.context(texts.more(len(held) - MOST))] if len(held) > MOST else []
    listed = [block for delivery in held[:MOST] for block in _message(delivery, news.get(delivery.id), commands)]
    return [blocks.header(texts.HEADING), blocks.context(texts.WHY), *listed, *more]


def _message(delivery: Delivery, news: News | None, commands: Settings) -> list[Block]:
    done = blocks.button(texts.DONE, Action.HELD_DONE, value=delivery.id)
    if news:
        return goal_news_blocks.waiting(news, done, kind=delivery.kind)
    if delivery.kind is DeliveryKind.NOTICE:
        return [blocks.section(notices.sentence(delivery, commands), accessory=done)]
    preview = delivery.kind is DeliveryKind.DIGEST_PREVIEW
    said = texts.preview(wording.week(delivery.subject)) if preview else texts.DOUBT
    return [blocks.section(said, accessory=blocks.button(texts.SEND, Action.HELD_SEND, value=delivery.id))]
