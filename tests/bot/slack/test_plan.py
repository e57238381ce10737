"""A lead sets the plan: the sum follows what is typed, scores order it, and only what was touched is stored."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack import plan_blocks
from bot.slack.ids import Action, Callback
from checkins.goals import NO_PERCENTAGE
from checkins.model import CheckIn, Goal, GoalStatus, Ice, WorkItem
from checkins.wording import NBSP
from tests.bot.harness import DAY, Stage, company
from tests.bot.slack.screens import typed, window
from tests.bot.slack.talking import fill

pytestmark = pytest.mark.anyio

FEWER, SECOND, FASTER = "weight:fewer-failed-payments", "weight:a-second-provider", "weight:faster-search"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Search works on a goal of Payments too."""
    async with company(tmp_path) as stage:
        put(stage, "a-second-provider", contributing_teams=("search",))
        await stage.pump()
        yield stage


def put(stage: Stage, goal: str, **fields: Any) -> None:
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(goal), **fields))


def goal_of(stage: Stage, goal: str) -> Goal:
    with stage.store.snapshot() as tx:
        return tx.goals.get(goal)


async def opened(stage: Stage, person: Visitor, line: str = "/goals plan") -> dict[str, dict[str, Any]]:
    command, _, text = line.partition(" ")
    await person.command(command, text)
    await stage.rest()
    return fields(person)


def fields(person: Visitor) -> dict[str, dict[str, Any]]:
    """The fields of the plan, by name and in order, wherever it lies in the stack."""
    plan = next(view for view in person.views if view.body["callback_id"] == Callback.PLAN)
    return {block["block_id"]: block for block in plan.body["blocks"] if block["type"] == "input"}


def sums(person: Visitor) -> list[str]:
    plan = next(view for view in person.views if view.body["callback_id"] == Callback.PLAN)
    named = (plan_blocks.SUM, plan_blocks.SUM_ABOVE)
    return [block["text"]["text"].replace(NBSP, " ") for block in plan.body["blocks"] if block["block_id"] in named]


async def enter(stage: Stage, person: Visitor, name: str, text: str) -> str:
    """Type into a field; the sum that is shown then."""
    await person.choose(name, text)
    await stage.rest()
    (shown,) = sums(person)
    return shown


async def test_journey_a_lead_sets_the_plan_and_sees_the_sum(stage: Stage) -> None:
    dana, before = stage.visitor("dana"), len(stage.posted())
    shown = await opened(stage, dana)
    assert list(shown) == [FASTER, SECOND, "reserve", "why"]
    assert shown[SECOND]["hint"]["text"] == "Payments’ goal"
    assert sums(dana) == ["*Sum: 50 %* · 50 % not planned"]

    assert await enter(stage, dana, SECOND, "35") == "*Sum: 85 %* · 15 % not planned"
    assert await enter(stage, dana, "reserve", "10 %") == "*Sum: 95 %* · reserve 10 % · 5 % not planned"
    assert await enter(stage, dana, "reserve", "25") == "*Sum: 110 %*: bring it to 100 or less"
    assert dana.view is not None and dana.view.values[SECOND]["plan.typed:"]["value"] == "35"
    assert await fill(stage, dana, {"why": "New market"}) == {
        "reserve": "Goals and reserve together make 110%. Bring them to 100 or less."
    }
    assert await enter(stage, dana, "reserve", "15") == "*Sum: 100 %* · reserve 15 %"
    assert await fill(stage, dana, {}) == {}
    assert dana.views == []
    assert dict(goal_of(stage, "a-second-provider").weights) == {"search": 0.35}
    with stage.store.snapshot() as tx:
        assert tx.teams.get("search").reserve == 0.15
        (change,) = tx.goal_log.changes("a-second-provider")[-1:]
    assert (change.what, change.person, change.why) == ("weight:search", stage.person("dana"), "New market")
    assert len(stage.posted()) == before  # those concerned hear of it once it has settled
    await stage.advance(by=3 * DAY)
    assert any("New market" in str(message) for message in stage.posted()[before:])


