"""The pump: takes due deliveries from the outbox, has them sent, and settles what became of each."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog

from bot.context import Context
from checkins import deliveries
from checkins.model import Delivery, MessageRef

LEASE = timedelta(minutes=2)
BATCH = 10
MOST_TRIES = 8
WHILE_BLOCKED = timedelta(hours=1)
MOST_TRIES_BLOCKED = 7 * 24  # a week of hours; then the next digest is due

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived, or was found to have arrived before."""

    message: MessageRef


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Nothing has to be said any more."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """Surely not delivered; ask again after so many seconds."""

    seconds: float
    error: str


@dataclass(frozen=True, slots=True)
class Failed:
    """This address cannot be reached."""

    error: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Refused until somebody changes something. ``remedy`` tells the admins what, empty where they cannot be told."""

    error: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """The answer was lost: nobody knows yet whether it was delivered. Looked up when the lease has run out."""

    error: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It may have been delivered and cannot be looked up: the admins are asked."""

    error: str


Outcome = Sent | Unwanted | Postponed | Failed | Blocked | Lost | Doubtful


class Messenger(Protocol):
    """A platform's way of sending. Never raises for what the platform answers: it says so in the outcome."""

    async def send(self, delivery: Delivery) -> Outcome: ...


async def pump(context: Context, messenger: Messenger) -> int:
    """Send everything that is due, a few at a time; returns how many deliveries were handled."""
    pacer = Pacer(context.settings.messages_per_second)
    handled = 0
    while batch := await context.run(
        deliveries.claim, context.store, now=context.clock.now(), lease=LEASE, limit=BATCH
    ):
        for delivery in batch:
            await pacer.turn()
            await _deliver(context, messenger, delivery)
        handled += len(batch)
    return handled


class Pacer:
    """Spaces turns evenly in real time."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    async def turn(self) -> None:
        loop = asyncio.get_running_loop()
        wait = self._next - loop.time()
        self._next = max(loop.time(), self._next) + self._gap
        if wait > 0:
            await asyncio.sleep(wait)


async def _deliver(context: Context, messenger: Messenger, delivery: Delivery) -> None:
    if not await context.run(deliveries.wanted, context.store, delivery):
        return await context.run(deliveries.dropped, context.store, delivery)
    try:
        outcome = await messenger.send(delivery)
    except Exception as error:  # the border of delivery: one bad message must not stop the others
        log.exception("delivery_broke", key=delivery.key)
        outcome = Failed(f"{type(error).__name__}: {error}")
    await _settle(context, delivery, outcome)


async def _settle(context: Context, delivery: Delivery, outcome: Outcome) -> None:
    store, now = context.store, context.clock.now()
    log.debug("delivery", key=delivery.key, outcome=type(outcome).__name__)
    match outcome:
        case Sent(message):
            await context.run(deliveries.sent, store, delivery, message)
        case Unwanted():
            await context.run(deliveries.dropped, store, delivery)
        case Postponed(seconds, error) if delivery.attempts < MOST_TRIES:
            await context.run(
                deliveries.postponed, store, delivery, until=now + timedelta(seconds=seconds), error=error
            )
        case Blocked(error, remedy) if delivery.attempts < MOST_TRIES_BLOCKED:
            until = now + WHILE_BLOCKED
            await context.run(deliveries.blocked, store, delivery, until=until, error=error, remedy=remedy, now=now)
        case Failed(error) | Postponed(_, error) | Blocked(error, _):
            log.warning("delivery_failed", key=delivery.key, error=error)
            await context.run(deliveries.failed, store, delivery, error=error)
        case Doubtful(error):
            await context.run(deliveries.in_doubt, store, delivery, error=error, now=now)
        case Lost(error):
            log.warning("delivery_lost", key=delivery.key, error=error)
