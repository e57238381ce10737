"""Whatever supports what: each goal stands in the tree once, below the first of the goals it supports."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from checkins.goal_order import Placed, tree
from checkins.model import Goal, Level

TEAMS = {"a": "Apps", "b": "Billing"}


def goals_of(above: Mapping[int, Sequence[int]], levels: Sequence[Level]) -> list[Goal]:
    return [
        Goal(
            id=str(number),
            title=f"Goal {number % 3}",
            level=level,
            supports=tuple(map(str, above[number])),
            team="ab"[number % 2] if level is Level.TEAM else None,
        )
        for number, level in enumerate(levels)
    ]


@st.composite
def forests(draw: st.DrawFn) -> list[Goal]:
    """Goals that support earlier ones, in an order that tells nothing, and some that are not there."""
    levels = draw(st.lists(st.sampled_from(Level), max_size=25))
    above = {n: draw(st.lists(st.sampled_from([*range(n), 99]), max_size=3, unique=True)) for n in range(len(levels))}
    return draw(st.permutations(goals_of(above, levels)))


@st.composite
def tangles(draw: st.DrawFn) -> list[Goal]:
    """Goals that may support each other in circles, and themselves."""
    levels = draw(st.lists(st.sampled_from(Level), min_size=1, max_size=12))
    numbers = st.integers(0, len(levels) - 1)
    return goals_of({n: draw(st.lists(numbers, max_size=3)) for n in range(len(levels))}, levels)


@given(forests())
def test_every_goal_stands_once_below_the_first_that_it_supports(goals: list[Goal]) -> None:
    placed = tree(goals, TEAMS)
    assert sorted(place.goal.id for place in placed) == sorted(goal.id for goal in goals)
    at = {place.goal.id: number for number, place in enumerate(placed)}
    for place in placed:
        first = next((up for up in place.goal.supports if up in at), None)
        assert place.under == first
        if first:
            assert at[first] < at[place.goal.id]
            assert place.depth == placed[at[first]].depth + 1


@given(forests())
def test_a_branch_stands_together(goals: list[Goal]) -> None:
    """Between a goal and the last that stands below it there is nothing else."""
    way: list[Placed] = []
    for place in tree(goals, TEAMS):
        way = way[: place.depth]
        assert place.under == (way[-1].goal.id if way else None)
        assert place.root == (way[0].goal if way else place.goal)
        way.append(place)


@given(tangles())
def test_circles_are_shown_too_each_goal_once(goals: list[Goal]) -> None:
    placed = tree(goals, TEAMS)
    assert sorted(place.goal.id for place in placed) == sorted(goal.id for goal in goals)


def test_levels_then_teams_then_titles_make_the_order() -> None:
    goals = [
        Goal(id="1", title="Zeal", team="b"),
        Goal(id="2", title="zest", team="a"),
        Goal(id="3", title="Axe", team="b"),
        Goal(id="4", title="Nobody's"),
        Goal(id="5", title="Product", level=Level.PRODUCT),
        Goal(id="6", title="Vision", level=Level.ORGANISATION),
    ]
    assert [place.goal.id for place in tree(goals, TEAMS)] == ["6", "5", "2", "3", "1", "4"]


def test_a_chain_of_a_thousand_goals_is_no_trouble() -> None:
    goals = [Goal(id=str(n), title="Link", supports=(str(n - 1),) if n else ()) for n in range(1000)]
    assert [place.depth for place in tree(goals, TEAMS)] == list(range(1000))
