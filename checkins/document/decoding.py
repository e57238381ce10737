"""Text to plain values: JSON, and YAML read as YAML 1.2 does, so that ``NO`` is Norway and ``yes`` is a word."""

import json
import re
from collections.abc import Hashable
from typing import Any

import yaml

from checkins.errors import BadDocument, Fault


def decode(text: str) -> dict[str, Any]:
    """The document's top-level object. Raises BadDocument with the line and column of what cannot be read."""
    body = text.removeprefix("\ufeff")
    try:
        raw = _json(body) if body.lstrip().startswith("{") else yaml.load(body, Loader=_Loader)
    except (ValueError, yaml.YAMLError) as error:
        raise _refusal(_told(error)) from None
    except RecursionError:
        raise _refusal("the values are nested too deeply") from None
    if not isinstance(raw, dict):
        raise _refusal("an organisation document is one object that starts with its format and version")
    return raw


def _refusal(problem: str) -> BadDocument:
    return BadDocument([Fault("", problem)])


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg.lower()}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'an object names "{twice}" twice')
    return found


def _told(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        return f"line {mark.line + 1}, column {mark.column + 1}: {error.problem or 'cannot be read'}"
    return str(error)


class _Loader(yaml.SafeLoader):
    """YAML 1.2's plain words, no dates, no aliases (a short text could unfold into a huge one), no name twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(f'the alias "*{event.anchor}" is not read; write the value again')
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:str":
                raise ValueError(f"line {key.start_mark.line + 1}: the name of a field must be text")
            if key.value in seen:
                raise ValueError(f'line {key.start_mark.line + 1}: an object names "{key.value}" twice')
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), [*"tTfF"]
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), [*"-+0123456789"])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+|\.(?:inf|nan))$"),
    [*"-+0123456789."],
)
