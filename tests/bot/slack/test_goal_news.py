"""A change of a goal reaches those it concerns, once; and whoever says that it changes their work is heard."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from bot.texts import goal_news as texts
from bot.texts import held as held_texts
from checkins import goals
from checkins.goal_news import SETTLED, keep_and_tell
from checkins.goals import GoalRow
from checkins.model import Goal
from checkins.wording import NBSP
from tests.bot.harness import DAY, MONDAY, Stage, company
from tests.bot.slack.screens import home, look_at_home
from tests.bot.slack.talking import buttons, click, direct, said

pytestmark = pytest.mark.anyio

MINUTE = timedelta(minutes=1)
NOON = MONDAY + timedelta(hours=2, minutes=30)
FAILED, FASTER = "fewer-failed-payments", "faster-search"
EVERYBODY = ("anna", "ben", "cleo", "dana")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Monday noon. Anna owns a goal of Payments, whose lead is Ben; Dana, who leads Search, contributes to it."""
    async with company(tmp_path, weekly_messages=9) as stage:
        with stage.store.transaction() as tx:
            owned = replace(tx.goals.get(FAILED), owner=stage.person("anna"), contributing_teams=("search",))
            tx.goals.save(owned)
        await stage.advance(to=NOON)
        yield stage


def change(stage: Stage, goal: str = FAILED, *, by: str = "ben", why: str = "", **fields: Any) -> None:
    with stage.store.transaction() as tx:
        wanted = replace(tx.goals.get(goal), **fields)
        keep_and_tell(tx, wanted, by=stage.person(by), now=stage.clock.now(), why=why)


def counted(stage: Stage) -> dict[str, int]:
    return {name: len(direct(stage, name)) for name in EVERYBODY}


async def told(stage: Stage, before: dict[str, int]) -> dict[str, int]:
    """How many messages each got by the time that things have settled."""
    await stage.advance(by=SETTLED)
    now = counted(stage)
    return {name: now[name] - before[name] for name in EVERYBODY if now[name] != before[name]}


async def say_so(stage: Stage, visitor: Visitor, message: dict[str, Any]) -> None:
    """Press the button of a message as it stood when it came."""
    [row] = [block for block in message["blocks"] if block["type"] == "actions"]
    await visitor.press(message["ts"], row, row["elements"][0], {})
    await stage.pump()


async def test_journey_a_changed_weight_is_told_once_to_those_concerned(stage: Stage) -> None:
    anna, ben, dana = map(stage.visitor, ("anna", "ben", "dana"))
    before = counted(stage)
    rows = [GoalRow(title="Fewer failed payments", weight="4", goal=FAILED)]
    goals.set_team_goals(stage.store, actor=stage.person("ben"), team="payments", rows=rows, reserve="", now=NOON)
    await stage.advance(by=9 * MINUTE)
    assert counted(stage) == before
    change(stage, weight=0.4, why="The provider <failed>")  # 4 was a typo
    await stage.advance(by=9 * MINUTE)
    assert counted(stage) == before
    assert await told(stage, before) == {"anna": 1, "dana": 1}
    assert said(anna.last()).splitlines() == [
        "Ben Ode changed “Fewer failed payments”, a goal that concerns you.",
        f"*Fewer failed payments*: weight: 60{NBSP}% → 40{NBSP}%",
        "Why: The provider &lt;failed&gt;",
    ]
    assert said(dana.last()) == said(anna.last())
    assert buttons(anna.last()) == [texts.CONCERNS_ME]

    await anna.click(anna.last(), Action.GOAL_DETAIL)
    await stage.rest()
    assert anna.view is not None and "Fewer failed payments" in str(anna.view.body)

    before, asked = counted(stage), dana.last()
    await click(stage, dana, Action.CONCERNS_ME)
    assert buttons(dana.last()) == [] and texts.SAID in said(dana.last())
    await say_so(stage, dana, asked)
    assert await told(stage, before) == {"anna": 1, "ben": 1}
    assert said(ben.last()).startswith("1 person says that this changes their work: Dana Roy (Search).\n")
    assert said(ben.last()).endswith("Your change:")
    assert said(anna.last()).endswith("Changed by Ben Ode:")

    before = counted(stage)
    await say_so(stage, anna, anna.messages()[-2])
    assert await told(stage, before) == {}
    assert said(ben.last()).startswith("2 people say that this changes their work: ")
    assert "Anna Berg (Payments)" in said(ben.last()) and "Dana Roy (Search)" in said(ben.last())
    assert said(anna.last()).startswith("1 person says")
    assert stage.sandbox.refused == []


