"""The play without a page: so many weeks, a file per digest, and what was planted against what was found."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.demo.company import Company
from bot.demo.editions import write_edition, write_truth
from bot.demo.play import Play
from bot.demo.truth import FOUND_BY, Row, judge, truth_of
from checkins import publishing

FINE, WRONG = 0, 1  # exit codes


async def played(play: Play, *, weeks: int, out: Path | None, console: Console | None = None) -> int:
    """Play the weeks and report. Returns the exit code: 1 for a miss by week 6, or an unplanted drift or silo."""
    said = console or Console()
    if out:
        write_truth(out, play.company.planted)
    return judged(play.company, await digests_of(play, weeks=weeks, out=out, console=said), console=said)


async def digests_of(play: Play, *, weeks: int, out: Path | None, console: Console) -> list[Mapping[str, Any]]:
    """Play the weeks. Returns their digests as JSON, oldest first; ``out`` is where they are written, too."""
    digests = []
    with progress(console) as bar:
        task = bar.add_task("", total=weeks)
        for _ in range(weeks):
            edition = await play.bot.context.run(
                publishing.edition, play.bot.context.store, week=await play.until_digest()
            )
            if out:
                write_edition(out, edition)
            digests.append(edition.digest.body)
            report(console, bar, week_line(edition.digest.body))
            bar.advance(task)
    return digests


def judged(company: Company, digests: Sequence[Mapping[str, Any]], *, console: Console) -> int:
    """Print what was planted against what the digests found. Returns the exit code."""
    rows = judge(truth_of(company.planted), digests)
    console.print(_table(company, rows, weeks=len(digests)))
    return WRONG if any(row.wrong for row in rows) else FINE


def progress(console: Console) -> Progress:
    """A bar of weeks; nothing where nobody watches."""
    columns = (TextColumn("Playing"), BarColumn(), MofNCompleteColumn(), TextColumn("weeks"), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


def report(console: Console, bar: Progress, line: str) -> None:
    (bar.console if console.is_terminal else console).print(line, highlight=False)


def week_line(digest: Mapping[str, Any]) -> str:
    """One week in a line."""
    answers, findings = digest["answers"], len(digest["findings"])
    noun = "finding" if findings == 1 else "findings"
    return f"{digest['week']}  {answers['received']:>3} of {answers['expected']} answered  {findings} {noun}"


def _table(company: Company, rows: Sequence[Row], *, weeks: int) -> Table:
    teams = {team.id: team.name for team in company.teams}
    goals = {goal.id: goal.title for goal in company.goals}
    table = Table("", "Kind", "Where", "Found in", title="Planted against found", title_justify="left")
    for row in rows:
        where = [*(teams.get(team, team) for team in row.teams), *(goals.get(goal, goal) for goal in row.goals)]
        table.add_row(_verdict(row, weeks), row.kind.replace("_goal", ""), ": ".join(where), row.week or "not found")
    if not any(row.planted or row.wrong for row in rows):
        table.add_row("ok", "none planted", "", "no drift, no silo")
    return table


def _verdict(row: Row, weeks: int) -> str:
    if row.wrong:
        return "MISSED" if row.planted else "INVENTED"
    if row.planted and row.week is None:
        return "too early" if weeks < FOUND_BY else "ok"
    return "ok" if row.planted else "besides"
