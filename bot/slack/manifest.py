"""What Slack has to know about the app: names, commands, scopes and events, for these settings."""

from typing import Any

from bot.settings import Settings
from bot.slack.ids import Shortcut
from bot.texts import linking as linking_texts

BOT_NAME = "Trueline"
SLACK_PATH = "/slack/events"  # where signed HTTP requests come in

SCOPES = (
    "commands",  # the three commands and the shortcut
    "chat:write",  # prompts, receipts, digests
    "im:write",  # opening the direct messages with a person
    "im:history",  # a prompt that may have gone out is looked up before it is sent again
    "users:read",  # names, time zones, who is a guest or gone
    "users:read.email",  # linking imported people to their accounts
    "usergroups:read",  # teams that follow a user group
    "channels:read",  # the digest channel: whether the bot is in it, what becomes of it; teams that follow a channel
    "groups:read",  # the same for private channels
    "files:read",  # a file with goals that somebody puts into the form for it
    "files:write",  # the picture in the digest
)
EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_left",
    "channel_rename",
    "group_archive",
    "group_left",
    "group_rename",
    "member_joined_channel",  # teams that follow a channel are kept in step
    "member_left_channel",
    "message.im",
    "subteam_members_changed",  # the same for user groups
    "subteam_updated",  # also when a user group is disabled
    "tokens_revoked",
    "user_change",
)


def manifest(settings: Settings, http_url: str | None = None) -> dict[str, Any]:
    """The app's manifest: Socket Mode, or signed HTTP at a public address such as https://trueline.example.org."""
    where = f"{http_url.rstrip('/')}{SLACK_PATH}" if http_url else None
    return {
        "display_information": {
            "name": BOT_NAME,
            "description": "Shows every week how the work maps to the goals",
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": BOT_NAME, "always_online": True},
            "shortcuts": [
                {
                    "name": "Check in now",
                    "type": "global",
                    "callback_id": str(Shortcut.CHECK_IN_NOW),
                    "description": "Answer or edit this week's check-in",
                },
                {
                    "name": linking_texts.SHORTCUT,
                    "type": "message",
                    "callback_id": str(Shortcut.LINK_MESSAGE),
                    "description": "Link this message to a goal, for your next check-in",
                },
            ],
            "slash_commands": [_addressed(command, where) for command in _commands(settings)],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**({"request_url": where} if where else {}), "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **({"request_url": where} if where else {})},
            "org_deploy_enabled": False,
            "socket_mode_enabled": where is None,
            "token_rotation_enabled": False,
        },
    }


LONG_DESCRIPTION = (
    "Trueline asks each team in a direct message what it worked on and which goal that served. Answering takes less "
    "than thirty seconds. Once a week it posts a digest: how much of the work supports a goal, how far that is from "
    "the plan, and where teams work on the same thing without knowing. It runs on your own machine, reads no "
    "channels, scores nobody, and every message says who will see what."
)


def _commands(settings: Settings) -> list[dict[str, Any]]:
    return [
        {
            "command": settings.checkin_command,
            "description": "Answer or edit this week's check-in",
            "usage_hint": "[skip | away DAYS | history | help]",
            "should_escape": True,
        },
        {
            "command": settings.goals_command,
            "description": "See what your team and the others work towards",
            "usage_hint": "[all | team NAME | words to search | help]",
            "should_escape": False,
        },
        {
            "command": settings.align_command,
            "description": "Status, next check-in and everything else",
            "usage_hint": "[vision | digest | teams | privacy | help]",
            "should_escape": True,
        },
    ]


def _addressed(command: dict[str, Any], where: str | None) -> dict[str, Any]:
    return {**command, "url": where} if where else command
