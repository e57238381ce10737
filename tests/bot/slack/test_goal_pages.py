"""Lists of goals in pages: nothing left out or doubled, every page a message that Slack takes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.limits import block_faults
from bot.slack import goal_blocks, goal_lists
from bot.slack.goal_lists import Asked, Listed
from bot.slack.goal_pages import MESSAGE, Page, Size, pages
from checkins import goal_boards
from checkins.goal_boards import GoalBoard, GoalLine, GoalSection
from checkins.goal_state import GoalState, Standing
from checkins.model import Goal, GoalStatus, Strategy
from checkins.ports import Store
from tests.acme import day, settle_in
from tests.databases import sqlite_store

TODAY = day(14)
ROW = Size(goals=1, text=100)
HEADING = Size(blocks=2, text=40)


def section(count: int, *, part: str = "", title: str = "Payments", words: str = "Goal") -> GoalSection:
    lines = (
        GoalLine(goal=Goal(id=f"{part}-{title}-{n}", title=words), team=title, owner="Mara Lind", standing=FINE)
        for n in range(count)
    )
    return GoalSection(title=title, lines=tuple(lines), part=part)


FINE = Standing(state=GoalState.UNDER_WAY)


def board(*sections: GoalSection) -> GoalBoard:
    return GoalBoard(sections=sections, strategy=Strategy(), can_set=(), any_goals=True, viewer="")


def size(_: GoalSection, line: GoalLine | None) -> Size:
    return ROW if line else HEADING


def counts(made: list[Page]) -> list[list[int]]:
    return [[len(shown.lines) for shown in page] for page in made]


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ([], [[]]),
        ([section(0)], [[0]]),
        ([section(45)], [[45]]),
        ([section(76)], [[45], [31]]),
        ([section(44, part="now"), section(32, part="then")], [[44], [32]]),
        ([section(20, part="now"), section(45, part="then")], [[20], [45]]),
        ([section(30, part="now"), section(46, part="then")], [[30, 15], [31]]),
        ([section(30), section(31), section(20)], [[30, 15], [16, 20]]),
        ([section(5, part="now"), section(44, part="now")], [[5, 40], [4]]),
        ([section(20, part="now"), section(25, part="now"), section(30, part="now")], [[20, 25], [30]]),
    ],
)
def test_a_page_ends_where_readers_would_end_it(sections: list[GoalSection], expected: list[list[int]]) -> None:
    assert counts(pages(sections, size)) == expected


def test_what_goes_on_says_so() -> None:
    first, second = pages([section(50)], size)
    assert [first[0].continued, second[0].continued] == [False, True]


def test_no_heading_stands_alone_at_the_end_of_a_page() -> None:
    sections = [section(3), section(3, title="Search")]
    tight = Size(goals=45, blocks=40, text=3 * ROW.text + 2 * HEADING.text + ROW.text - 1)
    assert counts(pages(sections, size, most=tight)) == [[3], [3]]


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from("ab"), st.sampled_from("xy"), st.integers(1, 250)), max_size=12
    )
)
@settings(max_examples=40, deadline=None)
def test_every_page_is_a_message_that_slack_takes(given_: list[tuple[int, str, str, int]]) -> None:
    sections = [
        section(count, part=part * (number % 3), title=f"{title}{number}", words="<& " * long)
        for number, (count, part, title, long) in enumerate(given_)
    ]
    shown = board(*sections)
    made = goal_blocks.board_pages(shown)
    lines = [line.goal.id for page in made for part in page for line in part.lines]
    assert lines == [line.goal.id for line in shown.lines]
    for number, page in enumerate(made):
        said = goal_lists.message(shown, Asked(listed=Listed.ALL, page=number), command="/goals")
        assert block_faults(said, "message", "") == []
        assert sum(goal_blocks.blocks.length(str(block.get("text", {}).get("text", ""))) for block in said) < 12_000
        assert sum(len(part.lines) for part in page) <= MESSAGE.goals
        assert not any(part.section.lines and not part.lines for part in page)


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = sqlite_store(tmp_path_factory.mktemp("acme") / "trueline.db")
    settle_in(store)
    return store


Row = tuple[GoalStatus, date | None, date | None, list[int]]
ROWS = st.tuples(
    st.sampled_from(GoalStatus),
    st.sampled_from([None, day(1), TODAY, day(20)]),
    st.sampled_from([None, day(10), TODAY, day(30)]),
    st.lists(st.integers(0, 59), max_size=3, unique=True),
)


@given(st.lists(ROWS, max_size=60))
@settings(max_examples=25, deadline=None)
def test_each_open_goal_is_once_on_the_pages_of_all_goals(acme: Store, rows: list[Row]) -> None:
    """Whatever its status and dates, and whatever supports what, circles included."""
    ids = [f"g{number}" for number in range(60)]
    closed = [Goal(id=id, title="Closed", status=GoalStatus.DONE) for id in ids[len(rows) :]]
    goals = [
        Goal(
            id=id, title=f"Goal {id}", status=status, starts=starts, ends=ends, supports=tuple(ids[up] for up in above)
        )
        for id, (status, starts, ends, above) in zip(ids, rows, strict=False)
    ]
    with acme.transaction() as tx:
        tx.goals.save(*(Goal(id=id, title="Closed", status=GoalStatus.DONE) for id in ids))
        tx.goals.save(*closed, *goals)
    shown = goal_boards.everything(acme, actor="kiri", today=TODAY)
    made = goal_blocks.board_pages(shown)
    listed = [line.goal.id for page in made for part in page for line in part.lines]
    open_ones = {goal.id for goal in goals if goal.status is GoalStatus.ACTIVE} | {"north", "signup", "speed"}
    assert sorted(listed) == sorted(open_ones)
