"""What a Slack workspace holds, as plain mutable records; JSON shapes are Slack's own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

Json = dict[str, Any]

PALETTE = ("#4a6fa5", "#6b8f71", "#b07d62", "#8a6fae", "#5b8c99", "#a8637a", "#7a7f4f", "#c08a3e")


class Clock(Protocol):
    """Where message times come from; may be moved by the demo and the tests."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...


@dataclass(slots=True, kw_only=True)
class User:
    """A member of the workspace; an empty id is given by the sandbox. ``team`` and ``color`` are for the page only."""

    name: str
    real_name: str
    id: str = ""
    email: str = ""
    title: str = ""
    tz: str = "UTC"
    locale: str = "en-US"
    team: str = ""
    color: str = ""
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False

    def tz_offset(self, now: datetime) -> int:
        """Seconds east of UTC at an instant."""
        return int((now.astimezone(ZoneInfo(self.tz)).utcoffset() or timedelta()).total_seconds())


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation: ``kind`` is channel, im (``user`` is the person beside the bot) or mpim."""

    id: str
    name: str
    created: int
    kind: str = "channel"
    private: bool = False
    topic: str = ""
    archived: bool = False
    user: str = ""
    members: dict[str, None] = field(default_factory=dict)
    messages: list[Json] = field(default_factory=list)
    ephemerals: list[tuple[str, Json]] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The word that scopes use: channels, groups, im or mpim."""
        if self.kind != "channel":
            return self.kind
        return "groups" if self.private else "channels"

    def message(self, ts: str) -> Json | None:
        """The message with this time stamp; the newest are looked at first."""
        return next((message for message in reversed(self.messages) if message["ts"] == ts), None)

    def replies(self, thread_ts: str) -> list[Json]:
        """A thread: its parent first."""
        return [m for m in self.messages if m["ts"] == thread_ts or m.get("thread_ts") == thread_ts]


@dataclass(slots=True, kw_only=True)
class UserGroup:
    id: str
    handle: str
    name: str
    users: list[str]
    disabled: bool = False
    updated: int = 0


@dataclass(slots=True, kw_only=True)
class File:
    """An upload; usable in messages once ``ready_at`` (real time) has passed."""

    id: str
    name: str
    user: str
    created: int
    size: int = 0
    title: str = ""
    alt: str = ""
    secret: str = ""
    content: bytes | None = None
    ready_at: float | None = None
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class View:
    """A modal or a home view on one person's screen, with what they have typed into it."""

    id: str
    user: str
    hash: str
    body: Json
    values: Json
    root: str = ""
    previous: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    loading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Something the bot put on a screen; ``kind`` is message, ephemeral, modal or home."""

    method: str
    kind: str
    payload: Json
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A call of the bot that was answered with an error."""

    method: str
    error: str
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What Slack shows to a person when the app did not answer."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A button of the demo page that moves the world along."""

    id: str
    label: str
    hint: str
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Who the app is in this workspace: the ids that every payload carries."""

    team_id: str
    domain: str
    app_id: str
    bot_id: str
    bot_user: str
    verification_token: str
