"""The demo behind the page: weeks played in advance, buttons that move the clock, visitors served at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from bot.commands.staging import staged
from bot.demo.colleagues import offers
from bot.demo.company import FIRST_WEEK, company_of
from bot.demo.names import MAIN
from bot.demo.planting import ALL
from bot.demo.play import Play
from bot.demo.showing import show
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from checkins.cadence import local_date

pytestmark = pytest.mark.anyio


@pytest.fixture
async def play() -> AsyncIterator[Play]:
    """A demo with one week played, open until the test ends."""
    async with staged(company_of(people=12, seed=4, kinds=ALL)) as play:
        stop = asyncio.Event()
        showing = asyncio.create_task(show(play, weeks=1, until=stop))
        await play.sandbox.until(lambda: play.sandbox.controls, within=30)
        yield play
        stop.set()
        await showing


async def press(play: Play, control: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{play.sandbox.url}/sandbox/control/{control}") as answer:
            assert (await answer.json()) == {"ok": True}


def waiting(play: Play) -> Visitor:
    """Somebody in the main zone who has not answered yet."""
    people = [play.sandbox.as_person(person.user) for person in play.company.people if person.zone == MAIN.zone]
    return next(visitor for visitor in people if Action.SKIP in offers(visitor.last()))


async def test_the_buttons_come_with_the_line_that_says_where_the_play_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(company_of(people=12, seed=4, kinds=ALL)) as play:

        async def counted_slowly() -> tuple[int, int]:
            await asyncio.sleep(0.1)
            return 3, 12

        monkeypatch.setattr(play, "answers", counted_slowly)
        stop = asyncio.Event()
        showing = asyncio.create_task(show(play, weeks=0, until=stop))
        await play.sandbox.until(lambda: play.sandbox.controls, within=30)
        assert play.sandbox.status == "3 of 12 have answered this week"
        stop.set()
        await showing


async def test_it_opens_on_a_morning_with_a_check_in_whose_answer_is_received_at_once(play: Play) -> None:
    assert local_date(play.now, MAIN.zone) == FIRST_WEEK.plus(1).monday
    assert play.sandbox.status.endswith(" of 12 have answered this week")
    visitor, moment = waiting(play), play.now
    goal = next(goal for goal in play.company.goals if goal.weight)
    await visitor.click(visitor.last(), Action.UPDATE)
    await play.sandbox.until(lambda: visitor.view)
    assert await visitor.submit({"text_1": "Showed a friend around", "goal_1": goal.title, "size_1": "most"}) == {}
    await play.sandbox.until(lambda: Action.EDIT in offers(visitor.last()))
    assert "Showed a friend around" in str(visitor.last()["blocks"])
    assert play.now == moment


async def test_next_day_brings_answers_and_next_digest_the_digest(play: Play) -> None:
    room = next(c for c in play.sandbox.channels.values() if c.name == play.company.bank.digest_room.name)
    before, (few, _) = len(room.messages), await play.answers()
    await press(play, "next-day")
    assert local_date(play.now, MAIN.zone) == FIRST_WEEK.plus(1).monday + timedelta(days=1)
    many, asked = await play.answers()
    assert many > few and play.sandbox.status == f"{many} of {asked} have answered this week"
    await press(play, "next-digest")
    assert local_date(play.now, MAIN.zone) == FIRST_WEEK.plus(1).monday + timedelta(days=3)
    assert len(room.messages) == before + 2


async def test_the_end_comes_at_any_time() -> None:
    async with staged(company_of(people=12, seed=4, kinds=ALL)) as play:
        stop = asyncio.Event()
        stop.set()
        async with asyncio.timeout(60):
            await show(play, weeks=6, until=stop)
    assert not play.sandbox.controls
