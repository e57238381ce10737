"""`trueline manifest`: what to paste into Slack when the app is created."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    @app.command()
    def manifest(
        http: Annotated[str | None, typer.Option(help="Public address for HTTP mode, https://…")] = None,
    ) -> None:
        """Print the Slack manifest for these settings."""
        import yaml

        from bot.settings import Settings
        from bot.slack.manifest import manifest as build

        typer.echo(yaml.safe_dump(build(Settings(), http_url=http), sort_keys=False, allow_unicode=True), nl=False)
