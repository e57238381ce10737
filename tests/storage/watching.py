"""Threads that start together, and the queries that reach a database."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.database import Database


def together(job: Callable[[int], object], *, threads: int) -> None:
    """Run a job in several threads that all start at once, each with its number; what one raises is raised."""
    start = threading.Barrier(threads)

    def run(number: int) -> None:
        start.wait()
        job(number)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(threads)))


@contextmanager
def queries(database: Database) -> Iterator[list[str]]:
    """The SELECT statements that reach the database inside the block."""
    seen: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(database._engine, "before_cursor_execute", record)
    try:
        yield seen
    finally:
        event.remove(database._engine, "before_cursor_execute", record)
