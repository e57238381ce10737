"""The picture of the roadmap: the same goals, the same bytes; any goals can be drawn."""

from datetime import date, timedelta

import pytest

from bot.charts import roadmap as charts
from bot.charts.canvas import DARK, LIGHT, Theme
from bot.charts.roadmap import picture_of
from bot.texts import roadmap as texts
from checkins.model import Goal, GoalStatus
from checkins.roadmap import Lane, Quarter, Roadmap, Stretch
from tests.bot.charts.pictures import chunks, contrast, size
from tests.bot.weeks import LONG

TODAY = date(2026, 11, 21)


def stretch(title: str = "Payouts within an hour", *, progress: float | None = None, days: int = 60) -> Stretch:
    goal = Goal(id="g", title=title, starts=TODAY - timedelta(days=30), ends=TODAY + timedelta(days=days))
    return Stretch(goal=goal, team="Payments", progress=progress)


def roadmap(*stretches: Stretch, teams: int = 1) -> Roadmap:
    lanes = tuple(Lane(title=f"Payments {number}", stretches=stretches) for number in range(teams))
    quarters = tuple(Quarter.of(TODAY).plus(ahead) for ahead in range(3))
    return Roadmap(quarters=quarters, today=TODAY, lanes=lanes, undated=(), later=0)


def test_the_same_goals_give_the_same_bytes_without_a_date() -> None:
    once, again = (picture_of(roadmap(stretch(), stretch(LONG, progress=0.4))) for _ in range(2))
    assert once == again
    assert not chunks(once) & {b"tEXt", b"iTXt", b"zTXt", b"tIME"}


def test_progress_and_status_can_be_seen() -> None:
    plain = stretch()
    paused = Stretch(
        goal=Goal(id="g", title=plain.goal.title, ends=plain.goal.ends, status=GoalStatus.PAUSED),
        team=None,
        progress=None,
    )
    drawn = {picture_of(roadmap(each)) for each in (plain, stretch(progress=0.4), stretch(progress=0.9), paused)}
    assert len(drawn) == 4


def test_a_row_per_goal_until_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "MOST", 3)
    one, two, three, nine = (size(picture_of(roadmap(*[stretch()] * count)))[1] for count in (1, 2, 3, 9))
    assert one < two < three < nine < three + 60  # a line says that there are more
    assert size(picture_of(roadmap(stretch(), teams=9)))[1] > size(picture_of(roadmap(stretch(), teams=3)))[1]


@pytest.mark.parametrize("title", ["🚀 Rocket 日本語 \ud800", "$x^2_{", "", "a" * 400, "tab\tnew\nline"])
@pytest.mark.parametrize("days", [-30, 0, 4000, (date.max - TODAY).days])
def test_any_goal_can_be_drawn(title: str, days: int) -> None:
    assert size(picture_of(roadmap(stretch(title, progress=1.0, days=days))))[0] == 1440


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_done_stands_apart_from_what_is_to_come(theme: Theme) -> None:
    assert contrast(theme.actual, theme.pale) >= 3
    assert contrast(theme.actual, theme.ground) >= 3
    assert contrast(theme.quiet, theme.track) >= 3


def test_the_picture_is_described_within_slacks_limit() -> None:
    said = texts.alt(roadmap(stretch(progress=0.4), stretch(LONG)))
    assert said.startswith(
        "Roadmap · Q4 2026 to Q2 2027. Payments 0: Payouts within an hour · 22 Oct 2026 – 20 Jan 2027 · 40"
    )
    assert len(texts.alt(roadmap(*[stretch(LONG)] * 40))) <= texts.ALT_LIMIT
