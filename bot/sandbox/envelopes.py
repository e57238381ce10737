"""Payloads from Slack to the app, field by field as Slack sends them. Pure functions."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.state import Channel, Installation, Json, User, View

CHANNEL_NAMES = {"im": "directmessage", "mpim": "mpdm"}


def event_callback(app: Installation, event: Json, *, event_id: str, event_time: int) -> Json:
    """The outer shape of every event."""
    authorization = {
        "enterprise_id": None,
        "team_id": app.team_id,
        "user_id": app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": app.verification_token,
        "team_id": app.team_id,
        "api_app_id": app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a payload of a person's act needs beside the act: who, in which app, with which rights."""

    app: Installation
    user: User
    trigger_id: str = ""
    response_url: str = ""
    action_ts: str = ""

    def interaction(self, kind: str) -> Json:
        """The fields that all interactive payloads share."""
        who = {"id": self.user.id, "username": self.user.name, "name": self.user.name, "team_id": self.app.team_id}
        return {
            "type": kind,
            "user": who,
            "api_app_id": self.app.app_id,
            "token": self.app.verification_token,
            "team": {"id": self.app.team_id, "domain": self.app.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }


def slash_command(act: Act, channel: Channel, *, command: str, text: str) -> Json:
    """A typed command; all fields are strings, as in a web form."""
    return {
        "token": act.app.verification_token,
        "team_id": act.app.team_id,
        "team_domain": act.app.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": act.user.id,
        "user_name": act.user.name,
        "command": command,
        "text": text,
        "api_app_id": act.app.app_id,
        "is_enterprise_install": "false",
        "response_url": act.response_url,
        "trigger_id": act.trigger_id,
    }


def channel_name(channel: Channel) -> str:
    if channel.kind == "channel" and channel.private:
        return "privategroup"
    return CHANNEL_NAMES.get(channel.kind, channel.name)


def action(block: Json, element: Json, part: Json, *, action_ts: str) -> Json:
    """One entry of ``actions``; ``part`` is what the person chose ({"selected_option": …}, {} for a button)."""
    carried: Json = {name: element[name] for name in ("text", "value", "style", "placeholder") if name in element}
    chosen = {name: value for name, value in part.items() if name != "type"}
    kept = {**carried, **chosen} if element["type"] != "button" else carried
    ids = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    return {**ids, **kept, "action_ts": action_ts}


def message_actions(act: Act, channel: Channel, message: Json, entry: Json, *, values: Json) -> Json:
    """A click in a message; of an ephemeral one Slack sends no content back."""
    ephemeral = bool(message.get("is_ephemeral"))
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
        **({"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}),
    }
    return {
        **act.interaction("block_actions"),
        "container": container,
        "trigger_id": act.trigger_id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        **({} if ephemeral else {"message": public(message)}),
        "state": {"values": values},
        "response_url": act.response_url,
        "actions": [entry],
    }


def view_actions(act: Act, view: View, entry: Json) -> Json:
    """A click or choice in a modal or in App Home."""
    body = view_body(act.app, view)
    return {
        **act.interaction("block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": act.trigger_id,
        "view": body,
        "state": body["state"],
        "actions": [entry],
    }


def view_submission(act: Act, view: View) -> Json:
    return {
        **act.interaction("view_submission"),
        "trigger_id": act.trigger_id,
        "view": view_body(act.app, view),
        "response_urls": [],
    }


def view_closed(act: Act, view: View, *, cleared: bool) -> Json:
    return {**act.interaction("view_closed"), "view": view_body(act.app, view), "is_cleared": cleared}


def suggestion(act: Act, query: str, block: Json, element: Json, where: Json) -> Json:
    """A type-ahead request; ``where`` is what ``in_view`` or ``in_message`` says."""
    ids = {"action_id": element["action_id"], "block_id": block["block_id"], "value": query}
    return {**act.interaction("block_suggestion"), **ids, **where}


def in_view(app: Installation, view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view_body(app, view)}


def in_message(channel: Channel, message: Json) -> Json:
    return {
        "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel.id},
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": public(message),
    }


def shortcut(act: Act, callback_id: str) -> Json:
    own = {"callback_id": callback_id, "trigger_id": act.trigger_id, "action_ts": act.action_ts}
    return {**act.interaction("shortcut"), **own}


def message_shortcut(act: Act, callback_id: str, channel: Channel, message: Json) -> Json:
    return {
        **act.interaction("message_action"),
        "callback_id": callback_id,
        "trigger_id": act.trigger_id,
        "response_url": act.response_url,
        "message_ts": message["ts"],
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": public(message),
        "action_ts": act.action_ts,
    }


def public(message: Json) -> Json:
    """A message without its metadata, which only the history shows to those who ask."""
    return {name: value for name, value in message.items() if name != "metadata"}


def view_body(app: Installation, view: View) -> Json:
    """A view as Slack returns it."""
    body: dict[str, Any] = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "title": None,
        "close": None,
        "submit": None,
        **view.body,
        "id": view.id,
        "team_id": app.team_id,
        "state": {"values": view.values},
        "hash": view.hash,
        "root_view_id": view.root or view.id,
        "previous_view_id": view.previous,
        "app_id": app.app_id,
        "app_installed_team_id": app.team_id,
        "bot_id": app.bot_id,
    }
    return body
