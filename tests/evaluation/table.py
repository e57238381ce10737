"""The table of what was measured: for a terminal and for a page."""

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table

from tests.evaluation.measures import Cell, Verdict

HEADERS = ("detector", "effect", "team size", "noise", "n", "measured", "target", "verdict")
NUMBERS = ("n", "measured", "target")
STYLES = {Verdict.MET: "green", Verdict.CHANCE: "yellow", Verdict.MISSED: "bold red", Verdict.EMPTY: "bold red"}


def table_of(name: str, cells: Iterable[Cell]) -> Table:
    table = Table(title=name, title_justify="left")
    for header in HEADERS:
        table.add_column(header, justify="right" if header in NUMBERS else "left")
    for cell in cells:
        *texts, verdict = _texts(cell)
        table.add_row(*map(escape, texts), f"[{STYLES.get(cell.verdict, 'dim')}]{verdict}")
    return table


def markdown_of(cells: Sequence[Cell], *, seed: int) -> str:
    rows = [HEADERS, ["---:" if header in NUMBERS else "---" for header in HEADERS], *map(_texts, cells)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"Seed {seed}.", "", *lines, ""])


def _texts(cell: Cell) -> list[str]:
    target = "" if cell.target is None else str(cell.target)
    sample = (str(cell.of), f"{cell.rate:.3f}")
    return [cell.detector, cell.effect, cell.size, cell.noise, *sample, target, cell.verdict.value]
