"""The fixed calendar on which ratings are put together."""

from datetime import date

import pytest

from checkins.analysis.detectors.blocks import complete_blocks
from checkins.cadence import period_of, recent_periods
from checkins.model import Cadence


def labels(last: date, cadence: Cadence, *, count: int = 16) -> list[str]:
    return [block.label for block in complete_blocks(recent_periods(period_of(last, cadence), cadence, count))]


def test_a_block_counts_from_its_last_week_on() -> None:
    assert labels(date(2026, 10, 25), Cadence.WEEKLY, count=8) == ["2026-W37/2026-W40"]
    assert labels(date(2026, 10, 26), Cadence.WEEKLY, count=8) == ["2026-W37/2026-W40", "2026-W41/2026-W44"]


@pytest.mark.parametrize(
    ("cadence", "newest"),
    [
        (Cadence.WEEKLY, "2026-W41/2026-W44"),
        (Cadence.FORTNIGHTLY, "2026-W41/2026-W48"),
        (Cadence.MONTHLY, "2026-05/2026-08"),
    ],
)
def test_the_calendar_is_the_same_whenever_one_looks(cadence: Cadence, newest: str) -> None:
    seen = labels(date(2026, 11, 16), cadence)
    assert seen[-1] == newest
    assert set(labels(date(2026, 11, 16), cadence, count=30)) >= set(seen)


def test_blocks_run_on_over_a_year_of_53_weeks() -> None:
    assert labels(date(2027, 2, 1), Cadence.WEEKLY, count=16)[-3:] == [
        "2026-W45/2026-W48",
        "2026-W49/2026-W52",
        "2026-W53/2027-W03",
    ]
