"""Socket Mode: the app's websockets, envelopes out, acknowledgements in."""

import asyncio
import json
import secrets
from contextlib import suppress
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.dispatch import EVENT, Envelope
from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.state import Json


class Connection:
    """One websocket of the app and the envelopes that it has not acknowledged."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self.waiting: dict[str, asyncio.Future[Json]] = {}
        self.leaving = False

    async def send(self, message: Json) -> None:
        await self.websocket.send_text(json.dumps(message))

    def acknowledge(self, message: Json) -> None:
        """An answer to an envelope; unknown and late ones are ignored, as Slack does."""
        future = self.waiting.pop(message.get("envelope_id", ""), None)
        if future is not None and not future.done():
            future.set_result(message.get("payload") or {})

    def drop(self) -> None:
        """Nobody will answer on this connection any more."""
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(NotAcknowledged("connection_failed"))
        self.waiting.clear()


class SocketMode:
    """All connections of the app; each envelope goes to one of them, in turn."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []
        self._tickets: set[str] = set()

    def ticket(self) -> str:
        """A one-time ticket for a connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket, *, app_id: str) -> None:
        """Run one connection until either side leaves it."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(code=4401)
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        connection = Connection(websocket)
        await connection.send({"type": "hello", "num_connections": len(self.connections) + 1, **_about(app_id)})
        self.connections.append(connection)
        try:
            await self._listen(connection)
        finally:
            self.connections.remove(connection)
            connection.drop()

    async def _listen(self, connection: Connection) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                message = json.loads(await connection.websocket.receive_text())
                connection.acknowledge(message)

    async def deliver(self, envelope: Envelope) -> Json:
        """Send to the connection whose turn it is and wait for its answer."""
        ready = [connection for connection in self.connections if not connection.leaving]
        if not ready:
            raise NotAcknowledged("dispatch_failed")
        connection = ready[0]
        self.connections.remove(connection)
        self.connections.append(connection)
        name = str(uuid4())
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.waiting[name] = future
        try:
            await self._send(connection, name, envelope)
            return await future
        finally:
            connection.waiting.pop(name, None)

    async def _send(self, connection: Connection, name: str, envelope: Envelope) -> None:
        message: Json = {
            "envelope_id": name,
            "payload": envelope.payload,
            "type": envelope.kind,
            "accepts_response_payload": envelope.kind != EVENT,
        }
        if envelope.kind == EVENT:
            message |= {"retry_attempt": envelope.retry, "retry_reason": envelope.retry_reason}
        try:
            await connection.send(message)
        except (WebSocketDisconnect, RuntimeError):
            raise NotAcknowledged("connection_failed") from None

    async def refresh(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        for connection in list(self.connections):
            connection.leaving = True
            reason: Json = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "sandbox"}}
            await connection.send(reason)

    async def close(self) -> None:
        """Hang up on everybody."""
        for connection in list(self.connections):
            with suppress(RuntimeError, WebSocketDisconnect):
                await connection.websocket.close(code=1001)


def _about(app_id: str) -> Json:
    return {
        "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
        "connection_info": {"app_id": app_id},
    }
