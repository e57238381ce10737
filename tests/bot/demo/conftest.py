"""Plays run without a line for every message."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs


@pytest.fixture(autouse=True)
def without_a_log() -> Iterator[None]:
    with capture_logs():
        yield
