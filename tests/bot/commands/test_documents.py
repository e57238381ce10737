"""`trueline import`, `export` and `migrate`."""

import json
from pathlib import Path

import pytest

from tests import northwind
from tests.bot.commands.conftest import Trueline


def test_import_into_nothing_makes_the_database_and_the_workspace(trueline: Trueline, northwind_file: str) -> None:
    done = trueline("import", northwind_file)
    assert done.code == 0
    assert done.out.startswith("Workspace northwind:")
    assert "people          3 added" in done.out
    assert trueline("import", northwind_file).out == "Workspace northwind: nothing changed.\n"


def test_export_restores_the_workspace_elsewhere(trueline: Trueline, northwind_file: str, tmp_path: Path) -> None:
    trueline("import", northwind_file)
    assert trueline("export", "here.json").out == "Wrote here.json.\n"
    trueline("import", "here.json", "--database", "sqlite:///other.db")
    there = trueline("export", "-", "--database", "sqlite:///other.db").out
    assert there == (tmp_path / "here.json").read_text(encoding="utf-8")
    assert json.loads(there)["name"] == "Northwind"


def test_check_reads_only(trueline: Trueline, northwind_file: str, tmp_path: Path) -> None:
    done = trueline("import", northwind_file, "--check")
    assert done.code == 0
    assert done.out.splitlines() == [
        "No faults. This would be done; nothing was stored.",
        "  workspace       1 changed: Northwind",
        "  teams           2 added: Payments, App",
        "  people          3 added: Ana Łuczak, Ben, Kiri",
        "  goals           2 added: Grow, Payouts within an hour",
        "  check-ins       1 added: 2026-11-16 Ana Łuczak",
    ]
    assert [path.name for path in tmp_path.iterdir()] == [northwind_file]


def test_check_names_what_would_be_closed(trueline: Trueline, northwind_file: str, tmp_path: Path) -> None:
    trueline("import", northwind_file)
    (tmp_path / "goals.csv").write_text("id,status,mood\nfast,done,fine\n", encoding="utf-8")
    assert trueline("import", "goals.csv", "--check").out.splitlines() == [
        "Columns that are not read: mood.",
        "No faults. This would be done; nothing was stored.",
        "  goals           1 closed: Payouts within an hour",
    ]
    assert trueline("import", northwind_file, "--check").out == "No faults. Everything is stored like this already.\n"


def test_goals_go_out_and_come_in_as_a_table(trueline: Trueline, northwind_file: str, tmp_path: Path) -> None:
    trueline("import", northwind_file)
    assert trueline("export", "--goals", "goals.csv").out == "Wrote goals.csv.\n"
    assert trueline("import", "goals.csv").out == "Workspace northwind: nothing changed.\n"
    table = (tmp_path / "goals.csv").read_bytes().decode("utf-8-sig")
    assert trueline("export", "--goals", "-").out.lstrip("\ufeff") == table
    (tmp_path / "goals.csv").write_text(table.replace("0.4", "0.5"), encoding="utf-8", newline="")
    assert "goals           0 added      1 changed" in trueline("import", "goals.csv").out


def test_a_template_is_written_and_can_be_imported(trueline: Trueline) -> None:
    written = trueline("import", "--template", "goals.csv").out
    assert written == "Wrote goals.csv. Fill it in, then: trueline import goals.csv\n"
    assert "goals           2 added" in trueline("import", "goals.csv").out
    assert trueline("import").err.startswith("Name the file to import")


@pytest.mark.parametrize("words", [(), ("--check",)])
def test_a_bad_document_names_every_fault_and_changes_nothing(
    trueline: Trueline, tmp_path: Path, words: tuple[str, ...]
) -> None:
    goals = [{"id": "g", "title": "G", "supports": ["growth"], "weight": 2}]
    (tmp_path / "bad.json").write_text(northwind.text(goals=goals, check_ins=[]), encoding="utf-8")
    done = trueline("import", "bad.json", *words)
    assert done.code == 2
    assert done.err.splitlines() == [
        'goals[0].supports[0]: no goal "growth"',
        "goals[0].weight: is 2; allowed is 0 to 1",
    ]
    assert not (tmp_path / "trueline.db").exists()


def test_a_document_may_refer_to_what_is_stored(trueline: Trueline, northwind_file: str, tmp_path: Path) -> None:
    part = {"format": "trueline-organisation", "version": 1, "goals": [{"id": "new", "title": "New", "team": "app"}]}
    (tmp_path / "part.json").write_text(json.dumps(part), encoding="utf-8")
    assert trueline("import", "part.json", "--check").err == 'goals[0].team: no team "app"\n'
    trueline("import", northwind_file)
    assert trueline("import", "part.json", "--check").code == 0
    assert "goals           1 added" in trueline("import", "part.json").out


def test_with_several_workspaces_one_has_to_be_named(trueline: Trueline, northwind_file: str) -> None:
    trueline("import", northwind_file)
    assert trueline("import", northwind_file, "--workspace", "second").code == 0
    for words in (("export", "x.json"), ("goals",), ("digest",), ("import", northwind_file)):
        done = trueline(*words)
        assert (done.code, done.out) == (2, "")
        assert done.err == "Several workspaces are stored: northwind, second. Name one with --workspace.\n"
    assert trueline("export", "x.json", "--workspace", "second").code == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("import", "nope.json"), "nope.json cannot be read: No such file or directory."),
        (("import", "."), ". cannot be read: Is a directory."),
        (("import", "bytes.json"), "bytes.json is not UTF-8 text."),
        (("export", "x.json"), "There is no database at sqlite:///trueline.db yet. Start with: trueline import FILE"),
        (("migrate", "--database", "nonsense"), '"nonsense" is no database URL.'),
        (("migrate", "--database", "mysql://x/y"), 'Trueline cannot use a "mysql" database.'),
        (("import", "good.json", "--database", "sqlite:////nowhere/a.db"), "The database sqlite:////nowhere/a.db"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(
    trueline: Trueline, tmp_path: Path, words: tuple[str, ...], complaint: str
) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe{")
    (tmp_path / "good.json").write_text(northwind.text(), encoding="utf-8")
    done = trueline(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(complaint) and done.err.count("\n") == 1
    assert not (tmp_path / "trueline.db").exists()


def test_export_says_why_a_file_cannot_be_written(trueline: Trueline, northwind_file: str) -> None:
    trueline("import", northwind_file)
    done = trueline("export", "nowhere/x.json")
    assert (done.code, done.err) == (2, "nowhere/x.json cannot be written: No such file or directory.\n")


def test_an_unknown_workspace_is_named_with_those_there_are(trueline: Trueline, northwind_file: str) -> None:
    trueline("import", northwind_file)
    assert trueline("goals", "--workspace", "q").err == 'There is no workspace "q". Stored: northwind.\n'


def test_the_database_can_come_from_the_environment(
    trueline: Trueline, northwind_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUELINE_DATABASE", "sqlite:///named.db")
    trueline("import", northwind_file)
    assert (tmp_path / "named.db").exists()


def test_migrate_makes_tables_once(trueline: Trueline) -> None:
    assert trueline("migrate").out.endswith("; before: empty.\n")
    assert trueline("migrate").out.startswith("Nothing to do: the database is at revision")
    assert trueline("goals").err == "The database holds no workspace yet. Start with: trueline import FILE\n"
