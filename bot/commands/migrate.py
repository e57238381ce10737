"""`trueline migrate`: the database's tables to the newest revision."""

import typer

from bot.commands.opening import DatabaseOption, url_of


def register(app: typer.Typer) -> None:
    @app.command()
    def migrate(database: DatabaseOption = None) -> None:
        """Bring the database's tables to the newest revision."""
        from storage.database import Database

        with Database.connect(url_of(database)) as opened:
            before = opened.revision()
            if before == opened.head():
                typer.echo(f"Nothing to do: the database is at revision {before}.")
                return
            opened.migrate()
            typer.echo(f"The database is now at revision {opened.head()}; before: {before or 'empty'}.")
