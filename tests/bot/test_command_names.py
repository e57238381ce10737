"""Sentences name the commands as the workspace does."""

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.texts.commands import as_named
from tests.bot.harness import bot_in_sandbox
from tests.bot.slack.screens import typed

RENAMED = {"checkin_command": "/standup", "goals_command": "/aims", "align_command": "/trueline"}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Type `/checkin` for your own.", "Type `/standup` for your own."),
        ("`/align goals all` or /goals.", "`/trueline goals all` or /aims."),
        ("See https://acme.test/goals and /goalscape.", "See https://acme.test/goals and /goalscape."),
    ],
)
def test_commands_bear_the_names_of_the_settings(said: str, shown: str) -> None:
    assert as_named(said, Settings(_env_file=None, **RENAMED)) == shown


@pytest.mark.anyio
async def test_an_error_names_the_renamed_command(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path, **RENAMED) as stage:
        said = await typed(stage, stage.visitor("anna"), "/trueline work")
        assert said == "You are in no team yet. Name one: `/trueline work NAME`."
