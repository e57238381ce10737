"""The workspace in memory: who and what is there, what the app may do, and what is owed to whom."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.sandbox import envelopes
from bot.sandbox.dispatch import Dispatcher
from bot.sandbox.errors import SlackError
from bot.sandbox.faults import Faults, RateLimit
from bot.sandbox.grants import Replies, Triggers
from bot.sandbox.manifest import Manifest
from bot.sandbox.recording import Recorder
from bot.sandbox.socket import SocketMode
from bot.sandbox.state import (
    PALETTE,
    Alert,
    Channel,
    Clock,
    Control,
    File,
    Installation,
    Json,
    Refused,
    Sent,
    User,
    UserGroup,
    View,
)

T = TypeVar("T")
GLANCE = 0.01
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Workspace:
    """State and rules of one Slack workspace with one app installed in it."""

    def __init__(self, manifest: Json, clock: Clock, name: str, *, elapsed: Callable[[], float]) -> None:
        self.manifest = Manifest(manifest)
        self.clock = clock
        self.name = name
        self.elapsed = elapsed
        self.url = ""
        self.hang_up: Callable[[object], None] = lambda _client: None
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.files: dict[str, File] = {}
        self.modals: dict[str, list[View]] = defaultdict(list)
        self.homes: dict[str, View] = {}
        self.alerts: dict[str, list[Alert]] = defaultdict(list)
        self.controls: list[Control] = []
        self.busy: set[str] = set()
        self.status = ""
        self.refused: list[Refused] = []
        self.version = 1
        self.file_processing = timedelta(seconds=2)
        self.rate_limit: RateLimit = None
        self.calls: dict[str, int] = {}
        self.limited: dict[str, int] = {}
        self.faults = Faults()
        self.triggers = Triggers(elapsed)
        self.replies = Replies(elapsed)
        self.chosen: dict[tuple[str, str, str], Json] = {}  # what a person chose in a message: user, channel, ts
        self.recorder = Recorder(clock)
        self.socket = SocketMode()
        self.dispatcher = Dispatcher(self.socket)
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.app_token = f"xapp-1-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self._ims: dict[str, Channel] = {}
        self._ids = 0
        self._last_stamp = 0
        self._movement = asyncio.Event()
        self.app = self._install()

    def _install(self) -> Installation:
        bot = self.enrol(User(name=self.manifest.bot_name.lower(), real_name=self.manifest.bot_name, is_bot=True))
        domain = "".join(letter for letter in self.name.lower() if letter.isalnum()) or "workspace"
        return Installation(
            team_id=self.new_id("T"),
            domain=domain,
            app_id=self.new_id("A"),
            bot_id=self.new_id("B"),
            bot_user=bot.id,
            verification_token=secrets.token_hex(12),
        )

    @property
    def sent(self) -> list[Sent]:
        """Everything the bot put on a screen, oldest first."""
        return self.recorder.sent

    # Ids and time

    def new_id(self, letter: str) -> str:
        """An id in Slack's shape, the same ones in the same order on every run."""
        self._ids += 1
        number, digits = self._ids, ""
        while number:
            number, digit = divmod(number, 36)
            digits = DIGITS[digit] + digits
        return f"{letter}0{digits:0>9}"

    def stamp(self) -> str:
        """A message's ``ts``: the moved clock, unique and increasing."""
        micros = (self.clock.now() - EPOCH) // timedelta(microseconds=1)
        self._last_stamp = max(micros, self._last_stamp + 1)
        return f"{self._last_stamp // 10**6}.{self._last_stamp % 10**6:06d}"

    def seconds(self) -> int:
        """The moved clock in whole epoch seconds."""
        return int(self.clock.now().timestamp())

    # Who and where

    def enrol(self, user: User) -> User:
        """Take a user in; gives an id and a colour where there is none."""
        user.id = user.id or self.new_id("U")
        user.color = user.color or PALETTE[len(self.users) % len(PALETTE)]
        self.users[user.id] = user
        return user

    def user(self, user_id: Any) -> User:
        """Raises SlackError user_not_found."""
        found = self.users.get(str(user_id))
        if found is None:
            raise SlackError("user_not_found")
        return found

    def channel(self, name: Any) -> Channel:
        """The conversation with this id or #name that the bot can see; raises SlackError channel_not_found."""
        channel = self.channels.get(str(name)) or self._named(str(name).lstrip("#"))
        if channel is None or (channel.private and self.app.bot_user not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def _named(self, name: str) -> Channel | None:
        named = (channel for channel in self.channels.values() if channel.kind == "channel")
        return next((channel for channel in named if channel.name == name), None)

    def open_channel(self, **parts: Any) -> Channel:
        """A new conversation; the parts are those of Channel."""
        letter = {"im": "D", "mpim": "G"}.get(parts.get("kind", "channel"), "C")
        channel = Channel(id=self.new_id(letter), created=self.seconds(), **parts)
        self.channels[channel.id] = channel
        return channel

    def im(self, user_id: str) -> Channel:
        """The direct messages between a person and the bot."""
        if user_id in self._ims:
            return self._ims[user_id]
        members = dict.fromkeys((user_id, self.app.bot_user))
        self._ims[user_id] = self.open_channel(name=f"im-{user_id}", kind="im", user=user_id, members=members)
        return self._ims[user_id]

    # Rights

    def require(self, *scopes: str) -> None:
        """Any one of these scopes; raises SlackError missing_scope."""
        granted = self.manifest.scopes
        if scopes and not set(scopes) & set(granted):
            raise SlackError("missing_scope", needed=scopes[0], provided=",".join(granted))

    # What moves

    def changed(self) -> None:
        """Something a person can see has changed."""
        self.version += 1
        self._movement.set()
        self._movement = asyncio.Event()

    async def movement(self, *, since: int) -> int:
        """Wait until the version is past ``since``; returns the version."""
        while self.version <= since:
            await self._movement.wait()
        return self.version

    async def until(self, condition: Callable[[], T], *, within: float = 30.0) -> T:
        """Wait until the condition gives something true and return that; raises TimeoutError after real seconds.

        It is asked again at each change here and every few milliseconds, for what changes elsewhere.
        """
        async with asyncio.timeout(within):
            while not (found := condition()):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._movement.wait(), GLANCE)
            return found

    def alert(self, user_id: str, text: str) -> None:
        """Show a person an error, as Slack's client does."""
        self.alerts[user_id].append(Alert(id=self.new_id("L"), text=text))
        self.changed()

    def emit(self, event: Json, *, subscription: str = "") -> None:
        """Send an event to the app when its manifest subscribes to it."""
        if (subscription or event["type"]) in self.manifest.events:
            event_id = self.new_id("Ev")
            self.dispatcher.send_event(
                envelopes.event_callback(self.app, event, event_id=event_id, event_time=self.seconds())
            )

    def view(self, view_id: Any) -> View | None:
        """A view that is on somebody's screen."""
        everywhere = [*(view for stack in self.modals.values() for view in stack), *self.homes.values()]
        return next((view for view in everywhere if view.id == view_id), None)
