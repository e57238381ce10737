"""The Web API's front door: token, scope, rate, fault switches, then the method; always JSON."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox import api_chat, api_conversations, api_files, api_users, api_views, response_urls
from bot.sandbox.arguments import Method, parsed
from bot.sandbox.errors import SlackError
from bot.sandbox.faults import Fault, seconds_to_wait
from bot.sandbox.state import Json, Refused
from bot.sandbox.workspace import Workspace

METHODS: dict[str, Method] = {
    **api_chat.METHODS,
    **api_conversations.METHODS,
    **api_files.METHODS,
    **api_users.METHODS,
    **api_views.METHODS,
}


async def call(workspace: Workspace, request: Request) -> Response:
    """One Web API call."""
    name = str(request.path_params["method"])
    workspace.calls[name] = workspace.calls.get(name, 0) + 1
    body = await request.body()
    fault = workspace.faults.take(name)
    try:
        args = parsed(request.url.query, body, request.headers.get("content-type", ""))
        method = _authorised(workspace, name, args, request.headers.get("authorization", ""))
        wait = _wait(workspace, name, args, fault)
        if wait is not None:
            return _ratelimited(workspace, name, wait)
        answer = _run(workspace, method, args, fault)
    except SlackError as refusal:
        workspace.refused.append(Refused(method=name, error=refusal.code, messages=refusal.messages))
        answer = refusal.body()
    if fault is not None and fault.kind == "lose_answer":
        workspace.hang_up(request.scope.get("client"))
    return JSONResponse(answer, headers=_headers(workspace, name))


def _authorised(workspace: Workspace, name: str, args: Json, header: str) -> Method:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    token = header.removeprefix("Bearer ").strip() or str(args.pop("token", ""))
    if not token:
        raise SlackError("not_authed")
    expected, other = workspace.bot_token, workspace.app_token
    if method.token == "app":
        expected, other = other, expected
    if secrets.compare_digest(token.encode(), other.encode()):
        raise SlackError("not_allowed_token_type")
    if not secrets.compare_digest(token.encode(), expected.encode()):
        raise SlackError("invalid_auth")
    if method.scope:
        workspace.require(method.scope)
    return method


def _wait(workspace: Workspace, name: str, args: Json, fault: Fault | None) -> int | None:
    if fault is not None and fault.kind == "rate_limit":
        return fault.seconds
    return seconds_to_wait(workspace.rate_limit, name, args, workspace.limited)


def _run(workspace: Workspace, method: Method, args: Json, fault: Fault | None) -> Json:
    if fault is not None and fault.kind == "fail":
        raise SlackError(fault.error)
    return method.run(workspace, args)


def _ratelimited(workspace: Workspace, name: str, seconds: int) -> Response:
    workspace.refused.append(Refused(method=name, error="ratelimited"))
    headers = {**_headers(workspace, name), "retry-after": str(seconds)}
    return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)


def _headers(workspace: Workspace, name: str) -> dict[str, str]:
    scopes = {"x-oauth-scopes": ",".join(workspace.manifest.scopes)}
    method = METHODS.get(name)
    accepted = {"x-accepted-oauth-scopes": method.scope} if method is not None and method.scope else {}
    return {**scopes, **accepted, "x-slack-req-id": secrets.token_hex(16)}


async def use_response_url(workspace: Workspace, request: Request) -> Response:
    """A message through a response URL."""
    body = await request.body()
    try:
        args = parsed("", body, request.headers.get("content-type", ""))
        response_urls.use(workspace, request.path_params["name"], args)
    except SlackError as refusal:
        workspace.refused.append(Refused(method="response_url", error=refusal.code, messages=refusal.messages))
        return JSONResponse(refusal.body(), status_code=404 if refusal.code.endswith("_url") else 400)
    return PlainTextResponse("ok")


async def receive_upload(workspace: Workspace, request: Request) -> Response:
    """The bytes of a file, sent to the URL that files.getUploadURLExternal gave."""
    content = await request.body()
    try:
        file = api_files.receive(workspace, request.path_params["secret"], content)
    except SlackError as refusal:
        return PlainTextResponse(refusal.code, status_code=400)
    return PlainTextResponse(f"OK - {file.size}")
