"""`trueline export`: what is stored as an organisation document, or the goals as a table."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import DatabaseOption, WorkspaceOption, opened_store
from checkins.errors import TruelineError


def register(app: typer.Typer) -> None:
    @app.command("export")
    def export_(
        file: Annotated[Path, typer.Argument(help="File to write; - writes to the terminal.")],
        goals: Annotated[bool, typer.Option("--goals", help="Only the goals, as a table (CSV).")] = False,
        database: DatabaseOption = None,
        workspace: WorkspaceOption = None,
    ) -> None:
        """Write the workspace as an organisation document (JSON), which `trueline import` reads."""
        # The form of documents takes half a second to load, which `trueline --help` must not wait for
        from checkins import tabular
        from checkins.document import dumps, export

        with opened_store(database, workspace) as store:
            content = tabular.export(store) if goals else dumps(export(store)).encode()
        if str(file) == "-":
            typer.echo(content, nl=False)
        else:
            write_bytes(file, content)
            typer.echo(f"Wrote {file}.")


def write_bytes(file: Path, content: bytes) -> None:
    """Raises TruelineError when the file cannot be written."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise TruelineError(f"{file} cannot be written: {error.strerror}.") from None
