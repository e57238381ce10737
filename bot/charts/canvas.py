"""The drawing surface of every picture, and its colours. Imported only where a child process or a command draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle

from checkins.wording import title as title_of

WIDTH = 720  # points of the drawing; two pixels each
MARGIN = 28
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
    pale: str  # what is still to come of something drawn in ``actual``


LIGHT = Theme("#fcfbf8", "#1f2a30", "#5c6970", "#ebe9e3", "#3d7ea6", "#b4470f", "#c9dde8")
DARK = Theme("#1c2226", "#eef1f2", "#a3afb6", "#2d363c", "#5fa8d3", "#ffb26b", "#2f4a5a")


class Canvas:
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

    def outline(self, x: float, y: float, width: float, height: float, color: str, *, dashes: str = "solid") -> None:
        """A frame within the edges. dashes: "solid" or "dashed"."""
        inner = (x + 0.5, y + 0.5)
        frame = Rectangle(inner, width - 1, height - 1, fill=False, edgecolor=color, linewidth=1, linestyle=dashes)
        self._axes.add_patch(frame)

    def line(self, start: float, end: float, y: float, color: str) -> None:
        """A whisker with ends."""
        self._axes.plot([start, end], [y, y], color=color, linewidth=1.4, solid_capstyle="butt")
        for x in (start, end):
            self._axes.plot([x, x], [y - 3.5, y + 3.5], color=color, linewidth=1.4, solid_capstyle="butt")

    def path(self, across: Sequence[float], down: Sequence[float], color: str, *, dashed: bool = False) -> None:
        """A line through points."""
        style = (0, (4, 3)) if dashed else "solid"
        self._axes.plot(across, down, color=color, linewidth=1.4 if dashed else 2.2, linestyle=style)

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


def _drawable(text: str) -> str:
    """Only what the font can draw: pictographs go, other strange characters become question marks."""
    glyphs = _glyphs()
    known = (char if ord(char) in glyphs else "" if ord(char) > 0x2300 and not char.isalnum() else "?" for char in text)
    return " ".join("".join(known).split())


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
