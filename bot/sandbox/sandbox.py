"""The sandbox: a workspace one can furnish, serve on localhost, act in, and break on purpose."""

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from bot.sandbox.api_conversations import described as channel_body
from bot.sandbox.api_users import described as user_body
from bot.sandbox.api_users import group_body
from bot.sandbox.http_delivery import HttpDelivery
from bot.sandbox.server import serving
from bot.sandbox.state import Channel, Clock, Json, User, UserGroup
from bot.sandbox.visitor import Visitor
from bot.sandbox.workspace import Workspace


class Sandbox(Workspace):
    """A Slack-compatible workspace with one app installed, described by its manifest document.

    ``clock`` gives the times of messages and may be moved; ``elapsed`` gives real seconds, by which triggers,
    acknowledgements, retries, uploads and response URLs age.
    """

    def __init__(
        self, manifest: Json, clock: Clock, name: str = "Sandbox", *, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(manifest, clock, name, elapsed=elapsed)
        self._http: list[HttpDelivery] = []

    # Furnishing

    def add_user(self, user: User) -> User:
        """Take a person in without telling the app; their id is given when empty."""
        return self.enrol(user)

    def add_channel(
        self, name: str, members: Iterable[str] = (), topic: str = "", *, private: bool = False, with_bot: bool = False
    ) -> Channel:
        """A channel with these people (user ids); the bot is in it only on request."""
        everyone = [*members, *([self.app.bot_user] if with_bot else [])]
        return self.open_channel(name=name, members=dict.fromkeys(everyone), topic=topic, private=private)

    def add_usergroup(self, handle: str, name: str, users: Iterable[str]) -> UserGroup:
        group = UserGroup(id=self.new_id("S"), handle=handle, name=name, users=list(users), updated=self.seconds())
        self.usergroups[group.id] = group
        return group

    def as_person(self, user_id: str) -> Visitor:
        """Act and look as one person."""
        return Visitor(self, user_id)

    # Serving

    @asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator[str]:
        """Serve on 127.0.0.1 in the running loop while the block runs; gives "http://127.0.0.1:PORT"."""
        async with serving(self, port) as url:
            self.dispatcher.start()
            try:
                yield url
            finally:
                await self.dispatcher.stop()
                await self.socket.close()
                for delivery in self._http:
                    await delivery.close()
                self._http.clear()

    async def deliver_to(self, request_url: str) -> None:
        """Deliver by signed HTTP from now on; raises NotAcknowledged when the URL fails Slack's challenge."""
        delivery = HttpDelivery(request_url, self.signing_secret)
        self._http.append(delivery)
        await delivery.verify(token=self.app.verification_token)
        self.dispatcher.transport = delivery

    async def delivered(self) -> None:
        """Wait until every event under way has been tried once."""
        await self.dispatcher.delivered()

    # What administrators do; the app is told where it subscribes

    def join_team(self, user: User) -> User:
        """A new member of the workspace: team_join."""
        self.enrol(user)
        self._announce({"type": "team_join", "user": user_body(self, user)})
        return user

    def change_user(self, user_id: str, **changes: Any) -> None:
        """Change fields of a user (tz, deleted, real_name, …): user_change."""
        user = self.user(user_id)
        for name, value in changes.items():
            setattr(user, name, value)
        self._announce({"type": "user_change", "user": {**user_body(self, user), "locale": user.locale}})

    def join_channel(self, channel_id: str, user_id: str) -> None:
        """Somebody, or the bot by invitation, enters a channel: member_joined_channel."""
        channel = self.channels[channel_id]
        channel.members[user_id] = None
        self._announce_member("member_joined_channel", channel, user_id)

    def leave_channel(self, channel_id: str, user_id: str) -> None:
        """Somebody, or the bot, leaves or is removed: member_left_channel (channel_left for the bot itself)."""
        channel = self.channels[channel_id]
        bot_was_there = self.app.bot_user in channel.members
        channel.members.pop(user_id, None)
        if user_id == self.app.bot_user:
            left = "group_left" if channel.private else "channel_left"
            self._announce({"type": left, "channel": channel.id, "actor_id": ""})
        elif bot_was_there:
            self._announce_member("member_left_channel", channel, user_id)

    def _announce_member(self, kind: str, channel: Channel, user_id: str) -> None:
        where = {"channel": channel.id, "channel_type": "G" if channel.private else "C", "team": self.app.team_id}
        if self.app.bot_user in channel.members:
            self._announce({"type": kind, "user": user_id, **where})
        self.changed()

    def archive_channel(self, channel_id: str, *, by: str) -> None:
        """channel_archive, group_archive for private ones."""
        channel = self.channels[channel_id]
        channel.archived = True
        kind = "group" if channel.private else "channel"
        self._announce({"type": f"{kind}_archive", "channel": channel.id, "user": by})

    def rename_channel(self, channel_id: str, name: str) -> None:
        """channel_rename, group_rename for private ones."""
        channel = self.channels[channel_id]
        channel.name = name
        body = channel_body(self, channel)
        kind = "group" if channel.private else "channel"
        parts = {part: body[part] for part in ("id", "name", "name_normalized", "created")}
        self._announce({"type": f"{kind}_rename", "channel": parts})

    def change_usergroup(self, group_id: str, users: Iterable[str]) -> None:
        """Other people in a user group: subteam_members_changed and subteam_updated."""
        group, wanted = self.usergroups[group_id], list(users)
        added = [user for user in wanted if user not in group.users]
        removed = [user for user in group.users if user not in wanted]
        before, group.users, group.updated = group.updated, wanted, self.seconds()
        change = {
            "subteam_id": group.id,
            "team_id": self.app.team_id,
            "date_previous_update": before,
            "date_update": group.updated,
            "added_users": added,
            "added_users_count": str(len(added)),
            "removed_users": removed,
            "removed_users_count": str(len(removed)),
        }
        self._announce({"type": "subteam_members_changed", **change})
        self._announce({"type": "subteam_updated", "subteam": group_body(self, group)})

    def disable_usergroup(self, group_id: str) -> None:
        """Switch a user group off: subteam_updated; its members are kept."""
        group = self.usergroups[group_id]
        group.disabled, group.updated = True, self.seconds()
        self._announce({"type": "subteam_updated", "subteam": group_body(self, group)})

    def uninstall(self) -> None:
        """Remove the app: tokens_revoked and app_uninstalled; its tokens stop working."""
        self._announce({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.app.bot_user]}})
        self._announce({"type": "app_uninstalled"})
        self.bot_token = f"revoked-{self.new_id('X')}"

    def _announce(self, event: Json) -> None:
        self.emit({**event, "event_ts": self.stamp()})
        self.changed()
