"""The README is held to the code: settings, commands, files it names."""

import re
from pathlib import Path

from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from bot.cli import build
from bot.settings import Settings
from bot.slack import align, goal_words, prompts

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def rows() -> dict[str, str]:
    """The settings table: variable to default as written."""
    return dict(re.findall(r"^\| `(TRUELINE_\w+)` \| (.*?) ?\| ", README, flags=re.M))


def test_the_settings_table_is_that_of_the_code() -> None:
    expected = {}
    for name, field in Settings.model_fields.items():
        plain = (
            field.default is None or field.default in ("", PydanticUndefined) or isinstance(field.default, SecretStr)
        )
        expected[f"TRUELINE_{name.upper()}"] = "" if plain else f"`{field.default}`"
    assert rows() == expected


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        first_words = (field.description or "").split(":")[0].rstrip(".")
        assert first_words and first_words in README, name


def test_every_shell_command_is_listed() -> None:
    commands = {
        command.name or command.callback.__name__ for command in build().registered_commands if command.callback
    }
    listed = set(re.findall(r"`trueline (\w+)", README))
    assert commands <= listed


def test_every_word_that_can_be_typed_is_listed() -> None:
    for word in {*prompts.WORDS, *align.WORDS, *goal_words.ALONE} - {"", "answer", "edit", "goals", "checkin"}:
        assert f"`{word}`" in README or f"`{word} " in README, word


def test_every_file_that_is_named_exists() -> None:
    for named in re.findall(r"`((?:bot|checkins|storage)/[\w/]+\.py)`", README):
        assert (ROOT / named).is_file(), named
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture


def test_every_make_target_that_is_named_exists() -> None:
    named = set(re.findall(r"^make (\w+)$", README, flags=re.M)) | set(re.findall(r"`make (\w+)`", README))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.M))
    assert {"demo", "test"} <= named <= targets
