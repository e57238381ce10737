"""How the bot's own process fares while a digest is built in its child."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.analyst import Analyst
from checkins.cadence import Week
from checkins.publishing import Built
from tests.benchmarks.measuring import peak
from tests.databases import ACME

TICK = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """seconds: until the digest was there.  delay: s, the longest that the loop was late.  growth: MB of the peak."""

    seconds: float
    delay: float
    growth: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, at most {self.delay * 1000:.0f} ms late, {self.growth:.0f} MB more"


def while_building(path: Path, week: Week) -> Response:
    return asyncio.run(_while_building(f"sqlite:///{path}", str(week)))


async def _while_building(url: str, week: str) -> Response:
    with Analyst(url) as analyst:
        before, started = peak(), perf_counter()
        building = asyncio.create_task(analyst.build(workspace=ACME.id, week=week))
        delay = await _longest_delay(building)
        seconds = perf_counter() - started
        assert building.result().whole["answers"]["received"]
        return Response(seconds=seconds, delay=delay, growth=peak() - before)


async def _longest_delay(building: asyncio.Task[Built]) -> float:
    """How late a ticker was at most until the task was done."""
    longest = 0.0
    while not building.done():
        started = perf_counter()
        await asyncio.sleep(TICK)
        longest = max(longest, perf_counter() - started - TICK)
    return longest
