"""From the workspace to the app: one delivery at a time with Slack's patience, events again when nobody takes them."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.state import Json

COMMAND = "slash_commands"
INTERACTIVE = "interactive"
EVENT = "events_api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A payload on its way; ``kind`` is Socket Mode's word for it."""

    kind: str
    payload: Json
    retry: int = 0
    retry_reason: str = ""


class Transport(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    async def deliver(self, envelope: Envelope) -> Json:
        """The app's acknowledgement, {} when it is bare; raises NotAcknowledged when the app cannot be reached."""
        ...


class Dispatcher:
    """Hands envelopes to the transport. Its delays are real time."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.acknowledge_within = timedelta(seconds=3)
        self.retry_delays = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
        self.under_way = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._first_tries: set[asyncio.Future[None]] = set()
        self._open = False

    def start(self) -> None:
        self._open = True

    async def stop(self) -> None:
        """Give up what is still to be delivered."""
        self._open = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def ask(self, envelope: Envelope) -> Json:
        """Deliver and wait for the acknowledgement; raises NotAcknowledged."""
        self.under_way += 1
        try:
            async with asyncio.timeout(self.acknowledge_within.total_seconds()):
                return await self.transport.deliver(envelope)
        except TimeoutError:
            raise NotAcknowledged("operation_timeout") from None
        finally:
            self.under_way -= 1

    def send_event(self, payload: Json) -> None:
        """Deliver an event in the background; without a running server nobody is there to be told."""
        if not self._open:
            return
        loop = asyncio.get_running_loop()
        tried: asyncio.Future[None] = loop.create_future()
        self._first_tries.add(tried)
        tried.add_done_callback(self._first_tries.discard)
        task = loop.create_task(self._insist(payload, tried))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def delivered(self) -> None:
        """Wait until every event under way has been tried once."""
        if self._first_tries:
            await asyncio.wait(self._first_tries)

    async def _insist(self, payload: Json, tried: "asyncio.Future[None]") -> None:
        reason = ""
        for attempt, delay in enumerate((timedelta(0), *self.retry_delays)):
            if delay:
                await asyncio.sleep(delay.total_seconds())
            try:
                await self.ask(Envelope(kind=EVENT, payload=payload, retry=attempt, retry_reason=reason))
                return
            except NotAcknowledged as failure:
                reason = "timeout" if failure.reason == "operation_timeout" else "connection_failed"
            finally:
                if not tried.done():
                    tried.set_result(None)
