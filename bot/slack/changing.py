"""Messages that several people got, changed for all of them after one has decided."""

from collections.abc import Iterable, Sequence

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks import Block
from checkins.model import MessageRef

log = structlog.get_logger()


async def change_all(
    client: AsyncWebClient, messages: Iterable[MessageRef], *, text: str, shown: Sequence[Block]
) -> None:
    """Put the same content into each message; one that cannot be changed stays as it is."""
    for message in messages:
        try:
            await client.chat_update(channel=message.channel, ts=message.id, text=text, blocks=shown)
        except SlackApiError as error:
            log.warning("message_not_changed", slack=error.response.get("error"))
