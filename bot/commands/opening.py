"""Which database and which workspace a command works on.

The settings and the database's libraries take over a second to load, so each is imported where it is used: a word of
help, or a mistake in an option, needs neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checkins.errors import TruelineError
from checkins.ports import Store

if TYPE_CHECKING:
    from storage.database import Database

DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="Database URL; else TRUELINE_DATABASE, else a file here."),
]
WorkspaceOption = Annotated[
    str | None, typer.Option("--workspace", metavar="ID", help="Which workspace, where the database holds several.")
]


def url_of(database: str | None) -> str:
    """The database that an option, the environment or the default names."""
    from bot.settings import Settings

    return database or Settings().database


@contextmanager
def opened_store(database: str | None, workspace: str | None) -> Iterator[Store]:
    """The one workspace, or the one named, of a database that is there.

    Raises TruelineError when there is no such database or workspace, or several could be meant.
    """
    from storage.database import Database

    url = url_of(database)
    if not is_there(url):
        raise TruelineError(f"There is no database at {url} yet. Start with: trueline import FILE")
    with Database.connect(url) as opened:
        yield opened.store(chosen(opened, workspace))


def is_there(url: str) -> bool:
    """False for a SQLite file that does not exist, which connecting would create."""
    scheme, _, file = url.partition(":///")
    return not scheme.startswith("sqlite") or Path(file.partition("?")[0]).exists()


def chosen(database: "Database", workspace: str | None) -> str:
    """The id of the workspace meant. Raises TruelineError naming those there are."""
    ids = [each.id for each in database.workspaces()]
    if workspace in ids or (workspace is None and len(ids) == 1):
        return workspace or ids[0]
    if not ids:
        raise TruelineError("The database holds no workspace yet. Start with: trueline import FILE")
    if workspace is None:
        raise TruelineError(f"Several workspaces are stored: {', '.join(ids)}. Name one with --workspace.")
    raise TruelineError(f'There is no workspace "{workspace}". Stored: {", ".join(ids)}.')
