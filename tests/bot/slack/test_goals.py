"""`/goals` as blocks: compact, escaped, indented under what is supported, and never longer than a message may be."""

import pytest

from bot.sandbox.limits import block_faults
from bot.slack import goal_blocks
from bot.texts import goals as texts
from bot.texts import help as help_texts
from checkins.goal_boards import GoalBoard, GoalLine, GoalSection
from checkins.model import Goal, Measure, Strategy, Team
from checkins.wording import percent

GROWTH = Team(id="growth", name="Growth")


def line(title: str = "Shorten onboarding", **parts: object) -> GoalLine:
    goal = Goal(id="g", title=title, measure=parts.pop("measure", None))  # type: ignore[arg-type]
    given = {"team": "Growth", "owner": "Mara Lind", "supports": (), "weight": None} | parts
    return GoalLine(goal=goal, **given)  # type: ignore[arg-type]


def board(*sections: GoalSection) -> GoalBoard:
    return GoalBoard(sections=sections, strategy=Strategy(), can_set=(), any_goals=True, viewer="")


def test_a_goal_says_team_owner_weight_what_it_supports_and_how_far_it_is() -> None:
    measure = Measure(name="Activation", baseline=30, target=45, unit="%", current=34)
    said = goal_blocks.line_text(line(weight=0.4, supports=("Grow revenue",), measure=measure))
    assert said.splitlines() == [
        "*Shorten onboarding*",
        f"owner Mara Lind · {percent(0.4)} of Growth’s work",
        "Supports “Grow revenue”",
        "Activation: now 34 %, from 30 %, to 45 %",
    ]


def test_a_goal_without_a_weight_names_its_team_except_in_that_teams_list() -> None:
    assert goal_blocks.line_text(line()).splitlines()[1] == "Growth · owner Mara Lind"
    assert goal_blocks.line_text(line(), team="Growth").splitlines()[1] == "owner Mara Lind"


def test_a_contributing_teams_list_tells_its_own_share_and_whose_goal_it_is() -> None:
    said = goal_blocks.line_text(line(weight=0.1), team="Sales")
    assert said.splitlines()[1] == f"Growth · owner Mara Lind · {percent(0.1)} of Sales’ work"


def test_titles_cannot_call_a_channel_or_forge_a_link() -> None:
    said = goal_blocks.line_text(line("<!channel> & <https://x.example|win>"))
    assert "<" not in said
    assert "&lt;!channel&gt; &amp; " in said


def test_what_supports_another_goal_stands_indented_below_it() -> None:
    top, below = goal_blocks.line_text(line(depth=0)), goal_blocks.line_text(line(depth=2, weight=0.2))
    assert top.startswith("*")
    assert all(row.startswith(goal_blocks.INDENT * 4) for row in below.splitlines())


def test_a_long_title_is_cut_between_words() -> None:
    said = goal_blocks.line_text(line("onboarding " * 30)).splitlines()[0]
    assert said.endswith("onboarding…*")
    assert len(said) < 170


@pytest.mark.parametrize("count", [1, 40, 60, 400])
def test_a_list_fits_a_message_and_says_how_many_it_leaves_out(count: int) -> None:
    shown = board(*(GoalSection(title=f"T{n}", lines=(line(),) * (count // 2), team=GROWTH) for n in range(2)))
    made = goal_blocks.board_blocks(shown, command="/goals")
    assert block_faults(made, "message", "") == []
    assert len(made) < 50
    goals = sum("Mara Lind" in str(block) for block in made)
    left = count // 2 * 2 - goals
    assert (texts.more(left, "/goals") in str(made)) == (left > 0)


def test_a_team_without_goals_says_so() -> None:
    made = goal_blocks.board_blocks(board(GoalSection(title="Growth", lines=(), team=GROWTH)), command="/goals")
    assert "Growth has no goals yet." in str(made)


def test_the_strategy_shows_what_is_written_and_nothing_else() -> None:
    made = goal_blocks.strategy_blocks(Strategy(vision="Calm work for <everybody>", mission=" "))
    assert "Calm work for &lt;everybody&gt;" in str(made)
    assert "Mission" not in str(made)
    assert goal_blocks.strategy_blocks(Strategy()) == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("vison", "vision"), ("DIGETS", "digest"), ("Onbording", "onboarding"), ("xyzzy", None)]
)
def test_the_nearest_word_is_suggested(typed: str, meant: str | None) -> None:
    assert help_texts.nearest(typed, ["vision", "digest", "onboarding", "help"]) == meant
