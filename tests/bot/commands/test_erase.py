"""`trueline erase`: asks first, says what was done, guesses nobody."""

import json

import pytest

from bot.commands import erase
from tests.bot.commands.conftest import Trueline


@pytest.fixture
def stored(trueline: Trueline, northwind_file: str) -> Trueline:
    trueline("import", northwind_file)
    return trueline


def exported(trueline: Trueline) -> str:
    return trueline("export", "-").out


@pytest.mark.parametrize("who", ["ana", "ana@northwind.example", "Ana Łuczak"])
def test_a_person_is_erased(stored: Trueline, who: str) -> None:
    done = stored("erase", who, "--yes")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Erased Ana Łuczak. The shares of 1 answer stay, without the name. "
        "Backups and the messages in Slack are not touched.\n"
    )
    left = exported(stored)
    assert not any(trace in left for trace in ('"ana"', "Ana", "U0ANA", "Retry queue", "Slow week", "Berlin"))
    (answer,) = json.loads(left)["check_ins"]
    assert [(item["goal"], item["share"]) for item in answer["items"]] == [("fast", 0.7), (None, 0.3)]


def test_it_asks_first(stored: Trueline, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(question: str, *, abort: bool) -> None:
        assert abort
        asked.append(question)
        raise erase.typer.Abort

    before = exported(stored)
    monkeypatch.setattr(erase.typer, "confirm", refuse)
    assert stored("erase", "ana").code == 1
    assert asked == ["Erase Ana Łuczak (ana, ana@northwind.example) for good?"]
    assert exported(stored) == before


def test_who_is_unknown_or_not_the_only_one_is_a_line_and_exit_code_2(stored: Trueline) -> None:
    done = stored("erase", "nobody", "--yes")
    assert (done.code, done.out) == (2, "")
    assert done.err == 'There is nobody with the id, e-mail address or name "nobody".\n'
    stored("erase", "ben", "--yes")
    stored("erase", "kiri", "--yes")
    done = stored("erase", "(erased)", "--yes")
    assert done.code == 2 and done.err.startswith('Several people are called "(erased)": erased-')
    assert done.err.count("\n") == 1
