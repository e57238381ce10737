"""`trueline goals`: the goals that are stored."""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.clock import Clock
from bot.commands.opening import DatabaseOption, WorkspaceOption, opened_store
from checkins.cadence import local_date
from checkins.model import Goal, Level
from checkins.ports import Store
from checkins.wording import one_line, percent

UNLIMITED = 10_000  # columns, where a program and not a person reads the table


def register(app: typer.Typer) -> None:
    @app.command()
    def goals(
        team: Annotated[str | None, typer.Option(metavar="ID", help="Only goals that this team works on.")] = None,
        every: Annotated[
            bool, typer.Option("--all", help="Also goals that are over, paused or still to come.")
        ] = False,
        database: DatabaseOption = None,
        workspace: WorkspaceOption = None,
    ) -> None:
        """List the goals that are running."""
        with opened_store(database, workspace) as store:
            found = _goals(store, team=team, running_only=not every)
            names = _names(store)
        if not found:
            typer.echo("There are no such goals." if every else "No goal is running now; --all lists every goal.")
            return
        console = Console(width=None if sys.stdout.isatty() else UNLIMITED, highlight=False)
        console.print(_table(found, names))


def _goals(store: Store, *, team: str | None, running_only: bool) -> list[Goal]:
    with store.snapshot() as tx:
        if team is not None:
            tx.teams.get(team)
        today = local_date(Clock().now(), tx.workspace.get().zone)
        found = tx.goals.running(today, today) if running_only else tx.goals.all()
    wanted = (goal for goal in found if team is None or team in goal.teams())
    return sorted(wanted, key=lambda goal: (list(Level).index(goal.level), goal.team or "", goal.title.casefold()))


def _names(store: Store) -> dict[str, str]:
    with store.snapshot() as tx:
        teams = {team.id: team.name for team in tx.teams.all()}
        return {person.id: person.name for person in tx.people.all()} | teams


def _table(goals: Iterable[Goal], names: dict[str, str]) -> Table:
    table = Table("Goal", box=None, pad_edge=False)
    for heading in ("Level", "Team", "Owner", "Weight", "Ends", "Status"):
        table.add_column(heading, no_wrap=heading not in ("Team", "Owner"))
    for goal in goals:
        cells = (
            goal.title,
            goal.level,
            names.get(goal.team or "", goal.team or "–"),
            names.get(goal.owner or "", goal.owner or "–"),
            "–" if goal.weight is None else percent(goal.weight),
            str(goal.ends or "–"),
            goal.status,
        )
        # As Text, so that brackets in a title are no markup
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    return table
