"""A play's digests as files: exactly what is stored, as text, as a page, as a picture."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.demo.planting import Planted
from bot.demo.truth import truth_of
from bot.rendering import Pictures, digest_html, digest_text, view_of
from checkins.publishing import Edition


def write_truth(folder: Path, planted: Sequence[Planted]) -> None:
    """``truth.json``: what was planted."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(folder / "truth.json", truth_of(planted))


def write_edition(folder: Path, edition: Edition) -> None:
    """``2026-W40.json``, ``.txt``, ``.html`` and, where there is effort to show, ``.png``."""
    digest, view = edition.digest, view_of(edition)
    pictures = Pictures(light=digest.picture, dark=digest.picture) if digest.picture else None
    _write_json(folder / f"{digest.week}.json", dict(digest.body))
    (folder / f"{digest.week}.txt").write_text(digest_text(view), "utf-8")
    (folder / f"{digest.week}.html").write_text(digest_html(view, pictures=pictures), "utf-8")
    if digest.picture:
        (folder / f"{digest.week}.png").write_bytes(digest.picture)


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
