"""Whole plays without a page: plants are found in time, nothing is invented, files and exit codes are right."""

import asyncio
import json
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot import cli
from bot.commands.free_port import free_port
from bot.commands.staging import staged
from bot.demo.company import FIRST_WEEK, Company, company_of
from bot.demo.headless import FINE, WRONG, digests_of, judged, played
from bot.demo.planting import ALL, Plant, Planted
from checkins.digest import from_json, to_json

PEOPLE, WEEKS = 24, 6
TROUBLED = company_of(people=PEOPLE, seed=1, kinds=ALL)


@pytest.fixture(scope="module")
def digests() -> list[Mapping[str, Any]]:
    """Six weeks of a company with everything planted, through the real bot."""

    async def played_once() -> list[Mapping[str, Any]]:
        async with staged(TROUBLED) as stage:
            return await digests_of(stage, weeks=WEEKS, out=None, console=Console(file=StringIO()))

    return asyncio.run(played_once())


async def play(company: Company, *, weeks: int = WEEKS, out: Path | None = None) -> tuple[int, str]:
    """The exit code and what was said."""
    said = StringIO()
    async with staged(company) as stage:
        code = await played(stage, weeks=weeks, out=out, console=Console(file=said, width=200))
    return code, said.getvalue()


def verdict(company: Company, digests: Sequence[Mapping[str, Any]]) -> tuple[int, str]:
    """The same, of digests that are there already."""
    said = StringIO()
    return judged(company, digests, console=Console(file=said, width=200)), said.getvalue()


def test_what_is_planted_is_found_in_time_and_nothing_is_invented(digests: list[Mapping[str, Any]]) -> None:
    code, said = verdict(TROUBLED, digests)
    assert code == FINE, said
    assert said.count("│ ok ") == len(ALL)


def test_a_plant_that_is_not_there_is_missed_and_one_that_nobody_wrote_down_is_invented(
    digests: list[Mapping[str, Any]],
) -> None:
    drift = next(planted for planted in TROUBLED.planted if planted.kind is Plant.DRIFT)
    planted_in = {planted.team for planted in TROUBLED.planted}
    spared = next(team.id for team in TROUBLED.teams if team.id not in planted_in)
    doctored = Planted(kind=Plant.SILO, team=spared, goal=None, first_week=drift.first_week)
    code, said = verdict(replace(TROUBLED, planted=(doctored,)), digests)
    assert code == WRONG
    assert "MISSED" in said and "INVENTED" in said


@pytest.mark.anyio
async def test_a_company_without_troubles_is_told_of_none() -> None:
    code, said = await play(company_of(people=PEOPLE, seed=1, kinds=frozenset()))
    assert code == FINE, said
    assert "none planted" in said and "INVENTED" not in said


@pytest.mark.anyio
async def test_a_play_leaves_its_digests_and_the_truth(tmp_path: Path) -> None:
    company = company_of(people=12, seed=7, kinds=ALL)
    code, said = await play(company, weeks=2, out=tmp_path / "out")
    weeks = [str(FIRST_WEEK), str(FIRST_WEEK.plus(1))]
    names = {f"{week}.{kind}" for week in weeks for kind in ("json", "txt", "html", "png")}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names | {"truth.json"}
    for week in weeks:
        body = json.loads((tmp_path / "out" / f"{week}.json").read_text("utf-8"))
        assert body["week"] == week
        assert to_json(from_json(body)) == body
        assert (tmp_path / "out" / f"{week}.png").read_bytes().startswith(b"\x89PNG")
    truth = json.loads((tmp_path / "out" / "truth.json").read_text("utf-8"))
    assert [entry["kind"] for entry in truth] == ["silo", "drift", "orphan"]
    assert all(entry.keys() == {"kind", "team", "goal", "first_week"} for entry in truth)
    assert code == FINE and said.count("too early") == 3


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--planted", "weeds"), "--planted takes silo, drift, orphan or none"),
        (("--people", "5"), "--people takes 12 to 200"),
        (("--weeks", "0"), "--weeks takes 1 to 40"),
        (("--port", "99999"), "--port takes 1 to 65535"),
    ],
)
def test_a_bad_option_is_one_clear_line(
    words: tuple[str, ...], complaint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["trueline", "demo", "--headless", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    complained = capsys.readouterr().err
    assert complaint in complained and complained.count("\n") == 1


@contextmanager
def _listening() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_taken_port_is_passed_by() -> None:
    with _listening() as port:
        assert free_port(port) > port
