"""Goals in the order in which a list shows them: each once, below the first of the goals it supports. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkins.model import Goal, Level

LEVELS = {level: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A goal in a tree. under: the goal it stands below, None at the top; root: the top of its branch."""

    goal: Goal
    depth: int
    under: str | None
    root: Goal


def tree(goals: Sequence[Goal], teams: Mapping[str, str]) -> list[Placed]:
    """Every goal once, a parent before what stands below it; level by level, team by team, then by title.

    teams: names by id. Goals that support each other in a circle stand as if the first of them supported nothing.
    """
    ids = {goal.id for goal in goals}
    ordered = sorted(goals, key=lambda goal: _place(goal, teams))
    above = {goal.id: next((up for up in goal.supports if up in ids and up != goal.id), None) for goal in goals}
    below: dict[str | None, list[Goal]] = {}
    for goal in ordered:
        below.setdefault(above[goal.id], []).append(goal)
    placed: list[Placed] = []
    seen: set[str] = set()
    for top in [*below.get(None, ()), *ordered]:  # the second part finds what only a circle holds
        _branch(top, below, seen, placed)
    return placed


def _place(goal: Goal, teams: Mapping[str, str]) -> tuple[int, bool, str, str, str]:
    team = teams.get(goal.team or "", "")
    return LEVELS[goal.level], not team, team.casefold(), goal.title.casefold(), goal.id


def _branch(top: Goal, below: Mapping[str | None, Sequence[Goal]], seen: set[str], placed: list[Placed]) -> None:
    """Append a goal and what stands below it; without recursion, since a chain may be as long as the list."""
    waiting: list[tuple[Goal, int, str | None]] = [(top, 0, None)]
    while waiting:
        goal, depth, under = waiting.pop()
        if goal.id in seen:
            continue
        seen.add(goal.id)
        placed.append(Placed(goal=goal, depth=depth, under=under, root=top))
        waiting.extend((child, depth + 1, goal.id) for child in reversed(below.get(goal.id, ())))
