"""`trueline demo`: a made-up company in a local workspace, with the real bot at work."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import free_port
from checkins.errors import TruelineError

PORT = 8765
MOST_WEEKS = 40  # the goals' year ends


def register(app: typer.Typer) -> None:
    @app.command()
    def demo(
        port: Annotated[int, typer.Option(help="Where the page is served; the next free one if taken.")] = PORT,
        headless: Annotated[
            bool, typer.Option("--headless", help="Play without a page, then say what was found.")
        ] = False,
        weeks: Annotated[int, typer.Option(help=f"How many weeks to play, 1 to {MOST_WEEKS}.")] = 6,
        seed: Annotated[int, typer.Option(help="Another seed, another company.")] = 7,
        out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the digests go (with --headless).")] = None,
        people: Annotated[int, typer.Option(help="How many people the company has, 12 to 200.")] = 36,
        planted: Annotated[
            str, typer.Option(help="Troubles to plant: silo,drift,orphan or none.")
        ] = "silo,drift,orphan",
    ) -> None:
        """Play a made-up company in a local, Slack-compatible workspace with the real bot in it."""
        # The bot and its stage take seconds to load, which `trueline --help` must not wait for
        from bot import logs
        from bot.commands import staging
        from bot.demo import planting
        from bot.demo.company import company_of

        logs.set_up("warning")
        company = company_of(people=people, seed=seed, kinds=planting.parse(planted))
        _check("--weeks", weeks, MOST_WEEKS)
        _check("--port", port, free_port.HIGHEST)
        if out and not headless:
            raise TruelineError("--out says where a play without a page leaves its digests. Add --headless.")
        if headless:
            raise typer.Exit(asyncio.run(staging.headless(company, weeks=weeks, out=out)))
        asyncio.run(staging.page(company, weeks=weeks, port=port))


def _check(option: str, number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise TruelineError(f"{option} takes 1 to {most}, not {number}.")
