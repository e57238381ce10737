"""`trueline`: one file a command, one place that turns a user's mistake into a line and exit code 2."""

import sys
from importlib import import_module

import typer

from checkins.errors import TruelineError

COMMANDS = ("run", "demo", "doctor", "manifest", "importing", "exporting", "goals", "digest", "migrate", "erase")


def build() -> typer.Typer:
    app = typer.Typer(
        name="trueline",
        help="Asks teams in chat how their work maps to the goals; says every week where it really goes.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for command in COMMANDS:
        import_module(f"bot.commands.{command}").register(app)
    return app


def main() -> None:
    """Run the command line; a TruelineError is one clear line and exit code 2."""
    try:
        build()()
    except TruelineError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
