"""The app's manifest as Slack enforces it: scopes, subscriptions, commands, tabs."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Manifest:
    """Read-only view of a manifest document."""

    document: dict[str, Any]

    def _at(self, *path: str) -> Any:
        value: Any = self.document
        for name in path:
            value = value.get(name, {}) if isinstance(value, dict) else {}
        return value

    @property
    def scopes(self) -> tuple[str, ...]:
        return tuple(self._at("oauth_config", "scopes", "bot") or ())

    @property
    def events(self) -> tuple[str, ...]:
        return tuple(self._at("settings", "event_subscriptions", "bot_events") or ())

    @property
    def commands(self) -> dict[str, dict[str, Any]]:
        """Slash commands by their word, with the slash."""
        return {command["command"]: command for command in self._at("features", "slash_commands") or ()}

    @property
    def shortcuts(self) -> dict[str, dict[str, Any]]:
        return {shortcut["callback_id"]: shortcut for shortcut in self._at("features", "shortcuts") or ()}

    @property
    def bot_name(self) -> str:
        return self._at("features", "bot_user", "display_name") or self._at("display_information", "name") or "app"

    @property
    def home_tab(self) -> bool:
        return bool(self._at("features", "app_home", "home_tab_enabled"))

    @property
    def messages_tab(self) -> bool:
        return bool(self._at("features", "app_home", "messages_tab_enabled"))

    @property
    def messages_tab_writable(self) -> bool:
        return self.messages_tab and not self._at("features", "app_home", "messages_tab_read_only_enabled")

    @property
    def interactive(self) -> bool:
        return bool(self._at("settings", "interactivity", "is_enabled"))
