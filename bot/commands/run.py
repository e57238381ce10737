"""`trueline run`: the bot itself."""

import asyncio
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def run(
        http: Annotated[bool, typer.Option("--http", help="Take signed HTTP requests instead of Socket Mode.")] = False,
        database: Annotated[str | None, typer.Option(help="Database URL.")] = None,
        workspace: Annotated[str | None, typer.Option(help="Which workspace, where there are several.")] = None,
    ) -> None:
        """Run the bot until it is stopped."""
        # The bot takes seconds to load, which `trueline --help` must not wait for
        from bot import logs
        from bot.commands.serving import serve, serve_http, serve_socket_mode
        from bot.settings import Settings

        settings = Settings()
        if database:
            settings = settings.model_copy(update={"database": database})
        logs.set_up(settings.log_level)
        asyncio.run(serve(settings, workspace, by=serve_http if http else serve_socket_mode))
