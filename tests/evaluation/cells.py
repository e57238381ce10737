"""Every experiment of the evaluation, and how one is run."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing import get_context
from zlib import crc32

import numpy as np

from tests.evaluation.measures import Cell

Run = Callable[[np.random.Generator, float], list[Cell]]


@dataclass(frozen=True, slots=True)
class Experiment:
    """run: from a generator and a scale (1 for the full number of teams) to the lines of the table."""

    name: str
    run: Run


def measured(experiment: Experiment, *, seed: int, scale: float) -> list[Cell]:
    """The same lines for the same seed, whichever other experiments are run."""
    rng = np.random.default_rng([seed, crc32(experiment.name.encode())])
    return experiment.run(rng, scale)


def all_measured(experiments: Sequence[Experiment], *, seed: int, scale: float, processes: int) -> Iterator[Cell]:
    """In order of the experiments, of which several run at a time."""
    with _workers(processes) as spread:
        yield from chain.from_iterable(spread(partial(measured, seed=seed, scale=scale), experiments))


@contextmanager
def _workers(processes: int) -> Iterator[Callable[..., Iterator[list[Cell]]]]:
    if processes == 1:
        yield map
        return
    # Forking a process whose libraries run threads may hang.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield pool.map


def scaled(number: int, scale: float) -> int:
    """Teams of a cell; at least ten."""
    return max(10, round(number * scale))
