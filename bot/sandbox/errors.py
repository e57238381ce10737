"""Refusals as Slack words them."""

from collections.abc import Sequence
from typing import Any


class SlackError(Exception):
    """A Web API call that Slack answers with ``ok: false``; ``code`` is Slack's error word."""

    def __init__(self, code: str, *, messages: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = tuple(messages)
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        details = {"response_metadata": {"messages": list(self.messages)}} if self.messages else {}
        return {"ok": False, "error": self.code, **self.extra, **details}


class NotAcknowledged(Exception):
    """The app did not take what was delivered; ``reason`` is Slack's word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotOnScreen(LookupError):
    """A person cannot act on what they do not see."""
