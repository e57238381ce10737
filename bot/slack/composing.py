"""What a delivery becomes on Slack: each kind has one function that composes it, registered beside its feature."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack.blocks import Block
from checkins.model import Delivery, DeliveryKind, MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A new message to the delivery's person or channel. text: what notifications and screen readers say."""

    text: str
    blocks: Sequence[Block]
    thread: str | None = None  # the message (ts) that it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another content for a message that stands."""

    message: MessageRef
    text: str
    blocks: Sequence[Block]


Content = Post | Change | None  # None: nothing has to be said any more
Compose = Callable[[Context, AsyncWebClient, Delivery], Awaitable[Content]]
Composers = Mapping[DeliveryKind, Compose]
