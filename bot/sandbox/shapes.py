"""A small vocabulary for describing JSON: each check yields what is wrong, worded and pointed as Slack does."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = Callable[[Any, str], Iterator[str]]


def fault(sentence: str, pointer: str) -> str:
    return f"[ERROR] {sentence} [json-pointer:{pointer}]"


def length(text: str) -> int:
    """Characters as Slack's client counts them: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def anything(_value: Any, _pointer: str) -> Iterator[str]:
    yield from ()


def string(most: int, *, least: int = 1) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must be a string", pointer)
        elif length(value) > most:
            yield fault(f"must be less than {most + 1} characters", pointer)
        elif length(value) < least:
            yield fault(f"must be more than {least - 1} characters", pointer)

    return check


def boolean(value: Any, pointer: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield fault("must be a boolean", pointer)


def whole(low: int, high: int) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or not low <= value <= high:
            yield fault(f"must be a whole number between {low} and {high}", pointer)

    return check


def one_of(*allowed: str) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield fault(f"must be a valid enum value: {', '.join(allowed)}", pointer)

    return check


def matching(pattern: Callable[[str], Any], what: str) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str) or not pattern(value):
            yield fault(f"must be {what}", pointer)

    return check


def list_of(item: Check, *, most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must be an array", pointer)
            return
        if len(value) > most:
            yield fault(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield fault(f"no less than {least} items required", pointer)
        for position, entry in enumerate(value[:most]):
            yield from item(entry, f"{pointer}/{position}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these properties and no others; ``type`` is always allowed."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must be an object", pointer)
            return
        yield from (fault(f"missing required field: {name}", pointer) for name in required if name not in value)
        for name, entry in value.items():
            if name in known:
                yield from known[name](entry, f"{pointer}/{name}")
            elif name != "type":
                yield fault(f"invalid additional property: {name}", pointer)

    return check


def tagged(kinds: Mapping[str, Check]) -> Check:
    """An object whose ``type`` says which of these checks holds."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict) or "type" not in value:
            yield fault("missing required field: type", pointer)
        elif value["type"] not in kinds:
            yield fault(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            yield from kinds[value["type"]](value, pointer)

    return check


def both(*checks: Check) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        for one in checks:
            yield from one(value, pointer)

    return check
