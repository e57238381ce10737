"""`trueline goals` and `trueline digest` over what is stored."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import northwind
from tests.bot.commands.conftest import Trueline

MONDAYS = [date(2026, 10, 26) + timedelta(weeks=n) for n in range(4)]  # the last one lies in 2026-W47


def answers() -> Iterator[dict[str, Any]]:
    for number, (person, goal) in enumerate(
        (who, what) for _ in MONDAYS for who, what in (("ana", "grow"), ("ben", "fast"))
    ):
        day = MONDAYS[number // 2]
        items = [{"text": "Work", "goal": goal}]
        yield {"id": f"a{number}", "person": person, "team": "pay", "date": day.isoformat(), "items": items}


@pytest.fixture(autouse=True)
def imported(trueline: Trueline, tmp_path: Path) -> None:
    goals = [
        {"id": "grow", "title": "Grow [red]fast[/red]", "level": "organisation", "owner": "ana", "team": "pay"},
        {"id": "fast", "title": "Payouts within an hour", "team": "pay", "contributing_teams": ["app"], "weight": 0.4}
        | {"supports": ["grow"]},
        {"id": "old", "title": "Old goal", "team": "pay", "status": "done", "ends": "2026-03-31"},
    ]
    document = northwind.text(goals=goals, check_ins=list(answers()), cadence="weekly")
    (tmp_path / "northwind.json").write_text(document, encoding="utf-8")
    assert trueline("import", "northwind.json").code == 0


def test_goals_that_run_stand_below_what_they_support(trueline: Trueline) -> None:
    heading, _, part, *rows = trueline("goals").out.splitlines()
    assert (heading.split()[0], part.strip()) == ("Goal", "Running today")
    assert [row.split("  ")[0] for row in rows] == ["Grow [red]fast[/red]", ""]
    assert rows[1].startswith("  Payouts within an hour ")
    assert rows[1].split()[-6:] == ["–", "40", "%", "–", "under", "way"]


def test_goals_of_a_team_and_all_of_them(trueline: Trueline) -> None:
    assert trueline("goals", "--team", "app").out.splitlines()[3].startswith("Payouts within an hour ")
    assert "2026-03-31" in trueline("goals", "--all").out
    assert "Old goal" not in trueline("goals").out
    assert trueline("goals", "--team", "sales").code == 2


def test_the_digest_reads_as_text(trueline: Trueline) -> None:
    done = trueline("digest", "--week", "2026-W47")
    assert done.code == 0
    assert done.out.startswith(
        "Northwind · Week 47 · 16–22 November 2026\n\n2 of 2 people answered (last week 2 of 2)\n"
    )
    assert "“Payouts within an hour”, planned 40\u00a0%" in done.out
    assert "By team\nPayments\u00a0·\u00a0100\u00a0% supports a goal" in done.out


def test_the_digest_as_json_is_the_document_of_the_format(trueline: Trueline) -> None:
    digest = json.loads(trueline("digest", "--week", "2026-W47", "--format", "json").out)
    assert digest["answers"] == {"expected": 2, "received": 2}
    assert (digest["week"], digest["period"], digest["team"]) == ("2026-W47", "2026-W47", None)
    assert {goal["goal"]: goal["declared"] for goal in digest["goals"]}["grow"] is None


def test_the_digest_as_a_page_carries_its_picture(trueline: Trueline) -> None:
    page = trueline("digest", "--week", "2026-W47", "--format", "html").out
    assert page.startswith("<!doctype html>") and page.count("data:image/png;base64,") == 2


def test_a_team_has_its_own_digest(trueline: Trueline) -> None:
    done = trueline("digest", "--week", "2026-W47", "--team", "pay")
    assert done.out.startswith("Payments · Week 47") and "By team" not in done.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--week", "2026-W60"), '"2026-W60" is no week. Write a year and an ISO week, like 2026-W47.'),
        (("--week", "soon"), '"soon" is no week. Write a year and an ISO week, like 2026-W47.'),
        (
            ("--week", "2024-W01"),
            "There is no digest of 2024-W01: nobody was asked then. Answers are stored from 2026-W44 to 2026-W47.",
        ),
        (("--week", "2026-W47", "--team", "sales"), 'There is no team "sales"'),
    ],
)
def test_what_is_not_there_is_one_line_and_exit_code_2(
    trueline: Trueline, words: tuple[str, ...], complaint: str
) -> None:
    done = trueline("digest", *words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(complaint) and done.err.count("\n") == 1


def test_the_same_data_gives_the_same_digest(trueline: Trueline) -> None:
    words = ("digest", "--week", "2026-W47", "--format", "html")
    assert trueline(*words).out == trueline(*words).out


def test_journey_the_roadmap_is_read_and_drawn(trueline: Trueline, tmp_path: Path) -> None:
    said = trueline("goals", "--roadmap")
    assert said.code == 0 and said.out.startswith("Roadmap · Q")
    assert "No dates\n  Grow [red]fast[/red] · Payments\n  Payouts within an hour · Payments" in said.out
    empty = trueline("goals", "--roadmap", "--out", "none.png")
    assert (empty.code, empty.err) == (2, "No goal has dates in these quarters.\n")

    goals = [{"id": "fast", "starts": "2020-01-01", "title": "Payouts within an hour", "team": "pay"}]
    (tmp_path / "dated.json").write_text(northwind.text(goals=goals, cadence="weekly"), encoding="utf-8")
    trueline("import", "dated.json")
    assert (
        "Goes on after that\n  Payouts within an hour · Payments · from 1 Jan 2020"
        in trueline("goals", "--roadmap", "--team", "pay").out
    )
    assert trueline("goals", "--roadmap", "--out", "all.png").out == "Wrote all.png.\n"
    assert (tmp_path / "all.png").read_bytes().startswith(b"\x89PNG")
    assert trueline("goals", "--out", "no/folder.png").code == 2
