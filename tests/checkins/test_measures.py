"""Numbers as people type them, progress in both directions, bars and lines of signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import measures
from checkins.errors import TruelineError
from checkins.measures import bar, name_of, number, progress, sparkline
from checkins.model import Measure

NUMBERS = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12.5", 12.5),
        ("1,5", 1.5),
        (" 40 % ", 40),
        ("40%", 40),
        ("1 200", 1200),
        ("1\N{NARROW NO-BREAK SPACE}200,5", 1200.5),
        ("1'200", 1200),
        ("1.200,50", 1200.5),
        ("1,200.50", 1200.5),
        ("1,200,000", 1_200_000),
        ("−5", -5),
        ("+5", 5),
        ("0,125", 0.125),
        ("1234.567", 1234.567),
        ("12 days", 12),
        ("12Days", 12),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, meant: float) -> None:
    assert number(typed, unit="days") == meant


@pytest.mark.parametrize("typed", ["", "abc", "nan", "1e5", "12 34", "1.2.3", "1,2k", "9" * 19, "--1", "1 000 00", "٣"])
def test_what_is_no_number_gets_an_example(typed: str) -> None:
    with pytest.raises(TruelineError, match="12,5"):
        number(typed)


@pytest.mark.parametrize(("typed", "said"), [("1,200", "1200 or 1.2"), ("1.250", "1250 or 1.25"), ("-1,200 %", "-1.2")])
def test_what_people_read_in_two_ways_is_asked_back(typed: str, said: str) -> None:
    with pytest.raises(TruelineError, match=said):
        number(typed)


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_every_grouping_of_a_whole_number_is_the_number(value: int) -> None:
    assert number(f"{value}") == number(f"{value:,}".replace(",", " ")) == value


def test_progress_is_right_where_less_is_better() -> None:
    fewer = Measure(name="Failed payments", baseline=8, target=2, current=5)
    assert progress(fewer) == 0.5


@given(baseline=NUMBERS, target=NUMBERS, current=NUMBERS)
def test_progress_stays_between_nothing_and_all(baseline: float, target: float, current: float) -> None:
    done = progress(Measure(name="m", baseline=baseline, target=target, current=current))
    mirrored = progress(Measure(name="m", baseline=-baseline, target=-target, current=-current))
    assert done == mirrored
    assert done is None if baseline == target else done is not None and 0 <= done <= 1


@pytest.mark.parametrize("missing", ["baseline", "target", "current"])
def test_without_a_number_there_is_no_progress(missing: str) -> None:
    numbers = {"baseline": 1.0, "target": 3.0, "current": 2.0} | {missing: None}
    assert progress(Measure(name="m", **numbers)) is None


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "░" * 10), (0.001, "▓" + "░" * 9), (0.44, "▓▓▓▓░░░░░░"), (0.99, "▓" * 9 + "░"), (1, "▓" * 10)],
)
def test_a_bar_is_full_or_empty_only_when_that_is_true(share: float, shown: str) -> None:
    assert bar(share) == shown


def test_a_line_of_signs_goes_from_the_lowest_to_the_highest() -> None:
    assert sparkline([30, 37, 33, 45]) == "▁▄▂█"
    assert sparkline([5, 5]) == "▄▄"
    assert sparkline([]) == ""


@pytest.mark.parametrize(
    ("framework", "name"),
    [
        ("okr", "OKR key result"),
        ("kpi", "KPI"),
        ("heart:task_success", "HEART: task success"),
        ("CASTLE:Advanced_Feature_Usage", "CASTLE: advanced feature usage"),
        ("heart", "HEART"),
        ("north star", "north star"),
        ("heart:speed", "heart:speed"),
    ],
)
def test_frameworks_have_names_for_people(framework: str, name: str) -> None:
    assert name_of(framework) == name


def test_every_dimension_can_be_chosen() -> None:
    offered = {
        value: label for framework in measures.FRAMEWORKS for value, label in measures.choices(framework).items()
    }
    assert len(offered) == 1 + 5 + 6 + 1
    assert offered["castle:errors"] == "CASTLE: errors"
    assert all(name_of(value) == label for value, label in offered.items())
