"""Titles of public goals, and which of them are one goal in two half-years: labels for goals that read alike."""

import csv
from dataclasses import dataclass
from pathlib import Path

PUBLIC_GOALS = Path(__file__).parent / "public_goals.csv"


@dataclass(frozen=True, slots=True)
class PublicGoal:
    """continues: the id of the same goal in the half-year before, empty for none."""

    id: str
    title: str
    continues: str


def public_goals() -> tuple[PublicGoal, ...]:
    """The Rust project's goals of 2024H2 and 2025H1; labelled by their ids and descriptions, not by likeness."""
    with PUBLIC_GOALS.open(encoding="utf-8", newline="") as file:
        return tuple(PublicGoal(**row) for row in csv.DictReader(file))


def continued() -> frozenset[frozenset[str]]:
    """Pairs of ids."""
    return frozenset(frozenset((goal.id, goal.continues)) for goal in public_goals() if goal.continues)