async def test_what_is_taken_back_in_time_is_told_to_nobody(stage: Stage) -> None:
    before = counted(stage)
    change(stage, weight=0.4)
    await stage.advance(by=5 * MINUTE)
    change(stage, weight=0.6)
    assert await told(stage, before) == {}


async def test_several_changes_are_one_message(stage: Stage) -> None:
    before = counted(stage)
    with stage.store.transaction() as tx:
        first, second = replace(tx.goals.get(FAILED), title="No & failed"), replace(tx.goals.get(FASTER), weight=0.1)
        keep_and_tell(tx, first, second, by=stage.person("ben"), now=NOON)
    await stage.advance(by=MINUTE)
    change(stage, FASTER, owner=stage.person("dana"))
    assert await told(stage, before) == {"anna": 1, "dana": 1}
    assert said(stage.visitor("anna").last()).startswith("Ben Ode changed “No &amp; failed”, a goal")
    assert said(stage.visitor("dana").last()).splitlines() == [
        "Ben Ode changed 2 goals that concern you.",
        "*No &amp; failed*: title: Fewer failed payments → No &amp; failed",
        f"*Faster search*: weight: 50{NBSP}% → 10{NBSP}%; owner: Dana Roy",
    ]


async def test_changes_of_two_people_are_told_apart(stage: Stage) -> None:
    before = counted(stage)
    change(stage, weight=0.4)
    change(stage, by="dana", description="Of cards only")
    assert await told(stage, before) == {"anna": 2, "ben": 1, "dana": 1}


async def test_nobody_hears_of_it_at_night(stage: Stage) -> None:
    await stage.advance(to=NOON + timedelta(hours=10))
    before = counted(stage)
    change(stage, weight=0.4)
    await stage.advance(by=timedelta(hours=8))
    assert counted(stage) == before
    nine = NOON + DAY - timedelta(hours=3)
    await stage.advance(to=nine)
    assert counted(stage) == before | {"anna": before["anna"] + 1, "dana": before["dana"] + 1}


async def test_a_full_week_keeps_the_news_in_app_home(tmp_path: Path) -> None:
    async with company(tmp_path, weekly_messages=1) as stage:
        await stage.advance(to=NOON)
        dana, before = stage.visitor("dana"), counted(stage)
        change(stage, FASTER, weight=0.2)
        change(stage, FASTER, weight=0.3, why="After the talk")
        assert await told(stage, before) == {}
        shown = await look_at_home(stage, dana)
        assert "Ben Ode changed “Faster search”" in shown
        assert f"50{NBSP}% → 30{NBSP}%" in shown and "Why: After the talk" in shown
        await dana.click_home(Action.CONCERNS_ME)
        await stage.pump()
        assert held_texts.HEADING not in home(dana)
        ben = await look_at_home(stage, stage.visitor("ben"))
        assert "1 person says that this changes their work: Dana Roy (Search)." in ben
        await stage.visitor("ben").click_home(Action.HELD_DONE)
        await stage.pump()
        assert held_texts.HEADING not in home(stage.visitor("ben"))
        assert stage.sandbox.refused == []


async def test_new_goals_and_values_are_no_news(stage: Stage) -> None:
    before = counted(stage)
    with stage.store.transaction() as tx:
        new = Goal(id="new", title="A third provider", team="payments", supports=(FAILED,))
        keep_and_tell(tx, new, by=stage.person("ben"), now=stage.clock.now())
    change(stage, done=("Nobody calls us",))
    assert await told(stage, before) == {}
