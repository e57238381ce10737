"""`trueline import`: an organisation document, or a table of goals, into the database."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import DatabaseOption, WorkspaceOption, url_of
from checkins.errors import TruelineError


def register(app: typer.Typer) -> None:
    @app.command("import")
    def import_(
        file: Annotated[
            Path | None, typer.Argument(help="Organisation document (JSON, YAML) or goals (CSV).", show_default=False)
        ] = None,
        check: Annotated[bool, typer.Option("--check", help="Say what it would do and store nothing.")] = False,
        template: Annotated[
            Path | None, typer.Option(metavar="FILE", help="Write a table of goals to fill in, and stop.")
        ] = None,
        database: DatabaseOption = None,
        workspace: WorkspaceOption = None,
    ) -> None:
        """Read a file: what it names is added or changed, all of it or nothing."""
        # Documents and the database take a second to load, which `trueline --help` must not wait for
        from bot.commands import reading_in
        from bot.commands.exporting import write_bytes
        from checkins import tabular

        if template:
            write_bytes(template, tabular.template())
            typer.echo(f"Wrote {template}. Fill it in, then: trueline import {template}")
        elif file is None:
            raise TruelineError("Name the file to import, or write a table to fill in: --template FILE.csv")
        else:
            work = reading_in.check if check else reading_in.store
            typer.echo(work(reading_in.file_of(file), url_of(database), workspace))
