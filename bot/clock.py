"""The one source of "now". The demo and the tests may move it; everything else only reads it."""

from datetime import UTC, datetime


class Clock:
    """Real time, or a time that stands still until it is moved on."""

    def __init__(self, start: datetime | None = None) -> None:
        self._moved = start

    def now(self) -> datetime:
        return self._moved or datetime.now(UTC)

    def advance_to(self, moment: datetime) -> None:
        """Move on to a later instant. Raises ValueError for an earlier one: time does not run backwards."""
        if moment < self.now():
            raise ValueError(f"The clock stands at {self.now()} and cannot go back to {moment}.")
        self._moved = moment
