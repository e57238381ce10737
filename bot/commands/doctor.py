"""`trueline doctor`: what is wrong and what to do about it."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from bot.doctor import Check


def register(app: typer.Typer) -> None:
    @app.command()
    def doctor(database: Annotated[str | None, typer.Option(help="Database URL.")] = None) -> None:
        """Check token, scopes, messages tab, channel, database, migrations, clock and zone data."""
        # Slack's client and the database take a second to load, which `trueline --help` must not wait for
        from bot.doctor import examine, sick
        from bot.settings import Settings
        from bot.slack.manifest import manifest

        settings = Settings()
        if database:
            settings = settings.model_copy(update={"database": database})
        scopes = manifest(settings)["oauth_config"]["scopes"]["bot"]
        checks = asyncio.run(examine(settings, scopes=scopes))
        Console().print(_table(checks))
        raise typer.Exit(1 if sick(checks) else 0)


def _table(checks: "list[Check]") -> Table:
    table = Table("", "Check", "Found", "Do this", box=None, pad_edge=False)
    for check in checks:
        table.add_row("FIX" if check.remedy else "ok", check.subject, check.found, check.remedy)
    return table
