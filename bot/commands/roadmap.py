"""`trueline goals --roadmap`: the roadmap as text, or as a picture in a file."""

from pathlib import Path

import typer

from bot.clock import Clock
from bot.commands.exporting import write_bytes
from bot.texts import roadmap as texts
from checkins.cadence import local_date
from checkins.errors import NotFound
from checkins.ports import Store
from checkins.roadmap import Roadmap, roadmap_of


def tell(store: Store, *, team: str | None, out: Path | None) -> None:
    """Print the roadmap, or write its picture to a file.

    Raises TruelineError for an unknown team, nothing to draw, or a file that cannot be written.
    """
    found = _roadmap(store, team)
    if out is None:
        return typer.echo(texts.plain(found))
    if not found.lanes:
        raise NotFound(texts.NOTHING)
    # matplotlib takes a second to load
    from bot.charts.roadmap import picture_of

    write_bytes(out, picture_of(found))
    typer.echo(f"Wrote {out}.")


def _roadmap(store: Store, team: str | None) -> Roadmap:
    with store.snapshot() as tx:
        zone = tx.workspace.get().zone
    return roadmap_of(store, today=local_date(Clock().now(), zone), team=team)
