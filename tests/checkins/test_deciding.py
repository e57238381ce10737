"""Decisions about findings: who may decide, what fits, what is remembered."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from checkins.cadence import Week
from checkins.deciding import NAMES, OFFERED, STATES, decide, may_decide
from checkins.errors import NotAllowed, NotFound, TruelineError
from checkins.findings import merge
from checkins.model import Decision, Finding, FindingKind, FindingState, Team
from checkins.ports import Store
from tests.acme import ASKED, settle_in
from tests.storage.watching import together

LATER = ASKED + timedelta(hours=1)
DRIFT = Finding(
    id="moved",
    kind=FindingKind.DRIFT,
    basis="plan",
    teams=("growth",),
    goals=("signup",),
    since="2026-W33",
    weeks=2,
    severity=0.5,
    evidence={"effect": 0.2, "declared": 0.5, "memory": {"week": "2026-W36"}},
    check_ins=(),
    sentence="Growth gave “Double weekly signups” 30 % of its work; the plan says 50 %.",
)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    keep(store, DRIFT)
    return store


def keep(store: Store, *findings: Finding) -> None:
    with store.transaction() as tx:
        tx.digests.save_findings(findings)


def stored(store: Store, finding: str = "moved") -> Finding:
    with store.snapshot() as tx:
        found = tx.digests.find_finding(finding)
    assert found is not None
    return found


def decided(
    store: Store,
    decision: Decision = Decision.DELIBERATE,
    *,
    actor: str = "ben",
    finding: str = "moved",
    now: datetime = ASKED,
) -> Finding:
    return decide(store, actor=actor, finding=finding, decision=decision, now=now)


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        (Decision.DELIBERATE, FindingState.DELIBERATE),
        (Decision.CHANGE_PLAN, FindingState.ACCEPTED),
        (Decision.NOT_A_PROBLEM, FindingState.DISMISSED),
    ],
)
def test_a_decision_is_remembered_with_its_day(acme: Store, decision: Decision, state: FindingState) -> None:
    expected = replace(DRIFT, state=state, decision=decision, decided_at=ASKED)
    assert decided(acme, decision) == expected == stored(acme)


def test_the_same_decision_again_changes_nothing(acme: Store) -> None:
    first = decided(acme)
    assert decided(acme, actor="ada", now=LATER) == first == stored(acme)


def test_another_decision_takes_its_place(acme: Store) -> None:
    decided(acme)
    again = decided(acme, Decision.CHANGE_PLAN, now=LATER)
    assert (again.state, again.decision, again.decided_at) == (FindingState.ACCEPTED, Decision.CHANGE_PLAN, LATER)
    assert stored(acme) == again


def test_what_a_new_plan_had_undone_comes_back_with_the_plan_it_was_decided_on(acme: Store) -> None:
    def merged(declared: float) -> Finding:
        """The next digest, made and stored once more."""
        found = replace(DRIFT, evidence={"effect": 0.2, "declared": declared})
        with acme.transaction() as tx:
            tx.digests.save_findings(merge([found], tx.digests.findings(), week=Week.of(ASKED.date())))
        return stored(acme)

    before = decided(acme)
    assert merged(0.4).decision is None
    back = merged(0.5)
    assert (back.state, back.decision, back.decided_at) == (before.state, before.decision, before.decided_at)


def test_of_many_who_decide_at_once_one_sets_the_day(acme: Store) -> None:
    results: list[Finding] = []
    together(lambda number: results.append(decided(acme, now=ASKED + timedelta(minutes=number))), threads=4)
    assert len(results) == 4
    assert {result.decided_at for result in results} == {stored(acme).decided_at}


@pytest.mark.parametrize("actor", ["ada", "ben", "noa", "kiri"])
def test_admins_leads_up_the_tree_and_owners_decide(acme: Store, actor: str) -> None:
    with acme.transaction() as tx:
        tx.teams.save(Team(id="all", name="All", leads=("noa",)), replace(tx.teams.get("growth"), parent="all"))
        tx.goals.save(replace(tx.goals.get("signup"), owner="kiri"))
        assert may_decide(tx, actor, DRIFT)
    assert decided(acme, actor=actor).decision is Decision.DELIBERATE


def test_others_read_who_may_decide(acme: Store) -> None:
    sentence = "Only the owner of “Double weekly signups”, a lead of Growth or an admin can decide this. Ask Ben."
    with pytest.raises(NotAllowed) as refused:
        decided(acme, actor="cleo")
    assert str(refused.value) == sentence
    assert stored(acme) == DRIFT


def test_a_lead_of_another_team_does_not_decide(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), leads=("noa",)))
    with pytest.raises(NotAllowed):
        decided(acme, actor="noa")


def test_where_nobody_is_near_admins_are_asked(acme: Store) -> None:
    keep(acme, replace(DRIFT, id="bare", kind=FindingKind.ORPHAN_GOAL, teams=(), goals=("north", "gone")))
    with pytest.raises(NotAllowed, match=r"^Only an admin can decide this\. Ask Ada\.$"):
        decided(acme, Decision.TAKE_ON, finding="bare")
    assert decided(acme, Decision.TAKE_ON, finding="bare", actor="ada").state is FindingState.ACCEPTED


def test_a_decision_that_does_not_fit_names_those_that_do(acme: Store) -> None:
    fitting = "Choose “Deliberate”, “Change the plan” or “Not a problem”"
    with pytest.raises(TruelineError, match=f"^“Different work” does not fit this finding. {fitting}.$"):
        decided(acme, Decision.DIFFERENT_WORK)
    assert stored(acme) == DRIFT


def test_what_is_over_is_not_decided(acme: Store) -> None:
    keep(acme, replace(DRIFT, state=FindingState.RESOLVED))
    with pytest.raises(TruelineError, match="nothing left to decide"):
        decided(acme)
    assert stored(acme).decision is None


def test_a_finding_nobody_knows_is_not_there(acme: Store) -> None:
    with pytest.raises(NotFound, match="no such finding"):
        decided(acme, finding="x")


def test_every_kind_offers_two_or_three_decisions_each_with_a_name_and_a_state() -> None:
    assert OFFERED.keys() == set(FindingKind)
    assert {2, 3} == {len(set(offered)) for offered in OFFERED.values()}
    assert set().union(*OFFERED.values()) == NAMES.keys() == STATES.keys() == set(Decision)
    assert all({STATES[each] for each in offered} - {FindingState.ACCEPTED} for offered in OFFERED.values())
