"""The play behind the page: six weeks in advance, then the visitor moves the clock."""

import asyncio
from collections.abc import Awaitable, Callable

from rich.console import Console

from bot import jobs
from bot.demo.headless import progress
from bot.demo.play import Play
from bot.sandbox.state import Control

WELCOME = """[bold]{name}[/bold] is open:  [link={url}]{url}[/link]

  · Choose who you are, find Trueline's check-in in your messages, answer it.
  · Type [bold]/goals[/bold] or [bold]/align[/bold]; open Trueline's Home tab.
  · Press [bold]Next day[/bold]: colleagues answer by themselves.
  · Press [bold]Next digest[/bold]: read it in #{digests}.
  · {admin} is the admin.

Ctrl-C ends the demo; nothing is kept."""


async def show(play: Play, *, weeks: int, until: asyncio.Event) -> None:
    """Play the weeks, go on to the next morning of check-ins, then serve the page until somebody says stop."""
    console = Console()
    finished = asyncio.create_task(_prepare(play, weeks=weeks, console=console))
    if not await _before(until, finished):
        return
    console.print(_welcome(play), highlight=False)
    await _serve(play, until)


async def _before(stop: asyncio.Event, work: "asyncio.Task[None]") -> bool:
    """Whether the work ends before somebody says stop; if not, it is given up."""
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait((work, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if work.done():
        work.result()
        return True
    work.cancel()
    await asyncio.wait((work,))
    return False


async def _prepare(play: Play, *, weeks: int, console: Console) -> None:
    with progress(console) as bar:
        task = bar.add_task("", total=weeks)
        for _ in range(weeks):
            await play.until_digest()
            bar.advance(task)
        await play.until_check_in()


async def _serve(play: Play, until: asyncio.Event) -> None:
    scheduler = jobs.start(play.bot.context, analyst=play.bot.analyst, woken=play.bot.woken)
    sending = asyncio.create_task(play.deliver_when_woken())

    def control(name: str, label: str, hint: str, step: Callable[[], Awaitable[object]]) -> Control:
        async def run() -> None:
            # The step calls the jobs itself; the scheduler would run them a second time beside it.
            scheduler.pause()
            try:
                await step()
            finally:
                scheduler.resume()
                await tell(play)

        return Control(id=name, label=label, hint=hint, run=run)

    # Whoever sees the buttons also sees where the play stands.
    await tell(play)
    play.sandbox.controls += [
        control("next-day", "Next day", "On to the next working day's morning", play.day),
        control("next-digest", "Next digest", "On until the next digest stands in its channel", play.until_digest),
    ]
    play.sandbox.changed()
    await until.wait()
    scheduler.shutdown(wait=False)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def tell(play: Play) -> None:
    """Say on the page where the play stands."""
    answered, asked = await play.answers()
    play.sandbox.status = f"{answered} of {asked} have answered this week"
    play.sandbox.changed()


def _welcome(play: Play) -> str:
    company = play.company
    return WELCOME.format(
        name=company.bank.name,
        url=play.sandbox.url,
        digests=company.bank.digest_room.name,
        admin=company.admin.name,
    )
