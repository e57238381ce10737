"""Words read as an answer: lines, shares, the nearest goal, the teams named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.forms import ITEMS
from checkins.model import Goal, Team
from checkins.phrases import read

GOALS = [
    Goal(id="signup", title="Double weekly signups", description="The signup funnel up to the first project"),
    Goal(id="billing", title="Billing without surprises", description="Fewer billing bugs, clear invoices"),
    Goal(id="speed", title="Pages in under a second"),
]
TEAMS = [Team(id="platform", name="Platform"), Team(id="design", name="Design")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "signup funnel mostly, bit of billing bugs",
            [("signup funnel", "most", "signup"), ("billing bugs", "some", "billing")],
        ),
        ("- page speed\n- half on invoices", [("page speed", "some", "speed"), ("invoices", "half", "billing")]),
        (
            "1. Signup funnel\n2) Billing bugs",
            [("Signup funnel", "some", "signup"), ("Billing bugs", "some", "billing")],
        ),
        ("quick fix of the coffee machine", [("fix of the coffee machine", "little", None)]),
        ("Mostly billing bugs.", [("billing bugs", "most", "billing")]),
    ],
)
def test_lines_have_a_share_and_the_nearest_goal(text: str, lines: list[tuple[str, str, str | None]]) -> None:
    reading = read(text, goals=GOALS, teams=TEAMS)
    assert [(line.text, line.size, line.goal) for line in reading.lines] == lines


@pytest.mark.parametrize(
    ("text", "worked_with", "waiting_on"),
    [
        ("signup funnel; waiting on Platform", (), ("platform",)),
        ("invoices with Design; blocked by platfrom and Design", ("design",), ("platform", "design")),
        ("helped Platform with page speed", ("platform",), ()),
        ("platform shoes for the summer party", (), ()),
    ],
)
def test_teams_are_recognised(text: str, worked_with: tuple[str, ...], waiting_on: tuple[str, ...]) -> None:
    reading = read(text, goals=GOALS, teams=TEAMS)
    assert (reading.worked_with, reading.waiting_on) == (worked_with, waiting_on)


@pytest.mark.parametrize("text", ["hello", "Thanks!", "help", "ok", "   ", "?"])
def test_small_talk_is_no_work(text: str) -> None:
    assert read(text, goals=GOALS, teams=TEAMS).lines == ()


def test_more_lines_than_a_form_holds_are_counted() -> None:
    reading = read("\n".join(f"task {n}" for n in range(8)), goals=GOALS, teams=TEAMS)
    assert (len(reading.lines), reading.left_out) == (5, 3)


def test_without_goals_or_teams_text_is_still_read() -> None:
    (line,) = read("moving house", goals=[], teams=[]).lines
    assert (line.text, line.goal) == ("moving house", None)


@given(st.text(max_size=500))
def test_any_text_is_read_without_trouble(text: str) -> None:
    reading = read(text, goals=GOALS, teams=TEAMS)
    assert len(reading.lines) <= ITEMS
    assert all(line.text.strip() for line in reading.lines)
