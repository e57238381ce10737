"""Values of form elements as Slack keeps and sends them (``view.state.values``), and the checks of its client."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.block_kit import all_options, elements_of
from bot.sandbox.errors import NotOnScreen
from bot.sandbox.state import Json

REQUIRED = "Please complete this required field."


@dataclass(frozen=True, slots=True)
class Kind:
    """How one type of element holds its value: under which key, whence at first, and whether it is a list."""

    key: str
    initial: str
    many: bool = False


KINDS = {
    **{
        name: Kind("value", "initial_value")
        for name in ("plain_text_input", "email_text_input", "url_text_input", "number_input")
    },
    "rich_text_input": Kind("rich_text_value", "initial_value"),
    **{
        name: Kind("selected_option", "initial_option")
        for name in ("static_select", "external_select", "radio_buttons")
    },
    **{
        name: Kind("selected_options", "initial_options", many=True)
        for name in ("multi_static_select", "multi_external_select", "checkboxes")
    },
    "users_select": Kind("selected_user", "initial_user"),
    "multi_users_select": Kind("selected_users", "initial_users", many=True),
    "conversations_select": Kind("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Kind("selected_conversations", "initial_conversations", many=True),
    "channels_select": Kind("selected_channel", "initial_channel"),
    "multi_channels_select": Kind("selected_channels", "initial_channels", many=True),
    "datepicker": Kind("selected_date", "initial_date"),
    "timepicker": Kind("selected_time", "initial_time"),
    "datetimepicker": Kind("selected_date_time", "initial_date_time"),
    "file_input": Kind("files", "", many=True),
}
EXTERNAL = ("external_select", "multi_external_select")


def parts(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each element a person can act on, with its block."""
    for block in blocks:
        for element in elements_of(block):
            yield block, element


def first_value(element: Json) -> Json | None:
    """The state of an element nobody has touched; None for elements without a value."""
    kind = KINDS.get(element["type"])
    if kind is None:
        return None
    value = element.get(kind.initial) or ([] if kind.many else None)
    return {"type": element["type"], kind.key: value}


def first_values(blocks: list[Json], kept: Json | None = None) -> Json:
    """State of fresh blocks; what was typed into an element of the same ids and type stays, as on Slack's screen."""
    values: Json = {}
    for block, element in parts(blocks):
        value = first_value(element)
        if value is None:
            continue
        old = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
        stays = old is not None and old["type"] == value["type"]
        values.setdefault(block["block_id"], {})[element["action_id"]] = old if stays else value
    return values


def typed(element: Json, plain: Any, find: Callable[[str], Json]) -> Json:
    """The state of an element after a person enters a plain value.

    ``plain`` is text, an id, a date as text, an option's value or label, or a list of those; ``find`` turns the text
    of an option into the option and raises NotOnScreen where none fits. A state (a dict with ``type``) passes as it is.
    """
    if isinstance(plain, dict) and "type" in plain:
        return plain
    kind = KINDS[element["type"]]
    optional = kind.key.startswith("selected_option")
    if kind.many:
        chosen = [plain] if isinstance(plain, str | dict) else list(plain or ())
        return {"type": element["type"], kind.key: [_one(entry, optional, find) for entry in chosen]}
    value = None if plain in (None, "") else _one(plain, optional, find)
    return {"type": element["type"], kind.key: value}


def _one(plain: Any, optional: bool, find: Callable[[str], Json]) -> Any:
    if isinstance(plain, dict):
        return plain
    return find(str(plain)) if optional else str(plain)


def option_named(options: list[Json], wanted: str) -> Json:
    """The option with this value or else this label; raises NotOnScreen."""
    by_value = (option for option in options if option["value"] == wanted)
    by_label = (option for option in options if option["text"]["text"] == wanted)
    for option in (*by_value, *by_label):
        return option
    raise NotOnScreen(f"no option {wanted!r} among {[option['value'] for option in options]}")


def offered(element: Json, wanted: str) -> Json:
    """An option of a select that lists its options itself."""
    return option_named(all_options(element), wanted)


def complaints(blocks: list[Json], values: Json) -> dict[str, str]:
    """What Slack's client says, by block id, before it lets a form go."""
    found = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            sentence = _complaint(block, element, values[block["block_id"]][element["action_id"]])
            if sentence:
                found[block["block_id"]] = sentence
    return found


def _complaint(block: Json, element: Json, state: Json) -> str | None:
    value = state.get(KINDS[element["type"]].key)
    if not value:
        return None if block.get("optional") else REQUIRED
    if element["type"] == "plain_text_input":
        return _length_complaint(element, value)
    if element["type"] == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Enter a valid email address."
    if element["type"] == "url_text_input" and not re.match(r"https?://\S+", value):
        return "Enter a valid URL."
    return _number_complaint(element, value) if element["type"] == "number_input" else None


def _length_complaint(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Enter at most {element.get('max_length', 3000)} characters."
    return None


def _number_complaint(element: Json, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Enter a valid number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Enter a number of at most {element['max_value']}."
    return None
