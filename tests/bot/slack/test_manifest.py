"""The manifest is what the code needs: no more, no less."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.analyst import Analyst
from bot.clock import Clock
from bot.context import Context
from bot.settings import Settings
from bot.slack import app as bolt
from bot.slack.ids import Action, Callback
from bot.slack.manifest import SLACK_PATH, manifest
from checkins.ports import Store

ROOT = Path(__file__).parents[3]

SCOPES_OF_CALLS: dict[str, set[str]] = {
    "apps_connections_open": set(),
    "auth_test": set(),
    "chat_getPermalink": set(),
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"im:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "files_completeUploadExternal": {"files:write"},
    "files_info": {"files:read"},
    "files_getUploadURLExternal": {"files:write"},
    "usergroups_list": {"usergroups:read"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read", "users:read.email"},
    "users_list": {"users:read", "users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
SCOPES_OF_EVENTS: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_uninstalled": set(),
    "channel_archive": {"channels:read"},
    "channel_left": {"channels:read"},
    "channel_rename": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_left": {"groups:read"},
    "group_rename": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
    "subteam_members_changed": {"usergroups:read"},
    "subteam_updated": {"usergroups:read"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}


WITHOUT_SUBMIT = {Callback.MESSAGE, Callback.GOAL_DETAIL, Callback.SCORES}


class Registered:
    """Takes the place of Bolt's app and writes down what is registered on it."""

    def __init__(self, **_: Any) -> None:
        self.names: dict[str, list[str]] = {}

    def use(self, _: Any) -> None:
        pass

    def __getattr__(self, kind: str) -> Callable[[str], Callable[[Any], None]]:
        def register(name: str | re.Pattern[str]) -> Callable[[Any], None]:
            self.names.setdefault(kind, []).append(_beginning(name) if isinstance(name, re.Pattern) else str(name))
            return lambda _: None

        return register


def _beginning(pattern: re.Pattern[str]) -> str:
    """The action whose id is followed by more, which a pattern hears."""
    return next(action for action in Action if pattern.match(f"{action}:"))


@pytest.fixture
def settings() -> Settings:
    return Settings(_env_file=None)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> dict[str, list[str]]:
    """What the features listen to, by Bolt's word for it."""
    monkeypatch.setattr(bolt, "AsyncApp", Registered)
    context = Context(store=cast(Store, None), clock=Clock(), settings=settings, analyst=Analyst(""), wake=lambda: None)
    connection = bolt.Connection(team="T1", team_name="Acme", bot_user="U1", bot_id="B1", token="xoxb-1")
    app = bolt.build_app(context, connection, AsyncWebClient(token="xoxb-1"))
    return cast(Registered, app).names


def test_the_file_at_the_top_is_the_manifest_of_the_default_settings(settings: Settings) -> None:
    printed = yaml.safe_dump(manifest(settings), sort_keys=False, allow_unicode=True)
    assert (ROOT / "manifest.yml").read_text() == printed, "run: trueline manifest > manifest.yml"


def test_every_command_is_heard_under_its_own_name(settings: Settings, registered: dict[str, list[str]]) -> None:
    commands = manifest(settings)["features"]["slash_commands"]
    assert sorted(registered["command"]) == sorted(command["command"] for command in commands)
    assert all(command["usage_hint"] and command["description"] for command in commands)


def test_commands_can_be_renamed() -> None:
    renamed = manifest(Settings(_env_file=None, goals_command="/our-goals"))
    names = [command["command"] for command in renamed["features"]["slash_commands"]]
    assert names == ["/checkin", "/our-goals", "/align"]


def test_every_shortcut_is_heard(settings: Settings, registered: dict[str, list[str]]) -> None:
    shortcuts = manifest(settings)["features"]["shortcuts"]
    assert registered["shortcut"] == [shortcut["callback_id"] for shortcut in shortcuts]
    assert all(len(shortcut["name"]) <= 24 for shortcut in shortcuts)  # Slack refuses the manifest otherwise


def test_every_event_is_heard_and_no_other(settings: Settings, registered: dict[str, list[str]]) -> None:
    events = manifest(settings)["settings"]["event_subscriptions"]["bot_events"]
    assert sorted({event.partition(".")[0] for event in events}) == sorted(registered["event"])
    assert set(events) == set(SCOPES_OF_EVENTS)


def test_every_button_and_form_is_heard(registered: dict[str, list[str]]) -> None:
    chosen, suggested = registered["action"], registered["options"]
    assert sorted(set(chosen) | set(suggested)) == sorted(Action)
    assert len(set(chosen)) == len(chosen) and len(set(suggested)) == len(suggested)
    assert sorted(registered["view"]) == sorted(set(Callback) - WITHOUT_SUBMIT)


def test_every_scope_has_a_use_and_every_use_its_scope(settings: Settings) -> None:
    used = set[str]().union({"commands"}, *SCOPES_OF_EVENTS.values(), *(SCOPES_OF_CALLS[call] for call in calls()))
    scopes = manifest(settings)["oauth_config"]["scopes"]["bot"]
    assert sorted(scopes) == sorted(used)


def calls() -> set[str]:
    """The methods of Slack's Web API that the bot's code calls."""
    families = "apps|auth|chat|conversations|files|usergroups|users|views"
    sources = [*(ROOT / "bot").glob("*.py"), *(ROOT / "bot" / "slack").glob("*.py")]
    found = (re.findall(rf"client\.((?:{families})_\w+)\(", source.read_text()) for source in sources)
    return {call for listed in found for call in listed}


def test_http_mode_names_one_address_everywhere(settings: Settings) -> None:
    made, address = manifest(settings, "https://trueline.example.org/"), f"https://trueline.example.org{SLACK_PATH}"
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["socket_mode_enabled"] is False


def test_people_can_write_to_the_bot_and_see_its_home(settings: Settings) -> None:
    assert manifest(settings)["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