async def test_journey_scores_sort_the_plan(stage: Stage) -> None:
    ben, before = stage.visitor("ben"), len(stage.posted())
    put(stage, "faster-search", contributing_teams=("payments",))
    assert list(await opened(stage, ben, "/align goals plan payments"))[:3] == [FEWER, SECOND, FASTER]
    assert await enter(stage, ben, SECOND, "25") == "*Sum: 85 %* · 15 % not planned"
    await ben.click_view(Action.PLAN_SCORE)
    await stage.rest()
    await score(stage, ben, "a-second-provider", 8, 6, 5)
    assert f"*A second provider*\nICE{NBSP}240 (8{NBSP}×{NBSP}6{NBSP}×{NBSP}5)" in window(ben)
    await score(stage, ben, "fewer-failed-payments", 2, 2)
    assert "*Fewer failed payments*\nnot scored" in window(ben)
    await ben.close_view()
    assert fields(ben)[SECOND]["hint"]["text"].replace(NBSP, " ") == "ICE 240 (8 × 6 × 5)"
    assert sums(ben) == ["*Sum: 85 %* · 15 % not planned"]  # what is typed counts still

    await ben.click_view(Action.PLAN_ARRANGE)
    await stage.rest()
    assert list(fields(ben))[:3] == [SECOND, FEWER, FASTER]
    assert await fill(stage, ben, {}) == {}
    assert goal_of(stage, "a-second-provider").weight == 0.25
    assert goal_of(stage, "a-second-provider").ice == Ice(impact=8, confidence=6, ease=5)
    assert goal_of(stage, "fewer-failed-payments").ice is None

    await opened(stage, ben, "/goals plan payments")
    await ben.click_view(Action.PLAN_SCORE)
    await stage.rest()
    await ben.click_view(Action.ICE_EASE, "none", block_id="score:a-second-provider")
    await stage.rest()
    assert goal_of(stage, "a-second-provider").ice is None
    assert len(stage.posted()) == before


async def score(stage: Stage, person: Visitor, goal: str, *numbers: int) -> None:
    parts = (Action.ICE_IMPACT, Action.ICE_CONFIDENCE, Action.ICE_EASE)
    for action, number in zip(parts, numbers, strict=False):
        await person.click_view(action, str(number), block_id=f"score:{goal}")
        await stage.rest()


async def test_last_quarters_effort_stands_beside_each_goal(stage: Stage) -> None:
    ben, today = stage.visitor("ben"), stage.clock.now().date()
    items = (
        WorkItem(text="Retries", goal="fewer-failed-payments", share=0.25),
        WorkItem(text="Pager", goal="a-second-provider", share=0.75),
    )
    with stage.store.transaction() as tx:
        answer = CheckIn(id="1", person=stage.person("anna"), team="payments", date=today - DAY, items=items)
        tx.check_ins.save(answer, at=stage.clock.now())
    shown = await opened(stage, ben, "/goals plan payments")
    hints = [shown[name]["hint"]["text"].replace(NBSP, " ") for name in (FEWER, SECOND)]
    assert hints == ["Last quarter 25 % of the work, 1 answer", "Last quarter 75 % of the work, 1 answer"]


