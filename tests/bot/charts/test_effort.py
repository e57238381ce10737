"""The picture of planned against actual effort: the same data, the same bytes; any title can be drawn."""

import pytest

from bot.bars import Bar, Kind
from bot.charts.canvas import DARK, LIGHT, Theme
from bot.charts.effort import picture_of, planned_against_actual
from tests.bot.charts.pictures import chunks, contrast, size
from tests.bot.weeks import LONG, TITLES, week

BARS = [
    Bar(title="Payouts within an hour", actual=0.18, declared=0.4, low=0.14, high=0.22),
    Bar(title=LONG, actual=0.34, low=0.3, high=0.38),
    Bar(title="4 other goals", actual=0.3, kind=Kind.OTHERS),
    Bar(title="None of our goals", actual=0.18, kind=Kind.NO_GOAL),
]


def test_the_same_bars_give_the_same_bytes_without_a_date() -> None:
    once, again = (planned_against_actual(BARS, title="Week 47") for _ in range(2))
    assert once == again
    assert not chunks(once) & {b"tEXt", b"iTXt", b"zTXt", b"tIME"}


def test_a_row_per_bar_at_twice_the_width_of_a_chat() -> None:
    width, height = size(planned_against_actual(BARS, title="Week 47"))
    _, shorter = size(planned_against_actual(BARS[:2], title="Week 47"))
    assert width == 1440 and height > shorter > 200


@pytest.mark.parametrize(
    "title", ["🚀 Rocket 日本語 \ud800", "$x^2_{", "", "a" * 400, "tab\tnew\nline", TITLES["evil"]]
)
def test_any_title_can_be_drawn(title: str) -> None:
    assert size(planned_against_actual([Bar(title=title, actual=0.2)], title=title))


def test_a_digest_without_effort_has_no_picture() -> None:
    assert picture_of(week(goals=(), off_goals=None), TITLES) is None
    assert size(picture_of(week(), TITLES) or b"")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_told_apart(theme: Theme) -> None:
    assert min(contrast(color, theme.ground) for color in (theme.text, theme.quiet, theme.planned)) >= 4.5
    assert contrast(theme.actual, theme.track) >= 3
