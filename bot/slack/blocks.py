"""Block Kit's parts as plain functions: text in, payload out, every limit kept. User text must be escaped before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from checkins.forms import shortened

Block = dict[str, Any]
View = dict[str, Any]

SECTION_LIMIT = 3000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
TITLE_LIMIT = 24
ALT_LIMIT = 2000
MOST_OPTIONS = 100  # in one list, or in one group of it


def moment(at: datetime, *, zone: str = "UTC") -> str:
    """An instant in mrkdwn, which each reader's client shows in the reader's own zone and words.

    zone: whose time those clients show that cannot.
    """
    local = at.astimezone(ZoneInfo(zone))
    return f"<!date^{at.timestamp():.0f}^{{date_short_pretty}} at {{time}}|{local:%a %d %b, %H:%M %Z}>"


def length(text: str) -> int:
    """Characters as Slack counts them: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str, limit: int) -> Block:
    cut = shortened(text, limit)
    while (over := length(cut) - limit) > 0:
        cut = shortened(cut, len(cut) - (over + 1) // 2)
    return {"type": "plain_text", "text": cut, "emoji": False}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": shortened(text, SECTION_LIMIT)}


def section(text: str, *, accessory: Block | None = None) -> Block:
    return {"type": "section", "text": mrkdwn(text)} | ({"accessory": accessory} if accessory else {})


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def image(file: str, alt_text: str) -> Block:
    """file: Slack's id of an uploaded picture."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": shortened(alt_text, ALT_LIMIT)}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action: str, *, value: str = "", style: str | None = None, confirm: Block | None = None) -> Block:
    made: Block = {"type": "button", "text": plain(text, BUTTON_LIMIT), "action_id": action, "value": value}
    return made | ({"style": style} if style else {}) | ({"confirm": confirm} if confirm else {})


def confirm(*, title: str, text: str, yes: str, no: str) -> Block:
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(text: str, value: str) -> Block:
    return {"text": plain(text, OPTION_LIMIT), "value": value}


def group(label: str, options: Iterable[Block]) -> Block:
    return {"label": plain(label, OPTION_LIMIT), "options": list(options)}


def select(
    action: str,
    *,
    options: Sequence[Block] = (),
    groups: Sequence[Block] = (),
    initial: str | None = None,
    placeholder: str = "Choose",
) -> Block:
    """A static select of options or of option groups; ``initial`` is the value of the one chosen at first."""
    listed = [*options, *(one for each in groups for one in each["options"])]
    chosen = next((one for one in listed if one["value"] == initial), None)
    made: Block = {"type": "static_select", "action_id": action, "placeholder": plain(placeholder, 150)}
    made |= {"option_groups": list(groups)} if groups else _listed(options)
    return made | ({"initial_option": chosen} if chosen else {})


def _listed(options: Sequence[Block]) -> Block:
    """Options as a list; more than it holds in groups, each labelled with its first and last."""
    if len(options) <= MOST_OPTIONS:
        return {"options": list(options)}
    parts = [options[start : start + MOST_OPTIONS] for start in range(0, len(options), MOST_OPTIONS)]
    return {"option_groups": [group(_span(part), part) for part in parts]}


def _span(options: Sequence[Block]) -> str:
    first, last = (one["text"]["text"][:30] for one in (options[0], options[-1]))
    return f"{first} – {last}"


def multi_select(action: str, *, options: Sequence[Block], initial: Iterable[str] = (), placeholder: str) -> Block:
    wanted = set(initial)
    chosen = [one for one in options if one["value"] in wanted]
    made: Block = {
        "type": "multi_static_select",
        "action_id": action,
        "placeholder": plain(placeholder, 150),
        **_listed(options),
    }
    return made | ({"initial_options": chosen} if chosen else {})


def text_input(
    action: str, *, initial: str = "", limit: int = SECTION_LIMIT, multiline: bool = False, placeholder: str = ""
) -> Block:
    made: Block = {"type": "plain_text_input", "action_id": action, "multiline": multiline, "max_length": limit}
    made |= {"initial_value": initial} if initial else {}
    return made | ({"placeholder": plain(placeholder, 150)} if placeholder else {})


def time_picker(action: str, *, initial: str) -> Block:
    """initial: wall time as HH:MM."""
    return {"type": "timepicker", "action_id": action, "initial_time": initial}


def date_picker(action: str, *, initial: date | None = None, placeholder: str) -> Block:
    made: Block = {"type": "datepicker", "action_id": action, "placeholder": plain(placeholder, 150)}
    return made | ({"initial_date": initial.isoformat()} if initial else {})


def people_select(action: str, *, initial: Sequence[str] = (), placeholder: str) -> Block:
    """Any number of accounts; ``initial`` are user ids of the platform."""
    made: Block = {"type": "multi_users_select", "action_id": action, "placeholder": plain(placeholder, 150)}
    return made | ({"initial_users": list(initial)} if initial else {})


def user_select(action: str, *, initial: str | None = None, placeholder: str) -> Block:
    """One account; ``initial`` is a user id of the platform."""
    made: Block = {"type": "users_select", "action_id": action, "placeholder": plain(placeholder, 150)}
    return made | ({"initial_user": initial} if initial else {})


def channel_select(action: str, *, initial: str | None = None, placeholder: str) -> Block:
    """One public or private channel."""
    made: Block = {
        "type": "conversations_select",
        "action_id": action,
        "placeholder": plain(placeholder, 150),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return made | ({"initial_conversation": initial} if initial else {})


def type_ahead(action: str, *, initial: Block | None = None, placeholder: str, letters: int = 1) -> Block:
    """A select whose options are asked for while the person types. letters: how many it takes before they are."""
    made: Block = {
        "type": "external_select",
        "action_id": action,
        "min_query_length": letters,
        "placeholder": plain(placeholder, 150),
    }
    return made | ({"initial_option": initial} if initial else {})


def multi_type_ahead(action: str, *, initial: Sequence[Block] = (), placeholder: str, letters: int = 1) -> Block:
    """The same for several choices."""
    made: Block = {
        "type": "multi_external_select",
        "action_id": action,
        "min_query_length": letters,
        "placeholder": plain(placeholder, 150),
    }
    return made | ({"initial_options": list(initial)} if initial else {})


def file_input(action: str) -> Block:
    """One file, whatever its name."""
    return {"type": "file_input", "action_id": action, "max_files": 1}


def field(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """An input block; its id is the form field's name, so that problems find their way to it."""
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    return made | ({"hint": plain(hint, 2000)} if hint else {})


def live(field: Block) -> Block:
    """The same field for text; the app hears of each character typed into it."""
    config = {"trigger_actions_on": ["on_character_entered"]}
    return field | {"dispatch_action": True, "element": field["element"] | {"dispatch_action_config": config}}


def modal(
    callback: str, *, title: str, blocks: Sequence[Block], submit: str = "", close: str = "Close", metadata: str = ""
) -> View:
    made: View = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, TITLE_LIMIT),
        "close": plain(close, TITLE_LIMIT),
        "blocks": list(blocks),
        "private_metadata": metadata,
    }
    return made | ({"submit": plain(submit, TITLE_LIMIT)} if submit else {})


