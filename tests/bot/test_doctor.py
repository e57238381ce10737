"""The doctor against the sandbox: what it finds, and that every fault comes with its fix."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.clock import Clock
from bot.doctor import Check, examine, sick
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import User
from bot.settings import Settings
from bot.slack.manifest import SCOPES, manifest
from checkins import setup
from checkins.model import DeliveryKind, DeliveryState, Person
from storage.database import Database
from tests.databases import sqlite_database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(manifest(Settings(_env_file=None)), Clock(NOW), "Acme")  # type: ignore[call-arg]
    sandbox.add_user(User(name="ada", real_name="Ada", is_admin=True))
    async with sandbox.serve():
        yield sandbox


def settings(sandbox: Sandbox, path: Path, **changed: object) -> Settings:
    known = {
        "database": f"sqlite:///{path}",
        "slack_bot_token": SecretStr(sandbox.bot_token),
        "slack_app_token": SecretStr(sandbox.app_token),
        "slack_api_url": f"{sandbox.url}/api/",
    }
    return Settings(_env_file=None, **(known | changed))  # type: ignore[arg-type, call-arg]


def found(checks: list[Check], subject: str) -> Check:
    return next(check for check in checks if check.subject == subject)


async def test_a_healthy_bot_needs_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    connect(sandbox, tmp_path / "t.db")
    checks = await examine(settings(sandbox, tmp_path / "t.db"), scopes=SCOPES)
    assert not sick(checks), checks
    assert {check.subject for check in checks} == {
        "zone data",
        "database",
        "migrations",
        "Slack token",
        "clock",
        "scopes",
        "incoming events",
        "messages tab",
        "digest channel",
    }


def connect(sandbox: Sandbox, path: Path, *, bot_in_channel: bool = True) -> None:
    """A database that is connected to the sandbox and has a digest channel."""
    channel = sandbox.add_channel("digest", with_bot=bot_in_channel)
    with sqlite_database(path) as database:
        store = database.store("acme")
        with store.transaction() as tx:
            tx.workspace.save(replace(tx.workspace.get(), slack_team=sandbox.app.team_id))
            tx.people.save(Person(id="ada", name="Ada", admin=True))
        setup.choose_digest(
            store, actor="ada", channel=channel.id, weekday=3, at=time(16), zone="Europe/Berlin", now=NOW
        )


async def test_a_channel_without_the_bot_is_told_with_the_invitation(sandbox: Sandbox, tmp_path: Path) -> None:
    connect(sandbox, tmp_path / "t.db", bot_in_channel=False)
    checks = await examine(settings(sandbox, tmp_path / "t.db"), scopes=SCOPES)
    assert "/invite @Trueline in #digest" in found(checks, "digest channel").remedy


async def test_a_closed_messages_tab_is_read_off_the_refusals(sandbox: Sandbox, tmp_path: Path) -> None:
    connect(sandbox, tmp_path / "t.db")
    with Database.connect(f"sqlite:///{tmp_path / 't.db'}") as database, database.store("acme").transaction() as tx:
        tx.outbox.add(key="k", kind=DeliveryKind.NOTICE, subject="s", person="ada", not_before=NOW, body={"text": "Hi"})
        delivery = tx.outbox.by_key("k")
        assert delivery is not None
        tx.outbox.settle(delivery.id, state=DeliveryState.UNREACHABLE, error="messages_tab_disabled")
    checks = await examine(settings(sandbox, tmp_path / "t.db"), scopes=SCOPES)
    assert "Messages Tab" in found(checks, "messages tab").remedy


async def test_missing_scopes_are_named(sandbox: Sandbox, tmp_path: Path) -> None:
    checks = await examine(settings(sandbox, tmp_path / "t.db"), scopes=[*SCOPES, "reactions:read"])
    assert found(checks, "scopes").found == "missing reactions:read"
    assert "Reinstall" in found(checks, "scopes").remedy


@pytest.mark.parametrize(
    ("changed", "subject", "remedy"),
    [
        ({"slack_bot_token": None}, "Slack token", "TRUELINE_SLACK_BOT_TOKEN"),
        ({"slack_bot_token": SecretStr("xoxb-wrong")}, "Slack token", "Copy the Bot User OAuth Token again"),
        ({"slack_app_token": None}, "incoming events", "TRUELINE_SLACK_APP_TOKEN"),
        ({"slack_app_token": SecretStr("xapp-wrong")}, "incoming events", "connections:write"),
        ({"database": "sqlite:////nowhere/at/all.db"}, "database", "TRUELINE_DATABASE"),
    ],
)
async def test_every_fault_comes_with_its_fix(
    sandbox: Sandbox, tmp_path: Path, changed: dict[str, object], subject: str, remedy: str
) -> None:
    checks = await examine(settings(sandbox, tmp_path / "t.db", **changed), scopes=SCOPES)
    assert sick(checks)
    assert remedy in found(checks, subject).remedy


async def test_an_empty_database_is_to_be_migrated(sandbox: Sandbox, tmp_path: Path) -> None:
    checks = await examine(settings(sandbox, tmp_path / "new.db"), scopes=SCOPES)
    assert "trueline migrate" in found(checks, "migrations").remedy


async def test_no_token_appears_in_what_is_found(sandbox: Sandbox, tmp_path: Path) -> None:
    checks = await examine(settings(sandbox, tmp_path / "t.db"), scopes=SCOPES)
    assert sandbox.bot_token not in repr(checks)
    assert sandbox.app_token not in repr(checks)
