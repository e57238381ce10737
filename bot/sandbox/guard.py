"""Keeps other sites away: only localhost by name, only same-origin requests that change something, a strict policy."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")


class LocalOnly:
    """Refuses foreign Host and Origin headers (DNS rebinding, cross-site requests) and sets the content policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not _welcome(host, headers):
            await self._refuse(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start" and not scope["path"].startswith("/api/"):
                MutableHeaders(scope=message).update(policy(host))
            await send(message)

        await self.app(scope, receive, guarded)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4403})
            return
        await PlainTextResponse("This page is for localhost only.", status_code=403)(scope, receive, send)


def _welcome(host: str, headers: Headers) -> bool:
    origin = headers.get("origin")
    same_site = headers.get("sec-fetch-site") in (None, "same-origin", "none")
    return host.rpartition(":")[0] in NAMES and origin in (None, f"http://{host}") and same_site


def policy(host: str) -> dict[str, str]:
    """Headers that let the page load nothing from elsewhere."""
    rules = (
        "default-src 'self'",
        f"connect-src 'self' ws://{host}",
        "img-src 'self' data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(rules),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }
