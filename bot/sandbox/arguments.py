"""Arguments of Web API calls, however they come: query, form or JSON; and what a method is."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from bot.sandbox.errors import SlackError
from bot.sandbox.shapes import fault
from bot.sandbox.state import Json
from bot.sandbox.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Method:
    """A Web API method; ``scope`` is what its token must have, ``token`` says which token that is."""

    run: Callable[[Workspace, Json], Json]
    scope: str = ""
    token: str = "bot"


def parsed(query: str, body: bytes, content_type: str) -> Json:
    """All arguments of a call; raises SlackError invalid_json."""
    args: Json = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        try:
            args |= json.loads(body or b"{}")
        except (ValueError, TypeError):
            raise SlackError("invalid_json") from None
    else:
        args |= parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return args


def structured(args: Json, *names: str, error: str = "invalid_arguments") -> Json:
    """Arguments with the named ones decoded where they came as JSON in a string; raises SlackError."""
    decoded = {name: _decoded(args[name], error) for name in names if isinstance(args.get(name), str) and args[name]}
    return {**args, **decoded}


def _decoded(value: str, error: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise SlackError(error) from None


def required(args: Json, name: str) -> Any:
    """An argument that must be there; raises SlackError invalid_arguments."""
    if not args.get(name):
        raise SlackError("invalid_arguments", messages=[fault(f"missing required field: {name}", "")])
    return args[name]


def truth(args: Json, name: str, *, default: bool = False) -> bool:
    """A boolean as Slack reads them: true, "true", 1 and "1"."""
    return args[name] in (True, "true", "True", 1, "1") if name in args else default


def page(entries: list[T], args: Json, *, default: int = 100, most: int = 1000) -> tuple[list[T], str]:
    """One page of a list and the cursor of the next, "" at the end; raises SlackError for a bad cursor or limit."""
    try:
        start = int(base64.b64decode(args["cursor"]).decode().removeprefix("next:")) if args.get("cursor") else 0
    except ValueError:
        raise SlackError("invalid_cursor") from None
    try:
        size = int(args.get("limit") or default)
    except ValueError:
        raise SlackError("invalid_limit") from None
    end = start + max(1, min(size, most))
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(entries) else ""
    return entries[start:end], cursor
