"""Whole plays of the demo's company: asked, answered and told through the bot itself, no part of it left out."""

import asyncio
from functools import partial
from io import StringIO

import numpy as np
from rich.console import Console

from bot import logs
from bot.commands.staging import staged
from bot.demo.company import Company, company_of
from bot.demo.headless import FINE, played
from bot.demo.planting import ALL, Plant
from tests.evaluation.cells import Experiment
from tests.evaluation.measures import AtLeast, Cell

PEOPLE, WEEKS = 24, 6
PLAYS = 6
EFFECTS = {ALL: "all found by week 6, nothing invented", frozenset[Plant](): "none planted, none invented"}


def plays(kinds: frozenset[Plant], rng: np.random.Generator, scale: float) -> list[Cell]:
    """Companies with everything planted, or with nothing, of which the judge has no complaint after six weeks."""
    logs.set_up("WARNING")
    seeds = rng.integers(1, 100_000, size=max(1, round(PLAYS * scale))).tolist()
    fine = [asyncio.run(_code(company_of(people=PEOPLE, seed=seed, kinds=kinds))) == FINE for seed in seeds]
    return [
        Cell(
            detector="whole plays",
            effect=EFFECTS[kinds],
            size=f"{PEOPLE} people",
            noise="diaries",
            hits=sum(fine),
            of=len(fine),
            target=AtLeast(0.95),
        )
    ]


async def _code(company: Company) -> int:
    async with staged(company) as play:
        return await played(play, weeks=WEEKS, out=None, console=Console(file=StringIO()))


EXPERIMENTS: list[Experiment] = [
    Experiment("plays with troubles", partial(plays, ALL)),
    Experiment("plays without troubles", partial(plays, frozenset())),
]
