"""Logging: one line an event, machine-readable off a terminal; tokens never appear."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

TOKEN = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+")


def set_up(level: str) -> None:
    """Log to standard error from this level up; libraries speak from warning up."""
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            without_tokens,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    logging.getLogger().handlers[0].addFilter(_mask)


def without_tokens(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace anything that looks like a Slack token, wherever in the event it stands."""
    return {key: TOKEN.sub("[token]", value) if isinstance(value, str) else value for key, value in event.items()}


def _mask(record: logging.LogRecord) -> bool:
    record.msg = TOKEN.sub("[token]", record.getMessage())
    record.args = None
    return True
