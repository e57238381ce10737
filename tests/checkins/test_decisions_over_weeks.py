"""What was decided about findings, from one digest to the next."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checkins.cadence import Week
from checkins.deciding import OFFERED, STATES
from checkins.findings import finding_id, merge, with_decisions
from checkins.model import Decision, Finding, FindingKind, FindingState
from tests.drifts import WEEK, drift, living, told

OFFERED_TO_DRIFTS = OFFERED[FindingKind.DRIFT]


def decided(finding: Finding, decision: Decision = Decision.DELIBERATE, *, week: Week = WEEK) -> Finding:
    """As it is stored after somebody decided on the Friday of a week."""
    at = datetime.combine(week.monday, time(15), tzinfo=UTC) + timedelta(days=4)
    return replace(finding, state=STATES[decision], decision=decision, decided_at=at)


def remembered(finding: Finding) -> tuple[FindingState, Decision | None, datetime | None, bool]:
    return finding.state, finding.decision, finding.decided_at, finding.shown


NEW = (FindingState.OPEN, None, None, True)


@pytest.mark.parametrize("decision", OFFERED_TO_DRIFTS)
def test_what_was_decided_stays_beside_its_state(decision: Decision) -> None:
    before = decided(merge([drift()], [], week=WEEK)[0], decision)
    (kept,) = merge([drift(0.4)], [before], week=WEEK.plus(1))
    (missing,) = merge([], [before], week=WEEK.plus(1))
    for finding in (kept, missing):
        assert remembered(finding) == (before.state, decision, before.decided_at, False)


def test_an_accepted_finding_that_comes_back_after_it_was_resolved_is_new() -> None:
    stored = [decided(merge([drift()], [], week=WEEK)[0], Decision.CHANGE_PLAN)]
    for number in (1, 2):
        stored = merge([], stored, week=WEEK.plus(number))
    assert (stored[0].state, stored[0].decision) == (FindingState.RESOLVED, Decision.CHANGE_PLAN)
    (back,) = merge([drift()], stored, week=WEEK.plus(3))
    assert remembered(back) == NEW


@pytest.mark.parametrize("weeks", [1, 4])
def test_a_shift_found_after_a_deliberate_one_is_another_one(weeks: int) -> None:
    before = decided(merge([drift(basis="history")], [], week=WEEK)[0])
    found = replace(drift(0.12, basis="history"), since="2026-W44")
    (finding,) = merge([found], [before], week=WEEK.plus(weeks))
    assert remembered(finding) == NEW
    assert (finding.since, finding.weeks) == ("2026-W44", 1)


def test_a_deliberate_shift_stays_so_in_digests_of_the_week_in_which_it_was_decided() -> None:
    before = decided(merge([drift(basis="history")], [], week=WEEK)[0], week=WEEK.plus(1))
    for week in (WEEK, WEEK.plus(1)):
        (finding,) = merge([drift(0.3, basis="history")], [before], week=week)
        assert finding.decision is Decision.DELIBERATE


def test_a_shift_that_is_no_problem_is_remembered() -> None:
    before = decided(merge([drift(basis="history")], [], week=WEEK)[0], Decision.NOT_A_PROBLEM)
    (finding,) = merge([drift(0.3, basis="history")], [before], week=WEEK.plus(5))
    assert finding.decision is Decision.NOT_A_PROBLEM


@pytest.mark.parametrize("decision", [Decision.DELIBERATE, Decision.NOT_A_PROBLEM])
def test_a_decision_about_the_plan_holds_until_the_plan_changes(decision: Decision) -> None:
    stored = [decided(merge([drift(declared=0.5)], [], week=WEEK)[0], decision)]
    for number, found in enumerate((drift(0.3, declared=0.5), None, drift(0.1, declared=0.5)), start=1):
        stored = merge([found] if found else [], stored, week=WEEK.plus(number))
        assert stored[0].decision is decision
    (finding,) = merge([drift(declared=0.4)], stored, week=WEEK.plus(4))
    assert remembered(finding) == NEW


def test_a_digest_of_an_older_week_with_another_plan_leaves_a_decision_alone() -> None:
    before = decided(merge([drift(declared=0.5)], [], week=WEEK)[0])
    stored = merge([drift(declared=0.4)], [before], week=WEEK.plus(-2))
    assert stored[0].evidence["declared"] == 0.4
    for week in (WEEK.plus(-1), WEEK, WEEK.plus(1)):
        (finding,) = merge([drift(declared=0.5)], stored, week=week)
        assert finding.decision is Decision.DELIBERATE


def test_a_decision_made_on_what_is_new_again_stays_when_the_week_is_merged_again() -> None:
    first = decided(merge([drift(declared=0.5)], [], week=WEEK)[0])
    (new,) = merge([drift(declared=0.4)], [first], week=WEEK.plus(1))
    second = decided(new, Decision.NOT_A_PROBLEM, week=WEEK.plus(1))
    (again,) = merge([drift(0.3, declared=0.4)], [second], week=WEEK.plus(1))
    assert remembered(again) == (FindingState.DISMISSED, Decision.NOT_A_PROBLEM, second.decided_at, False)
    assert (again.weeks, again.since) == (1, "2026-W41")


def test_a_decision_made_while_a_digest_was_being_made_is_not_lost() -> None:
    stored = merge([drift()], [], week=WEEK)
    merged, now = merge([drift(0.3)], stored, week=WEEK.plus(1)), decided(stored[0])
    (kept,) = with_decisions(merged, [now])
    assert (kept.state, kept.decision, kept.decided_at) == (now.state, now.decision, now.decided_at)
    assert (kept.sentence, kept.evidence) == ("0.30", merged[0].evidence)
    assert with_decisions(merged, stored) == with_decisions(merged, []) == merged


def test_a_decision_that_a_digest_has_found_out_of_date_does_not_come_back() -> None:
    stored = [decided(merge([drift(declared=0.5)], [], week=WEEK)[0])]
    merged = merge([drift(declared=0.4)], stored, week=WEEK.plus(1))
    assert with_decisions(merged, stored) == merged


def test_a_decided_finding_stays_quiet_when_it_comes_into_the_organisations_digest() -> None:
    before = decided(merge([drift(listed=False)], [], week=WEEK)[0], Decision.CHANGE_PLAN)
    (finding,) = merge([drift(listed=True)], [before], week=WEEK.plus(1))
    assert not finding.shown


FOUND = st.builds(
    drift,
    st.sampled_from([0.1, 0.2, 0.3]),
    basis=st.just("plan"),
    declared=st.sampled_from([0.4, 0.5]),
    listed=st.booleans(),
)
LOOKS = st.none() | FOUND
DECISIONS = st.none() | st.sampled_from(OFFERED_TO_DRIFTS)


def looked(week: Week, look: Finding | None, basis: str, before: Iterable[Finding]) -> list[Finding]:
    return merge([named(look, basis)] if look else [], living(before), week=week)


def named(look: Finding, basis: str) -> Finding:
    return replace(look, basis=basis, id=finding_id(kind=look.kind, basis=basis, teams=look.teams, goals=look.goals))


@given(
    weeks=st.lists(st.tuples(LOOKS, DECISIONS), max_size=5),
    basis=st.sampled_from(["plan", "history"]),
    first=LOOKS,
    then=LOOKS,
    later=LOOKS,
)
def test_decisions_of_earlier_weeks_do_not_depend_on_how_often_a_week_is_merged(
    weeks: list[tuple[Finding | None, Decision | None]],
    basis: str,
    first: Finding | None,
    then: Finding | None,
    later: Finding | None,
) -> None:
    stored: list[Finding] = []
    for number, (look, decision) in enumerate(weeks):
        stored = looked(WEEK.plus(number), look, basis, stored)
        if decision:
            stored = [decided(finding, decision, week=WEEK.plus(number)) for finding in living(stored)]
    week = WEEK.plus(len(weeks))
    early = looked(week, first, basis, stored)
    assume(living(early) == early)
    again, at_once = looked(week, then, basis, early), looked(week, then, basis, stored)
    assert told(again) == told(at_once)
    following = [looked(week.plus(1), later, basis, merged) for merged in (again, at_once)]
    assert told(following[0]) == told(following[1])


@given(
    first=FOUND,
    then=FOUND,
    decision=st.sampled_from(OFFERED_TO_DRIFTS),
    basis=st.sampled_from(["plan", "history"]),
)
def test_what_was_decided_on_a_week_stands_when_the_week_is_merged_again(
    first: Finding, then: Finding, decision: Decision, basis: str
) -> None:
    stored = [decided(finding, decision) for finding in looked(WEEK, first, basis, [])]
    (finding,) = looked(WEEK, then, basis, stored)
    replanned = basis == "plan" and then.evidence["declared"] != first.evidence["declared"]
    assert finding.decision is (None if replanned else decision)
