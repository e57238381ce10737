"""views.*: modals and App Home."""

from collections.abc import Callable
from functools import partial

from bot.sandbox import views
from bot.sandbox.arguments import Method, required, structured
from bot.sandbox.errors import SlackError
from bot.sandbox.state import Json, View
from bot.sandbox.workspace import Workspace


def show(how: Callable[[Workspace, str, Json], View], workspace: Workspace, args: Json) -> Json:
    """views.open and views.push: exchange a trigger for a modal."""
    args = structured(args, "view")
    view = how(workspace, required(args, "trigger_id"), required(args, "view"))
    return views.described(workspace, view)


def update_view(workspace: Workspace, args: Json) -> Json:
    args = structured(args, "view")
    view = _found(workspace, args)
    if args.get("hash") and args["hash"] != view.hash:
        raise SlackError("hash_conflict")
    return views.described(workspace, views.update_view(workspace, view, required(args, "view")))


def _found(workspace: Workspace, args: Json) -> View:
    if args.get("view_id"):
        view = workspace.view(args["view_id"])
    else:
        name = required(args, "external_id")
        stacks = (view for stack in workspace.modals.values() for view in stack)
        view = next((view for view in stacks if view.body.get("external_id") == name), None)
    if view is None:
        raise SlackError("not_found")
    return view


def publish(workspace: Workspace, args: Json) -> Json:
    args = structured(args, "view")
    user = workspace.user(args.get("user_id"))
    view = views.publish_home(workspace, user.id, required(args, "view"), expected=args.get("hash"))
    return views.described(workspace, view)


METHODS = {
    "views.open": Method(partial(show, views.open_modal)),
    "views.push": Method(partial(show, views.push_modal)),
    "views.update": Method(update_view),
    "views.publish": Method(publish),
}
