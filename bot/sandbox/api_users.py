"""auth, apps, bots, users and user groups."""

from bot.sandbox.arguments import Method, page, required, truth
from bot.sandbox.errors import SlackError
from bot.sandbox.state import Json, User, UserGroup
from bot.sandbox.workspace import Workspace


def described(workspace: Workspace, user: User) -> Json:
    """A user as Slack describes them; the e-mail address only where the scope allows it."""
    profile = _profile(workspace, user)
    body = {"id": user.id, "team_id": _team(workspace, user), "name": user.name, "deleted": user.deleted}
    if user.deleted:
        return {**body, "profile": profile, "is_bot": user.is_bot, "updated": workspace.seconds()}
    return {
        **body,
        "color": user.color.lstrip("#"),
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset(workspace.clock.now()),
        "profile": profile,
        "is_admin": user.is_admin or user.is_owner,
        "is_owner": user.is_owner,
        "is_primary_owner": user.is_owner,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_stranger": user.is_stranger,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": workspace.seconds(),
    }


def _profile(workspace: Workspace, user: User) -> Json:
    first, _, last = user.real_name.partition(" ")
    profile: Json = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "first_name": first,
        "last_name": last,
        "team": _team(workspace, user),
    }
    if "users:read.email" in workspace.manifest.scopes and user.email and not user.is_bot:
        profile["email"] = user.email
    return profile


def _team(workspace: Workspace, user: User) -> str:
    return "T0ELSEWHERE" if user.is_stranger else workspace.app.team_id


def _with_locale(workspace: Workspace, user: User, args: Json) -> Json:
    locale = {"locale": user.locale} if truth(args, "include_locale") else {}
    return {**described(workspace, user), **locale}


def auth_test(workspace: Workspace, _args: Json) -> Json:
    app = workspace.app
    return {
        "ok": True,
        "url": f"https://{app.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.users[app.bot_user].name,
        "team_id": app.team_id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(workspace: Workspace, _args: Json) -> Json:
    address = workspace.url.replace("http://", "ws://")
    ticket = workspace.socket.ticket()
    return {"ok": True, "url": f"{address}/link/?ticket={ticket}&app_id={workspace.app.app_id}"}


def bot_info(workspace: Workspace, args: Json) -> Json:
    app = workspace.app
    if args.get("bot", app.bot_id) != app.bot_id:
        raise SlackError("bot_not_found")
    name = workspace.users[app.bot_user].real_name
    about = {"id": app.bot_id, "deleted": False, "name": name, "app_id": app.app_id, "user_id": app.bot_user}
    return {"ok": True, "bot": {**about, "updated": workspace.seconds(), "icons": {}}}


def user_info(workspace: Workspace, args: Json) -> Json:
    return {"ok": True, "user": _with_locale(workspace, workspace.user(args.get("user")), args)}


def list_users(workspace: Workspace, args: Json) -> Json:
    members, cursor = page(list(workspace.users.values()), args, default=1000)
    shown = [_with_locale(workspace, user, args) for user in members]
    body = {"ok": True, "members": shown, "cache_ts": workspace.seconds()}
    return {**body, "response_metadata": {"next_cursor": cursor}}


def lookup_by_email(workspace: Workspace, args: Json) -> Json:
    wanted = str(required(args, "email")).lower()
    for user in workspace.users.values():
        if user.email.lower() == wanted and not user.deleted and not user.is_bot:
            return {"ok": True, "user": described(workspace, user)}
    raise SlackError("users_not_found")


def group_body(workspace: Workspace, group: UserGroup) -> Json:
    """A user group as Slack describes it."""
    return {
        "id": group.id,
        "team_id": workspace.app.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_update": group.updated,
        "date_delete": group.updated if group.disabled else 0,
        "user_count": len(group.users),
        "users": list(group.users),
    }


def list_groups(workspace: Workspace, args: Json) -> Json:
    hidden = not truth(args, "include_disabled")
    seen = [group for group in workspace.usergroups.values() if not (hidden and group.disabled)]
    groups = [group_body(workspace, group) for group in seen]
    if not truth(args, "include_users"):
        groups = [{name: value for name, value in group.items() if name != "users"} for group in groups]
    return {"ok": True, "usergroups": groups}


def group_users(workspace: Workspace, args: Json) -> Json:
    group = workspace.usergroups.get(str(args.get("usergroup")))
    if group is None or (group.disabled and not truth(args, "include_disabled")):
        raise SlackError("no_such_subteam")
    return {"ok": True, "users": list(group.users)}


METHODS = {
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(open_connection, token="app"),
    "bots.info": Method(bot_info, "users:read"),
    "users.info": Method(user_info, "users:read"),
    "users.list": Method(list_users, "users:read"),
    "users.lookupByEmail": Method(lookup_by_email, "users:read.email"),
    "usergroups.list": Method(list_groups, "usergroups:read"),
    "usergroups.users.list": Method(group_users, "usergroups:read"),
}
