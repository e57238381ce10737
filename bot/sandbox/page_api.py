"""The page's side of the sandbox: a snapshot as one person sees it, acting as that person, the demo's controls."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox import api_files
from bot.sandbox.errors import NotOnScreen, SlackError
from bot.sandbox.page_acts import ACTS
from bot.sandbox.page_state import snapshot
from bot.sandbox.person import Person
from bot.sandbox.state import Json
from bot.sandbox.workspace import Workspace

PAGE = Path(__file__).parent / "page"
MOST_UPLOADED = 10_000_000
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
SENTENCES = {
    "restricted_action": "This app does not take messages.",
    "is_archived": "This channel is archived.",
    "thread_not_found": "This thread is gone.",
}


def routes(workspace: Workspace) -> list[BaseRoute]:
    """Routes of the page."""

    async def events(websocket: WebSocket) -> None:
        await watch(workspace, websocket)

    def route(path: str, handler: Callable[[Workspace, Request], Awaitable[Response]], method: str) -> BaseRoute:
        return Route(path, partial(handler, workspace), methods=[method])

    return [
        route("/", index, "GET"),
        Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
        route("/sandbox/state", state, "GET"),
        route("/sandbox/act", act, "POST"),
        route("/sandbox/upload", upload, "POST"),
        route("/sandbox/control/{control}", run_control, "POST"),
        WebSocketRoute("/sandbox/events", events),
        route("/files/{file_id}/{name}", picture, "GET"),
        route("/files-pri/{key}/{name:path}", private_file, "GET"),
    ]


async def index(_workspace: Workspace, _request: Request) -> Response:
    """The page itself."""
    return FileResponse(PAGE / "index.html", media_type="text/html")


async def state(workspace: Workspace, request: Request) -> Response:
    """The snapshot of one person."""
    user_id = request.query_params.get("user", "")
    if user_id not in workspace.users:
        people = (user.id for user in workspace.users.values() if not user.is_bot and not user.deleted)
        user_id = next(people, "")
    if not user_id:
        return _failed("Nobody is in this workspace yet.", 404)
    return JSONResponse(snapshot(workspace, user_id))


async def watch(workspace: Workspace, websocket: WebSocket) -> None:
    """Tell the page the version whenever anything changes."""
    await websocket.accept()
    gone = asyncio.ensure_future(_gone(websocket))
    version = 0
    try:
        while not gone.done():
            if version != workspace.version:
                version = workspace.version
                await websocket.send_json({"version": version})
            news = asyncio.ensure_future(workspace.movement(since=version))
            await asyncio.wait((gone, news), return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
    except (WebSocketDisconnect, RuntimeError):
        return
    finally:
        gone.cancel()


async def _gone(websocket: WebSocket) -> None:
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


async def act(workspace: Workspace, request: Request) -> Response:
    """Do something as a person."""
    wanted = await _json(request)
    if wanted is None:
        return _failed("The request is not JSON.", 400)
    person = _person(workspace, wanted.get("user"))
    run = ACTS.get(str(wanted.get("kind")))
    if person is None or run is None:
        return _failed("Nobody can do that.", 400)
    try:
        answer = await run(workspace, person, wanted)
    except (NotOnScreen, KeyError) as missing:
        return _failed(f"That is not on the screen any more: {missing}")
    except SlackError as refusal:
        return _failed(SENTENCES.get(refusal.code, f"Slack says {refusal.code}."))
    return JSONResponse({"ok": True, **answer})


def _person(workspace: Workspace, user_id: Any) -> Person | None:
    return Person(workspace, user_id) if isinstance(user_id, str) and user_id in workspace.users else None


async def _json(request: Request) -> Json | None:
    """The JSON object of a request; other content types, which a foreign form could send, are refused."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return None
    try:
        body = json.loads(await request.body())
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


async def upload(workspace: Workspace, request: Request) -> Response:
    """A file that a person puts into a form: raw bytes, ?user=…&name=…; answers Slack's file object."""
    person = _person(workspace, request.query_params.get("user"))
    content = await request.body()
    if person is None or len(content) > MOST_UPLOADED:
        return _failed("That file cannot be taken.", 400)
    file = api_files.add_file(workspace, request.query_params.get("name", "file"), person.user.id, content)
    return JSONResponse({"ok": True, "file": api_files.described(workspace, file)})


async def run_control(workspace: Workspace, request: Request) -> Response:
    """Press one of the demo's buttons and wait until it is done."""
    name = request.path_params["control"]
    control = next((control for control in workspace.controls if control.id == name), None)
    if control is None:
        return _failed("There is no such control.", 404)
    if workspace.busy:
        return _failed("Something is still running.", 409)
    workspace.busy.add(name)
    workspace.changed()
    try:
        await control.run()
    finally:
        workspace.busy.discard(name)
        workspace.changed()
    return JSONResponse({"ok": True})


async def picture(workspace: Workspace, request: Request) -> Response:
    """A file as the page draws it; anything but a picture is a download."""
    return _file(workspace, request.path_params["file_id"])


async def private_file(workspace: Workspace, request: Request) -> Response:
    """A file as the app downloads it, with its token."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token != workspace.bot_token or "files:read" not in workspace.manifest.scopes:
        return Response(status_code=302, headers={"location": "/"})
    return _file(workspace, request.path_params["key"].partition("-")[2])


def _file(workspace: Workspace, file_id: str) -> Response:
    file = workspace.files.get(file_id)
    if file is None or file.content is None:
        return Response(status_code=404)
    kind = guess_type(file.name)[0]
    if kind in PICTURES:
        return Response(file.content, media_type=kind)
    headers = {"content-disposition": "attachment"}
    return Response(file.content, media_type="application/octet-stream", headers=headers)


def _failed(sentence: str, status: int = 200) -> Response:
    return JSONResponse({"ok": False, "error": sentence}, status_code=status)
