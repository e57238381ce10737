"""Findings across digests: what is news, what is remembered, what is over."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checkins.findings import carried, finding_id, is_current, merge, worst_first
from checkins.model import Finding, FindingKind, FindingState
from tests.drifts import WEEK, drift, living, told


def played(*effects: float | None, state: FindingState = FindingState.OPEN) -> list[Finding]:
    """What is stored after weekly digests that found the drift with these effects, or did not find it (None)."""
    stored: list[Finding] = []
    for number, effect in enumerate(effects):
        found = [] if effect is None else [drift(effect)]
        stored = merge(found, stored, week=WEEK.plus(number))
        if number == 0:
            stored = [replace(finding, state=state) for finding in stored]
    return stored


def test_the_id_depends_on_the_claim_and_not_on_the_order_of_its_parts() -> None:
    def named(teams: tuple[str, ...], goals: tuple[str, ...], basis: str | None = None) -> str:
        return finding_id(kind=FindingKind.DUPLICATE_WORK, basis=basis, teams=teams, goals=goals)

    assert named(("a", "b"), ("g",)) == named(("b", "a"), ("g",))
    assert (
        len({named(("a", "b"), ()), named(("a",), ("b",)), named((), ("a", "b")), named(("a", "b"), (), "plan")}) == 4
    )


def test_a_new_finding_is_shown() -> None:
    (finding,) = played(0.2)
    assert (finding.shown, finding.since, finding.weeks) == (True, "2026-W41", 1)


def test_a_known_finding_keeps_its_first_week_and_says_nothing_new() -> None:
    (finding,) = played(0.2, 0.21)
    assert (finding.shown, finding.since, finding.weeks) == (False, "2026-W41", 2)
    assert finding.sentence == "0.21"


@pytest.mark.parametrize(("effects", "shown"), [((0.2, 0.24), False), ((0.2, 0.25), True), ((0.2, 0.23, 0.26), True)])
def test_a_finding_that_grew_by_five_points_since_it_was_shown_is_shown_again(
    effects: tuple[float, ...], shown: bool
) -> None:
    assert played(*effects)[0].shown is shown


def test_an_unchanged_finding_is_shown_again_after_four_check_ins() -> None:
    shown = [played(*[0.2] * weeks)[0].shown for weeks in range(1, 10)]
    assert shown == [True, False, False, False, True, False, False, False, True]


@pytest.mark.parametrize("state", [FindingState.DELIBERATE, FindingState.DISMISSED, FindingState.ACCEPTED])
def test_a_decision_stays_and_keeps_the_finding_quiet(state: FindingState) -> None:
    (finding,) = played(0.2, 0.4, 0.4, 0.4, 0.4, 0.4, state=state)
    assert (finding.state, finding.shown) == (state, False)


def test_a_finding_gone_for_two_digests_is_resolved() -> None:
    (once,) = played(0.2, None)
    assert (once.state, is_current(once)) == (FindingState.OPEN, False)
    (twice,) = played(0.2, None, None)
    assert (twice.state, twice.shown) == (FindingState.RESOLVED, False)


def test_a_digest_carries_what_was_found_and_not_what_the_next_merge_needs() -> None:
    (found,) = carried(played(0.2, 0.21))
    assert (found.evidence, found.weeks) == ({"effect": 0.21}, 2)
    assert carried(played(0.2, None)) == ()
    assert len(played(0.2, None)[0].evidence) > 1


def test_one_digest_without_it_does_not_make_a_finding_new() -> None:
    (back,) = played(0.2, None, 0.2)
    assert (back.shown, back.weeks, is_current(back)) == (False, 2, True)
    (gone_again,) = played(0.2, None, 0.2, None)
    assert gone_again.state is FindingState.OPEN


@pytest.mark.parametrize("state", [FindingState.DELIBERATE, FindingState.DISMISSED])
def test_a_decision_is_remembered_after_the_finding_is_gone(state: FindingState) -> None:
    (finding,) = played(0.2, None, None, None, 0.2, state=state)
    assert (finding.state, finding.shown) == (state, False)


def test_an_accepted_finding_that_is_gone_is_resolved() -> None:
    assert played(0.2, None, None, state=FindingState.ACCEPTED)[0].state is FindingState.RESOLVED


def test_merging_a_week_twice_changes_nothing() -> None:
    for before in (played(0.2), played(0.2, 0.3), played(0.2, 0.2), played(0.2, None)):
        found = [drift(0.3)]
        week = WEEK.plus(2)
        once = merge(found, before, week=week)
        assert merge(found, once, week=week) == once


EFFECTS = st.none() | st.sampled_from([0.1, 0.14, 0.2, 0.3])
STATES = st.sampled_from([FindingState.OPEN, FindingState.ACCEPTED, FindingState.DELIBERATE, FindingState.DISMISSED])


@given(weeks=st.lists(EFFECTS, max_size=6), state=STATES, first=EFFECTS, then=EFFECTS, later=EFFECTS)
def test_a_week_merged_again_with_other_answers_is_as_if_it_had_been_merged_with_them_at_once(
    weeks: list[float | None], state: FindingState, first: float | None, then: float | None, later: float | None
) -> None:
    week = WEEK.plus(len(weeks))
    before = living(played(*weeks, state=state))
    early = merge(found(first), before, week=week)
    assume(living(early) == early)  # what is over begins anew
    again, at_once = merge(found(then), early, week=week), merge(found(then), before, week=week)
    assert told(again) == told(at_once)
    following = [merge(found(later), living(merged), week=week.plus(1)) for merged in (again, at_once)]
    assert told(following[0]) == told(following[1])


def found(effect: float | None) -> list[Finding]:
    return [] if effect is None else [drift(effect)]


def test_what_was_decided_between_two_merges_of_a_week_stays_decided() -> None:
    (finding,) = played(0.2)
    decided = replace(finding, state=FindingState.DELIBERATE)
    (kept,) = merge([drift(0.4)], [decided], week=WEEK)
    assert (kept.state, kept.shown, kept.weeks, kept.since) == (FindingState.DELIBERATE, False, 1, "2026-W41")
    (gone,) = merge([], [decided], week=WEEK)
    assert (gone.state, is_current(gone)) == (FindingState.DELIBERATE, False)


def test_a_finding_that_late_answers_take_back_is_over_and_would_be_new() -> None:
    (taken_back,) = merge([], played(0.2), week=WEEK)
    assert (taken_back.state, is_current(taken_back)) == (FindingState.RESOLVED, False)


def test_a_digest_of_an_older_week_does_not_touch_what_later_weeks_know() -> None:
    stored = played(0.2, 0.2)
    assert merge([], stored, week=WEEK.plus(-5)) == []
    (finding,) = merge([drift(0.2)], stored, week=WEEK.plus(-5))
    assert (finding.weeks, finding.shown) == (2, False)


def test_a_finding_is_shown_again_when_it_first_comes_into_the_organisations_digest() -> None:
    stored: list[Finding] = []
    shown = []
    for number, on_it in enumerate((False, True, False, True)):
        stored = merge([drift(listed=on_it)], stored, week=WEEK.plus(number))
        stored = merge([drift(listed=on_it)], stored, week=WEEK.plus(number))
        shown.append(stored[0].shown)
    assert shown == [True, True, False, False]


def rated(effect: float, block: str) -> Finding:
    ratings = replace(drift(effect), kind=FindingKind.UNCLEAR_GOAL, basis=None, severity=effect)
    return replace(ratings, evidence={"effect": effect, "block": block})


def told_of(finding: Finding) -> tuple[str, float, float]:
    return finding.sentence, finding.severity, finding.evidence["effect"]


def test_figures_made_of_ratings_stay_for_their_block() -> None:
    stored = merge([rated(0.2, "2026-W44")], [], week=WEEK)
    for week in (WEEK, WEEK.plus(1), WEEK.plus(2)):
        stored = merge([rated(0.9, "2026-W44")], stored, week=week)
        assert told_of(stored[0]) == ("0.20", 0.2, 0.2)
    assert (stored[0].weeks, stored[0].shown, stored[0].evidence["memory"]["week"]) == (3, False, "2026-W46")
    (next_block,) = merge([rated(0.3, "2026-W48")], stored, week=WEEK.plus(4))
    assert told_of(next_block) == ("0.30", 0.3, 0.3)
    assert next_block.shown


def test_the_worst_comes_first_and_ties_go_by_id() -> None:
    findings = [drift(team=team, severity=severity) for team, severity in (("a", 0.2), ("b", 0.9), ("c", 0.2))]
    first, second, third = worst_first(findings)
    assert first.teams == ("b",)
    assert second.id < third.id
    assert worst_first(reversed(findings)) == [first, second, third]
