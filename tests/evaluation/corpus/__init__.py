"""The labelled work items and goals on which the finding of duplicated effort is evaluated; README.md explains."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

HERE = Path(__file__).parent
PAIRS = HERE / "pairs.csv"
UNRELATED = HERE / "unrelated.csv"
GOALS = HERE / "goals.csv"
GOALS_ALONE = HERE / "goals_alone.csv"

Kind = Literal["duplicate", "numbered", "negation", "collaboration", "sequential"]
GoalKind = Literal["duplicate", "distinct"]


@dataclass(frozen=True)
class Item:
    """One line of a check-in as somebody typed it; `person` is empty where only the team matters."""

    team: str
    goal: str
    text: str
    person: str = ""


@dataclass(frozen=True)
class Pair:
    """Work items of two teams and what a human judge calls them; only `duplicate` is to be found."""

    name: str
    kind: Kind
    a: Item
    b: Item


@dataclass(frozen=True)
class Goal:
    """The title of a goal as it stands in the list of its owning team."""

    team: str
    title: str


@dataclass(frozen=True)
class GoalPair:
    """Goals of two teams and what a human judge calls them; only `duplicate` is to be found."""

    name: str
    kind: GoalKind
    a: Goal
    b: Goal


def pairs() -> tuple[Pair, ...]:
    """Every labelled pair, in the order of the file; raises OSError where the file is missing."""
    return tuple(_pair(row) for row in _rows(PAIRS))


def unrelated() -> tuple[Item, ...]:
    """The 5,000 items of which none is related to another team's; raises OSError where the file is missing."""
    return tuple(Item(**row) for row in _rows(UNRELATED))


def goal_pairs() -> tuple[GoalPair, ...]:
    """Every labelled pair of goals, in the order of the file; raises OSError where the file is missing."""
    return tuple(_goal_pair(row) for row in _rows(GOALS))


def goals_alone() -> tuple[Goal, ...]:
    """The 400 goals of which none is related to another team's; raises OSError where the file is missing."""
    return tuple(Goal(**row) for row in _rows(GOALS_ALONE))


def _pair(row: dict[str, str]) -> Pair:
    return Pair(name=row["pair"], kind=cast(Kind, row["kind"]), a=_side(row, side="a"), b=_side(row, side="b"))


def _side(row: dict[str, str], *, side: str) -> Item:
    return Item(team=row[f"team_{side}"], goal=row[f"goal_{side}"], text=row[f"text_{side}"])


def _goal_pair(row: dict[str, str]) -> GoalPair:
    a, b = (Goal(team=row[f"team_{side}"], title=row[f"title_{side}"]) for side in "ab")
    return GoalPair(name=row["pair"], kind=cast(GoalKind, row["kind"]), a=a, b=b)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
