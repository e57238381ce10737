"""The terms of a goal: what follows one, and how the log tells them apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.goal_terms import Term, following, is_due, next_term, term_of
from checkins.model import Goal, GoalChange, GoalStatus
from tests.acme import MONDAY

DAY = timedelta(days=1)
JULY, SEPTEMBER, DECEMBER = date(2026, 7, 1), date(2026, 9, 30), date(2026, 12, 31)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def moved(what: str, before: date | None, after: date | None) -> GoalChange:
    said = (str(day) if day else "" for day in (before, after))
    return GoalChange(id="", goal="g", at=MONDAY, person=None, what=what, before=next(said), after=next(said))


def kept(*ends: date) -> list[GoalChange]:
    """A last day that moved from each to the next."""
    return [moved("ends", before, after) for before, after in pairwise(ends)]


@pytest.mark.parametrize(
    ("first", "last", "then"),
    [
        (JULY, SEPTEMBER, (date(2026, 10, 1), DECEMBER)),
        (JULY, DECEMBER, (date(2027, 1, 1), date(2027, 6, 30))),
        (date(2026, 1, 1), DECEMBER, (date(2027, 1, 1), date(2027, 12, 31))),
        (date(2027, 10, 1), date(2027, 12, 31), (date(2028, 1, 1), date(2028, 3, 31))),
        (date(2027, 11, 1), date(2028, 1, 31), (date(2028, 2, 1), date(2028, 4, 30))),  # a quarter of their own
        (date(2028, 1, 1), date(2028, 1, 31), (date(2028, 2, 1), date(2028, 2, 29))),
        (date(2026, 9, 7), date(2026, 9, 20), (date(2026, 9, 21), date(2026, 10, 4))),
        (date(2026, 9, 7), date(2026, 9, 7), (date(2026, 9, 8), date(2026, 9, 8))),
    ],
)
def test_what_follows_is_as_long(first: date, last: date, then: Term) -> None:
    assert following((first, last)) == then


@given(first=DAYS, length=st.integers(0, 400), today=DAYS)
def test_terms_join_without_a_gap_and_the_next_one_is_not_over(first: date, length: int, today: date) -> None:
    term = (first, first + length * DAY)
    assert following(term)[0] == term[1] + DAY
    coming = next_term(term, today)
    assert coming[0] > term[1] and not is_due(Goal(id="g", title="G", ends=coming[1]), today)
    assert coming == following(term) or coming[0] - today <= 15 * DAY


def test_a_quarter_that_was_kept_stays_a_quarter() -> None:
    """July to December is not taken for a half-year, as its days alone would have it."""
    goal = Goal(id="g", title="G", starts=JULY, ends=DECEMBER)
    assert term_of(goal, []) == (JULY, DECEMBER)
    assert term_of(goal, kept(SEPTEMBER, DECEMBER)) == (date(2026, 10, 1), DECEMBER)
    late = date(2027, 6, 30)  # two quarters later
    again = replace(goal, ends=late)
    assert term_of(again, kept(SEPTEMBER, DECEMBER, late)) == (date(2027, 4, 1), late)


@given(first=DAYS, length=st.integers(0, 200), reviews=st.lists(st.integers(0, 60), max_size=5))
def test_however_often_a_goal_is_kept_its_terms_are_found_again(first: date, length: int, reviews: list[int]) -> None:
    term = (first, first + length * DAY)
    goal, log = Goal(id="g", title="G", starts=first, ends=term[1]), []
    for late in reviews:
        assert term_of(goal, log) == term
        then = next_term(term, term[1] + late * DAY)
        log.append(moved("ends", term[1], then[1]))
        goal, term = replace(goal, ends=then[1]), then
    assert term_of(goal, log) == term


@pytest.mark.parametrize(
    ("starts", "ends", "log", "term"),
    [
        (JULY, None, [], None),
        (None, SEPTEMBER, [], (JULY, SEPTEMBER)),
        (None, date(2026, 8, 20), [], (date(2026, 5, 21), date(2026, 8, 20))),
        (JULY, date(2026, 10, 15), kept(SEPTEMBER, date(2026, 10, 15)), (JULY, date(2026, 10, 15))),  # a correction
        (JULY, date(2026, 8, 31), kept(SEPTEMBER, date(2026, 8, 31)), (JULY, date(2026, 8, 31))),
        (date(2026, 8, 1), SEPTEMBER, [moved("starts", JULY, date(2026, 8, 1))], (date(2026, 8, 1), SEPTEMBER)),
        (JULY, SEPTEMBER, [moved("ends", None, SEPTEMBER)], (JULY, SEPTEMBER)),
        (JULY, date(2026, 6, 1), [], (date(2026, 3, 2), date(2026, 6, 1))),  # runs backwards
    ],
)
def test_other_changes_correct_a_term(
    starts: date | None, ends: date | None, log: Sequence[GoalChange], term: Term | None
) -> None:
    assert term_of(Goal(id="g", title="G", starts=starts, ends=ends), log) == term


@pytest.mark.parametrize(
    ("status", "ends", "due"),
    [
        (GoalStatus.ACTIVE, SEPTEMBER, True),
        (GoalStatus.PAUSED, SEPTEMBER, True),
        (GoalStatus.DONE, SEPTEMBER, False),
        (GoalStatus.ACTIVE, SEPTEMBER + DAY, False),
        (GoalStatus.ACTIVE, JULY, True),
        (GoalStatus.ACTIVE, None, False),
    ],
)
def test_goals_are_due_from_two_weeks_before_the_end(status: GoalStatus, ends: date | None, due: bool) -> None:
    assert is_due(Goal(id="g", title="G", status=status, ends=ends), SEPTEMBER - 14 * DAY) is due
