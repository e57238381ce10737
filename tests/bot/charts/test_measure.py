"""The picture of a measure's history: the same values, the same bytes; any numbers and words can be drawn."""

from datetime import date, timedelta

import pytest

from bot.charts.canvas import DARK
from bot.charts.measure import _spread, picture_of
from checkins.measures import Course
from checkins.model import Measure
from tests.bot.charts.pictures import chunks, size

FAILED = Measure(name="Failed payments", framework="heart:task_success", baseline=8, target=2, unit="%", current=5)


def course(*values: float, measure: Measure = FAILED, title: str = "Fewer failed payments") -> Course:
    days = (date(2026, 9, 1) + timedelta(weeks=n) for n in range(len(values)))
    return Course(title=title, measure=measure, values=tuple(zip(days, values, strict=True)))


def test_the_same_values_give_the_same_bytes_without_a_date() -> None:
    once, again = (picture_of(course(8, 7, 5)) for _ in range(2))
    assert once == again != picture_of(course(8, 7, 6))
    assert size(once) == (1440, 520)
    assert not chunks(once) & {b"tEXt", b"iTXt", b"zTXt", b"tIME"}
    assert once != picture_of(course(8, 7, 5), theme=DARK)


@pytest.mark.parametrize("values", [(5.0,), (5, 5, 5), (-3e9, 1e-9, 4e12), tuple(range(60))])
@pytest.mark.parametrize("measure", [FAILED, Measure(name="日本語 $x^2_{", framework="", unit="per day " * 9)])
def test_any_history_can_be_drawn(values: tuple[float, ...], measure: Measure) -> None:
    assert size(picture_of(course(*values, measure=measure, title="🚀 " * 90)))


def test_words_at_one_height_stand_below_each_other() -> None:
    heights = [y for y, _, _ in _spread([(100, "now", "a"), (100, "target", "b"), (180, "baseline", "c")])]
    assert heights[0] == 100 and heights[1] >= 116 and heights[2] == 180
