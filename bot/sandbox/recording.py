"""Everything the bot put on a screen, in order; and, where a folder is named, each shape of it as a file."""

import json
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.sandbox.state import Clock, Json, Sent

NAMING = ("type", "callback_id", "action_id", "event_type", "style")
UNNAMEABLE = re.compile(r"[^A-Za-z0-9_]+")
ID_TAIL = re.compile(r"[0-9a-f]{6,}|\d+")


class Recorder:
    """Keeps what was sent; ``folder`` gets one file per kind, feature and structure."""

    def __init__(self, clock: Clock, folder: str | None = None) -> None:
        self.sent: list[Sent] = []
        self._clock = clock
        self._folder = folder if folder is not None else os.environ.get("TRUELINE_PAYLOADS")
        self._written: set[str] = set()

    def add(self, method: str, kind: str, payload: Json, *, feature: str = "") -> None:
        """Record a payload that was accepted. feature: what it is for, where the payload itself does not say."""
        self.sent.append(Sent(method=method, kind=kind, payload=payload, at=self._clock.now()))
        if self._folder:
            self._write(Path(self._folder), kind, payload, feature or feature_of(payload))

    def _write(self, folder: Path, kind: str, payload: Json, feature: str) -> None:
        digest = sha256(json.dumps([kind, structure(payload)]).encode()).hexdigest()[:12]
        name = f"{kind}-{UNNAMEABLE.sub('_', feature).strip('_')[:60]}-{digest}.json"
        if name in self._written:
            return
        self._written.add(name)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(payload, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / name).write_text(text, encoding="utf-8")


def feature_of(payload: Json) -> str:
    """What a payload is for: its view's callback id or its message's metadata."""
    if payload.get("type") == "home":
        return "home"
    return str(payload.get("callback_id") or (payload.get("metadata") or {}).get("event_type") or "plain")


def structure(value: Any, name: str = "") -> Any:
    """A payload without its words: names of fields, types and ids; a run of like entries counts once."""
    if isinstance(value, dict):
        return {key: structure(value[key], key) for key in sorted(value)}
    if isinstance(value, list):
        entries = [structure(entry) for entry in value]
        return [entry for position, entry in enumerate(entries) if entry not in entries[:position]]
    if name in NAMING and isinstance(value, str):
        return ID_TAIL.sub("#", value)
    return type(value).__name__
