"""One goal in a window: its facts, bar and history; an owner posts an update; a paused goal is taken up again."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import jobs
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action, Callback
from checkins import goal_updates
from checkins.goal_keeping import keep
from checkins.model import Goal, GoalStatus, Level, Measure
from checkins.wording import percent
from tests.bot.harness import DAY, FRIDAY, Stage, company
from tests.bot.slack.screens import texts, typed, window
from tests.bot.slack.talking import buttons, direct, fill, said

pytestmark = pytest.mark.anyio

GOAL = "fewer-failed-payments"
FAILED = Measure(name="Failed payments", framework="okr", baseline=8, target=2, unit="%", current=8)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Anna owns "Fewer failed payments", which supports Dana's goal of the organisation."""
    async with company(tmp_path) as stage:
        with stage.store.transaction() as tx:
            trusted = Goal(id="trusted", title="Trusted <by> all", level=Level.ORGANISATION, owner=stage.person("dana"))
            keep(tx, trusted, by=None, now=FRIDAY)
            mine = replace(tx.goals.get(GOAL), owner=stage.person("anna"), supports=("trusted",), measure=FAILED)
            keep(tx, mine, by=stage.person("ben"), now=FRIDAY, why="Agreed")
        await stage.pump()
        yield stage


def stored(stage: Stage, goal: str = GOAL) -> Goal:
    with stage.store.snapshot() as tx:
        return tx.goals.get(goal)


async def opened(stage: Stage, person: Visitor, words: str = "failed") -> str:
    await person.command("/goals", f"show {words}")
    await stage.rest()
    return window(person)


def offered(person: Visitor) -> list[str]:
    assert person.view is not None
    return buttons({"blocks": person.view.body["blocks"]})


def picture(person: Visitor) -> dict[str, Any] | None:
    assert person.view is not None
    return next((block for block in person.view.body["blocks"] if block["type"] == "image"), None)


async def post(stage: Stage, person: Visitor, **typed: str) -> dict[str, str]:
    await person.click_view(Action.GOAL_UPDATE)
    await stage.rest()
    assert person.view is not None and person.view.body["callback_id"] == Callback.GOAL_UPDATE
    return await fill(stage, person, typed)


async def test_journey_an_owner_posts_an_update(stage: Stage) -> None:
    anna, cleo, before = stage.visitor("anna"), stage.visitor("cleo"), len(stage.posted())
    shown = await opened(stage, anna)
    assert "*Fewer failed payments*" in shown and "owner Anna Berg" in shown
    assert "Supports “Trusted &lt;by&gt; all”" in shown
    assert f"░░░░░░░░░░ {percent(0)} · now 8 %, from 8 %, to 2 %" in shown
    assert offered(anna) == ["Post an update"]

    assert await post(stage, anna, text="Retries help", value="many") == {
        "value": "Write a number, like 12.5, 12,5, 40 % or 1 200."
    }
    assert await fill(stage, anna, {"text": "Retries help & more", "value": "5,0 %"}) == {}
    assert stored(stage).measure == replace(FAILED, current=5)
    shown = window(anna)
    assert anna.view is not None and anna.view.body["callback_id"] == Callback.GOAL_DETAIL
    assert f"▓▓▓▓▓░░░░░ {percent(0.5)} · now 5 %" in shown
    assert "Anna Berg: *5\N{NO-BREAK SPACE}%* · Retries help &amp; more" in shown

    shown = await opened(stage, cleo, "Fewer failed payments")
    assert "Retries help &amp; more" in shown and "Ben Ode: owner: Anna Berg (Agreed)" in shown
    assert offered(cleo) == []
    assert len(stage.posted()) == before


