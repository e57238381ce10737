"""What was not sent because somebody's week was full, as a part of App Home."""

from collections.abc import Sequence

from bot import wording
from bot.settings import Settings
from bot.slack import blocks, notices
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import held as texts
from checkins.model import Delivery, DeliveryKind

MOST = 10


def waiting(held: Sequence[Delivery], commands: Settings) -> list[Block]:
    """The first of the messages, each with what to do about it, and how many more there are; nothing for none."""
    if not held:
        return []
    more = [blocks.context(texts.more(len(held) - MOST))] if len(held) > MOST else []
    listed = [_message(delivery, commands) for delivery in held[:MOST]]
    return [blocks.header(texts.HEADING), blocks.context(texts.WHY), *listed, *more]


def _message(delivery: Delivery, commands: Settings) -> Block:
    if delivery.kind is DeliveryKind.NOTICE:
        done = blocks.button(texts.DONE, Action.HELD_DONE, value=delivery.id)
        return blocks.section(notices.sentence(delivery, commands), accessory=done)
    preview = delivery.kind is DeliveryKind.DIGEST_PREVIEW
    said = texts.preview(wording.week(delivery.subject)) if preview else texts.DOUBT
    return blocks.section(said, accessory=blocks.button(texts.SEND, Action.HELD_SEND, value=delivery.id))
