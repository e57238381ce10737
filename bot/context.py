"""What every front end is given: the store, the clock, the settings, and a way to run use cases off the event loop."""

from asyncio import Lock
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar

import anyio.to_thread

from bot.analyst import Analyst
from bot.clock import Clock
from bot.settings import Settings
from checkins.ports import Store

P = ParamSpec("P")
T = TypeVar("T")


class Activity:
    """Counts the listeners that are at work, for those who must wait until none is."""

    def __init__(self) -> None:
        self.running = 0

    def __enter__(self) -> None:
        self.running += 1

    def __exit__(self, *_: object) -> None:
        self.running -= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    store: Store
    clock: Clock
    settings: Settings
    analyst: Analyst
    wake: Callable[[], None]  # have the outbox looked at soon
    activity: Activity = field(default_factory=Activity)
    syncing: Lock = field(default_factory=Lock)  # held while a team's members are read and stored: never out of order
    pictures: dict[str, str] = field(default_factory=dict)  # uploaded lately: the platform's id by what it shows

    async def run(self, use_case: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case in a thread, so that its transaction does not hold up acknowledgements."""
        return await anyio.to_thread.run_sync(partial(use_case, *args, **kwargs))
