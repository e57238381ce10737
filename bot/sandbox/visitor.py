"""A person whose hand is led by plain values: for tests and for the demo's colleagues."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from bot.sandbox import api_files, envelopes, forms, posting
from bot.sandbox.block_kit import all_options
from bot.sandbox.errors import NotOnScreen
from bot.sandbox.person import Person
from bot.sandbox.state import Json, View
from bot.sandbox.workspace import Workspace


class Visitor(Person):
    """Clicks by action id, fills forms by block id."""

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        super().__init__(workspace, user_id)
        self._suggested: dict[tuple[str, str], list[Json]] = {}

    async def click(self, message: Json | str, action_id: str, value: Any = None, *, block_id: str = "") -> None:
        """Use a button or select of a message (or of the message with this ``ts``) as it stands now.

        ``value`` tells buttons of one action id apart; for a select it is what to choose.
        """
        channel, found = self._message(message)
        block, element = _needed(found.get("blocks", []), action_id, block_id, value)
        where = envelopes.in_message(channel, found)
        await self.press(found["ts"], block, element, await self._part(block, element, value, where))

    async def click_home(self, action_id: str, value: Any = None, *, block_id: str = "") -> None:
        """Use a button or select of App Home."""
        if self.home is None:
            raise NotOnScreen("App Home is empty")
        await self._use(self.home, action_id, value, block_id)

    async def click_view(self, action_id: str, value: Any = None, *, block_id: str = "") -> None:
        """Use a button of the top modal."""
        await self._use(self._top(), action_id, value, block_id)

    async def _use(self, view: View, action_id: str, value: Any, block_id: str) -> None:
        block, element = _needed(view.body["blocks"], action_id, block_id, value)
        part = await self._part(block, element, value, envelopes.in_view(self._workspace.app, view))
        await self.press_in_view(view, block, element, part)

    async def submit(self, answers: Mapping[str, Any] | None = None) -> dict[str, str]:
        """Fill the top form and send it; unmentioned fields stay. Returns errors by block id, {} when accepted.

        Values by block id: text, ids, dates as text, an option's value or label, lists of those; for a file field
        a list of (name, bytes).
        """
        view = self._top()
        for block_id, plain in (answers or {}).items():
            await self._enter(view, block_id, plain)
        return await self.send_form(view)

    async def choose(self, block_id: str, value: Any) -> None:
        """Enter a value in the top form; the app hears of it where the block dispatches actions."""
        view = self._top()
        block, element = await self._enter(view, block_id, value)
        if block["type"] != "input" or block.get("dispatch_action"):
            part = view.values.get(block["block_id"], {}).get(element["action_id"], {})
            await self.press_in_view(view, block, element, part)

    async def suggest(self, block_id: str, query: str = "") -> list[Json]:
        """Options that the app offers for what was typed into a type-ahead field of the top modal, groups flattened."""
        view = self._top()
        block, element = _in_block(view, block_id)
        return await self._suggestions(block, element, query, envelopes.in_view(self._workspace.app, view))

    async def _suggestions(self, block: Json, element: Json, query: str, where: Json) -> list[Json]:
        options = all_options(await self.ask_options(block, element, query, where))
        self._suggested.setdefault(_menu(element, where), []).extend(options)
        return options

    async def _enter(self, view: View, block_id: str, plain: Any) -> tuple[Json, Json]:
        block, element = _in_block(view, block_id)
        if element["type"] == "file_input":
            view.values[block_id][element["action_id"]] = {"type": "file_input", "files": self._uploads(plain)}
        elif element["type"] in forms.KINDS:
            find = await self._finder(block, element, plain, envelopes.in_view(self._workspace.app, view))
            view.values[block_id][element["action_id"]] = forms.typed(element, plain, find)
        return block, element

    def _uploads(self, files: Iterable[tuple[str, bytes]]) -> list[Json]:
        added = [api_files.add_file(self._workspace, name, self.user.id, content) for name, content in files]
        return [api_files.described(self._workspace, file) for file in added]

    async def _finder(self, block: Json, element: Json, plain: Any, where: Json) -> Any:
        if element["type"] not in forms.EXTERNAL:
            return partial(forms.offered, element)
        known = self._suggested.setdefault(_menu(element, where), [])
        known += [element[name] for name in ("initial_option",) if name in element]
        for wanted in [plain] if isinstance(plain, str) else plain or ():
            for query in ("", wanted):  # the list as it opens, then what is typed
                if isinstance(wanted, str) and not _offers(known, wanted):
                    await self._suggestions(block, element, query, where)
        return partial(forms.option_named, known)

    async def _part(self, block: Json, element: Json, value: Any, where: Json) -> Json:
        if element["type"] == "overflow":
            return {"selected_option": forms.offered(element, str(value))}
        if element["type"] not in forms.KINDS:
            return {}
        return forms.typed(element, value, await self._finder(block, element, value, where))


def _menu(element: Json, where: Json) -> tuple[str, str]:
    """A type-ahead list: the view or message it stands in, and its action, by which the app tells what to offer."""
    container = where["container"]
    return container.get("view_id") or container["message_ts"], element["action_id"]


def _offers(options: list[Json], wanted: str) -> bool:
    return any(wanted in (option["value"], option["text"]["text"]) for option in options)


def _needed(blocks: list[Json], action_id: str, block_id: str, value: Any) -> tuple[Json, Json]:
    found = posting.find_element(blocks, action_id, block_id=block_id, value=value)
    if found is None:
        there = sorted({element["action_id"] for _, element in forms.parts(blocks)})
        raise NotOnScreen(f"no element {action_id!r} with value {value!r}; there are {there}")
    return found


def _in_block(view: View, block_id: str) -> tuple[Json, Json]:
    for block, element in forms.parts(view.body["blocks"]):
        if block["block_id"] == block_id:
            return block, element
    there = sorted({block["block_id"] for block, _ in forms.parts(view.body["blocks"])})
    raise NotOnScreen(f"no field {block_id!r} in the form; there are {there}")
