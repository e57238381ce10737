"""Block Kit as shapes: which parts blocks, elements and views have, and how much fits into each."""

import re
from collections.abc import Iterator

from bot.sandbox.shapes import (
    Check,
    anything,
    boolean,
    both,
    fault,
    list_of,
    matching,
    one_of,
    record,
    string,
    tagged,
    whole,
)
from bot.sandbox.state import Json

ID = string(255)


def plain(most: int) -> Check:
    return tagged({"plain_text": record({"text": string(most)}, {"emoji": boolean})})


def text(most: int) -> Check:
    marked = record({"text": string(most)}, {"verbatim": boolean})
    return tagged({"plain_text": record({"text": string(most)}, {"emoji": boolean}), "mrkdwn": marked})


CONFIRM = record(
    {"text": text(300)},
    {"title": plain(100), "confirm": plain(30), "deny": plain(30), "style": one_of("primary", "danger")},
)
OPTION = record({"text": text(75), "value": string(150)}, {"description": text(75)})
PLAIN_OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75)})
LINK_OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": string(3000)})
OPTIONS = list_of(PLAIN_OPTION, most=100)
OPTION_GROUPS = list_of(record({"label": plain(75), "options": OPTIONS}), most=100)
CHOICES = list_of(OPTION, most=10)
COMMON = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
PLACED = {**COMMON, "placeholder": plain(150)}
MANY = {"max_selected_items": whole(1, 1000)}
DATE = matching(re.compile(r"\d{4}-\d\d-\d\d").fullmatch, "a date as YYYY-MM-DD")
TIME = matching(re.compile(r"([01]\d|2[0-3]):[0-5]\d").fullmatch, "a time as HH:mm")
DISPATCH = record(
    {}, {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), least=1, most=2)}
)
TYPED = {"action_id": ID, "focus_on_load": boolean, "placeholder": plain(150), "dispatch_action_config": DISPATCH}


def _one_list(value: Json, pointer: str) -> Iterator[str]:
    if ("options" in value) == ("option_groups" in value):
        yield fault("exactly one of options and option_groups must be given", pointer)


def _known_initials(value: Json, pointer: str) -> Iterator[str]:
    offered = all_options(value)
    chosen = [value["initial_option"]] if "initial_option" in value else value.get("initial_options", [])
    for option in chosen:
        if option not in offered:
            yield fault("initial_option must match one of the options", pointer)


def all_options(element: Json) -> list[Json]:
    """Every option of a select, those in groups too."""
    grouped = [option for group in element.get("option_groups", ()) for option in group.get("options", ())]
    return [*element.get("options", ()), *grouped]


def _listed(optional: dict[str, Check]) -> Check:
    shape = record({}, {**PLACED, "options": OPTIONS, "option_groups": OPTION_GROUPS, **optional})
    return both(shape, _one_list, _known_initials)


def _picked(name: str, *, many: bool) -> Check:
    filters = {"filter": anything, "default_to_current_conversation": boolean, "response_url_enabled": boolean}
    initial = {f"initial_{name}s": list_of(ID, most=100)} if many else {f"initial_{name}": ID}
    return record({}, {**PLACED, **filters, **initial, **(MANY if many else {})})


