"""What `trueline import` does with a file: says what it would change, or stores it."""

from collections.abc import Iterator
from pathlib import Path

from bot.clock import Clock
from bot.commands.opening import chosen, is_there
from checkins.document import Document, Part, Preview, apply, preview
from checkins.errors import TruelineError
from checkins.ids import slug
from checkins.importing import File, read
from checkins.model import Workspace
from checkins.ports import Store
from checkins.wording import one_line
from storage.database import Database

MOST_NAMES = 20  # that a list of names shows


def file_of(path: Path) -> File:
    """Raises TruelineError when it cannot be read."""
    try:
        return File(name=str(path), content=path.read_bytes())
    except OSError as error:
        raise TruelineError(f"{path} cannot be read: {error.strerror}.") from None


def check(file: File, url: str, workspace: str | None) -> str:
    """The file, held against the workspace it is meant for, if that is there. Raises TruelineError for its faults."""
    if not is_there(url):
        return _foretold(None, file)
    with Database.connect(url) as database:
        target = _existing(database, workspace)
        return _foretold(database.store(target) if target else None, file)


def _existing(database: Database, workspace: str | None) -> str | None:
    """The stored workspace that a document is meant for; None where it becomes a new one."""
    stored = {each.id for each in database.workspaces()} if database.revision() else set()
    if not stored or (workspace and workspace not in stored):
        return None
    return chosen(database, workspace)


def store(file: File, url: str, workspace: str | None) -> str:
    """The file into the database, which is made where there is none. Raises TruelineError for its faults."""
    if not is_there(url):
        read(None, file)  # a file with faults leaves no database behind
    with Database.connect(url) as database:
        target = _existing(database, workspace)
        document = read(database.store(target) if target else None, file).document
        if database.revision() is None:
            database.migrate()
        target = target or _create(database, document, workspace)
        return _told(target, apply(database.store(target), document, now=Clock().now()))


def _create(database: Database, document: Document, workspace: str | None) -> str:
    name = document.name or workspace or "Organisation"
    created = Workspace(id=workspace or slug(name), name=name)
    database.create_workspace(created)
    return created.id


def _told(workspace: str, done: Preview) -> str:
    if not done.changes:
        return f"Workspace {workspace}: nothing changed."
    rows = (
        f"  {kind:<10} {counts.added:>6} added {counts.changed:>6} changed {counts.closed:>6} closed"
        f" {counts.unchanged:>6} unchanged"
        for kind, counts in done.counts.items()
    )
    return "\n".join([f"Workspace {workspace}:", *rows])


def _foretold(store: Store | None, file: File) -> str:
    reading = read(store, file)
    seen, ignored = preview(store, reading.document), reading.ignored
    said = [f"Columns that are not read: {', '.join(map(one_line, ignored))}."] if ignored else []
    if not seen.changes:
        return "\n".join([*said, "No faults. Everything is stored like this already."])
    lines = [line for kind, part in seen.parts.items() for line in _names(kind, part)]
    return "\n".join([*said, "No faults. This would be done; nothing was stored.", *lines])


def _names(kind: str, part: Part) -> Iterator[str]:
    for word, names in (("added", part.added), ("changed", part.changed), ("closed", part.closed)):
        if names:
            more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
            yield f"  {kind:<10} {len(names):>6} {word}: {', '.join(map(one_line, names[:MOST_NAMES]))}{more}"
