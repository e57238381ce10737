"""Modals and App Home on people's screens: opening, stacking, changing, closing."""

from hashlib import sha1

from bot.sandbox import limits
from bot.sandbox.envelopes import view_body
from bot.sandbox.errors import SlackError
from bot.sandbox.forms import first_values
from bot.sandbox.posting import check_pictures, named
from bot.sandbox.state import Json, View
from bot.sandbox.workspace import Workspace

DEPTH = 3


def open_modal(workspace: Workspace, trigger_id: str, body: Json) -> View:
    """Show a modal to the person who gave the trigger; raises SlackError."""
    _check(workspace, body, "modal")
    trigger = workspace.triggers.exchange(trigger_id)
    view = _fresh(workspace, trigger.user, body)
    workspace.modals[trigger.user] = [view]
    return _shown(workspace, view, "views.open", "modal")


def push_modal(workspace: Workspace, trigger_id: str, body: Json) -> View:
    """Put a modal on top of the one in which the trigger was given; raises SlackError."""
    _check(workspace, body, "modal")
    trigger = workspace.triggers.exchange(trigger_id)
    if trigger.view not in [view.id for view in workspace.modals[trigger.user]]:
        raise SlackError("not_found")
    return _shown(workspace, stack(workspace, trigger.user, body), "views.push", "modal")


def stack(workspace: Workspace, user_id: str, body: Json) -> View:
    """One more view on a person's stack; raises SlackError push_limit_reached."""
    views = workspace.modals[user_id]
    if len(views) >= DEPTH:
        raise SlackError("push_limit_reached")
    view = _fresh(workspace, user_id, body)
    if views:
        view.root, view.previous = views[0].id, views[-1].id
    views.append(view)
    return view


def update_view(workspace: Workspace, view: View, body: Json, *, method: str = "views.update") -> View:
    """Replace what a view shows; what was typed stays where ids stay."""
    kind = str(view.body["type"])
    _check(workspace, body, kind, but=view)
    body = {**body, "blocks": named(body["blocks"])}
    view.body, view.values = body, first_values(body["blocks"], view.values)
    view.hash = _hash(workspace, view.id)
    view.errors, view.loading = {}, False
    return _shown(workspace, view, method, kind)


def publish_home(workspace: Workspace, user_id: str, body: Json, *, expected: str | None = None) -> View:
    """Show App Home to a person; raises SlackError not_enabled, hash_conflict or invalid_arguments."""
    if not workspace.manifest.home_tab:
        raise SlackError("not_enabled")
    _check(workspace, body, "home")
    old = workspace.homes.get(user_id)
    if expected and old is not None and old.hash != expected:
        raise SlackError("hash_conflict")
    view = _fresh(workspace, user_id, body)
    if old is not None:
        view.id = view.root = old.id
        view.values = first_values(view.body["blocks"], old.values)
    workspace.homes[user_id] = view
    return _shown(workspace, view, "views.publish", "home")


def answer_submission(workspace: Workspace, view: View, answer: Json) -> None:
    """Do what the app's acknowledgement of a form asks for; raises SlackError when it cannot be done."""
    action = answer.get("response_action")
    views = workspace.modals[view.user]
    if action == "errors":
        view.errors = _known_errors(view, answer.get("errors") or {})
    elif action == "update":
        update_view(workspace, view, answer.get("view") or {}, method="view_submission")
    elif action == "push":
        _check(workspace, answer.get("view") or {}, "modal")
        _shown(workspace, stack(workspace, view.user, answer["view"]), "view_submission", "modal")
    elif action == "clear":
        views.clear()
    elif action is None:
        workspace.modals[view.user] = [other for other in views if other.id != view.id]
    else:
        raise SlackError("invalid_arguments", messages=[f"unknown response_action {action}"])
    workspace.changed()


def _known_errors(view: View, errors: dict[str, str]) -> dict[str, str]:
    asked = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    unknown = sorted(set(errors) - asked)
    if unknown or not errors:
        raise SlackError("invalid_arguments", messages=[f"errors for blocks that are no inputs: {unknown}"])
    return dict(errors)


def _check(workspace: Workspace, body: Json, kind: str, *, but: View | None = None) -> None:
    limits.check_view(body, kind)
    check_pictures(workspace, body["blocks"], error="invalid_arguments", root="/view/blocks")
    name = body.get("external_id")
    shown = [*(view for views in workspace.modals.values() for view in views), *workspace.homes.values()]
    if name and any(view.body.get("external_id") == name and view is not but for view in shown):
        raise SlackError("duplicate_external_id")


def _fresh(workspace: Workspace, user_id: str, body: Json) -> View:
    body = {**body, "blocks": named(body["blocks"])}
    name = workspace.new_id("V")
    values = first_values(body["blocks"])
    return View(id=name, user=user_id, hash=_hash(workspace, name), body=body, values=values, root=name)


def _hash(workspace: Workspace, view_id: str) -> str:
    stamp = workspace.stamp()
    return f"{stamp.split('.')[0]}.{sha1((view_id + stamp).encode(), usedforsecurity=False).hexdigest()[:8]}"


def _shown(workspace: Workspace, view: View, method: str, kind: str) -> View:
    workspace.recorder.add(method, kind, view.body)
    workspace.changed()
    return view


def described(workspace: Workspace, view: View) -> Json:
    """The answer of the views methods."""
    return {"ok": True, "view": view_body(workspace.app, view)}
