"""The labelled work items on which the finding of duplicated effort is evaluated; README.md says what they are."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

HERE = Path(__file__).parent
PAIRS = HERE / "pairs.csv"
UNRELATED = HERE / "unrelated.csv"

Kind = Literal["duplicate", "numbered", "negation", "collaboration", "sequential"]


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


def pairs() -> tuple[Pair, ...]:
    """Every labelled pair, in the order of the file; raises OSError where the file is missing."""
    return tuple(_pair(row) for row in _rows(PAIRS))


def unrelated() -> tuple[Item, ...]:
    """The 5,000 items of which none is related to another team's; raises OSError where the file is missing."""
    return tuple(Item(**row) for row in _rows(UNRELATED))


def _pair(row: dict[str, str]) -> Pair:
    return Pair(name=row["pair"], kind=cast(Kind, row["kind"]), a=_side(row, side="a"), b=_side(row, side="b"))


def _side(row: dict[str, str], *, side: str) -> Item:
    return Item(team=row[f"team_{side}"], goal=row[f"goal_{side}"], text=row[f"text_{side}"])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
