"""`trueline import`: an organisation document into the database."""

from pathlib import Path
from typing import Annotated

import typer

from bot.clock import Clock
from bot.commands.opening import DatabaseOption, WorkspaceOption, chosen, is_there, url_of
from checkins.document import Document, ImportSummary, apply, parse_for
from checkins.errors import TruelineError
from checkins.ids import slug
from checkins.model import Workspace
from storage.database import Database


def register(app: typer.Typer) -> None:
    @app.command("import")
    def import_(
        file: Annotated[Path, typer.Argument(help="Organisation document, JSON or YAML.")],
        check: Annotated[bool, typer.Option("--check", help="Name every fault and store nothing.")] = False,
        database: DatabaseOption = None,
        workspace: WorkspaceOption = None,
    ) -> None:
        """Read an organisation document: what it names is added or changed, all of it or nothing."""
        text, url = text_of(file), url_of(database)
        if check:
            typer.echo(_check(text, url, workspace))
        else:
            typer.echo(_import(text, url, workspace))


def text_of(file: Path) -> str:
    """A file's text. Raises TruelineError when it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise TruelineError(f"{file} is not UTF-8 text.") from None
    except OSError as error:
        raise TruelineError(f"{file} cannot be read: {error.strerror}.") from None


def _check(text: str, url: str, workspace: str | None) -> str:
    document = _parsed(text, url, workspace)
    sizes = ", ".join(f"{len(getattr(document, kind))} {word}" for kind, word in _KINDS)
    return f"No faults: {sizes}. Nothing was stored."


_KINDS = (("teams", "teams"), ("people", "people"), ("goals", "goals"), ("check_ins", "check-ins"))


def _parsed(text: str, url: str, workspace: str | None) -> Document:
    """The document, held against the workspace it is meant for, if that is there."""
    if not is_there(url):
        return parse_for(None, text)
    with Database.connect(url) as database:
        target = _existing(database, workspace)
        return parse_for(database.store(target) if target else None, text)


def _existing(database: Database, workspace: str | None) -> str | None:
    """The stored workspace that a document is meant for; None where it becomes a new one."""
    stored = {each.id for each in database.workspaces()} if database.revision() else set()
    if not stored or (workspace and workspace not in stored):
        return None
    return chosen(database, workspace)


def _import(text: str, url: str, workspace: str | None) -> str:
    document = _parsed(text, url, workspace)
    with Database.connect(url) as database:
        if database.revision() is None:
            database.migrate()
        target = _existing(database, workspace) or _create(database, document, workspace)
        return _told(target, apply(database.store(target), document, now=Clock().now()))


def _create(database: Database, document: Document, workspace: str | None) -> str:
    name = document.name or workspace or "Organisation"
    created = Workspace(id=workspace or slug(name), name=name)
    database.create_workspace(created)
    return created.id


def _told(workspace: str, summary: ImportSummary) -> str:
    if not summary.changes:
        return f"Workspace {workspace}: nothing changed."
    rows = (
        f"  {kind:<10} {counts.added:>6} added {counts.changed:>6} changed {counts.unchanged:>6} unchanged"
        for kind, counts in summary.counts.items()
    )
    return "\n".join([f"Workspace {workspace}:", *rows])
