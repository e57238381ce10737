"""Analysis and pictures in a child process: the bot's own imports neither numpy nor matplotlib, and never waits."""

import asyncio
import gc
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from checkins.measures import Course
from checkins.publishing import Built
from checkins.roadmap import Roadmap

P = ParamSpec("P")
T = TypeVar("T")

SELDOM = 50_000  # values that were made and not let go of since garbage was last sought


class Analyst:
    """One worker process over a database, started at the first use and ended with the outermost ``with`` block."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._pool: ProcessPoolExecutor | None = None
        self._blocks = 0

    def __enter__(self) -> Self:
        self._blocks += 1
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._blocks -= 1
        if self._pool and not self._blocks:
            self._pool.shutdown()
            self._pool = None

    async def build(self, *, workspace: str, week: str) -> Built:
        """A week's digests from one snapshot: for the workspace, for each team, with the picture and the findings."""
        return await self.run(build, self._url, workspace, week)

    async def roadmap(self, roadmap: Roadmap) -> bytes:
        """The picture of a roadmap as PNG."""
        return await self.run(draw_roadmap, roadmap)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Have the child do something. work: a function of a module that both processes can import."""
        with self:
            return await asyncio.get_running_loop().run_in_executor(self._worker(), partial(work, *args, **kwargs))

    def warm_up(self) -> None:
        """Start the worker now, for those who do not want to wait for it at the first digest."""
        self._worker().submit(load)

    def _worker(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn: a fork of a process with threads and open connections is not safe
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=prepare)
        return self._pool


def prepare() -> None:
    """How the child begins.

    Ctrl-C reaches every process of a terminal; the parent ends its worker itself.  An analysis makes many small values
    that stay, and looking through them for garbage again and again takes a tenth of its time.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(SELDOM)


def load() -> None:
    """Import what is slow to import, all that ``build`` needs: the first digest is not the one to wait for it.

    What libraries hold stays anyway, so the search for garbage leaves it out from here on.
    """
    for module in ("bot.charts.effort", "checkins.analysis.weekly", "storage.database"):
        import_module(module)
    gc.freeze()


def build(url: str, workspace: str, week: str) -> Built:
    """The work itself, as the child runs it. Raises TruelineError for an unknown week or database."""
    from bot.charts.effort import picture_of
    from checkins.analysis.weekly import analyse
    from checkins.cadence import Week
    from checkins.digest import to_json
    from storage.database import Database

    with Database.connect(url) as database, database.store(workspace).snapshot() as tx:
        analysis = analyse(tx, week=Week.parse(week))
        whole = analysis.digest()
        return Built(
            week=week,
            whole=to_json(whole),
            teams={team.id: to_json(analysis.digest(team.id)) for team in tx.teams.all()},
            picture=picture_of(whole, {goal.id: goal.title for goal in tx.goals.all()}),
            findings=analysis.findings,
        )


def draw_roadmap(roadmap: Roadmap) -> bytes:
    """The picture, as the child draws it."""
    from bot.charts.roadmap import picture_of

    return picture_of(roadmap)


def draw_measure(course: Course) -> bytes:
    """A measure's history as PNG."""
    from bot.charts.measure import picture_of

    return picture_of(course)
