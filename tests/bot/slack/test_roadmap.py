"""`/goals roadmap`: at once as text, on request as a picture in one's own messages."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.analyst import Analyst, draw_roadmap
from bot.slack.ids import Action
from bot.slack.roadmap import roadmap_blocks
from checkins.model import Goal, Level
from checkins.roadmap import Lane, Stretch, roadmap_of
from tests.bot.harness import MONDAY, Stage, company
from tests.bot.slack.screens import texts, typed, whisper
from tests.bot.slack.talking import direct

pytestmark = pytest.mark.anyio

TODAY = date(2026, 9, 4)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with company(tmp_path) as stage:
        with stage.store.transaction() as tx:
            ours, *_ = (goal for goal in tx.goals.all() if goal.title == "Fewer failed payments")
            tx.goals.save(
                replace(ours, starts=date(2026, 7, 1), ends=date(2026, 12, 24)),
                Goal(id="north", title="A <calm> till", level=Level.ORGANISATION, ends=date(2026, 9, 30)),
            )
        yield stage


async def test_journey_a_roadmap_comes_as_text_and_picture(stage: Stage) -> None:
    anna, before = stage.visitor("anna"), len(stage.posted())
    said = await typed(stage, anna, "/goals roadmap")
    assert "*Roadmap · Q3 2026 to Q1 2027*" in said
    assert "*Ends in Q3 2026*\n• A &lt;calm&gt; till · Organisation · until 30 Sep 2026\n*Ends in Q4 2026*\n" in said
    assert "• Fewer failed payments · Payments · 1 Jul – 24 Dec 2026" in said
    assert "*No dates*\n• A second provider · Payments\n• Faster search · Search" in said.replace("\n* ", "\n*")
    assert len(stage.posted()) == before

    await anna.click(anna.ephemerals()[-1], Action.ROADMAP_PICTURE)
    await stage.pump()
    (file,) = stage.sandbox.files.values()
    assert file.content and file.content.startswith(b"\x89PNG") and file.channels == [anna.dm]
    assert file.alt.startswith("Roadmap · Q3 2026 to Q1 2027. Organisation: A <calm> till · until 30 Sep 2026")
    assert "The roadmap is in your messages with me." in whisper(anna)
    assert direct(stage) == []  # the file came by itself, and nothing that the bot starts


async def test_a_teams_roadmap_under_align_as_well(stage: Stage) -> None:
    said = await typed(stage, stage.visitor("dana"), "/align goals roadmap payments")
    assert "*Roadmap of Payments · Q3 2026 to Q1 2027*" in said and "Faster search" not in said
    said = await typed(stage, stage.visitor("dana"), "/goals roadmap search")
    assert "As a picture" not in said and "• Faster search · Search" in said
    assert "Teams: Payments, Search." in await typed(stage, stage.visitor("dana"), "/goals roadmap Sales")


async def test_the_picture_is_of_the_goals_there_are_when_it_is_asked_for(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await typed(stage, anna, "/goals roadmap")
    button = anna.ephemerals()[-1]
    await stage.advance(to=MONDAY.replace(year=2029))
    await anna.click(button, Action.ROADMAP_PICTURE)
    await stage.pump()
    assert "No goal has dates in these quarters." in whisper(anna)
    assert not stage.sandbox.files


async def test_many_goals_are_cut_to_what_a_message_holds(stage: Stage) -> None:
    found = roadmap_of(stage.store, today=TODAY)
    goal = Goal(id="g", title="<&>" * 100, starts=TODAY, ends=TODAY)
    many = (Stretch(goal=goal, team="Payments", progress=0.5),) * 300
    made = roadmap_blocks(
        replace(found, lanes=(Lane(title="Payments", stretches=many),), undated=many), command="/goals"
    )
    assert len(made) <= 50 and all(len(block["text"]["text"]) <= 3000 for block in made if "text" in block)
    short = tuple(replace(each, goal=replace(goal, title="Short")) for each in many)
    assert "and 285 more; `/goals roadmap TEAM` shows one team’s" in texts(
        roadmap_blocks(replace(found, undated=short), command="/goals")
    )


async def test_a_child_process_draws_it(stage: Stage) -> None:
    found = roadmap_of(stage.store, today=TODAY)
    assert await Analyst("").roadmap(found) == draw_roadmap(found)
