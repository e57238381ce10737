"""What is saved is read again as it was: every field, to the microsecond and the last letter."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from checkins.errors import NotFound
from checkins.model import Cadence, Delivery, DeliveryKind, FindingState, GoalStatus, Workspace
from checkins.ports import Store, Transaction
from storage.database import Database
from tests.storage import company
from tests.storage.company import ANN, BOB, MONDAY, NOW

LATER = MONDAY + timedelta(days=30)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as tx:
        company.fill(tx)
    return store


def test_a_workspace_keeps_its_strategy_and_digest_plan(filled: Store, database: Database) -> None:
    with filled.snapshot() as tx:
        assert tx.workspace.get() == company.WORKSPACE
    assert database.workspaces() == [company.WORKSPACE]


def test_a_workspace_without_a_digest_plan_has_none(store: Store) -> None:
    bare = Workspace(id="acme", name="Acme")
    with store.transaction() as tx:
        tx.workspace.save(company.WORKSPACE)
        tx.workspace.save(bare)
        assert tx.workspace.get() == bare


def test_people_and_their_accounts(filled: Store) -> None:
    with filled.snapshot() as tx:
        assert tx.people.get("ann") == ANN
        assert tx.people.all() == [ANN, BOB]
        assert tx.people.by_ids(["bob", "nobody"]) == {"bob": BOB}
        assert tx.people.admins() == [ANN]
        assert tx.people.by_identity("slack", "U1") == ANN
        assert tx.people.by_identity("teams", "U1") is None
        assert tx.people.identity("ann", "slack") == company.ACCOUNT
        assert tx.people.identities("slack") == {"ann": company.ACCOUNT}


def test_the_log_of_a_goal(filled: Store) -> None:
    newer = replace(company.UPDATE, id="u2", at=NOW + company.HOUR, value=None)
    second = replace(company.CHANGE, id="g0", at=NOW + company.HOUR, person=None)
    with filled.transaction() as tx:
        tx.goal_log.add_update(newer)
        tx.goal_log.add_changes([second])
        assert tx.goal_log.updates("ship") == [newer, company.UPDATE]
        assert tx.goal_log.updates("grow") == []
        assert tx.goal_log.latest_updates() == {"ship": newer}
        assert tx.goal_log.changes("ship") == [company.CHANGE, second]
        assert tx.goal_log.changes_named(["g0", "g1", "g9"]) == [company.CHANGE, second]
        assert tx.goal_log.changed_since(NOW + company.HOUR) == [second]
        strategy = replace(second, id="g2", goal=None, what="vision")
        tx.goal_log.add_changes([strategy])
        assert tx.goal_log.changes(None) == [strategy]


def test_a_change_concerns_somebody_once(filled: Store) -> None:
    with filled.transaction() as tx:
        assert not tx.goal_log.add_concern("g1", person="ann", at=NOW)
        assert tx.goal_log.add_concern("g1", person="bob", at=NOW)
        assert tx.goal_log.concerns("g1") == ["ann", "bob"]


def test_an_erased_account_is_known_until_it_comes_back(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.people.remember_erased("slack", "U2")
        assert tx.people.is_erased("slack", "U2")
        assert not tx.people.is_erased("teams", "U2")
        tx.people.forget_erased("slack", "U2")
        assert not tx.people.is_erased("slack", "U2")


def test_linked_work_waits_until_it_is_taken_up(filled: Store) -> None:
    with filled.transaction() as tx:
        assert tx.linked.of("ann") == [company.LINKED]
        assert tx.linked.of("bob") == []
        tx.linked.remove("bob", ["l1"])
        assert tx.linked.of("ann") == [company.LINKED]
        tx.linked.remove("ann", ["l1"])
        assert tx.linked.of("ann") == []


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(-5, -1, False), (-5, 0, True), (3, 4, True), (10, 20, True), (11, 20, False)],
    ids=["before", "its first day", "inside", "its last day", "after"],
)
def test_absences_are_found_by_any_of_their_days(filled: Store, first: int, last: int, found: bool) -> None:
    with filled.snapshot() as tx:
        assert tx.absences.of("ann") == [company.HOLIDAY]
        assert tx.absences.of("bob") == []
        touching = tx.absences.touching(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))
        assert touching == ([company.HOLIDAY] if found else [])


def test_absences_are_replaced_whole(filled: Store) -> None:
    longer = replace(company.HOLIDAY, last=MONDAY + timedelta(days=20))
    with filled.transaction() as tx:
        tx.absences.replace("ann", [longer])
        assert tx.absences.of("ann") == [longer]
        tx.absences.replace("ann", [])
        assert tx.absences.of("ann") == []


def test_an_account_moves_and_goes(filled: Store) -> None:
    moved = replace(company.ACCOUNT, user="U2", channel=None)
    with filled.transaction() as tx:
        tx.people.save_identity(moved)
        assert tx.people.identity("ann", "slack") == moved
        tx.people.remove_identity("ann", "slack")
        assert tx.people.identities("slack") == {}


def test_teams_keep_the_order_of_leads_and_members(filled: Store) -> None:
    with filled.snapshot() as tx:
        assert tx.teams.get("web") == company.WEB
        assert tx.teams.find("old") == company.OLD
        assert tx.teams.all() == [company.COMPANY, company.WEB]
        assert tx.teams.of("ann") == [company.WEB]


def test_a_team_that_is_saved_again_loses_who_left(filled: Store) -> None:
    alone = replace(company.WEB, leads=(), members=("bob",))
    with filled.transaction() as tx:
        tx.teams.save(alone)
        assert tx.teams.get("web") == alone
        assert tx.teams.of("ann") == []


def test_goals_keep_all_they_are_tied_to(filled: Store) -> None:
    with filled.snapshot() as tx:
        assert tx.goals.get("ship") == company.SHIP
        assert tx.goals.all() == [company.ALPHA, company.GROW, company.SHIP]


def test_a_goal_that_is_saved_again_loses_its_old_ties(filled: Store) -> None:
    bare = replace(company.SHIP, supports=("alpha",), contributing_teams=(), depends_on=(), weights={}, measure=None)
    with filled.transaction() as tx:
        tx.goals.save(bare)
        assert tx.goals.find("ship") == bare


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        ({}, True),
        ({"status": GoalStatus.PAUSED}, False),
        ({"starts": None, "ends": None}, True),
        ({"starts": LATER}, True),
        ({"starts": LATER + timedelta(days=1)}, False),
        ({"starts": None, "ends": MONDAY}, True),
        ({"starts": None, "ends": MONDAY - timedelta(days=1)}, False),
    ],
)
def test_running_goals_are_those_the_goal_itself_says_run(store: Store, change: dict[str, object], runs: bool) -> None:
    goal = replace(company.SHIP, **change)  # type: ignore[arg-type]
    with store.transaction() as tx:
        company.settle_in(tx)
        tx.goals.save(replace(company.ALPHA, status=GoalStatus.DONE), goal)
        assert goal.runs_between(MONDAY, LATER) is runs
        assert tx.goals.running(MONDAY, LATER) == ([goal] if runs else [])


def test_schedules_rounds_and_prompts(filled: Store) -> None:
    with filled.snapshot() as tx:
        assert tx.rounds.schedule("weekly") == company.SCHEDULE
        assert tx.rounds.schedules() == [company.SCHEDULE]
        assert tx.rounds.get("r1") == company.ROUND
        assert tx.rounds.prompt("p1") == company.PROMPT
        assert tx.rounds.prompts("r1") == [company.PROMPT]


def test_a_schedule_that_is_saved_again_loses_its_old_teams(filled: Store) -> None:
    monthly = replace(company.SCHEDULE, teams=("old",), cadence=Cadence.MONTHLY, active=False)
    with filled.transaction() as tx:
        tx.rounds.save_schedule(monthly)
        assert tx.rounds.schedule("weekly") == monthly


def test_a_check_in_keeps_every_answer(filled: Store) -> None:
    with filled.snapshot() as tx:
        assert tx.check_ins.find("c1") == company.CHECK_IN


def test_a_delivery(filled: Store) -> None:
    with filled.snapshot() as tx:
        stored = tx.outbox.by_key("k1")
    assert stored is not None
    assert stored == Delivery(
        id=stored.id, key="k1", kind=DeliveryKind.PROMPT, subject="p1", not_before=NOW, person="ann", body={"n": 1}
    )


def test_digests_of_the_workspace_and_of_a_team(filled: Store) -> None:
    with filled.snapshot() as tx:
        assert tx.digests.find("2026-W45") == company.DIGEST
        assert tx.digests.find("2026-W45", "web") == company.TEAM_DIGEST
        assert tx.digests.find("2026-W44") is None
        assert tx.digests.latest() == company.DIGEST
        assert tx.digests.count() == 1


def test_a_digest_is_built_again_in_its_place(filled: Store) -> None:
    again = replace(company.DIGEST, body={"again": True}, picture=None, published=False)
    older = replace(company.DIGEST, week="2026-W09")
    with filled.transaction() as tx:
        tx.digests.save(again)
        tx.digests.save(older)
        assert tx.digests.latest() == again
        assert tx.digests.count() == 2


def test_the_newest_digest_may_not_be_the_newest_published_one(filled: Store) -> None:
    with filled.transaction() as tx:
        reviewed = replace(company.DIGEST, week="2026-W46", published=False)
        tx.digests.save(reviewed)
        assert tx.digests.latest() == reviewed
        assert tx.digests.latest_published() == company.DIGEST
        tx.digests.save(replace(company.DIGEST, published=False))
        assert tx.digests.latest_published() is None


def test_findings_are_remembered_until_they_are_resolved(filled: Store) -> None:
    other = replace(company.FINDING, id="f0", basis=None)
    with filled.transaction() as tx:
        tx.digests.save_findings([other])
        assert tx.digests.findings() == [other, company.FINDING]
        tx.digests.save_findings([replace(other, state="resolved")])  # type: ignore[arg-type]
        assert tx.digests.findings() == [company.FINDING]


def test_a_finding_is_found_by_its_id_even_when_it_is_resolved(filled: Store) -> None:
    over = replace(company.FINDING, id="f0", state=FindingState.RESOLVED, decision=None, decided_at=None)
    with filled.transaction() as tx:
        tx.digests.save_findings([over])
        assert tx.digests.find_finding("f0") == over
        assert tx.digests.find_finding("f1") == company.FINDING
        assert tx.digests.find_finding("f2") is None


def test_instants_of_any_zone_come_back_in_utc(store: Store) -> None:
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    with store.transaction() as tx:
        company.settle_in(tx)
        tx.rounds.save_schedule(replace(company.SCHEDULE, next_at=tokyo))
        stored = tx.rounds.schedule("weekly").next_at
    assert (stored, stored.utcoffset()) == (NOW, timedelta(0))


def test_rows_come_by_code_point_whatever_the_database_sorts_by(store: Store) -> None:
    names = ["B", "Z", "_", "a", "ä", "🚀"]
    with store.transaction() as tx:
        tx.goals.save(*(replace(company.ALPHA, id=name) for name in reversed(names)))
        assert [goal.id for goal in tx.goals.all()] == names


@pytest.mark.parametrize(
    "ask",
    [
        lambda tx: tx.people.get("x"),
        lambda tx: tx.teams.get("x"),
        lambda tx: tx.goals.get("x"),
        lambda tx: tx.rounds.schedule("x"),
        lambda tx: tx.rounds.get("x"),
        lambda tx: tx.rounds.prompt("x"),
    ],
    ids=["person", "team", "goal", "schedule", "round", "prompt"],
)
def test_what_is_not_there_is_named(store: Store, ask: object, request: pytest.FixtureRequest) -> None:
    what = request.node.callspec.id.rpartition("-")[2]
    with store.snapshot() as tx, pytest.raises(NotFound, match=f'There is no {what} "x"'):
        ask(tx)  # type: ignore[operator]


def test_nothing_is_found_in_an_empty_workspace(store: Store) -> None:
    with store.snapshot() as tx:
        assert _everything_optional(tx) == [None] * 9


def _everything_optional(tx: Transaction) -> list[object]:
    return [
        tx.people.find("x"),
        tx.people.by_identity("slack", "x"),
        tx.people.identity("x", "slack"),
        tx.rounds.latest("x"),
        tx.rounds.latest_prompt("x"),
        tx.check_ins.latest_of("x"),
        tx.check_ins.of_prompt("x"),
        tx.outbox.next_due(),
        tx.digests.latest(),
    ]
