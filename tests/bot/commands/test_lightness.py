"""Who types a command does not wait for libraries that only another command needs; none of this takes a clock."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import northwind
from tests.bot.commands.conftest import Trueline

BOT = {"slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "starlette", "uvicorn", "structlog"}
STORAGE = {"sqlalchemy", "sqlmodel", "alembic", "pydantic", "pydantic_settings"}
SUMS = {"numpy", "scipy", "sklearn", "matplotlib"}

RUN = """
import atexit, json, sys
atexit.register(lambda: sys.stderr.write(json.dumps([*sys.modules])))
from bot.cli import main
main()
"""
BUILD = """
import json, sys
from bot import analyst
analyst.load()
loaded = [*sys.modules]
analyst.build("sqlite:///trueline.db", "northwind", "2026-W47")
sys.stderr.write(json.dumps([loaded, [*sys.modules]]))
"""


@pytest.fixture(autouse=True)
def imported(trueline: Trueline, tmp_path: Path) -> None:
    items = [{"text": "Work", "goal": "fast"}]
    answer = {"id": "a1", "person": "ana", "team": "pay", "date": "2026-11-16", "items": items}
    goals = [{"id": "fast", "title": "Payouts within an hour", "team": "pay"}]
    document = northwind.text(goals=goals, check_ins=[answer], cadence="weekly")
    (tmp_path / "northwind.json").write_text(document, encoding="utf-8")
    assert trueline("import", "northwind.json").code == 0


def told(code: str, *words: str) -> Any:
    """What a fresh interpreter writes to standard error, read as JSON."""
    ran = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return json.loads(ran.stderr)


def test_help_loads_neither_the_bot_nor_the_database() -> None:
    assert not (BOT | STORAGE | SUMS) & {*told(RUN, "--help")}


def test_goals_load_neither_the_bot_nor_what_sums_need() -> None:
    assert not (BOT | SUMS) & {*told(RUN, "goals")}


def test_the_digest_loads_neither_the_bot_nor_what_draws() -> None:
    loaded = {*told(RUN, "digest", "--week", "2026-W47")}
    assert "numpy" in loaded
    assert not (BOT | {"matplotlib"}) & loaded


def test_the_child_has_loaded_every_library_before_the_first_digest() -> None:
    before, after = told(BUILD)
    assert {"matplotlib", "sklearn", "sqlalchemy"} <= {*before}
    assert packages(after) <= packages(before)
    assert not BOT & {*after}


def packages(modules: Sequence[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}
