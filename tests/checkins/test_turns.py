"""Whose turn it is: by the calendar alone, so that the answers of a team meet."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.analysis.detectors.blocks import complete_blocks
from checkins.cadence import Period, period_of, recent_periods
from checkins.model import Cadence, Goal
from checkins.turns import BLOCK, FOLLOWED, SHARING, Kind, Turn

TODAY = date(2026, 11, 16)
GOALS = tuple(Goal(id=name, title=name, team="growth") for name in "abcde")

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
cadences = st.sampled_from(Cadence)


def turns(periods: tuple[Period, ...], cadence: Cadence) -> list[Turn]:
    """Of one check-in in each."""
    return [Turn.on(period.first, cadence) for period in periods]


@pytest.mark.parametrize("cadence", Cadence)
def test_every_other_check_in_is_about_confidence_and_the_other_kinds_share_the_rest(cadence: Cadence) -> None:
    kinds = [turn.kind for turn in turns(recent_periods(period_of(TODAY, cadence), cadence, 24), cadence)]
    assert Counter(kinds) == {Kind.CONFIDENCE: 12, **dict.fromkeys(SHARING, 4)}
    assert all(Kind.CONFIDENCE in pair and pair[0] != pair[1] for pair in pairwise(kinds))


@given(days, cadences, st.integers(1, len(GOALS)))
def test_in_a_block_confidence_stays_with_one_of_the_heaviest_goals_and_goes_on_with_the_next(
    day: date, cadence: Cadence, count: int
) -> None:
    periods = recent_periods(period_of(day, cadence), cadence, 4 * BLOCK)
    asked: list[str] = []
    for block in complete_blocks(periods):
        inside = turns(periods[block.start : block.stop], cadence)
        on_turn = [turn.in_order(GOALS[:count])[0].id for turn in inside if turn.kind is Kind.CONFIDENCE]
        assert len(on_turn) == 2 and len(set(on_turn)) == 1
        asked.append(on_turn[0])
    followed = {goal.id for goal in GOALS[: min(FOLLOWED, count)]}
    assert all({one, other} == followed for one, other in pairwise(asked))


@given(days, st.sampled_from(SHARING), st.integers(1, len(GOALS)))
def test_every_goal_comes_to_its_turn_with_every_other_kind(day: date, kind: Kind, count: int) -> None:
    periods = recent_periods(period_of(day, Cadence.WEEKLY), Cadence.WEEKLY, 2 * len(SHARING) * count)
    first = [turn.in_order(GOALS[:count])[0] for turn in turns(periods, Cadence.WEEKLY) if turn.kind is kind]
    assert sorted(goal.id for goal in first) == [goal.id for goal in GOALS[:count]]


@given(days, cadences, st.integers(0, len(GOALS)))
def test_a_turn_leaves_no_goal_and_no_kind_out(day: date, cadence: Cadence, count: int) -> None:
    turn = Turn.on(day, cadence)
    assert sorted(goal.id for goal in turn.in_order(GOALS[:count])) == [goal.id for goal in GOALS[:count]]
    assert turn.kinds[0] is turn.kind and set(turn.kinds) == set(Kind)


@given(days, cadences)
def test_a_round_freezes_its_turn(day: date, cadence: Cadence) -> None:
    turn = Turn.on(day, cadence)
    assert Turn.frozen_in(("work", *turn.words, "note")) == turn


def test_a_round_from_before_the_turns_keeps_its_kind() -> None:
    assert Turn.frozen_in(("work", "note")) is None
    assert Turn.frozen_in(("work", "done")) == Turn(Kind.DONE, 0)


def test_two_rounds_of_a_week_have_the_same_turn() -> None:
    assert Turn.on(TODAY, Cadence.WEEKLY) == Turn.on(TODAY + timedelta(days=4), Cadence.WEEKLY)
