"""What Slack refuses: messages, views and suggestions that break a limit, with the same pointers."""

import json
from collections.abc import Iterator
from typing import Any

from bot.sandbox.block_kit import BLOCKS, OPTION_GROUPS, PLAIN_OPTION, VIEWS, elements_of
from bot.sandbox.errors import SlackError
from bot.sandbox.shapes import anything, fault, length, list_of, record, string
from bot.sandbox.state import Json

MESSAGE_TEXT = 40_000
UPDATE_TEXT = 4_000
VIEW_BYTES = 250_000
METADATA_BYTES = 16_000


def _repeated(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def _unique_names(blocks: list[Json], pointer: str) -> Iterator[str]:
    blocks = [block for block in blocks if isinstance(block, dict)]
    for name in sorted(_repeated([block["block_id"] for block in blocks if "block_id" in block])):
        yield fault(f"block_id `{name}` already exists", pointer)
    for position, block in enumerate(blocks):
        for name in sorted(_repeated([element["action_id"] for element in elements_of(block)])):
            yield fault(f"action_id `{name}` already exists for this block", f"{pointer}/{position}")


def block_faults(blocks: Any, surface: str, pointer: str) -> list[str]:
    """Everything Slack would find wrong with blocks on a surface: message, modal or home."""
    faults = list(BLOCKS[surface](blocks, pointer))
    return faults if faults else list(_unique_names(blocks, pointer))


def check_message(args: Json) -> None:
    """Raises SlackError: no_text, msg_too_long, invalid_blocks, invalid_metadata_format or metadata_too_large."""
    if not any(args.get(part) for part in ("text", "blocks", "attachments")):
        raise SlackError("no_text")
    if length(args.get("text") or "") > MESSAGE_TEXT:
        raise SlackError("msg_too_long")
    for pointer, blocks in _block_lists(args):
        faults = block_faults(blocks, "message", pointer)
        if faults:
            raise SlackError("invalid_blocks", messages=faults)
    _check_metadata(args.get("metadata"))


def _block_lists(args: Json) -> Iterator[tuple[str, Any]]:
    if args.get("blocks"):
        yield "/blocks", args["blocks"]
    for position, attachment in enumerate(args.get("attachments") or ()):
        if "blocks" in attachment:
            yield f"/attachments/{position}/blocks", attachment["blocks"]


def _check_metadata(metadata: Any) -> None:
    if not metadata:
        return
    known = record({"event_type": string(255), "event_payload": anything}, {"entities": anything})
    faults = list(known(metadata, "/metadata"))
    if faults or not isinstance(metadata["event_payload"], dict):
        raise SlackError("invalid_metadata_format", messages=faults)
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")


def check_view(view: Any, *kinds: str) -> None:
    """Raises SlackError: view_too_large, or invalid_arguments naming every fault by its pointer."""
    if not isinstance(view, dict) or view.get("type") not in kinds:
        raise SlackError("invalid_arguments", messages=[fault(f"must be a view of type {kinds[0]}", "/view/type")])
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    faults = list(VIEWS[view["type"]](view, "/view"))
    faults = faults or [*_unique_names(view["blocks"], "/view/blocks"), *_modal_rules(view)]
    if faults:
        raise SlackError("invalid_arguments", messages=faults)


def _modal_rules(view: Json) -> Iterator[str]:
    asks = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and asks and "submit" not in view:
        yield fault("missing required field: submit", "/view")
    focused = [e for block in view["blocks"] for e in elements_of(block) if e.get("focus_on_load")]
    if len(focused) > 1:
        yield fault("only one element may have focus_on_load", "/view/blocks")


def check_options(answer: Any) -> list[str]:
    """What is wrong with the answer to a suggestion request."""
    if not isinstance(answer, dict) or ("options" in answer) == ("option_groups" in answer):
        return [fault("exactly one of options and option_groups must be given", "")]
    shape = list_of(PLAIN_OPTION, least=0, most=100) if "options" in answer else OPTION_GROUPS
    name = "options" if "options" in answer else "option_groups"
    return list(shape(answer[name], f"/{name}"))
