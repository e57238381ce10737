"""What an import stores, leaves and clears; and that export gives it all back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from checkins.document import Counts, Preview, apply, dumps, export, parse, parse_for
from checkins.errors import BadDocument
from checkins.model import Cadence, Entered, GoalStatus, WorkItem, Workspace
from checkins.ports import Store
from storage.database import Database
from tests import northwind
from tests.databases import sqlite_store

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return sqlite_store(tmp_path / "trueline.db")


def load(store: Store, document: dict[str, Any]) -> Preview:
    return apply(store, parse_for(store, json.dumps(document)), now=NOW)


def part(**sections: Any) -> dict[str, Any]:
    return {"format": "trueline-organisation", "version": 1} | sections


def test_everything_the_format_holds_comes_back(database: Database) -> None:
    store = database.store("acme")
    load(store, northwind.company())
    exported = export(store)
    for kind in ("teams", "people", "goals", "check_ins"):
        stored = {row["id"]: row for row in exported[kind]}
        for row in northwind.company()[kind]:
            assert stored[row["id"]].items() >= row.items()
    assert {key: exported[key] for key in ("name", "cadence", "strategy")} == {
        key: northwind.company()[key] for key in ("name", "cadence", "strategy")
    }


def test_an_export_changes_nothing_here_and_restores_it_elsewhere(database: Database) -> None:
    here = database.store("acme")
    load(here, northwind.company())
    text = dumps(export(here))
    assert apply(here, parse(text), now=NOW).changes == 0
    database.create_workspace(Workspace(id="copy", name="Copy"))
    copy = database.store("copy")
    apply(copy, parse(text), now=NOW)
    assert dumps(export(copy)) == text


def test_a_second_import_changes_nothing(store: Store) -> None:
    first = load(store, northwind.company())
    assert first.counts["people"] == Counts(added=3)
    again = load(store, northwind.company())
    assert again.changes == 0
    assert again.counts["check-ins"] == Counts(unchanged=1)


def test_what_a_document_omits_stays_and_null_clears(store: Store) -> None:
    load(store, northwind.company())
    cleared = dict.fromkeys(("weight", "measure", "supports", "done"))
    summary = load(store, part(goals=[{"id": "fast"} | cleared]))
    assert summary.counts["goals"] == Counts(changed=1)
    with store.snapshot() as tx:
        goal = tx.goals.get("fast")
        assert (goal.weight, goal.measure, goal.supports, goal.done) == (None, None, (), ())
        assert (goal.title, goal.weights, goal.status) == ("Payouts within an hour", {"app": 0.15}, GoalStatus.PAUSED)
        assert len(tx.goals.all()) == 2
        assert tx.workspace.get().cadence is Cadence.FORTNIGHTLY


def test_part_of_the_strategy_keeps_the_rest(store: Store) -> None:
    load(store, northwind.company())
    load(store, part(strategy={"mission": "Sell"}))
    with store.snapshot() as tx:
        assert (tx.workspace.get().strategy.mission, tx.workspace.get().strategy.vision) == ("Sell", "Calm shops")


def test_people_come_home_to_the_first_team_that_lists_them(store: Store) -> None:
    load(store, northwind.company())
    with store.snapshot() as tx:
        homes = {person.id: person.home_team for person in tx.people.all()}
    assert homes == {"ana": "app", "ben": "pay", "kiri": "app"}


def test_no_home_team_is_kept_when_the_document_says_so(store: Store) -> None:
    people = [{"id": "zoe", "name": "Zoe", "home_team": None}]
    document = part(people=people, teams=[{"id": "ops", "name": "Ops", "members": ["zoe"]}])
    load(store, document)
    assert load(store, document).changes == 0
    with store.snapshot() as tx:
        assert tx.people.get("zoe").home_team is None


def test_stored_people_who_join_their_first_team_get_a_home(store: Store) -> None:
    load(store, part(people=[{"id": "zoe", "name": "Zoe"}]))
    summary = load(store, part(teams=[{"id": "ops", "name": "Ops", "members": ["zoe"]}]))
    assert summary.counts["people"] == Counts(changed=1)
    with store.snapshot() as tx:
        assert tx.people.get("zoe").home_team == "ops"


def test_slack_accounts_are_tied_moved_and_cleared(store: Store) -> None:
    load(store, northwind.company())
    swapped = part(people=[{"id": "ana", "slack": "U0NEW"}, {"id": "ben", "slack": "U0ANA"}])
    assert load(store, swapped).counts["people"] == Counts(changed=2)
    with store.snapshot() as tx:
        assert {who: account.user for who, account in tx.people.identities("slack").items()} == {
            "ana": "U0NEW",
            "ben": "U0ANA",
        }
    load(store, part(people=[{"id": "ben", "slack": None}]))
    with store.snapshot() as tx:
        assert set(tx.people.identities("slack")) == {"ana"}


def test_an_account_of_a_stored_person_is_refused_for_another(store: Store) -> None:
    load(store, northwind.company())
    stranger = part(people=[{"id": "zoe", "name": "Zoe", "slack": "U0ANA", "email": "ana@northwind.example"}])
    with pytest.raises(BadDocument) as refused:
        load(store, stranger)
    assert [fault.path for fault in refused.value.faults] == ["people[0].email", "people[0].slack"]


def test_check_ins_are_imported_ones_unless_the_document_says_otherwise(store: Store) -> None:
    load(store, northwind.company())
    load(store, part(check_ins=[{"id": "c2", "person": "ben", "team": "app", "date": "2026-11-17"}]))
    with store.snapshot() as tx:
        entered = {check_in.id: check_in.entered for check_in in tx.check_ins.all()}
    assert entered == {"c1": Entered.FORM, "c2": Entered.IMPORT}


def test_a_changed_check_in_keeps_what_the_format_does_not_hold(store: Store) -> None:
    load(store, northwind.company())
    with store.transaction() as tx:
        stored = tx.check_ins.find("c1")
        assert stored
        first, second = stored.items
        tx.check_ins.save(replace(stored, items=(replace(first, proposed="grow"), second)), at=NOW)
    assert load(store, northwind.company()).changes == 0
    load(store, part(check_ins=[{"id": "c1", "note": "Better"}]))
    with store.snapshot() as tx:
        changed = tx.check_ins.find("c1")
    assert changed and (changed.note, changed.revision, changed.items[0].proposed) == ("Better", 2, "grow")


def test_ids_may_point_to_stored_rows_and_circles_through_them_are_found(store: Store) -> None:
    load(store, northwind.company())
    load(store, part(goals=[{"id": "new", "title": "New", "supports": ["fast"], "team": "app"}]))
    with pytest.raises(BadDocument, match=r"goals\[0\]\.supports: goes round in a circle: grow → new → fast → grow"):
        load(store, part(goals=[{"id": "grow", "supports": ["new"]}]))
    with pytest.raises(BadDocument, match=r"goals\[0\]\.ends: 2026-01-01 lies before the start, 2026-10-01"):
        load(store, part(goals=[{"id": "fast", "ends": "2026-01-01"}]))


def test_a_refused_document_changes_nothing(store: Store) -> None:
    bad = northwind.company(name="Changed", goals=[{"id": "g", "title": "G", "team": "sales"}], check_ins=[])
    with pytest.raises(BadDocument, match=r'goals\[0\]\.team: no team "sales"'):
        apply(store, parse(json.dumps(bad)), now=NOW)
    with store.snapshot() as tx:
        assert (tx.workspace.get().name, tx.people.all(), tx.teams.all()) == ("Acme", [], [])


def test_archived_teams_stay_in_the_export_while_something_points_to_them(store: Store) -> None:
    load(store, northwind.company())
    with store.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("pay"), archived=True))
    assert [team["id"] for team in export(store)["teams"]] == ["app", "pay"]
    assert load(store, export(store)).changes == 0


def test_references_are_read_from_new_texts_and_stored_items_stay(store: Store) -> None:
    load(store, northwind.company())
    (first, *_), day = northwind.company()["check_ins"], datetime(2026, 11, 20, tzinfo=UTC)
    with store.transaction() as tx:
        old = tx.check_ins.find(first["id"])
        assert old is not None
        tx.check_ins.save(replace(old, items=(WorkItem(text="Old PAY-1"),), revision=old.revision + 1), at=day)
    load(store, part(check_ins=[first | {"items": [{"text": "Old PAY-1"}, {"text": "New PAY-2, acme/pay#7"}]}]))
    with store.snapshot() as tx:
        new = tx.check_ins.find(first["id"])
    assert new and [item.references for item in new.items] == [(), ("ticket:PAY-2", "github:acme/pay#7")]


def test_one_title_for_two_goals_of_a_team_in_a_period_is_refused_by_path(store: Store) -> None:
    load(store, northwind.company())
    twins = [
        {"id": "a", "title": "Retries", "team": "pay", "ends": "2026-06-30"},
        {"id": "b", "title": "retries ", "team": "pay", "starts": "2026-06-30"},
        {"id": "c", "title": "Retries", "team": "app"},
        {"id": "d", "title": "Payouts within an hour", "team": "pay", "starts": "2027-01-01"},
        {"id": "e", "title": "Payouts within an hour", "team": "pay"},
    ]
    with pytest.raises(BadDocument) as refused:
        load(store, part(goals=twins))
    assert [str(fault) for fault in refused.value.faults] == [
        "goals[1].title: is the title of another goal of this team in this period: goals[0]",
        'goals[4].title: is the title of another goal of this team in this period: "fast"',
    ]


def test_what_is_stored_with_one_title_can_be_imported_again(store: Store) -> None:
    load(store, northwind.company())
    with store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("fast"), id="again"))
    assert load(store, export(store)).changes == 0
    closing = part(goals=[{"id": "again", "status": "dropped"}])
    assert load(store, closing).counts["goals"] == Counts(closed=1)


def test_a_target_that_is_the_baseline_is_refused(store: Store) -> None:
    goal = {"id": "g", "title": "G", "measure": {"name": "M", "baseline": 4, "target": 4.0}}
    with pytest.raises(BadDocument, match=r"goals\[0\]\.measure\.target: is 4, the same as the baseline"):
        load(store, part(goals=[goal]))


def test_scores_are_whole_numbers_to_ten(store: Store) -> None:
    goal = {"id": "g", "title": "G", "ice": {"impact": 11, "confidence": 0, "ease": 2.5}}
    with pytest.raises(BadDocument) as refused:
        load(store, part(goals=[goal]))
    assert [str(fault) for fault in refused.value.faults] == [
        "goals[0].ice.confidence: is 0; allowed is 1 to 10",
        "goals[0].ice.ease: must be a whole number, not 2.5",
        "goals[0].ice.impact: is 11; allowed is 1 to 10",
    ]
