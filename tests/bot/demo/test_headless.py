"""Whole plays without a page: plants are found in time, nothing is invented, files and exit codes are right."""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot import cli
from bot.commands.staging import free_port, staged
from bot.demo.company import FIRST_WEEK, Company, company_of
from bot.demo.headless import FINE, WRONG, played
from bot.demo.planting import ALL, Plant, Planted
from checkins.digest import from_json, to_json

PEOPLE, WEEKS = 24, 6


async def play(company: Company, *, weeks: int = WEEKS, out: Path | None = None) -> tuple[int, str]:
    """The exit code and what was said."""
    said = StringIO()
    async with staged(company) as stage:
        code = await played(stage, weeks=weeks, out=out, console=Console(file=said, width=200))
    return code, said.getvalue()


@pytest.mark.anyio
@pytest.mark.parametrize("seed", range(1, 11))
async def test_a_seed_holds(seed: int) -> None:
    code, said = await play(company_of(people=PEOPLE, seed=seed, kinds=ALL))
    assert code == FINE, said


@pytest.mark.anyio
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_company_without_troubles_is_told_of_none(seed: int) -> None:
    code, said = await play(company_of(people=PEOPLE, seed=seed, kinds=frozenset()))
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


@pytest.mark.anyio
async def test_a_plant_that_is_not_there_is_missed_and_one_that_nobody_wrote_down_is_invented() -> None:
    company = company_of(people=12, seed=7, kinds=frozenset({Plant.DRIFT}))
    (drift,) = company.planted
    other = next(team.id for team in company.teams if team.id != drift.team)
    doctored = Planted(kind=Plant.SILO, team=other, goal=None, first_week=drift.first_week)
    # The diaries still drift as before: only what the judge is told has changed.
    async with staged(company) as stage:
        stage.company = replace(company, planted=(doctored,))
        code = await played(stage, weeks=WEEKS, out=None, console=Console(file=(said := StringIO()), width=200))
    assert code == WRONG
    assert "MISSED" in said.getvalue() and "INVENTED" in said.getvalue()


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
