"""Switches that make the sandbox fail on purpose, as the real service does now and then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.sandbox.state import Json

RateLimit = Callable[[str, Json], int | None] | Mapping[str, int] | None
RETRY_AFTER = 1


@dataclass(slots=True)
class Fault:
    """What happens to the next ``calls`` calls of a method."""

    method: str
    kind: str
    calls: int
    error: str = ""
    seconds: int = RETRY_AFTER


class Faults:
    """Faults that wait for their call."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def fail(self, method: str, error: str, *, calls: int = 1) -> None:
        """Answer with an error code instead of doing the work."""
        self._waiting.append(Fault(method, "fail", calls, error=error))

    def rate_limit(self, method: str, *, calls: int = 1, retry_after: int = RETRY_AFTER) -> None:
        """Answer HTTP 429 with Retry-After, in seconds."""
        self._waiting.append(Fault(method, "rate_limit", calls, seconds=retry_after))

    def lose_answer(self, method: str, *, calls: int = 1) -> None:
        """Do the work, then close the connection without an answer."""
        self._waiting.append(Fault(method, "lose_answer", calls))

    def take(self, method: str) -> Fault | None:
        """The fault for this call, used up by one."""
        for fault in self._waiting:
            if fault.method == method and fault.calls > 0:
                fault.calls -= 1
                return fault
        return None


def seconds_to_wait(limit: RateLimit, method: str, args: Json, counts: dict[str, int]) -> int | None:
    """Retry-After for this call, or None when it may pass.

    A mapping names how many calls of a method pass in all; a function decides by method and arguments.
    """
    if limit is None:
        return None
    if callable(limit):
        return limit(method, args)
    counts[method] = counts.get(method, 0) + 1
    most = limit.get(method)
    return RETRY_AFTER if most is not None and counts[method] > most else None
