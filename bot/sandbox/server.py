"""The web server: Web API, Socket Mode, response URLs, uploads and the page, on 127.0.0.1 only."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox import page_api, slack_api
from bot.sandbox.guard import LocalOnly
from bot.sandbox.workspace import Workspace

Handler = Callable[[Workspace, Request], Awaitable[Response]]


def build(workspace: Workspace) -> Starlette:
    """The application around a workspace."""

    async def link(websocket: WebSocket) -> None:
        await workspace.socket.serve(websocket, app_id=workspace.app.app_id)

    def route(path: str, handler: Handler, *methods: str) -> BaseRoute:
        return Route(path, partial(handler, workspace), methods=list(methods))

    routes = [
        route("/api/{method}", slack_api.call, "GET", "POST"),
        route("/commands/{team}/{name:path}", slack_api.use_response_url, "POST"),
        route("/actions/{team}/{name:path}", slack_api.use_response_url, "POST"),
        route("/app/{team}/{name:path}", slack_api.use_response_url, "POST"),
        route("/upload/v1/{secret}", slack_api.receive_upload, "POST"),
        WebSocketRoute("/link/", link),
        *page_api.routes(workspace),
    ]
    return Starlette(routes=routes, middleware=[Middleware(LocalOnly)])


@asynccontextmanager
async def serving(workspace: Workspace, port: int) -> AsyncIterator[str]:
    """Serve a workspace in the running loop. Signals stay with whoever runs the loop."""
    listener = _listener(port)
    workspace.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(_config(build(workspace)))
    workspace.hang_up = partial(_hang_up, server)
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.on_tick(0)
    await server.startup(sockets=[listener])
    try:
        yield workspace.url
    finally:
        await server.shutdown(sockets=[listener])


def _listener(port: int) -> socket.socket:
    # The protocol is named because asyncio turns Nagle's delay off only for sockets that say they are TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setblocking(False)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_ping_interval=None,
        date_header=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )


def _hang_up(server: uvicorn.Server, client: object) -> None:
    for connection in list(server.server_state.connections):
        transport = getattr(connection, "transport", None)
        if transport is not None and getattr(connection, "client", None) == client:
            transport.abort()