SELECTS: dict[str, Check] = {
    "static_select": _listed({"initial_option": PLAIN_OPTION}),
    "multi_static_select": _listed({"initial_options": OPTIONS, **MANY}),
    "external_select": record({}, {**PLACED, "initial_option": PLAIN_OPTION, "min_query_length": whole(0, 100)}),
    "multi_external_select": record(
        {}, {**PLACED, "initial_options": OPTIONS, "min_query_length": whole(0, 100), **MANY}
    ),
    "users_select": _picked("user", many=False),
    "multi_users_select": _picked("user", many=True),
    "conversations_select": _picked("conversation", many=False),
    "multi_conversations_select": _picked("conversation", many=True),
    "channels_select": _picked("channel", many=False),
    "multi_channels_select": _picked("channel", many=True),
}
PICKERS: dict[str, Check] = {
    "checkboxes": both(
        record({"options": CHOICES}, {**COMMON, "initial_options": list_of(OPTION, most=10)}), _known_initials
    ),
    "radio_buttons": both(record({"options": CHOICES}, {**COMMON, "initial_option": OPTION}), _known_initials),
    "datepicker": record({}, {**PLACED, "initial_date": DATE}),
    "timepicker": record({}, {**PLACED, "initial_time": TIME, "timezone": string(100)}),
    "datetimepicker": record({}, {**COMMON, "initial_date_time": whole(10**9, 10**10 - 1)}),
}
BUTTON = record(
    {"text": plain(75)},
    {
        "action_id": ID,
        "confirm": CONFIRM,
        "value": string(2000, least=0),
        "url": string(3000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
OVERFLOW = record(
    {"options": list_of(LINK_OPTION, most=5)},
    {"action_id": ID, "confirm": CONFIRM},
)
PRESSED: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW}
TEXT_INPUTS: dict[str, Check] = {
    "plain_text_input": record(
        {},
        {
            **TYPED,
            "initial_value": string(3000, least=0),
            "multiline": boolean,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
    ),
    "email_text_input": record({}, {**TYPED, "initial_value": string(3000, least=0)}),
    "url_text_input": record({}, {**TYPED, "initial_value": string(3000, least=0)}),
    "number_input": record(
        {"is_decimal_allowed": boolean},
        {**TYPED, "initial_value": string(100, least=0), "min_value": string(100), "max_value": string(100)},
    ),
    "rich_text_input": record({}, {**TYPED, "initial_value": anything}),
}
FILE_INPUT: dict[str, Check] = {
    "file_input": record({}, {"action_id": ID, "filetypes": list_of(string(20), most=100), "max_files": whole(1, 10)})
}


def _one_picture(value: Json, pointer: str) -> Iterator[str]:
    if ("image_url" in value) == ("slack_file" in value):
        yield fault("exactly one of image_url and slack_file must be given", pointer)


PICTURE: dict[str, Check] = {
    "image_url": string(3000),
    "slack_file": record({}, {"id": string(255), "url": string(3000)}),
}
IMAGE_ELEMENT = both(record({"alt_text": string(2000)}, PICTURE), _one_picture)
IMAGE_BLOCK = both(record({"alt_text": string(2000)}, {**PICTURE, "title": plain(2000), "block_id": ID}), _one_picture)


def _has_words(value: Json, pointer: str) -> Iterator[str]:
    if "text" not in value and "fields" not in value:
        yield fault("missing required field: text or fields", pointer)


def _block_kinds(surface: str) -> dict[str, Check]:
    inputs = {**TEXT_INPUTS, **SELECTS, **PICKERS, **(FILE_INPUT if surface == "modal" else {})}
    named = {"block_id": ID}
    accessory = tagged({**SELECTS, **PICKERS, **PRESSED, "image": IMAGE_ELEMENT})
    section = {"text": text(3000), "fields": list_of(text(2000), most=10), "accessory": accessory, "expand": boolean}
    asked = {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean}
    small = tagged({"image": IMAGE_ELEMENT, "plain_text": plain(3000), "mrkdwn": text(3000)})
    kinds: dict[str, Check] = {
        "section": both(record({}, {**section, **named}), _has_words),
        "divider": record({}, named),
        "header": record({"text": plain(150)}, named),
        "image": IMAGE_BLOCK,
        "actions": record({"elements": list_of(tagged({**SELECTS, **PICKERS, **PRESSED}), most=25)}, named),
        "context": record({"elements": list_of(small, most=10)}, named),
        "input": record({"label": plain(2000), "element": tagged(inputs)}, {**asked, **named}),
        "rich_text": record({"elements": list_of(anything, most=1000)}, named),
    }
    if surface == "message":
        kinds["markdown"] = record({"text": string(12_000)}, named)
        kinds["table"] = record(
            {"rows": list_of(list_of(anything, most=20), most=100)}, {"column_settings": anything, **named}
        )
    return kinds


MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
BLOCKS = {surface: list_of(tagged(_block_kinds(surface)), least=0, most=most) for surface, most in MOST_BLOCKS.items()}
VIEW_COMMON: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
MODAL_PARTS: dict[str, Check] = {
    "close": plain(24),
    "submit": plain(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}
VIEWS = {
    "modal": record({"title": plain(24), "blocks": BLOCKS["modal"]}, {**MODAL_PARTS, **VIEW_COMMON}),
    "home": record({"blocks": BLOCKS["home"]}, VIEW_COMMON),
}


def elements_of(block: Json) -> list[Json]:
    """The elements a person can act on in one block."""
    found = [block.get("element"), block.get("accessory"), *block.get("elements", ())]
    return [element for element in found if isinstance(element, dict) and "action_id" in element]
