"""Goals as a table: read whatever a spreadsheet or a tool for objectives writes, and given back exactly."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkins import tabular
from checkins.document import Counts, Preview, apply
from checkins.errors import BadDocument
from checkins.model import Goal, GoalStatus, Level, Measure, Team
from checkins.ports import Store
from checkins.tabular import cells
from tests.acme import settle_in
from tests.databases import sqlite_store

NOW = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = sqlite_store(tmp_path / "trueline.db")
    settle_in(store)
    return store


def load(store: Store, text: str) -> Preview:
    return apply(store, tabular.read(store, text.encode()).document, now=NOW)


def faults(store: Store, table: str | bytes) -> list[str]:
    """What a table is refused for; nothing of it is stored."""
    before = goals(store)
    with pytest.raises(BadDocument) as refused:
        tabular.read(store, table if isinstance(table, bytes) else table.encode())
    assert goals(store) == before
    return [str(fault) for fault in refused.value.faults]


def goals(store: Store) -> dict[str, Goal]:
    with store.snapshot() as tx:
        return {goal.id: goal for goal in tx.goals.all()}


def titles(store: Store) -> dict[str, Goal]:
    return {goal.title: goal for goal in goals(store).values()}


FULL = (
    "id,title,description,level,supports,owner,team,contributing_teams,depends_on,starts,ends,weight,measure,"
    "framework,baseline,target,unit,current,status\n"
    'fun,Fewer clicks,"From four\nto two",product,north; Pages in under a second,ada@acme.example,Growth,platform,'
    "Platform,2026-07-01,2026-12-31,40 %,Clicks,heart:task_success,4,-2.5,clicks,3,paused\n"
)


def test_every_column_is_read(store: Store) -> None:
    assert load(store, FULL).counts["goals"] == Counts(added=1)
    measure = Measure(name="Clicks", framework="heart:task_success", baseline=4, target=-2.5, unit="clicks", current=3)
    expected = Goal(
        id="fun",
        title="Fewer clicks",
        description="From four\nto two",
        level=Level.PRODUCT,
        supports=("north", "speed"),
        owner="ada",
        team="growth",
        contributing_teams=("platform",),
        depends_on=("platform",),
        starts=date(2026, 7, 1),
        ends=date(2026, 12, 31),
        weight=0.4,
        measure=measure,
        status=GoalStatus.PAUSED,
    )
    stored = goals(store)["fun"]
    assert replace(stored, updated_at=None) == expected
    assert load(store, FULL).changes == 0


def test_what_has_no_column_stays_and_an_empty_cell_clears(store: Store) -> None:
    load(store, FULL)
    load(store, "id,weight,current\nfun,,2\n")
    changed = goals(store)["fun"]
    assert changed.measure is not None
    assert (changed.weight, changed.measure.current, changed.measure.target) == (None, 2, -2.5)
    assert (changed.title, changed.owner, changed.status) == ("Fewer clicks", "ada", GoalStatus.PAUSED)
    load(store, "id,measure,current,status\nfun,,,\n")
    assert (goals(store)["fun"].measure, goals(store)["fun"].status) == (None, GoalStatus.PAUSED)


def test_without_ids_a_row_is_about_the_goal_with_its_title(store: Store) -> None:
    table = (
        "title,team,weight\nDouble weekly signups,Growth,0.3\nDouble weekly signups,platform,0.2\nNew one,Growth,0.1\n"
    )
    assert load(store, table).counts["goals"] == Counts(added=2, changed=1)
    assert goals(store)["signup"].weight == 0.3
    assert goals(store)["double-weekly-signups"].team == "platform"
    assert goals(store)["new-one"].level is Level.TEAM
    assert load(store, table).changes == 0


def test_a_title_of_another_period_is_another_goal(store: Store) -> None:
    first = "title,team,starts,ends\nGrow,Growth,2026-01-01,2026-06-30\n"
    load(store, first)
    load(store, first.replace("-01-01", "-07-01").replace("-06-30", "-12-31"))
    assert {"grow", "grow-2"} <= goals(store).keys()


OKR = """Objective;Key Result;Owner;Owner Email;Team;Start Value;Current Value;Target;Progress;Due Date;Mood
Win the region;;Ben;;Growth;;;;;31.12.2026;fine
;Ten shops;Cleo;;Growth;2;4;10;25 %;31.12.2026;
;Half say yes;;noa@acme.example;Growth;;;;45%;31.12.2026;
Calm nights;No pages after ten;;;Platform;8;;2;50;2026-12-31;
"""


def test_objectives_and_key_results_become_goals(store: Store) -> None:
    reading = tabular.read(store, OKR.encode("utf-16"))
    assert reading.ignored == ("Mood",)
    assert apply(store, reading.document, now=NOW).counts["goals"] == Counts(added=5)
    made = titles(store)
    win, calm = made["Win the region"], made["Calm nights"]
    assert (win.owner, win.team, win.level, win.ends, win.measure) == (
        "ben", "growth", Level.TEAM, date(2026, 12, 31), None,
    )  # fmt: skip
    assert (calm.team, calm.ends) == ("platform", date(2026, 12, 31))
    assert made["Ten shops"].supports == (win.id,) and made["Ten shops"].owner == "cleo"
    assert made["Ten shops"].measure == Measure(name="Progress", framework="okr", baseline=2, target=10, current=4)
    assert made["Half say yes"].owner == "noa"
    assert made["Half say yes"].measure == Measure(
        name="Progress", framework="okr", baseline=0, target=100, unit="%", current=45
    )
    assert made["No pages after ten"].supports == (calm.id,)
    assert made["No pages after ten"].measure == Measure(
        name="Progress", framework="okr", baseline=8, target=2, current=5
    )
    assert apply(store, tabular.read(store, OKR.encode()).document, now=NOW).changes == 0


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_and_separator_is_read(store: Store, separator: str, encoding: str) -> None:
    rows = [["title", "description", "team"], ["Größe – ja", '"a, b; c"\nund "d"', "growth"]]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    table = "\r\n".join(separator.join(row) for row in quoted)
    apply(store, tabular.read(store, table.encode(encoding)).document, now=NOW)
    assert titles(store)["Größe – ja"].description == '"a, b; c"\nund "d"'


def test_journey_faults_change_nothing(store: Store) -> None:
    """All faults of a table at once, each by its row and column."""
    table = (
        "Title,Team,Supports,Owner,Weight,Start Date,Due Date,Baseline,Target,Level,Status\n"
        "A,Sales,,,,,,,,,\n"
        ",Growth,,,,,,,,,\n"
        "B,Growth,C,,1.5,2026-13-01,,,,,\n"
        "C,Growth,B; Nothing,Nobody,-1,2026-12-31,2026-01-01,3,3,,\n"
        "D,Growth,,,,,,,,,\n"
        "d ,Growth,,,40,,,many,=1+1,galaxy,asleep\n"
    )
    assert faults(store, table) == [
        'row 2, Team: no team "Sales"',
        "row 3, Title: is missing",
        "row 4, Supports: goes round in a circle: b → c → b",
        'row 4, Weight: "1.5" is no share; write 0 to 1, or a percentage such as 40 %',
        'row 4, Start Date: "2026-13-01" is no date; write one like 2026-11-16',
        'row 5, Supports: no goal "Nothing"',
        'row 5, Owner: no person "Nobody"',
        'row 5, Weight: "-1" is no share; write 0 to 1, or a percentage such as 40 %',
        "row 5, Due Date: 2026-01-01 lies before the start, 2026-12-31",
        "row 5, Target: is 3, the same as the baseline",
        "row 7, Title: is the title of another goal of this team in this period: row 6",
        'row 7, Weight: "40" is no share; write 0 to 1, or a percentage such as 40 %',
        'row 7, Baseline: "many" is no number. Write a number, like 12.5, 12,5, 40 % or 1 200.',
        'row 7, Target: "=1+1" is no number. Write a number, like 12.5, 12,5, 40 % or 1 200.',
        'row 7, Level: is "galaxy"; allowed is organisation, product or team',
        'row 7, Status: is "asleep"; allowed is active, paused, done or dropped',
    ]


def test_circles_and_repeated_ids_are_named_by_row(store: Store) -> None:
    assert faults(store, "id,title,supports\na,A,b\nb,B,a\nc,C,\nc,C2,\n") == [
        "row 2, supports: goes round in a circle: a → b → a",
        'row 5, id: "c" is used twice, first in row 4',
    ]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (b"", ["The file is empty."]),
        (b"Name of it,Team\n", ["row 1: names the columns; it needs one called title, or Objective"]),
        (b"title,Due Date,End date\nA,,\n", ['row 1: "Due Date" and "End date" are the same column; keep one']),
        (b'title,team\nA,\n"B,\n', ["row 3: the quotes of a cell do not close"]),
        (b"title\nA,,1\n", ["row 2: has 3 cells; the first row names 1 column"]),
        (b"\x81\x8d\x90", ["The file is no text that can be read. Save it as CSV in UTF-8."]),
        (b"x" * 10_000_001, ["The file is larger than 10 MB. Split it and import the parts."]),
        (b"title\n" + b"A\n" * 5001, ["The file has 5,001 rows; at most 5,000 are read. Split it."]),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(store: Store, table: bytes, told: Sequence[str]) -> None:
    assert faults(store, table) == told


def test_titles_that_several_goals_have_need_an_id(store: Store) -> None:
    load(store, "title,team\nGrow,Growth\nGrow,platform\n")
    assert faults(store, "title,supports\nGrow,\nNew,Grow\n")[0].startswith("row 2, title: is the title of several")


def test_formulas_are_plain_text(store: Store) -> None:
    load(store, "title,description\n=1+1,'@SUM(A1)\n")
    assert titles(store)["=1+1"].description == "@SUM(A1)"


def test_the_template_can_be_imported(store: Store) -> None:
    read = tabular.read(store, tabular.template())
    assert apply(store, read.document, now=NOW).counts["goals"] == Counts(added=2)
    assert read.ignored == ()


def test_archived_teams_stay_where_an_export_names_them(store: Store) -> None:
    with store.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), archived=True))
    assert apply(store, tabular.read(store, tabular.export(store)).document, now=NOW).changes == 0


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
NAME = TEXT.filter(str.strip)
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False, width=64)
RISKY = st.sampled_from(["=1+1", "+A1", "-2", "@SUM", "\tx", "\rx", "'=1", "''@", "a;b", '"', "a\r\nb", " x "])


@given(
    made=st.lists(
        st.builds(
            Goal,
            id=st.uuids().map(str),
            title=NAME | RISKY,
            description=TEXT | RISKY,
            level=st.sampled_from(Level),
            supports=st.just(("=north;",)) | st.just(()),
            owner=st.sampled_from([None, "-ada"]),
            team=st.sampled_from([None, "@growth"]),
            starts=st.none() | st.dates(),
            weight=st.none() | st.floats(0, 1),
            status=st.sampled_from(GoalStatus),
            measure=st.none()
            | st.builds(
                Measure,
                name=NAME | RISKY,
                framework=NAME | RISKY,
                baseline=NUMBER,
                target=NUMBER,
                unit=TEXT | RISKY,
                current=NUMBER,
            ),
        ),
        max_size=4,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_goal_comes_back_as_it_was_and_no_cell_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, made: list[Goal]
) -> None:
    store = sqlite_store(tmp_path_factory.mktemp("any") / "trueline.db")
    settle_in(store)
    with store.transaction() as tx:
        tx.people.save(replace(tx.people.get("ada"), id="-ada", email=None))
        tx.teams.save(Team(id="@growth", name="Growth again"))
        tx.goals.save(Goal(id="=north;", title="-"), *made)
    exported = tabular.export(store)
    assert apply(store, tabular.read(store, exported).document, now=NOW).changes == 0
    assert tabular.export(store) == exported


@given(TEXT | RISKY)
def test_no_text_starts_a_formula_and_every_text_comes_back(text: str) -> None:
    assert not cells.guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cells.unguarded(cells.guarded(text)) == text


@given(st.lists(NAME | RISKY))
def test_lists_come_back(entries: list[str]) -> None:
    assert cells.entries(cells.list_text(entries)) == entries


@given(NUMBER.filter(lambda number: number is not None))
def test_numbers_come_back(value: float) -> None:
    assert cells.number(cells.number_text(value)) == value