def home(blocks: Sequence[Block]) -> View:
    return {"type": "home", "blocks": list(blocks)}


Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


def _entered(values: Values, name: str) -> Mapping[str, Any]:
    return next(iter(values.get(name, {}).values()), {})


def text_of(values: Values, name: str) -> str:
    """What was typed into the field, empty where nothing was."""
    return _entered(values, name).get("value") or ""


def choice_of(values: Values, name: str) -> str | None:
    """The value chosen in a select, a date or time picker, or a channel or user select; None where none was."""
    entered = _entered(values, name)
    if chosen := entered.get("selected_option"):
        return str(chosen["value"])
    keys = ("selected_date", "selected_time", "selected_conversation", "selected_channel", "selected_user")
    return next((entered[key] for key in keys if entered.get(key)), None)


def choices_of(values: Values, name: str) -> tuple[str, ...]:
    """The values chosen in a multi-select of options, users or conversations."""
    entered = _entered(values, name)
    if "selected_options" in entered:
        return tuple(one["value"] for one in entered["selected_options"] or ())
    return tuple(entered.get("selected_users") or entered.get("selected_conversations") or ())


def file_of(values: Values, name: str) -> str | None:
    """The id of the file put into a field, None where none was."""
    files = _entered(values, name).get("files") or ()
    return str(files[0]["id"]) if files else None
