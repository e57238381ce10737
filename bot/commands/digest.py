"""`trueline digest`: a week's digest from what is stored. Reads, prints, posts nothing."""

import json
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from bot.clock import Clock
from bot.commands.opening import DatabaseOption, WorkspaceOption, opened_store
from bot.rendering import DigestView, Pictures, digest_html, digest_text
from checkins.cadence import Week, local_date, period_of_week, recent_periods
from checkins.digest import Digest, to_json
from checkins.errors import TruelineError
from checkins.model import Cadence
from checkins.ports import Store, Transaction


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"


def register(app: typer.Typer) -> None:
    @app.command()
    def digest(
        week: Annotated[str | None, typer.Option(metavar="2026-W47", help="ISO week; this week if not given.")] = None,
        team: Annotated[str | None, typer.Option(metavar="ID", help="A team's digest; else everybody's.")] = None,
        format_: Annotated[Format, typer.Option("--format", help="What to print.")] = Format.TEXT,
        database: DatabaseOption = None,
        workspace: WorkspaceOption = None,
    ) -> None:
        """Print the digest of a week from what is stored. Posts nothing."""
        with opened_store(database, workspace) as store:
            typer.echo(_written(_view(store, week=week, team=team), format_), nl=False)


def _view(store: Store, *, week: str | None, team: str | None) -> DigestView:
    # numpy takes a second to load, which the other commands and the bot must not wait for
    from checkins.analysis.weekly import analyse

    with store.snapshot() as tx:
        workspace = tx.workspace.get()
        chosen = Week.parse(week) if week else Week.of(local_date(Clock().now(), workspace.zone))
        if team is not None:
            tx.teams.get(team)
        analysis = analyse(tx, week=chosen)
        teams = tx.teams.all() if team is None else []
        view = DigestView(
            digest=analysis.digest(team),
            previous=_previous(tx, chosen, workspace.cadence, team),
            teams=[analysis.digest(each.id) for each in teams],
            goal_titles={goal.id: goal.title for goal in tx.goals.all()},
            team_names={each.id: each.name for each in tx.teams.all()},
            organisation=workspace.name,
        )
        _refuse_empty(tx, view.digest)
        return view


def _previous(tx: Transaction, week: Week, cadence: Cadence, team: str | None) -> Digest:
    from checkins.analysis.weekly import digest_of

    before, _ = recent_periods(period_of_week(week, cadence), cadence, 2)
    # A week belongs to the period of its Thursday: three days before its end a period's last week has begun.
    return digest_of(tx, week=Week.of(before.last - timedelta(days=3)), team=team)


def _refuse_empty(tx: Transaction, digest: Digest) -> None:
    """Raises TruelineError for a week in which nobody was asked, naming the weeks there are."""
    if digest.answers.expected or digest.answers.received:
        return
    days = [check_in.date for check_in in tx.check_ins.all()]
    held = (
        f"Answers are stored from {Week.of(min(days))} to {Week.of(max(days))}." if days else "No answers are stored."
    )
    raise TruelineError(f"There is no digest of {digest.week}: nobody was asked then. {held}")


def _written(view: DigestView, format_: Format) -> str:
    if format_ is Format.JSON:
        return json.dumps(to_json(view.digest), ensure_ascii=False, indent=2) + "\n"
    if format_ is Format.HTML:
        return digest_html(view, pictures=_pictures(view))
    return digest_text(view)


def _pictures(view: DigestView) -> Pictures | None:
    # matplotlib takes a second to load as well
    from bot.charts.canvas import DARK, LIGHT
    from bot.charts.effort import picture_of

    light = picture_of(view.digest, view.goal_titles, theme=LIGHT)
    dark = picture_of(view.digest, view.goal_titles, theme=DARK)
    return Pictures(light=light, dark=dark) if light and dark else None
