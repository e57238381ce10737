"""`python -m tests.evaluation`: measure every detector on made-up organisations, with new random numbers each time.

Exit code 1 when a target is missed by more than three standard errors.
"""

import argparse
import secrets
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from rich.console import Console

from tests.evaluation import coverage_cells, drift_cells, duplicates, own_questions, plays, silo_cells
from tests.evaluation.cells import Experiment, all_measured
from tests.evaluation.measures import Cell
from tests.evaluation.table import markdown_of, table_of

PROCESSES = 2
WIDTH = 140
EXPERIMENTS = (
    *drift_cells.EXPERIMENTS,
    *silo_cells.EXPERIMENTS,
    *own_questions.EXPERIMENTS,
    *coverage_cells.EXPERIMENTS,
    *duplicates.EXPERIMENTS,
    *plays.EXPERIMENTS,
)


def main(words: Sequence[str] | None = None, *, experiments: Sequence[Experiment] = EXPERIMENTS) -> int:
    """The exit code."""
    options = _parser().parse_args(words)
    console = Console(width=WIDTH)
    console.print(f"Seed {options.seed}", highlight=False)
    cells = _printed(console, experiments, options)
    if options.markdown:
        options.markdown.write_text(markdown_of(cells, seed=options.seed), encoding="utf-8")
    missed = [cell for cell in cells if cell.failed]
    console.print(f"{len(missed)} of {sum(cell.target is not None for cell in cells)} targets missed.", highlight=False)
    return 1 if missed else 0


def _printed(console: Console, experiments: Sequence[Experiment], options: argparse.Namespace) -> list[Cell]:
    """All cells; each table is printed as soon as it is full."""
    cells = all_measured(experiments, seed=options.seed, scale=options.scale, processes=options.processes)
    printed: list[Cell] = []
    for detector, group in groupby(cells, key=lambda cell: cell.detector):
        section = list(group)
        console.print(table_of(detector, section))
        printed += section
    return printed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="default: another one each time")
    parser.add_argument("--scale", type=float, default=1.0, help="times the number of teams (default: 1)")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="default: %(default)s")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there as well")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
