"""`trueline export`: what is stored as an organisation document."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import DatabaseOption, WorkspaceOption, opened_store
from checkins.document import dumps, export
from checkins.errors import TruelineError


def register(app: typer.Typer) -> None:
    @app.command("export")
    def export_(
        file: Annotated[Path, typer.Argument(help="File to write; - writes to the terminal.")],
        database: DatabaseOption = None,
        workspace: WorkspaceOption = None,
    ) -> None:
        """Write the workspace as an organisation document (JSON), which `trueline import` reads."""
        with opened_store(database, workspace) as store:
            text = dumps(export(store))
        if str(file) == "-":
            typer.echo(text, nl=False)
        else:
            write(file, text)
            typer.echo(f"Wrote {file}.")


def write(file: Path, text: str) -> None:
    """Raises TruelineError when the file cannot be written."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TruelineError(f"{file} cannot be written: {error.strerror}.") from None
