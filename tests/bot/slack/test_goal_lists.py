"""`/goals` in a workspace: lists that lead to each other, pages that turn in place, a tree of many goals that reads."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.goal_blocks import INDENT
from bot.slack.ids import Action, Callback
from bot.texts import goals as texts
from checkins.model import Goal, GoalStatus, Level, Measure, Strategy, Team
from tests.bot.harness import FRIDAY, Stage, company
from tests.bot.slack.screens import typed, whisper
from tests.bot.slack.talking import buttons

pytestmark = pytest.mark.anyio

TODAY = FRIDAY.date()
HALF = {"starts": date(2026, 7, 1), "ends": date(2026, 12, 31)}
LAST_HALF = {"starts": date(2026, 1, 1), "ends": date(2026, 6, 30)}
LONG = (
    "Bring the everyday experience of {} closer to what people expect from it, by removing the {} rough edges they name"
)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with company(tmp_path) as stage:
        yield stage


def save(stage: Stage, *goals: Goal) -> None:
    with stage.store.transaction() as tx:
        tx.goals.save(*goals)


def change(stage: Stage, goal: str, **parts: Any) -> None:
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(goal), **parts))


def newest(person: Visitor) -> dict[str, Any]:
    message: dict[str, Any] = person.ephemerals()[-1]
    return message


async def follow(stage: Stage, person: Visitor, action: Action) -> str:
    """Press a button of the list; it is the same message that answers."""
    before = len(person.ephemerals())
    await person.click(newest(person), action)
    await stage.rest()
    assert len(person.ephemerals()) == before
    return whisper(person)


def a_year_of_goals(stage: Stage) -> list[Goal]:
    """Two halves of a year with 76 long-winded goals, of which few support another: what large projects have."""
    teams = [Team(id=f"t{n}", name=f"Working group {n}") for n in range(12)]
    with stage.store.transaction() as tx:
        tx.goals.save(*(replace(goal, status=GoalStatus.DROPPED) for goal in tx.goals.all()))
        tx.teams.save(*teams)
    made = []
    for half, (days, tops, count) in enumerate(((HALF, 2, 43), (LAST_HALF, 1, 30))):
        aims = [
            Goal(id=f"aim-{half}-{n}", title=f"Flagship {n}", level=Level.ORGANISATION, **days) for n in range(tops)
        ]
        made += aims
        for n in range(count):
            made.append(
                Goal(
                    id=f"g-{half}-{n}",
                    title=LONG.format(f"area {half}-{n}", "twenty" if n % 2 else "most painful"),
                    supports=tuple(aim.id for aim in aims) if n < 5 else (),
                    team=f"t{n * n % 12}",
                    owner=stage.person("anna"),
                    **days,
                )
            )
    save(stage, *made)
    return made


def titles_in(shown: str) -> list[str]:
    """The bold titles behind a mark, in their order."""
    lines = [row.strip(INDENT) for row in shown.splitlines()]
    return [row[2:].split("*")[1] for row in lines if row[:2] in ("• ", "↳ ")]


async def test_journey_the_real_document_reads_in_two_pages(stage: Stage) -> None:
    goals, anna = a_year_of_goals(stage), stage.visitor("anna")
    assert len(goals) == 76 and max(len(goal.title) for goal in goals) > 110
    messages = len(stage.posted())
    first = await typed(stage, anna, "/goals all")
    assert first.startswith("Running today\n• *Flagship 0* · no update\n\u2003↳ *Bring the everyday")
    assert "Page 1 of 2 · 76 goals" in first and "3 goals paused or closed: `/goals past`" in first
    assert len(newest(anna)["blocks"]) <= 50
    second = await follow(stage, anna, Action.GOALS_NEXT)
    assert second.startswith("Over, not closed yet: January – June 2026\n• *Flagship 0*\n")
    assert "Page 2 of 2" in second and texts.NEXT not in buttons(newest(anna))
    titles = titles_in(first) + titles_in(second)
    assert sorted(titles) == sorted(goal.title for goal in goals), "each once, and whole"
    assert first.index("Flagship 0") < first.index("area 0-0") < first.index("area 0-5")
    assert first.index(texts.BY_TEAM) < first.index("*Working group 0*")
    assert first.count("also supports “Flagship 1”") == 5
    assert await follow(stage, anna, Action.GOALS_BACK) == first
    assert len(stage.posted()) == messages
    assert stage.sandbox.refused == []


async def test_journey_lists_lead_to_each_other_and_to_a_goal(stage: Stage) -> None:
    anna, messages = stage.visitor("anna"), len(stage.posted())
    measure = Measure(name="Failed payments", baseline=10, target=2, current=10, unit="%")
    change(stage, "fewer-failed-payments", measure=measure, starts=date(2026, 7, 1), ends=date(2026, 9, 30))
    change(stage, "faster-search", updated_at=FRIDAY - timedelta(days=40))
    mine = await typed(stage, anna, "/goals")
    assert "*Payments*\n• *Fewer failed payments* · 60\u00a0% of Payments’ work · at risk" in mine
    assert "Faster search" not in mine
    shown = await follow(stage, anna, Action.GOALS_ALL)
    assert "*Search*\n• *Faster search* · planned 50\u00a0% · no update" in shown
    shown = await follow(stage, anna, Action.GOALS_AT_RISK)
    assert shown.startswith("*At risk*\n• *Fewer failed payments* · 60\u00a0% of Payments’ work · at risk")
    assert "0\u00a0% of the way after 71\u00a0% of the time" in shown
    assert "*Without an update*\n• *Faster search*" in shown and "nothing heard since 26 July 2026" in shown
    await anna.click(newest(anna), Action.GOAL_DETAIL, "faster-search")
    await stage.rest()
    assert anna.view is not None and anna.view.body["callback_id"] == Callback.GOAL_DETAIL
    assert await follow(stage, anna, Action.GOALS_MINE) == mine
    assert len(stage.posted()) == messages


async def test_the_strategy_stands_at_the_head_of_all_goals_in_short(stage: Stage) -> None:
    with stage.store.transaction() as tx:
        tx.workspace.save(replace(tx.workspace.get(), strategy=Strategy(vision="Money that moves. " * 30)))
    shown = await typed(stage, stage.visitor("anna"), "/goals all")
    assert shown.startswith("*Where we are going*\n*Vision:* Money that moves. ")
    assert len(shown.splitlines()[1]) < 200 and shown.splitlines()[2] == "Running today"


async def test_words_are_searched_page_by_page(stage: Stage) -> None:
    a_year_of_goals(stage)
    ben = stage.visitor("ben")
    first = await typed(stage, ben, "/goals anna rough <edges>")
    assert "No goal has “anna rough &lt;edges&gt;”." in first
    first = await typed(stage, ben, "/goals anna rough")
    assert first.startswith("*Goals with “anna rough”*\n• *Bring")
    assert "Page 1 of 2 · 73 goals" in first
    second = await follow(stage, ben, Action.GOALS_NEXT)
    assert second.startswith("*Paused, over or closed, with “anna rough”*\n• *Bring")
    assert len(titles_in(first) + titles_in(second)) == 73


async def test_the_past_stays_readable_when_its_team_is_gone(stage: Stage) -> None:
    with stage.store.transaction() as tx:
        search = tx.teams.get("search")
        tx.goals.save(replace(tx.goals.get("faster-search"), status=GoalStatus.DONE, **LAST_HALF))
        tx.teams.save(replace(search, archived=True))
    anna = stage.visitor("anna")
    assert "1 goal paused or closed: `/goals past`" in await typed(stage, anna, "/goals all")
    shown = await typed(stage, anna, "/goals past")
    assert "January – June 2026\n*Search (archived)*\n• *Faster search* · planned 50\u00a0% · done" in shown


async def test_empty_lists_say_so(stage: Stage) -> None:
    cleo, dana = stage.visitor("cleo"), stage.visitor("dana")
    for goal in ("faster-search", "fewer-failed-payments", "a-second-provider"):
        change(stage, goal, status=GoalStatus.DONE)
    assert (await typed(stage, cleo, "/goals all")).startswith(texts.NOTHING_RUNS)
    assert texts.NONE_AT_RISK in await typed(stage, cleo, "/goals at-risk")
    assert "Search has no goals yet." in await typed(stage, dana, "/goals")
    for goal in ("faster-search", "fewer-failed-payments", "a-second-provider"):
        change(stage, goal, status=GoalStatus.ACTIVE)
    assert texts.NONE_PAST in await typed(stage, cleo, "/goals past")


async def test_a_page_that_is_no_more_there_gives_the_last_one(stage: Stage) -> None:
    a_year_of_goals(stage)
    anna = stage.visitor("anna")
    await typed(stage, anna, "/goals all")
    with stage.store.transaction() as tx:
        over = [goal for goal in tx.goals.all() if goal.ends == LAST_HALF["ends"]]
        tx.goals.save(*(replace(goal, status=GoalStatus.DONE) for goal in over))
    shown = await follow(stage, anna, Action.GOALS_NEXT)
    assert shown.startswith("Running today") and "Page" not in shown


async def test_whoever_may_set_goals_gets_the_buttons(stage: Stage) -> None:
    dana, anna = stage.visitor("dana"), stage.visitor("anna")
    await typed(stage, dana, "/goals all")
    assert texts.SET in buttons(newest(dana))
    await typed(stage, anna, "/goals all")
    assert buttons(newest(anna))[-2:] == [texts.MINE, texts.AT_RISK]
