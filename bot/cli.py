"""`trueline`: one file a command, one place that turns a user's mistake into a line and exit code 2."""

import sys
from importlib import import_module

import typer

from checkins.errors import TruelineError

# Each command's file in bot/commands
COMMANDS = {
    "run": "run",
    "demo": "demo",
    "doctor": "doctor",
    "manifest": "manifest",
    "import": "importing",
    "export": "exporting",
    "goals": "goals",
    "digest": "digest",
    "migrate": "migrate",
    "erase": "erase",
}


def build(named: str | None = None) -> typer.Typer:
    """The command line with the command named, without loading what the others need; with all where none is."""
    app = typer.Typer(
        name="trueline",
        help="Asks teams in chat how their work maps to the goals; says every week where it really goes.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_of_several)
    for command in [named] if named in COMMANDS else COMMANDS:
        import_module(f"bot.commands.{COMMANDS[command]}").register(app)
    return app


def _of_several() -> None:
    """Does nothing: a Typer with one command and no callback would take the command's name for an argument."""


def main() -> None:
    """Run the command line; a TruelineError is one clear line and exit code 2."""
    try:
        build(next(iter(sys.argv[1:]), None))()
    except TruelineError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
