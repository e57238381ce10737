"""Planned against actual effort as a picture. Imported only where a child process or a command builds a digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import accumulate

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle

from bot.bars import Bar, Kind, bars_of
from bot.wording import lately
from checkins.digest import Digest
from checkins.wording import percent
from checkins.wording import title as title_of

WIDTH = 720  # points of the drawing; two pixels each
MARGIN = 28
HEAD = 90  # title and legend
ROW = 60
LINE = 40  # a row without a bar
THICK = 15
SCALE = 2


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours that keep a contrast of 4.5 (text) and 3 (marks) on their own ground, told apart by the colour-blind."""

    ground: str
    text: str
    quiet: str
    track: str
    actual: str
    planned: str


LIGHT = Theme("#fcfbf8", "#1f2a30", "#5c6970", "#ebe9e3", "#3d7ea6", "#b4470f")
DARK = Theme("#1c2226", "#eef1f2", "#a3afb6", "#2d363c", "#5fa8d3", "#ffb26b")


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
    canvas = _Canvas(height=HEAD + sum(heights) + MARGIN // 2, theme=theme)
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


class _Canvas:
    """A drawing in points from the upper left corner."""

    def __init__(self, *, height: int, theme: Theme) -> None:
        self.theme = theme
        self._figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72 * SCALE, facecolor=theme.ground)
        self._renderer = FigureCanvasAgg(self._figure).get_renderer()  # type: ignore[no-untyped-call]
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.set_axis_off()

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 13.5,
        weight: str = "normal",
        color: str | None = None,
        align: str = "left",
        room: float = WIDTH,
    ) -> float:
        """Write a line, cut on a word to the room it has; returns its width."""
        font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
        line = self._cut(title_of(_drawable(text)), font, room)
        self._axes.text(
            x, y, line, fontproperties=font, color=color or self.theme.text, ha=align, va="baseline", parse_math=False
        )
        return self._width(line, font)

    def block(self, x: float, y: float, width: float, height: float, color: str) -> None:
        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=color, linewidth=0))

    def line(self, start: float, end: float, y: float, color: str) -> None:
        """A whisker with ends."""
        self._axes.plot([start, end], [y, y], color=color, linewidth=1.4, solid_capstyle="butt")
        for x in (start, end):
            self._axes.plot([x, x], [y - 3.5, y + 3.5], color=color, linewidth=1.4, solid_capstyle="butt")

    def png(self) -> bytes:
        out = BytesIO()
        self._figure.savefig(out, format="png", facecolor=self.theme.ground, metadata={"Software": None})
        return out.getvalue()

    def _width(self, text: str, font: FontProperties) -> float:
        width, _, _ = self._renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(width) / SCALE

    def _cut(self, text: str, font: FontProperties, room: float) -> str:
        if self._width(text, font) <= room:
            return text
        words = text.split()
        while len(words) > 1 and self._width(" ".join(words) + "…", font) > room:
            words.pop()
        line = " ".join(words)
        while line and self._width(line + "…", font) > room:
            line = line[:-1]
        return line + "…"


def _draw_legend(canvas: _Canvas, bars: Sequence[Bar]) -> None:
    theme, y, x = canvas.theme, 67.0, float(MARGIN)
    canvas.block(x, y - 10, 16, 10, theme.actual)
    x += 22 + canvas.write(x + 22, y, "share of the work", size=12, color=theme.quiet) + 20
    if any(bar.declared is not None for bar in bars):
        canvas.block(x, y - 12, 3.5, 15, theme.planned)
        x += 10 + canvas.write(x + 10, y, "planned", size=12, color=theme.quiet) + 20
    if any(bar.low is not None for bar in bars):
        canvas.line(x, x + 18, y - 4.5, theme.text)
        canvas.write(x + 25, y, "likely range", size=12, color=theme.quiet)


def _draw_bar(canvas: _Canvas, bar: Bar, *, y: float, unit: float) -> None:
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


def _draw_figures(canvas: _Canvas, bar: Bar, *, y: float) -> float:
    """Write the numbers at the right edge; returns where they begin."""
    begin: float = WIDTH - MARGIN
    if bar.declared is not None:
        planned = f"planned {percent(bar.declared)}"
        begin -= canvas.write(begin, y, planned, color=canvas.theme.planned, align="right") + 12
    return begin - canvas.write(begin, y, percent(bar.actual), weight="bold", align="right")


def _drawable(text: str) -> str:
    """Only what the font can draw: pictographs go, other strange characters become question marks."""
    glyphs = _glyphs()
    known = (char if ord(char) in glyphs else "" if ord(char) > 0x2300 and not char.isalnum() else "?" for char in text)
    return " ".join("".join(known).split())


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
