"""What the weekly digest costs, beside bare reading and bare arithmetic in the same run: `make bench`.

Each part runs in a fresh process, its imports done, so that its peak is its own.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from checkins.cadence import Week
from tests.benchmarks import digesting, responding
from tests.benchmarks.measuring import Cost, apart, tell
from tests.benchmarks.organisations import fill

pytestmark = pytest.mark.bench

PEOPLE, WEEKS = 10_000, 52
MOST_SECONDS, MOST_MB = 10.0, 800.0
MOST_TIMES = 2.0  # as long as the bare reading and arithmetic
SIZES, SIZES_WEEKS = (1_000, 10_000, 30_000), 13
MOST_EXPONENT = 1.15
MOST_REPLAY_SECONDS = 15.0
MOST_TEXT_SECONDS = 5.0
MOST_DELAY, MOST_GROWTH_MB = 0.1, 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A digest or a replay, with the same statements read by a bare cursor, and the arithmetic alone."""

    whole: Cost
    reading: float
    arithmetic: float

    @property
    def times(self) -> float:
        return self.whole.seconds / (self.reading + self.arithmetic)

    def __str__(self) -> str:
        bare = f"bare reading {self.reading:.2f} s, bare arithmetic {self.arithmetic:.2f} s"
        return f"{self.whole}; {bare}; {self.times:.2f} times these"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.db"
    apart(fill, path, people=PEOPLE, weeks=WEEKS)
    return path


@pytest.fixture
def week() -> Week:
    return digesting.LAST


def test_a_weekly_digest_of_ten_thousand_people(large: Path, week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    measured = _digest(large, week)
    tell(capsys, f"a digest of {PEOPLE:,} people, {WEEKS} weeks stored: {measured}")
    assert measured.times <= MOST_TIMES
    assert measured.whole.peak <= MOST_MB
    assert measured.whole.seconds <= MOST_SECONDS


def test_a_digest_grows_with_the_organisation(tmp_path: Path, week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    costs = [_grown(tmp_path, people, week) for people in SIZES]
    exponent = np.polyfit(np.log(SIZES), np.log([cost.seconds for cost in costs]), 1)[0]
    grown = [f"{people:,} people {cost}" for people, cost in zip(SIZES, costs, strict=True)]
    tell(capsys, f"a digest of {'; of '.join(grown)}; {SIZES_WEEKS} weeks stored; grows like n^{exponent:.2f}")
    assert exponent <= MOST_EXPONENT


def test_a_year_is_replayed(large: Path, week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    reading = apart(digesting.bare_reading, large, apart(digesting.statements_of_replay, large, week, WEEKS))
    arithmetic = apart(digesting.bare_replay, large, week, WEEKS)
    measured = Measured(whole=apart(digesting.replay, large, week, WEEKS), reading=reading, arithmetic=arithmetic)
    tell(capsys, f"{WEEKS} weeks of {PEOPLE:,} people replayed: {measured}")
    assert measured.whole.peak <= MOST_MB
    assert measured.whole.seconds <= MOST_REPLAY_SECONDS
    assert measured.times <= MOST_TIMES


def test_texts_of_four_weeks_are_compared(large: Path, week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    bare = apart(digesting.bare_vectors, large, week)
    whole = apart(digesting.compare_texts, large, week)
    tell(capsys, f"texts of {PEOPLE:,} people compared: {whole}; bare vectors of them: {bare:.2f} s")
    assert whole.seconds <= MOST_TEXT_SECONDS


def test_the_bots_own_process_neither_grows_nor_stalls(
    large: Path, week: Week, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = apart(responding.while_building, large, week)
    tell(capsys, f"the bot while the digests of {PEOPLE:,} people and of each of their teams are built: {seen}")
    assert seen.delay <= MOST_DELAY
    assert seen.growth <= MOST_GROWTH_MB


def _digest(path: Path, week: Week) -> Measured:
    """The whole goes last, on a file that is as warm as it is for the bare reading."""
    reading = apart(digesting.bare_reading, path, apart(digesting.statements_of_digest, path, week))
    arithmetic = apart(digesting.bare_arithmetic, path, week)
    return Measured(whole=apart(digesting.digest, path, week), reading=reading, arithmetic=arithmetic)


def _grown(folder: Path, people: int, week: Week) -> Cost:
    path = folder / f"{people}.db"
    apart(fill, path, people=people, weeks=SIZES_WEEKS)
    return apart(digesting.digest, path, week)
