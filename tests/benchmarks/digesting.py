"""A digest whole and in its bare parts, each to be run in a process of its own.

What is slow to import is imported by the functions: a process that only reads rows does without.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.analyst import load, prepare
from checkins.cadence import Week, period_of_week, recent_periods
from checkins.ports import Transaction
from storage.database import Database
from tests.benchmarks.measuring import Cost, cost_of
from tests.benchmarks.organisations import MONDAY
from tests.databases import ACME

if TYPE_CHECKING:
    from checkins.analysis.chronicle import Chronicle

LAST = Week.of(MONDAY)
ALIKE = 0.6  # cosine


def digest(path: Path, week: Week) -> Cost:
    """From the stored rows to the digest of the whole workspace, in a process like the bot's child."""
    prepare()
    load()
    return cost_of(lambda: _digest(path, week))


def replay(path: Path, last: Week, looks: int) -> Cost:
    """So many weeks up to the last one, one after the other, in such a process, too."""
    prepare()
    load()
    return cost_of(lambda: _replay(path, last, looks))


def statements_of_digest(path: Path, week: Week) -> list[str]:
    """What a digest asks the database, with its values in place."""
    return _statements(lambda: _digest(path, week))


def statements_of_replay(path: Path, last: Week, looks: int) -> list[str]:
    """The same for a replay, which reads everything before its first look."""
    return _statements(lambda: _replay(path, last, looks, until=1))


def bare_reading(path: Path, statements: list[str]) -> float:
    """Seconds in which a plain cursor fetches the same rows."""
    with closing(sqlite3.connect(path)) as connection:
        return cost_of(lambda: [connection.execute(statement).fetchall() for statement in statements]).seconds


def bare_arithmetic(path: Path, week: Week) -> float:
    """Seconds of the detectors' sums and of the products of the week's texts, over what is in memory already."""
    chronicle = _chronicle(path, week, looks=1)
    return _sums(chronicle, looks=1) + _products(chronicle)


def bare_replay(path: Path, last: Week, looks: int) -> float:
    """Seconds of the same sums for so many weeks up to the last one, without texts."""
    return _sums(_chronicle(path, last, looks=looks), looks=looks)


def compare_texts(path: Path, week: Week) -> Cost:
    """The detectors that read texts, over a case that is built already."""
    from checkins.analysis.engine import ALL, WITHOUT_TEXT, findings_of

    reading_texts = tuple(detect for detect in ALL if detect not in WITHOUT_TEXT)
    assert reading_texts, "no detector reads texts"
    chronicle = _chronicle(path, week, looks=1)
    case = chronicle.case(len(chronicle.panel.periods) - 1, earlier=())
    return cost_of(lambda: findings_of(case, reading_texts))


def bare_vectors(path: Path, week: Week) -> float:
    """Seconds in which the week's texts and those of the weeks whose words count become vectors."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = set(_chronicle(path, week, looks=1).texts.text)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_df=0.05)
    return cost_of(lambda: vectorizer.fit_transform(sorted(texts))).seconds


def _sums(chronicle: Chronicle, *, looks: int) -> float:
    import numpy as np

    from checkins.analysis.chronicle import LOOKBACK
    from checkins.analysis.panel import entries_between
    from tests.benchmarks import bare, bare_voices

    panel, end = chronicle.panel, len(chronicle.panel.periods)
    teams, starts = np.unique(panel.row_team, return_index=True)
    said = bare_voices.Said.of(chronicle)

    def look(stop: int) -> tuple[Any, ...]:
        part, weights = slice(stop - LOOKBACK, stop), chronicle.declared.weights[stop - 1][teams]
        shares, ties = panel.shares[:, part], entries_between(panel.ties, part.start, part.stop)
        return (
            bare.one_look(shares, weights, starts=starts, ties=ties),
            bare_voices.one_look(said, stop, weights=weights, starts=starts),
            bare_voices.responses(panel.answered[:, part], panel.asked[:, part], starts=starts),
            bare_voices.work_on_goals(shares, starts=starts),
        )

    return cost_of(lambda: deque(map(look, range(end - looks + 1, end + 1)), maxlen=0)).seconds


def _products(chronicle: Chronicle) -> float:
    import numpy as np

    from tests.benchmarks import bare

    texts = chronicle.texts
    lately = {text for text, at in zip(texts.text, texts.day, strict=True) if at >= chronicle.panel.periods[-1].first}
    distinct = sorted(set(texts.text))
    new = np.flatnonzero([text in lately for text in distinct])
    return cost_of(lambda: bare.alike(distinct, new, floor=ALIKE)).seconds


def _chronicle(path: Path, last: Week, *, looks: int) -> Chronicle:
    from checkins.analysis.chronicle import Chronicle
    from checkins.analysis.records import records_of
    from checkins.analysis.weekly import READ

    with _snapshot(path) as tx:
        cadence = tx.workspace.get().cadence
        periods = recent_periods(period_of_week(last, cadence), cadence, READ + looks - 1)
        return Chronicle.of(records_of(tx, periods))


def _digest(path: Path, week: Week) -> None:
    from checkins.analysis.weekly import digest_of

    with _snapshot(path) as tx:
        digest_of(tx, week=week)


def _replay(path: Path, last: Week, looks: int, *, until: int | None = None) -> None:
    """until: how many of the looks are made; None for all."""
    from checkins.analysis.weekly import replay

    with _snapshot(path) as tx:
        deque(islice(replay(tx, first=last.plus(1 - looks), last=last), until), maxlen=0)


@contextmanager
def _snapshot(path: Path) -> Iterator[Transaction]:
    with Database.connect(f"sqlite:///{path}") as database, database.store(ACME.id).snapshot() as tx:
        yield tx


def _statements(work: Callable[[], None]) -> list[str]:
    """Every SELECT that the database is asked meanwhile, by whichever way it is asked."""
    asked: list[str] = []

    def listen(connection: Any, _: Any) -> None:
        connection.set_trace_callback(asked.append)

    event.listen(Pool, "connect", listen)
    work()
    event.remove(Pool, "connect", listen)
    return [statement for statement in asked if statement.lstrip().upper().startswith(("SELECT", "WITH"))]
