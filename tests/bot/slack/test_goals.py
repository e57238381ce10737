"""Goals as lines: compact, escaped, indented under what is supported."""

from datetime import date
from typing import Any

import pytest

from bot.slack import goal_blocks
from bot.slack.goal_lists import Asked, Listed
from bot.slack.goal_pages import Size
from bot.slack.ids import OutOfDate
from bot.texts import goals as texts
from bot.texts import help as help_texts
from checkins.goal_boards import GoalBoard, GoalLine, GoalSection
from checkins.goal_state import GoalState, Standing
from checkins.model import FindingKind, Goal, Measure, Strategy, Team
from checkins.wording import percent, period

GROWTH = Team(id="growth", name="Growth")
FINE = Standing(state=GoalState.UNDER_WAY)
FOUND = GoalSection(title="Goals with “x”", lines=())
TREE = GoalSection(title="Growth", lines=(), part="Running today")


def line(title: str = "Shorten onboarding", **parts: Any) -> GoalLine:
    goal = Goal(id="g", title=title, measure=parts.pop("measure", None))
    return GoalLine(goal=goal, **{"team": "Growth", "owner": "Mara Lind", "standing": FINE} | parts)


def of(team: Team) -> GoalSection:
    return GoalSection(title=team.name, lines=(), team=team)


def board(*sections: GoalSection) -> GoalBoard:
    return GoalBoard(sections=sections, strategy=Strategy(), can_set=(), any_goals=True, viewer="")


def test_a_goal_says_share_owner_and_state_and_below_what_it_supports_and_how_far_it_is() -> None:
    measure = Measure(name="Activation", baseline=30, target=45, unit="%", current=34)
    at_risk = Standing(state=GoalState.AT_RISK, progress=0.27, elapsed=0.8)
    shown = line(weight=0.4, supports=("Grow revenue",), measure=measure, standing=at_risk)
    assert goal_blocks.line_text(FOUND, shown).splitlines() == [
        f"• *Shorten onboarding* · {percent(0.4)} of Growth’s work · Mara Lind · at risk",
        "\u2003supports “Grow revenue”",
        f"\u2003Activation: now 34 %, from 30 %, to 45 % · {percent(0.27)} of the way after {percent(0.8)} of the time",
    ]


def test_in_a_tree_a_goal_is_one_line_with_what_it_supports_besides() -> None:
    shown = line(weight=0.4, supports=("A", "B", "C"), also=("B", "C"), depth=1, team="Sales")
    said = f"↳ *Shorten onboarding* · Sales · planned {percent(0.4)} · Mara Lind · under way · also supports “B”, “C”"
    assert goal_blocks.line_text(TREE, shown) == f"\u2003{said}"


def test_a_team_is_named_where_its_list_does_not_say_it() -> None:
    assert goal_blocks.line_text(FOUND, line()) == "• *Shorten onboarding* · Growth · Mara Lind · under way"
    for section in (TREE, of(GROWTH)):
        assert goal_blocks.line_text(section, line()) == "• *Shorten onboarding* · Mara Lind · under way"


def test_a_contributing_teams_list_tells_its_own_share_and_whose_goal_it_is() -> None:
    said = goal_blocks.line_text(of(Team(id="sales", name="Sales")), line(weight=0.1))
    assert said == f"• *Shorten onboarding* · Growth · {percent(0.1)} of Sales’ work · Mara Lind · under way"


def test_many_supported_goals_are_counted_after_the_third() -> None:
    said = goal_blocks.line_text(FOUND, line(supports=("A", "B", "C", "D", "E")))
    assert said.endswith("supports “A”, “B”, “C” and 2 more")


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing(state=GoalState.NO_UPDATE, heard=date(2026, 8, 3)), "nothing heard since 3 August 2026"),
        (Standing(state=GoalState.NO_UPDATE), "nothing heard yet"),
        (Standing(state=GoalState.AT_RISK, trouble=FindingKind.ORPHAN_GOAL), "nobody works on it"),
        (Standing(state=GoalState.ON_TRACK, progress=0.5), ""),
        (Standing(state=GoalState.PAUSED, trouble=FindingKind.DRIFT), ""),
    ],
)
def test_an_uneasy_state_says_why(standing: Standing, why: str) -> None:
    assert texts.why(standing) == why


def test_titles_cannot_call_a_channel_or_forge_a_link() -> None:
    said = goal_blocks.line_text(FOUND, line("<!channel> & <https://x.example|win>\nnext", owner="<@U1>", team="<T>"))
    assert "<" not in said and "\n" not in said
    assert "&lt;!channel&gt; &amp; " in said


def test_a_long_title_is_cut_between_words() -> None:
    said = goal_blocks.line_text(FOUND, line("onboarding " * 30)).split(" · ")[0]
    assert said.endswith("onboarding…*")
    assert len(said) < 170


@pytest.mark.parametrize("count", [1, 30, 31, 400])
def test_app_home_shows_a_page_and_says_how_many_it_leaves_out(count: int) -> None:
    lines = tuple(line(f"Goal {number}") for number in range(count))
    most = Size(goals=30, blocks=30, text=6000)
    made = goal_blocks.first_page(board(GoalSection(title="Growth", lines=lines)), most=most, command="/goals")
    assert str(made).count("Mara Lind") == min(count, 30)
    assert (texts.more(count - 30, "/goals") in str(made)) == (count > 30)


def test_a_team_without_goals_says_so() -> None:
    made = goal_blocks.first_page(board(of(GROWTH)), most=Size(goals=1, blocks=9, text=999), command="/goals")
    assert "Growth has no goals yet." in str(made)


def test_the_strategy_shows_what_is_written_and_nothing_else() -> None:
    made = goal_blocks.strategy_blocks(Strategy(vision="Calm work for <everybody>", mission=" "))
    assert "Calm work for &lt;everybody&gt;" in str(made)
    assert "Mission" not in str(made)
    assert goal_blocks.strategy_blocks(Strategy()) == []


def test_a_button_knows_the_page_it_leads_to() -> None:
    asked = Asked(listed=Listed.FOUND, words="a “b” & c", page=3)
    assert Asked.unpacked(asked.packed()) == asked
    assert len(Asked(listed=Listed.FOUND, words="“" * 3000).packed()) < 2000
    with pytest.raises(OutOfDate):
        Asked.unpacked("all")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2025, 1, 1), date(2025, 6, 30), "January – June 2025"),
        (date(2024, 7, 1), date(2025, 2, 28), "July 2024 – February 2025"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 2, 3), date(2026, 5, 5), "3 February – 5 May 2026"),
        (date(2026, 2, 3), date(2026, 2, 3), "3 February 2026"),
        (date(2026, 1, 1), date.max, "January 2026 – December 9999"),
        (date(2026, 2, 1), None, "from 1 February 2026"),
        (None, date(2026, 5, 5), "until 5 May 2026"),
        (None, None, "no dates"),
    ],
)
def test_periods_have_short_names(first: date | None, last: date | None, said: str) -> None:
    assert period(first, last) == said


@pytest.mark.parametrize(
    ("typed", "meant"), [("vison", "vision"), ("DIGETS", "digest"), ("Onbording", "onboarding"), ("xyzzy", None)]
)
def test_the_nearest_word_is_suggested(typed: str, meant: str | None) -> None:
    assert help_texts.nearest(typed, ["vision", "digest", "onboarding", "help"]) == meant
