"""The roadmap as a picture: a bar for each goal over the quarters, as much of it filled as its measure has come."""

from collections.abc import Iterator
from datetime import timedelta

from bot.charts.canvas import LIGHT, MARGIN, WIDTH, Canvas, Theme
from bot.texts import roadmap as texts
from checkins.model import Goal, GoalStatus
from checkins.roadmap import Lane, Quarter, Roadmap, Stretch, fitted

MOST = 40  # bars
HEAD = 112  # title, legend, names of the quarters
LANE = 38
ROW = 37
FOOT = 26
THICK = 9
GAP = 3  # between quarters
THINNEST = 3
ROOM = WIDTH - 2 * MARGIN
SMALL = 11.5
ONE_DAY = timedelta(days=1)


def picture_of(roadmap: Roadmap, *, theme: Theme = LIGHT) -> bytes:
    """A PNG, 1440 pixels wide, a row per goal. The same roadmap gives the same bytes."""
    shown = fitted(roadmap, MOST)
    notes = list(_notes(roadmap, shown))
    rows = sum(len(lane.stretches) for lane in shown.lanes)
    canvas = Canvas(height=HEAD + LANE * len(shown.lanes) + ROW * rows + FOOT * len(notes) + MARGIN // 2, theme=theme)
    canvas.write(MARGIN, 38, texts.heading(roadmap), size=18, weight="bold", room=ROOM)
    _draw_legend(canvas, shown)
    for quarter in shown.quarters:
        canvas.write(_at(shown, quarter), HEAD - 8, str(quarter), size=SMALL, color=theme.quiet)
    y: float = HEAD
    for lane in shown.lanes:
        y = _draw_lane(canvas, shown, lane, y=y)
    for note in notes:
        y += FOOT
        canvas.write(MARGIN, y, note, size=12, color=theme.quiet, room=ROOM)
    return canvas.png()


def _notes(roadmap: Roadmap, shown: Roadmap) -> Iterator[str]:
    if any(lane.more for lane in shown.lanes):
        yield texts.ONE_TEAM_SHOWS_MORE
    if len(roadmap.lanes) > MOST:
        yield texts.more_teams(len(roadmap.lanes) - MOST)
    if roadmap.undated:
        yield texts.undated(len(roadmap.undated))
    if roadmap.later:
        yield texts.later(roadmap.later)


def _at(roadmap: Roadmap, quarter: Quarter) -> float:
    return MARGIN + ROOM * roadmap.part_of(quarter.first)


def _draw_legend(canvas: Canvas, roadmap: Roadmap) -> None:
    theme, y, x = canvas.theme, 68.0, float(MARGIN)
    shown = [stretch for lane in roadmap.lanes for stretch in lane.stretches]
    states = {stretch.goal.status for stretch in shown}

    def name(mark: float, words: str) -> float:
        return x + mark + 6 + canvas.write(x + mark + 6, y, words, size=12, color=theme.quiet) + 20

    _draw_bar(canvas, x, y - 10, 16, GoalStatus.ACTIVE)
    x = name(16, "planned time")
    if any(stretch.progress for stretch in shown):
        canvas.block(x, y - 10, 16, THICK, theme.actual)
        x = name(16, "how far it is")
    for status in (GoalStatus.PAUSED, GoalStatus.DONE):
        if status in states:
            _draw_bar(canvas, x, y - 10, 16, status)
            x = name(16, texts.STATES[status])
    canvas.block(x, y - 12, 3, THICK + 4, theme.planned)
    name(3, f"today, {texts.day(roadmap.today)}")


def _draw_lane(canvas: Canvas, roadmap: Roadmap, lane: Lane, *, y: float) -> float:
    """Returns where it ends."""
    theme = canvas.theme
    left: float = ROOM
    if lane.more:
        more = texts.more(lane.more)
        left -= canvas.write(WIDTH - MARGIN, y + 26, more, size=SMALL, color=theme.quiet, align="right")
    canvas.write(MARGIN, y + 26, lane.title, size=14.5, weight="bold", room=left - 16)
    for number, stretch in enumerate(lane.stretches):
        _draw_stretch(canvas, roadmap, stretch, y=y + LANE + number * ROW)
    return y + LANE + ROW * len(lane.stretches)


def _draw_stretch(canvas: Canvas, roadmap: Roadmap, stretch: Stretch, *, y: float) -> None:
    theme, goal, top = canvas.theme, stretch.goal, y + 18
    said = " · ".join([*texts.when(stretch), *texts.state(stretch)])
    taken = canvas.write(WIDTH - MARGIN, y + 12, said, size=SMALL, color=theme.quiet, align="right")
    canvas.write(MARGIN, y + 12, goal.title, size=12.5, room=ROOM - taken - 16)
    for quarter in roadmap.quarters:
        start, end = _at(roadmap, quarter), _at(roadmap, quarter.plus(1))
        canvas.block(start, top, end - start - (GAP if quarter != roadmap.quarters[-1] else 0), THICK, theme.track)
    begin, end = _ends(roadmap, goal)
    _draw_bar(canvas, begin, top, max(end - begin, THINNEST), goal.status, progress=stretch.progress or 0)
    now = MARGIN + ROOM * roadmap.part_of(roadmap.today)
    canvas.block(now - 1.5, top - 2, 3, THICK + 4, theme.planned)


def _ends(roadmap: Roadmap, goal: Goal) -> tuple[float, float]:
    """Where the bar begins and ends; a side without a date, or beyond the quarters, is at the edge."""
    start = roadmap.part_of(goal.starts) if goal.starts else 0.0
    end = roadmap.part_of(min(goal.ends, roadmap.last) + ONE_DAY) if goal.ends else 1.0
    return MARGIN + ROOM * max(start, 0.0), MARGIN + ROOM * end


def _draw_bar(canvas: Canvas, x: float, y: float, width: float, status: GoalStatus, *, progress: float = 0) -> None:
    """progress: the part that is filled, 0..1."""
    theme = canvas.theme
    if status is GoalStatus.DONE:
        canvas.block(x, y, width, THICK, theme.quiet)
    elif status is GoalStatus.PAUSED:
        canvas.block(x, y, width, THICK, theme.ground)
        canvas.outline(x, y, width, THICK, theme.quiet, dashes="dashed")
    else:
        canvas.block(x, y, width, THICK, theme.pale)
        canvas.block(x, y, width * progress, THICK, theme.actual)
        canvas.outline(x, y, width, THICK, theme.actual)
