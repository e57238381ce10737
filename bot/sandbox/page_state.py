"""The snapshot of a workspace as one person sees it, for the page."""

from bot.sandbox import screen
from bot.sandbox.envelopes import view_body
from bot.sandbox.state import Channel, Control, Json, User, View
from bot.sandbox.workspace import Workspace


def snapshot(workspace: Workspace, user_id: str) -> Json:
    """Everything the page draws for a person."""
    channels = screen.visible(workspace, user_id)
    home = workspace.homes.get(user_id)
    return {
        "version": workspace.version,
        "now": workspace.clock.now().timestamp(),
        "workspace": {"name": workspace.name},
        "me": _user(workspace, workspace.users[user_id]),
        "users": [_user(workspace, user) for user in workspace.users.values() if not user.is_bot],
        "bots": [_user(workspace, user) for user in workspace.users.values() if user.is_bot],
        "channels": [_channel(channel, user_id) for channel in channels],
        "messages": {channel.id: [_message(m) for m in screen.messages(channel, user_id)] for channel in channels},
        "views": [_view(workspace, view) for view in workspace.modals[user_id]],
        "home": _view(workspace, home) if home else None,
        "commands": list(workspace.manifest.commands.values()),
        "shortcuts": list(workspace.manifest.shortcuts.values()),
        "alerts": [{"id": alert.id, "text": alert.text} for alert in workspace.alerts[user_id]],
        "controls": [_control(workspace, control) for control in workspace.controls],
        "status": workspace.status,
    }


def _user(workspace: Workspace, user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "title": user.title,
        "tz": user.tz,
        "tz_offset": user.tz_offset(workspace.clock.now()),
        "is_bot": user.is_bot,
        "is_admin": user.is_admin or user.is_owner,
        "deleted": user.deleted,
        "color": user.color,
        "team": user.team,
    }


def _channel(channel: Channel, user_id: str) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": {"im": "dm", "mpim": "mpdm"}.get(channel.kind, "channel"),
        "with": channel.user or None,
        "unread": screen.unread(channel, user_id) if user_id in channel.members else 0,
        "topic": channel.topic,
        "member": user_id in channel.members,
        "private": channel.private,
        "archived": channel.archived,
    }


def _message(message: Json) -> Json:
    shown = {name: value for name, value in message.items() if name != "is_ephemeral"}
    return {**shown, "ephemeral": True} if message.get("is_ephemeral") else shown


def _view(workspace: Workspace, view: View) -> Json:
    return {**view_body(workspace.app, view), "errors": view.errors, "loading": view.loading}


def _control(workspace: Workspace, control: Control) -> Json:
    return {"id": control.id, "label": control.label, "hint": control.hint, "busy": control.id in workspace.busy}
