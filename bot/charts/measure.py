"""A measure's history as a picture: its values, where it began and where it should get."""

from collections.abc import Sequence
from datetime import date

from bot.charts.canvas import LIGHT, MARGIN, WIDTH, Canvas, Theme
from checkins.measures import Course, name_of

HEIGHT = 260
TOP, BOTTOM = 84, 222  # of the values
LEFT, RIGHT = MARGIN, WIDTH - 150  # words stand to the right of the lines
APART = 17  # between words
DOT = 7


def picture_of(course: Course, *, theme: Theme = LIGHT) -> bytes:
    """A PNG, 1440 pixels wide. The same values give the same bytes."""
    canvas, measure = Canvas(height=HEIGHT, theme=theme), course.measure
    canvas.write(MARGIN, 34, course.title, size=16, weight="bold", room=WIDTH - 2 * MARGIN)
    subtitle = f"{measure.name} · {name_of(measure.framework)}"
    canvas.write(MARGIN, 58, subtitle, size=12, color=theme.quiet, room=WIDTH - 2 * MARGIN)
    levels = {"target": measure.target, "baseline": measure.baseline}
    scale = _Scale(course.values, [level for level in levels.values() if level is not None])
    words = [(scale.y(course.values[-1][1]), f"now {_amount(course, course.values[-1][1])}", theme.actual)]
    for name, level in levels.items():
        if level is not None:
            color = theme.planned if name == "target" else theme.quiet
            canvas.path([LEFT, RIGHT], [scale.y(level)] * 2, color, dashed=True)
            words.append((scale.y(level), f"{name} {_amount(course, level)}", color))
    _draw_values(canvas, course, scale)
    for y, text, color in _spread(words):
        canvas.write(RIGHT + 12, y + 4, text, size=12, color=color, room=WIDTH - RIGHT - 20)
    return canvas.png()


class _Scale:
    """Days and values to points."""

    def __init__(self, values: Sequence[tuple[date, float]], levels: Sequence[float]) -> None:
        heights = [*(value for _, value in values), *levels]
        self._low, self._high = min(heights), max(heights)
        self._first, self._days = values[0][0], max((values[-1][0] - values[0][0]).days, 1)

    def x(self, day: date) -> float:
        return LEFT + DOT / 2 + (RIGHT - LEFT - DOT) * (day - self._first).days / self._days

    def y(self, value: float) -> float:
        if self._low == self._high:
            return (TOP + BOTTOM) / 2
        return BOTTOM - (BOTTOM - TOP) * (value - self._low) / (self._high - self._low)


def _draw_values(canvas: Canvas, course: Course, scale: _Scale) -> None:
    across = [scale.x(day) for day, _ in course.values]
    up = [scale.y(value) for _, value in course.values]
    canvas.path(across, up, canvas.theme.actual)
    for x, y in zip(across, up, strict=True):
        canvas.block(x - DOT / 2, y - DOT / 2, DOT, DOT, canvas.theme.actual)
    first, last = (f"{course.values[end][0]:%-d %b %Y}" for end in (0, -1))
    canvas.write(LEFT, HEIGHT - 12, first, size=11, color=canvas.theme.quiet)
    canvas.write(RIGHT, HEIGHT - 12, last, size=11, color=canvas.theme.quiet, align="right")


def _amount(course: Course, value: float) -> str:
    return f"{value:g} {course.measure.unit}".rstrip()


def _spread(words: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """From top to bottom, each clear of the one above it."""
    placed: list[tuple[float, str, str]] = []
    for y, text, color in sorted(words):
        lowest = placed[-1][0] + APART if placed else y
        placed.append((max(y, lowest), text, color))
    return placed
