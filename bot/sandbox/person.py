"""A person in front of Slack's client: what they see, and what they do in Slack's own shapes."""

from collections.abc import Callable
from typing import TypeVar

from bot.sandbox import api_files, envelopes, forms, posting, response_urls, screen, views
from bot.sandbox.dispatch import COMMAND, INTERACTIVE, Envelope
from bot.sandbox.envelopes import Act
from bot.sandbox.errors import NotAcknowledged, NotOnScreen, SlackError
from bot.sandbox.grants import Reply
from bot.sandbox.limits import check_options
from bot.sandbox.state import Channel, Json, Refused, User, View
from bot.sandbox.workspace import Workspace

T = TypeVar("T")
NOT_INTERACTIVE = "This app is not configured to handle interactive responses."
TROUBLE = "We had some trouble connecting. Try again?"
SHORTEST_QUERY = 3


class Person:
    """One person at their screen. Acting waits for the app's acknowledgement; what it says is then on the screen."""

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        self._workspace = workspace
        self.user: User = workspace.users[user_id]

    # What they see

    @property
    def dm(self) -> str:
        """Id of the direct messages with the bot."""
        return self._workspace.im(self.user.id).id

    def messages(self, channel: str | None = None) -> list[Json]:
        """What this person sees in a conversation (their direct messages by default), oldest first."""
        return screen.messages(self._conversation(channel), self.user.id)

    def last(self, channel: str | None = None) -> Json:
        """The newest message there; raises NotOnScreen when there is none."""
        seen = self.messages(channel)
        if not seen:
            raise NotOnScreen("no message yet")
        return seen[-1]

    def ephemerals(self, channel: str | None = None) -> list[Json]:
        """Messages only this person sees."""
        return [message for message in self.messages(channel) if message.get("is_ephemeral")]

    @property
    def views(self) -> list[View]:
        """The stack of open modals, top last."""
        return self._workspace.modals[self.user.id]

    @property
    def view(self) -> View | None:
        return self.views[-1] if self.views else None

    @property
    def home(self) -> View | None:
        return self._workspace.homes.get(self.user.id)

    @property
    def alerts(self) -> list[str]:
        """Error texts that Slack's client has shown."""
        return [alert.text for alert in self._workspace.alerts[self.user.id]]

    async def until(self, condition: Callable[[], T], *, within: float = 30.0) -> T:
        """Look at the screen until the condition gives something true; raises TimeoutError after real seconds."""
        return await self._workspace.until(condition, within=within)

    # What they do

    async def command(self, command: str, text: str = "", channel: str | None = None) -> None:
        """Type a slash command."""
        where = self._conversation(channel)
        known = self._workspace.manifest.commands.get(command)
        if known is None:
            self._workspace.alert(self.user.id, f"{command} is not a valid command.")
            return
        text = posting.escaped(text.strip())
        if known.get("should_escape"):
            text = screen.mentioned(self._workspace, text, with_names=True)
        act = self._act(where, route="commands", command=command)
        payload = envelopes.slash_command(act, where, command=command, text=text)
        answer = await self._ask(COMMAND, payload, failure=command)
        if answer:
            self._show_answer(command, where, answer)

    def _show_answer(self, command: str, where: Channel, answer: Json) -> None:
        reply = Reply(self.user.id, where.id, self._workspace.elapsed(), command=command)
        try:
            response_urls.answer(self._workspace, reply, answer)
        except SlackError as refusal:
            self._refuse(command, refusal, f'{command} failed with the error "invalid_command_response"')

    async def write(self, channel: str | None, text: str, thread_ts: str | None = None) -> Json:
        """Send a message; raises SlackError restricted_action where the app's messages tab is read-only."""
        where = self._conversation(channel)
        if where.kind == "im" and not self._workspace.manifest.messages_tab_writable:
            raise SlackError("restricted_action")
        if where.archived:
            raise SlackError("is_archived")
        message = posting.from_person(self._workspace, self.user, text)
        message["text"] = screen.mentioned(self._workspace, message["text"], with_names=False)
        return await self._send(where, message, thread_ts=thread_ts)

    async def share(self, name: str, content: bytes, text: str = "", channel: str | None = None) -> Json:
        """Send a message that brings a file."""
        file = api_files.add_file(self._workspace, name, self.user.id, content)
        message = posting.from_person(self._workspace, self.user, text)
        message |= {"subtype": "file_share", "upload": True, "files": [api_files.described(self._workspace, file)]}
        return await self._send(self._conversation(channel), message)

    async def _send(self, where: Channel, message: Json, *, thread_ts: str | None = None) -> Json:
        message = posting.post(self._workspace, where, message, thread_ts=thread_ts)
        where.read[self.user.id] = message["ts"]
        await self._workspace.dispatcher.delivered()
        return message

    async def shortcut(self, callback_id: str) -> None:
        """Use a global shortcut."""
        self._need_shortcut(callback_id, "global")
        await self._interact(envelopes.shortcut(self._act(), callback_id))

    async def message_shortcut(self, callback_id: str, message: Json | str) -> None:
        """Use a shortcut from a message's menu."""
        self._need_shortcut(callback_id, "message")
        where, found = self._message(message)
        act = self._act(where, message=found, route="app")
        await self._interact(envelopes.message_shortcut(act, callback_id, where, found))

    def _need_shortcut(self, callback_id: str, kind: str) -> None:
        shortcut = self._workspace.manifest.shortcuts.get(callback_id)
        if shortcut is None or shortcut.get("type") != kind:
            raise NotOnScreen(f"no {kind} shortcut {callback_id!r}")

    async def open_home(self) -> None:
        """Look at the app's home tab."""
        event: Json = {
            "type": "app_home_opened",
            "user": self.user.id,
            "channel": self.dm,
            "tab": "home",
            "event_ts": self._workspace.stamp(),
        }
        if self.home is not None:
            event["view"] = envelopes.view_body(self._workspace.app, self.home)
        self._workspace.emit(event)
        await self._workspace.dispatcher.delivered()

    async def press(self, ts: str, block: Json, element: Json, part: Json) -> None:
        """Act on an element of a message; ``part`` is Slack's own shape of the choice."""
        where, message = self._message(ts)
        entry = envelopes.action(block, element, part, action_ts=self._workspace.stamp())
        seen = (self.user.id, where.id, message["ts"])
        values = forms.first_values(message.get("blocks", []), self._workspace.chosen.get(seen))
        if element["type"] in forms.KINDS:
            values[block["block_id"]][element["action_id"]] = {"type": element["type"], **part}
            self._workspace.chosen[seen] = values
        act = self._act(where, message=message, route="actions")
        await self._interact(envelopes.message_actions(act, where, message, entry, values=values))

    async def press_in_view(self, view: View, block: Json, element: Json, part: Json) -> None:
        """Act on an element of a modal or of App Home; ``part`` is Slack's own shape of the choice."""
        if element["type"] in forms.KINDS:
            view.values[block["block_id"]][element["action_id"]] = {"type": element["type"], **part}
        entry = envelopes.action(block, element, part, action_ts=self._workspace.stamp())
        await self._interact(envelopes.view_actions(self._act(view=view), view, entry))

    async def send_form(self, view: View) -> dict[str, str]:
        """Send a form as it stands on the screen. Returns errors by block id, {} when accepted."""
        view.errors = forms.complaints(view.body["blocks"], view.values)
        if view.errors:
            self._workspace.changed()
            return view.errors
        view.loading = True
        self._workspace.changed()
        payload = envelopes.view_submission(self._act(view=view), view)
        answer = await self._ask(INTERACTIVE, payload)
        view.loading = False
        self._workspace.changed()
        return self._settle(view, answer)

    def _settle(self, view: View, answer: Json | None) -> dict[str, str]:
        if answer is None:
            return {"": TROUBLE}
        try:
            views.answer_submission(self._workspace, view, answer)
        except SlackError as refusal:
            self._refuse("view_submission", refusal, TROUBLE)
            return {"": TROUBLE}
        return view.errors

    async def ask_options(self, block: Json, element: Json, query: str, where: Json) -> Json:
        """The app's answer to a type-ahead request, {"options": []} where it has none or Slack does not ask yet."""
        if len(query) < element.get("min_query_length", SHORTEST_QUERY):
            return {"options": []}
        answer = await self._ask(INTERACTIVE, envelopes.suggestion(self._act(), query, block, element, where))
        faults = check_options(answer) if answer is not None else []
        if faults:
            self._refuse("block_suggestion", SlackError("invalid_arguments", messages=faults), TROUBLE)
        return answer if answer and not faults else {"options": []}

    async def close_view(self) -> None:
        """Close the top modal; the app hears of it when the view asked for that."""
        view = self._top()
        closing = list(self.views) if view.body.get("clear_on_close") else [view]
        self._workspace.modals[self.user.id] = [other for other in self.views if other not in closing]
        self._workspace.changed()
        for closed in closing:
            if closed.body.get("notify_on_close"):
                await self._interact(envelopes.view_closed(self._act(), closed, cleared=len(closing) > 1))

    # Common

    def _conversation(self, name: str | None) -> Channel:
        if name is None:
            return self._workspace.im(self.user.id)
        for channel in screen.visible(self._workspace, self.user.id):
            if name in (channel.id, f"#{channel.name}"):
                return channel
        raise NotOnScreen(f"{self.user.name} sees no conversation {name!r}")

    def _message(self, message: Json | str) -> tuple[Channel, Json]:
        ts = message if isinstance(message, str) else message["ts"]
        found = screen.find_message(self._workspace, self.user.id, ts)
        if found is None:
            raise NotOnScreen(f"{self.user.name} sees no message {ts}")
        return found

    def _top(self) -> View:
        if self.view is None:
            raise NotOnScreen(f"{self.user.name} has no form open")
        return self.view

    def _act(
        self,
        where: Channel | None = None,
        *,
        message: Json | None = None,
        view: View | None = None,
        route: str = "",
        command: str = "",
    ) -> Act:
        response_url = ""
        if where is not None:
            ephemeral = bool(message and message.get("is_ephemeral"))
            ts = message["ts"] if message else None
            name = self._workspace.replies.give(
                self.user.id, where.id, message=ts, ephemeral=ephemeral, command=command
            )
            response_url = f"{self._workspace.url}/{route}/{self._workspace.app.team_id}/{name}"
        return Act(
            app=self._workspace.app,
            user=self.user,
            trigger_id=self._workspace.triggers.give(self.user.id, view=view.id if view else None),
            response_url=response_url,
            action_ts=self._workspace.stamp(),
        )

    async def _interact(self, payload: Json) -> None:
        await self._ask(INTERACTIVE, payload)

    async def _ask(self, kind: str, payload: Json, *, failure: str = "") -> Json | None:
        """The acknowledgement, or None after telling the person that there was none."""
        if kind == INTERACTIVE and not self._workspace.manifest.interactive:
            self._workspace.alert(self.user.id, NOT_INTERACTIVE)
            return None
        try:
            return await self._workspace.dispatcher.ask(Envelope(kind=kind, payload=payload))
        except NotAcknowledged as refusal:
            text = f'{failure} failed with the error "{refusal.reason}"' if failure else TROUBLE
            self._workspace.alert(self.user.id, text)
            return None

    def _refuse(self, method: str, refusal: SlackError, text: str) -> None:
        self._workspace.refused.append(Refused(method=method, error=refusal.code, messages=refusal.messages))
        self._workspace.alert(self.user.id, text)
