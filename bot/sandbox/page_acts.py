"""What a person does on the page, kind by kind, as acts of a Person."""

from collections.abc import Awaitable, Callable

from bot.sandbox import api_files, forms, posting, screen
from bot.sandbox.envelopes import in_message, in_view
from bot.sandbox.errors import NotOnScreen
from bot.sandbox.person import Person
from bot.sandbox.state import Json, View
from bot.sandbox.workspace import Workspace

Act = Callable[[Workspace, Person, Json], Awaitable[Json]]


async def click(workspace: Workspace, person: Person, wanted: Json) -> Json:
    found = screen.find_message(workspace, person.user.id, str(wanted["ts"]))
    if found is None:
        raise NotOnScreen("the message")
    block, element = _element(found[1].get("blocks", []), wanted)
    await person.press(str(wanted["ts"]), block, element, wanted.get("value") or {})
    return {}


async def home(_workspace: Workspace, person: Person, _wanted: Json) -> Json:
    await person.open_home()
    return {}


async def home_action(_workspace: Workspace, person: Person, wanted: Json) -> Json:
    if person.home is None:
        raise NotOnScreen("App Home")
    return await _press(person, person.home, wanted)


async def view_action(workspace: Workspace, person: Person, wanted: Json) -> Json:
    view = _view(person, wanted)
    take_in(workspace, view, wanted)
    return await _press(person, view, wanted)


async def _press(person: Person, view: View, wanted: Json) -> Json:
    block, element = _element(view.body["blocks"], wanted)
    await person.press_in_view(view, block, element, wanted.get("value") or {})
    return {}


async def submit(workspace: Workspace, person: Person, wanted: Json) -> Json:
    view = _view(person, wanted)
    take_in(workspace, view, wanted)
    errors = await person.send_form(view)
    return {"errors": errors} if errors else {}


async def close_view(_workspace: Workspace, person: Person, wanted: Json) -> Json:
    _view(person, wanted)
    await person.close_view()
    return {}


async def command(_workspace: Workspace, person: Person, wanted: Json) -> Json:
    name, _, text = str(wanted["text"]).strip().partition(" ")
    await person.command(name, text, channel=wanted.get("channel"))
    return {}


async def write(_workspace: Workspace, person: Person, wanted: Json) -> Json:
    await person.write(wanted.get("channel"), str(wanted["text"]), thread_ts=wanted.get("thread_ts"))
    return {}


async def shortcut(_workspace: Workspace, person: Person, wanted: Json) -> Json:
    await person.shortcut(str(wanted["callback_id"]))
    return {}


async def message_shortcut(_workspace: Workspace, person: Person, wanted: Json) -> Json:
    await person.message_shortcut(str(wanted["callback_id"]), str(wanted["ts"]))
    return {}


async def options(workspace: Workspace, person: Person, wanted: Json) -> Json:
    if "view_id" in wanted:
        view = person.home if person.home and person.home.id == wanted["view_id"] else _view(person, wanted)
        blocks, where = view.body["blocks"], in_view(workspace.app, view)
    else:
        found = screen.find_message(workspace, person.user.id, str(wanted["ts"]))
        if found is None:
            raise NotOnScreen("the message")
        blocks, where = found[1].get("blocks", []), in_message(*found)
    block, element = _element(blocks, wanted)
    return await person.ask_options(block, element, str(wanted.get("query", "")), where)


async def read(workspace: Workspace, person: Person, wanted: Json) -> Json:
    channel = workspace.channels[wanted["channel"]]
    seen = person.messages(channel.id)
    if seen and channel.read.get(person.user.id) != seen[-1]["ts"]:
        channel.read[person.user.id] = seen[-1]["ts"]
        workspace.changed()
    return {}


async def dismiss(workspace: Workspace, person: Person, wanted: Json) -> Json:
    alerts = workspace.alerts[person.user.id]
    workspace.alerts[person.user.id] = [alert for alert in alerts if alert.id != wanted.get("alert")]
    workspace.changed()
    return {}


def take_in(workspace: Workspace, view: View, wanted: Json) -> None:
    """What the page holds of a form, for the fields the form has."""
    typed = (wanted.get("state") or {}).get("values") or {}
    for block, element in forms.parts(view.body["blocks"]):
        value = typed.get(block["block_id"], {}).get(element["action_id"])
        if value is not None and element["type"] in forms.KINDS:
            value = {**value, "files": _whole(workspace, value)} if "files" in value else value
            view.values[block["block_id"]][element["action_id"]] = {**value, "type": element["type"]}


def _whole(workspace: Workspace, value: Json) -> list[Json]:
    """Slack's file objects for the ids that the page names."""
    files = [workspace.files[entry["id"]] for entry in value["files"]]
    return [api_files.described(workspace, file) for file in files]


def _view(person: Person, wanted: Json) -> View:
    if person.view is None or person.view.id != wanted.get("view_id"):
        raise NotOnScreen("the form")
    return person.view


def _element(blocks: list[Json], wanted: Json) -> tuple[Json, Json]:
    found = posting.find_element(blocks, str(wanted.get("action_id")), block_id=str(wanted.get("block_id") or ""))
    if found is None:
        raise NotOnScreen("the button or field")
    return found


ACTS: dict[str, Act] = {
    "click": click,
    "home": home,
    "home_action": home_action,
    "view_action": view_action,
    "submit": submit,
    "close_view": close_view,
    "command": command,
    "write": write,
    "shortcut": shortcut,
    "message_shortcut": message_shortcut,
    "options": options,
    "read": read,
    "dismiss": dismiss,
}