async def test_journey_a_goal_nobody_updates_is_paused_and_taken_up_again(stage: Stage) -> None:
    anna, dana = stage.visitor("anna"), stage.visitor("dana")
    alone(stage)
    before = told(stage)
    for day in range(14, 39):
        await tend(stage, day)
    assert told(stage) - before == {"anna": 4, "dana": 1}  # three reminders and the pause; Ben leads the team
    assert stored(stage).status is GoalStatus.PAUSED
    assert "How is it going?" in said(direct(stage, "anna")[-4])
    assert "which supports “Trusted &lt;by&gt; all”, is paused" in said(direct(stage, "dana")[-1])

    await dana.click(dana.last(), Action.GOAL_DETAIL)
    await stage.rest()
    assert "This goal is paused" in window(dana) and offered(dana) == []
    await anna.click(anna.last(), Action.GOAL_DETAIL)
    await stage.rest()
    assert "Trueline: status: active → paused (Nobody updated it after three reminders)" in window(anna)
    assert offered(anna) == ["Take up again", "Post an update"]
    await anna.click_view(Action.GOAL_TAKE_UP)
    await stage.rest()
    assert stored(stage).status is GoalStatus.ACTIVE
    assert "Anna Berg: status: paused → active" in window(anna) and "This goal is paused" not in window(anna)
    for day in range(39, 52):
        await tend(stage, day)
    assert told(stage) - before == {"anna": 4, "ben": 1, "dana": 2}  # the others hear that it runs again


def told(stage: Stage) -> Counter[str]:
    """How many direct messages everybody has."""
    return Counter({name: len(direct(stage, name)) for name in stage.users})


def alone(stage: Stage) -> None:
    """Close the other goals and end the check-ins, so that only reminders of one goal are counted."""
    with stage.store.transaction() as tx:
        others = (goal for goal in tx.goals.all() if goal.id not in (GOAL, "trusted"))
        tx.goals.save(*(replace(goal, status=GoalStatus.DONE) for goal in others))
        tx.goals.save(replace(tx.goals.get("trusted"), updated_at=FRIDAY + 1000 * DAY))
        for schedule in tx.rounds.schedules():
            tx.rounds.save_schedule(replace(schedule, active=False))


async def tend(stage: Stage, day: int) -> None:
    """The daily job at 14:00 in Berlin, and what comes of it."""
    stage.clock.advance_to(FRIDAY + day * DAY)
    await jobs.tend_goals(stage.context)
    await stage.pump()


async def test_the_picture_comes_after_the_third_value_and_is_drawn_once(stage: Stage) -> None:
    anna, ben = stage.visitor("anna"), stage.visitor("ben")
    values(stage, "7", "6")
    assert "█▁ from 7" in await opened(stage, anna) and picture(anna) is None
    assert await post(stage, anna, value="5") == {}
    image = picture(anna)
    assert image is not None and image["alt_text"] == "Values of “Fewer failed payments”, oldest first: 7, 6, 5 %."
    assert "█▅▁" not in window(anna)
    await opened(stage, ben)
    again = picture(ben)
    assert again is not None and again["slack_file"] == image["slack_file"]
    assert len(stage.sandbox.files) == 1


async def test_the_signs_stay_where_slack_does_not_take_the_picture(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.measure_pictures.WAITS", (0.0, 0.0))
    stage.sandbox.file_processing = timedelta(hours=1)
    values(stage, "7", "6", "5")
    assert "█▅▁ from 7" in await opened(stage, stage.visitor("anna"))
    assert picture(stage.visitor("anna")) is None


def values(stage: Stage, *values: str) -> None:
    for day, value in enumerate(values):
        goal_updates.post_update(
            stage.store, actor=stage.person("anna"), goal=GOAL, text="", value=value, now=FRIDAY - (9 - day) * DAY
        )


async def test_words_that_fit_several_goals_offer_them(stage: Stage) -> None:
    anna = stage.visitor("anna")
    shown = await typed(stage, anna, "/align goals show e")
    assert "Which goal do you mean?" in shown
    await anna.click(anna.ephemerals()[-1], Action.GOAL_DETAIL, GOAL)
    await stage.rest()
    assert "*Fewer failed payments*" in window(anna)
    assert "`/goals all` lists them" in await typed(stage, anna, "/goals show nothing of it")


async def test_a_goal_without_anything_said_has_a_short_detail(stage: Stage) -> None:
    shown = await opened(stage, stage.visitor("dana"), "faster")
    assert "Nobody has posted an update yet." in shown and "Ben Ode: set up" in shown
    assert "▓" not in shown and "░" not in shown


async def test_whoever_may_not_is_told_whom_to_ask(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await opened(stage, anna)
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(GOAL), owner=stage.person("cleo")))
    await anna.click_view(Action.GOAL_UPDATE)
    await stage.rest()
    assert texts(anna.view.body["blocks"]).startswith("Only the owner of “Fewer failed payments”")  # type: ignore[union-attr]
