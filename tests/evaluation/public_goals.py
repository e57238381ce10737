"""Goals of a public organisation document, and which of them are one goal in two half-years."""

import csv
from pathlib import Path

from checkins import document

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[2] / "shared" / "data" / "rust-goals-2024h2-2025h1.json"
CONTINUED = HERE / "continued.csv"


def titles() -> dict[str, str]:
    """By id: the Rust project's goals of 2024H2 and 2025H1, from the document beside this checkout."""
    goals = document.parse(DOCUMENT.read_text(encoding="utf-8")).goals or ()
    return {goal.id: goal.title for goal in goals}


def continued() -> set[frozenset[str]]:
    """Pairs of ids, labelled by what the goals are about and not by how their titles read."""
    with CONTINUED.open(encoding="utf-8", newline="") as file:
        return {frozenset((row["goal"], row["continues"])) for row in csv.DictReader(file)}
