"""Planned against actual effort as a picture: what a digest shows above its findings."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from bot.bars import Bar, Kind, bars_of
from bot.charts.canvas import LIGHT, MARGIN, WIDTH, Canvas, Theme
from bot.wording import lately
from checkins.digest import Digest
from checkins.wording import percent

HEAD = 90  # title and legend
ROW = 60
LINE = 40  # a row without a bar
THICK = 15


def picture_of(digest: Digest, titles: Mapping[str, str], *, theme: Theme = LIGHT) -> bytes | None:
    """A digest's picture as PNG; None where there is no effort to show. titles: by goal id."""
    bars = bars_of(digest, titles)
    title = f"Where the work went · up to {lately(digest)}"
    return planned_against_actual(bars, title=title, theme=theme) if bars else None


def planned_against_actual(bars: Sequence[Bar], *, title: str, theme: Theme = LIGHT) -> bytes:
    """A PNG, 1440 pixels wide, one row per bar: what was planned, what it was, how sure that is.

    The same bars give the same bytes.
    """
    heights = [LINE if bar.kind is Kind.OTHERS else ROW for bar in bars]
    canvas = Canvas(height=HEAD + sum(heights) + MARGIN // 2, theme=theme)
    canvas.write(MARGIN, 38, title, size=18, weight="bold", room=WIDTH - 2 * MARGIN)
    _draw_legend(canvas, bars)
    unit = (WIDTH - 2 * MARGIN) / _longest(bars)
    for bar, y in zip(bars, accumulate(heights, initial=HEAD), strict=False):
        _draw_bar(canvas, bar, y=y, unit=unit)
    return canvas.png()


def _longest(bars: Sequence[Bar]) -> float:
    """The share at the right edge; a sum of many goals would make the goals themselves tiny, so it has no bar."""
    ends = [max(bar.actual, bar.high or 0, bar.declared or 0) for bar in bars if bar.kind is not Kind.OTHERS]
    return 1.03 * max([0.2, *ends])


def _draw_legend(canvas: Canvas, bars: Sequence[Bar]) -> None:
    theme, y, x = canvas.theme, 67.0, float(MARGIN)
    canvas.block(x, y - 10, 16, 10, theme.actual)
    x += 22 + canvas.write(x + 22, y, "share of the work", size=12, color=theme.quiet) + 20
    if any(bar.declared is not None for bar in bars):
        canvas.block(x, y - 12, 3.5, 15, theme.planned)
        x += 10 + canvas.write(x + 10, y, "planned", size=12, color=theme.quiet) + 20
    if any(bar.low is not None for bar in bars):
        canvas.line(x, x + 18, y - 4.5, theme.text)
        canvas.write(x + 25, y, "likely range", size=12, color=theme.quiet)


def _draw_bar(canvas: Canvas, bar: Bar, *, y: float, unit: float) -> None:
    theme = canvas.theme
    canvas.write(MARGIN, y + 20, bar.title, room=_draw_figures(canvas, bar, y=y + 20) - MARGIN - 16)
    if bar.kind is Kind.OTHERS:
        return
    canvas.block(MARGIN, y + 28, WIDTH - 2 * MARGIN, THICK, theme.track)
    canvas.block(MARGIN, y + 28, bar.actual * unit, THICK, theme.actual if bar.kind is Kind.GOAL else theme.quiet)
    if bar.low is not None and bar.high is not None:
        canvas.line(MARGIN + bar.low * unit, MARGIN + bar.high * unit, y + 28 + THICK / 2, theme.text)
    if bar.declared is not None:
        middle = MARGIN + bar.declared * unit
        canvas.block(middle - 3.5, y + 23, 7, THICK + 10, theme.ground)
        canvas.block(middle - 2, y + 24, 4, THICK + 8, theme.planned)


def _draw_figures(canvas: Canvas, bar: Bar, *, y: float) -> float:
    """Write the numbers at the right edge; returns where they begin."""
    begin: float = WIDTH - MARGIN
    if bar.declared is not None:
        planned = f"planned {percent(bar.declared)}"
        begin -= canvas.write(begin, y, planned, color=canvas.theme.planned, align="right") + 12
    return begin - canvas.write(begin, y, percent(bar.actual), weight="bold", align="right")
