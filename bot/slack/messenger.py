"""Sending on Slack: a direct message or a channel's, once, and changes to what stands."""

from collections.abc import Mapping

from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.delivery import Doubtful, Failed, Outcome, Sent, Unwanted
from bot.slack import digest_sending, doubts, errors, goal_news, prompt_sending
from bot.slack.composing import Change, Composers, Post
from bot.slack.ids import Event
from checkins import deliveries
from checkins.model import Delivery, MessageRef

COMPOSERS: Composers = {
    **prompt_sending.COMPOSERS,
    **digest_sending.COMPOSERS,
    **doubts.COMPOSERS,
    **goal_news.COMPOSERS,
}
LOOKED_THROUGH = 200  # messages of a person's direct messages, newest first


class SlackMessenger:
    """Implements ``bot.delivery.Messenger``."""

    def __init__(self, context: Context, client: AsyncWebClient, composers: Composers = COMPOSERS) -> None:
        self._context = context
        self._client = client
        self._composers = composers

    async def send(self, delivery: Delivery) -> Outcome:
        """Compose and send; what may have gone out before is looked for in direct messages, asked about in channels."""
        try:
            content = await self._composers[delivery.kind](self._context, self._client, delivery)
            if content is None:
                return Unwanted()
            if isinstance(content, Change):
                return await self._change(delivery, content)
            if delivery.channel:
                return await self._post_in_channel(delivery, content, delivery.channel)
            return await self._post_directly(delivery, content)
        except errors.TROUBLE as error:
            return errors.repeatable(error, delivery)

    async def _change(self, delivery: Delivery, content: Change) -> Outcome:
        message = content.message
        try:
            await self._client.chat_update(
                channel=message.channel,
                ts=message.id,
                text=content.text,
                blocks=list(content.blocks),
                metadata=_metadata(delivery, key=delivery.after or delivery.key),
            )
        except errors.TROUBLE as error:
            return errors.changing(error, delivery)
        return Sent(message)

    async def _post_in_channel(self, delivery: Delivery, content: Post, channel: str) -> Outcome:
        if delivery.reclaimed:
            return Doubtful("no answer")
        return await self._post(delivery, content, channel)

    async def _post_directly(self, delivery: Delivery, content: Post) -> Outcome:
        channel = await self._direct_messages(delivery.person or "")
        if channel is None:
            return Failed("no Slack account")
        found = await self._find(delivery, channel) if delivery.reclaimed else None
        return Sent(found) if found else await self._post(delivery, content, channel)

    async def _post(self, delivery: Delivery, content: Post, channel: str) -> Outcome:
        try:
            answer = await self._client.chat_postMessage(
                channel=channel,
                text=content.text,
                blocks=list(content.blocks),
                thread_ts=content.thread,
                metadata=_metadata(delivery, key=delivery.key),
                unfurl_links=False,
                unfurl_media=False,
            )
        except errors.TROUBLE as error:
            return errors.posting(error, delivery)
        return Sent(MessageRef(channel=answer["channel"], id=answer["ts"]))

    async def _direct_messages(self, person: str) -> str | None:
        """The channel of a person's direct messages, opened once; None without an account on Slack."""
        store = self._context.store
        identity = await self._context.run(deliveries.account, store, person=person, platform="slack")
        if identity is None:
            return None
        if identity.channel:
            return identity.channel
        opened = await self._client.conversations_open(users=identity.user)
        channel = str(opened["channel"]["id"])
        await self._context.run(deliveries.channel_opened, store, identity, channel=channel)
        return channel

    async def _find(self, delivery: Delivery, channel: str) -> MessageRef | None:
        """The message of an earlier sender whose answer was lost."""
        answer = await self._client.conversations_history(
            channel=channel, include_all_metadata=True, limit=LOOKED_THROUGH
        )
        sent = (message for message in answer["messages"] if _key(message) == delivery.key)
        return next((MessageRef(channel=channel, id=message["ts"]) for message in sent), None)


def _metadata(delivery: Delivery, *, key: str) -> dict[str, object]:
    """What a message is, and the key by which a lost one is found again."""
    return {"event_type": f"{Event.DELIVERY}_{delivery.kind}", "event_payload": {"key": key}}


def _key(message: Mapping[str, object]) -> object:
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, Mapping) else None
    return payload.get("key") if isinstance(payload, Mapping) else None
