"""Short-lived rights that Slack hands out with an interaction: trigger ids and response URLs. They age in real time."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox.errors import SlackError

KEPT = 5000


@dataclass(slots=True)
class Trigger:
    user: str
    born: float
    view: str | None = None
    used: bool = False


@dataclass(slots=True)
class Reply:
    """Where a response URL leads: the channel, the person, the message acted on, and the command typed."""

    user: str
    channel: str
    born: float
    message: str | None = None
    ephemeral: bool = False
    command: str = ""
    uses: int = 0


class Triggers:
    """Trigger ids: each opens one view, within ``life``."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self.life = timedelta(seconds=3)
        self._elapsed = elapsed
        self._given: dict[str, Trigger] = {}

    def give(self, user: str, *, view: str | None = None) -> str:
        """A fresh trigger id; ``view`` is the modal in which the interaction happened."""
        _forget_oldest(self._given)
        name = f"{len(self._given) + 1}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._given[name] = Trigger(user, self._elapsed(), view)
        return name

    def exchange(self, name: str) -> Trigger:
        """Use a trigger; raises SlackError invalid_trigger_id, exchanged_trigger_id or expired_trigger_id."""
        trigger = self._given.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._elapsed() - trigger.born > self.life.total_seconds():
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger


class Replies:
    """Response URLs: five uses within half an hour."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self.life = timedelta(minutes=30)
        self.uses = 5
        self._elapsed = elapsed
        self._given: dict[str, Reply] = {}

    def give(
        self, user: str, channel: str, *, message: str | None = None, ephemeral: bool = False, command: str = ""
    ) -> str:
        """The secret part of a fresh response URL."""
        _forget_oldest(self._given)
        name = f"{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        self._given[name] = Reply(user, channel, self._elapsed(), message, ephemeral, command)
        return name

    def use(self, name: str) -> Reply:
        """Count one use; raises SlackError expired_url or used_url."""
        reply = self._given.get(name)
        if reply is None or self._elapsed() - reply.born > self.life.total_seconds():
            raise SlackError("expired_url")
        if reply.uses >= self.uses:
            raise SlackError("used_url")
        reply.uses += 1
        return reply


def _forget_oldest(given: dict[str, Trigger] | dict[str, Reply]) -> None:
    if len(given) >= KEPT:
        del given[next(iter(given))]
