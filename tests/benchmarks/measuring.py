"""Time and memory of one thing at a time, each in a process of its own."""

import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

KIB_PER_MB = 1024


class Terminal(Protocol):
    """The part of pytest's capsys that lets words through."""

    def disabled(self) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """seconds: wall time.  peak: MB that the whole process had in memory at most, its imports included."""

    seconds: float
    peak: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, peak {self.peak:.0f} MB"


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of a module's function in a fresh process.

    It is forked from a small server: a process that this one starts itself inherits the peak that this one reached.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("forkserver")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def cost_of(work: Callable[[], object]) -> Cost:
    """What some work costs; the peak holds everything that this process did before."""
    started = perf_counter()
    work()
    return Cost(seconds=perf_counter() - started, peak=peak())


def peak() -> float:
    """MB"""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / KIB_PER_MB / (KIB_PER_MB if sys.platform == "darwin" else 1)


def tell(terminal: Terminal, *lines: str) -> None:
    with terminal.disabled():
        print("", *lines, sep="\n")  # noqa: T201
