"""Analysis in a child process: the bot's own process imports neither numpy nor matplotlib and never waits for them."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from checkins.publishing import Built


class Analyst:
    """One worker process over a database, started at the first use and ended with the ``with`` block."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown()
            self._pool = None

    async def build(self, *, workspace: str, week: str) -> Built:
        """A week's digests from one snapshot: for the workspace, for each team, with the picture and the findings."""
        if self._pool is None:
            # spawn: a fork of a process with threads and open connections is not safe
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
        return await asyncio.get_running_loop().run_in_executor(self._pool, build, self._url, workspace, week)


def build(url: str, workspace: str, week: str) -> Built:
    """The work itself, as the child runs it. Raises TruelineError for an unknown week or database."""
    from bot.charts import planned_against_actual
    from checkins.analysis.weekly import digest_of
    from checkins.cadence import Week
    from checkins.digest import Digest, to_json
    from checkins.findings import merge
    from storage.database import Database

    with Database.connect(url) as database, database.store(workspace).snapshot() as tx:
        parsed = Week.parse(week)
        whole = digest_of(tx, week=parsed)
        teams: Sequence[Digest] = [digest_of(tx, week=parsed, team=team.id) for team in tx.teams.all()]
        findings = tuple(merge(whole.findings, tx.digests.findings(), week=parsed))
        picture = planned_against_actual(whole.goals, titles={goal.id: goal.title for goal in tx.goals.all()})
        return Built(
            week=week,
            whole=to_json(whole),
            teams={digest.team: to_json(digest) for digest in teams if digest.team},
            picture=picture,
            findings=findings,
        )
