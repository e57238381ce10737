"""`trueline goals`: the goals that are stored, below what they support."""

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.clock import Clock
from bot.commands import roadmap
from bot.commands.opening import DatabaseOption, WorkspaceOption, opened_store
from checkins import goal_boards
from checkins.cadence import local_date
from checkins.goal_boards import GoalLine, GoalSection
from checkins.ports import Store
from checkins.wording import one_line, percent

UNLIMITED = 10_000  # columns, where a program and not a person reads the table
NARROWEST = 30  # of the column of titles
INDENT = 2


def register(app: typer.Typer) -> None:
    @app.command()
    def goals(
        team: Annotated[str | None, typer.Option(metavar="ID", help="Only goals that this team works on.")] = None,
        every: Annotated[bool, typer.Option("--all", help="Also goals that are paused, done or dropped.")] = False,
        as_roadmap: Annotated[
            bool, typer.Option("--roadmap", help="By the quarter in which they end, this one and the next two.")
        ] = False,
        out: Annotated[Path | None, typer.Option(metavar="FILE.png", help="Write the roadmap as a picture.")] = None,
        database: DatabaseOption = None,
        workspace: WorkspaceOption = None,
    ) -> None:
        """List the goals, those that run today first, each below what it supports."""
        with opened_store(database, workspace) as store:
            if as_roadmap or out:
                return roadmap.tell(store, team=team, out=out)
            found = _sections(store, team=team, closed=every)
        if not found:
            typer.echo("There are no such goals." if every else "There is no open goal; --all lists every goal.")
            return
        console = Console(width=None if sys.stdout.isatty() else UNLIMITED, highlight=False)
        console.print(_table(found))


def _sections(store: Store, *, team: str | None, closed: bool) -> list[GoalSection]:
    with store.snapshot() as tx:
        zone = tx.workspace.get().zone
    return goal_boards.overview(store, today=local_date(Clock().now(), zone), team=team, closed=closed)


def _table(sections: Iterable[GoalSection]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("Goal", min_width=NARROWEST)
    table.add_column("Of", overflow="fold")
    table.add_column("Owner", overflow="fold")
    for heading in ("Weight", "Ends", "State"):
        table.add_column(heading, no_wrap=True)
    for part, of_part in groupby(sections, key=lambda section: section.part):
        table.add_row(Text(f"\n{part}", style="bold"))
        for section in of_part:
            for line in section.lines:
                # As Text, so that brackets in a title are no markup
                title = Padding(Text(one_line(line.goal.title)), (0, 0, 0, INDENT * line.depth))
                table.add_row(title, *map(Text, _facts(line)))
    return table


def _facts(line: GoalLine) -> list[str]:
    """Whose it is, the owner's name, the share planned for it, its last day and its state."""
    goal = line.goal
    return [
        one_line(line.team or goal.level.value),
        one_line(line.owner or "–"),
        "–" if goal.weight is None else percent(goal.weight),
        str(goal.ends or "–"),
        line.standing.state.value,
    ]