async def test_what_cannot_be_stored_is_said_at_its_field_and_kept_there(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await opened(stage, ben, "/goals plan payments")
    assert "1 field without a number from 0 to 100" in await enter(stage, ben, FEWER, "half")
    assert await fill(stage, ben, {SECOND: "-5"}) == {FEWER: NO_PERCENTAGE, SECOND: NO_PERCENTAGE}
    put(stage, "fewer-failed-payments", status=GoalStatus.DONE)
    assert await fill(stage, ben, {FEWER: "50", SECOND: "20"}) == {
        FEWER: "This goal runs no more. Write 60 again to save the rest."
    }
    assert await fill(stage, ben, {FEWER: "60"}) == {}
    assert (goal_of(stage, "fewer-failed-payments").weight, goal_of(stage, "a-second-provider").weight) == (0.6, 0.2)


async def test_two_leads_at_once_keep_what_the_other_stored(stage: Stage) -> None:
    ben, dana = stage.visitor("ben"), stage.visitor("dana")
    await opened(stage, ben, "/goals plan search")
    await opened(stage, dana)
    assert await fill(stage, dana, {FASTER: "40"}) == {}
    await ben.choose(SECOND, "20")
    assert await fill(stage, ben, {}) == {}
    assert goal_of(stage, "faster-search").weight == 0.4
    assert dict(goal_of(stage, "a-second-provider").weights) == {"search": 0.2}


async def test_the_newest_typing_wins_however_fast_it_comes(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await opened(stage, ben, "/goals plan payments")
    await asyncio.gather(*(ben.choose("reserve", text) for text in ("1", "", "9", "90", "9", "", "1", "10")))
    await stage.rest()
    assert sums(ben) == ["*Sum: 100 %* · reserve 10 %"]
    await asyncio.gather(ben.choose("reserve", "7"), ben.submit({"reserve": "5"}))
    await stage.rest()
    assert ben.alerts == [] and ben.views == []


async def test_who_may_set_several_plans_is_asked_which(stage: Stage) -> None:
    ben = stage.visitor("ben")
    assert "Which team's plan" in await typed(stage, ben, "/goals plan")
    await ben.click(ben.ephemerals()[-1], Action.PLAN, "Search")
    await stage.rest()
    assert FASTER in fields(ben)
    await ben.close_view()
    await typed(stage, ben, "/goals all")
    await ben.click(ben.ephemerals()[-1], Action.PLAN)
    await stage.rest()
    assert "Which team's plan" in str(ben.ephemerals()[-1])
    await typed(stage, ben, "/goals team search")
    await ben.click(ben.ephemerals()[-1], Action.PLAN)
    await stage.rest()
    assert FASTER in fields(ben)


async def test_members_hear_whom_to_ask(stage: Stage) -> None:
    anna, dana = stage.visitor("anna"), stage.visitor("dana")
    assert await typed(stage, anna, "/goals plan") == "Leads and admins set goals. Ask Ben Ode."
    assert "Only a lead of Payments" in await typed(stage, dana, "/goals plan payments")
    assert "There is no team called “Sales”" in await typed(stage, dana, "/goals plan Sales")
    assert anna.views == dana.views == []


async def test_contributing_leads_see_scores_that_are_not_theirs_to_give(stage: Stage) -> None:
    dana = stage.visitor("dana")
    put(stage, "a-second-provider", ice=Ice(impact=1, confidence=2, ease=3))
    assert f"ICE{NBSP}6" in (await opened(stage, dana))[SECOND]["hint"]["text"]
    await dana.click_view(Action.PLAN_SCORE)
    await stage.rest()
    assert "Faster search" in window(dana) and "A second provider" not in window(dana)


async def test_sixty_goals_fit_and_say_where_the_others_are(stage: Stage) -> None:
    ben, now = stage.visitor("ben"), stage.clock.now()
    with stage.store.transaction() as tx:
        tx.goals.save(*(Goal(id=f"goal-{n}", title=f"Goal {n:02}", team="payments", updated_at=now) for n in range(60)))
    assert len(await opened(stage, ben, "/goals plan payments")) == plan_blocks.STEP + 2
    assert "37 more goals without a declared share." in window(ben)
    assert len(sums(ben)) == 2
    await ben.choose("weight:goal-7", "5")
    await stage.rest()
    assert sums(ben) == ["*Sum: 95 %* · 5 % not planned"] * 2
    for shown in (50, 62):
        await ben.click_view(Action.PLAN_MORE)
        await stage.rest()
        assert len(fields(ben)) == shown + 2
    assert "more goals" not in window(ben)
    await ben.click_view(Action.PLAN_SCORE)
    await stage.rest()
    assert "Page 1 of 4" in window(ben)
    await ben.click_view(Action.SCORE_NEXT)
    await stage.rest()
    assert "Page 2 of 4" in window(ben)
    await ben.close_view()
    assert await fill(stage, ben, {"weight:goal-59": "5"}) == {}
    assert (goal_of(stage, "goal-7").weight, goal_of(stage, "goal-59").weight) == (0.05, 0.05)


async def test_a_hundred_goals_are_cut_where_the_form_is_full(stage: Stage) -> None:
    ben, now = stage.visitor("ben"), stage.clock.now()
    with stage.store.transaction() as tx:
        tx.goals.save(*(Goal(id=f"goal-{n}", title=f"Goal {n:02}", team="payments", updated_at=now) for n in range(98)))
    await opened(stage, ben, "/goals plan payments")
    for _ in range(3):
        await ben.click_view(Action.PLAN_MORE)
        await stage.rest()
    assert len(fields(ben)) == plan_blocks.MOST + 2
    assert "20 more goals without a declared share do not fit here." in window(ben)


async def test_a_team_without_goals_can_set_its_reserve(stage: Stage) -> None:
    dana = stage.visitor("dana")
    for goal in ("faster-search", "a-second-provider"):
        put(stage, goal, status=GoalStatus.PAUSED)
    assert list(await opened(stage, dana)) == ["reserve", "why"]
    assert "Search has no goal that runs today." in window(dana)
    assert await fill(stage, dana, {"reserve": "30"}) == {}
    with stage.store.snapshot() as tx:
        assert tx.teams.get("search").reserve == 0.3
