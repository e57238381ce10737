"""The command line as a shell meets it: words in; output, complaint and exit code out."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import cli
from tests import northwind


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


Trueline = Callable[..., Outcome]


@pytest.fixture
def trueline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trueline:
    """Runs a command in an empty folder, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUELINE_DATABASE", raising=False)

    def run(*words: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["trueline", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
            raise SystemExit(0)
        told = capsys.readouterr()
        return Outcome(code=int(ended.value.code or 0), out=told.out, err=told.err)

    return run


@pytest.fixture
def northwind_file(tmp_path: Path) -> str:
    file = tmp_path / "northwind.json"
    file.write_text(northwind.text(), encoding="utf-8")
    return file.name
