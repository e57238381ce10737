"""Leads and admins add and edit goals in a form; advice comes after the saving and never stands in its way."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action, Callback
from bot.texts import goal_forms as texts
from checkins.model import Goal, GoalChange, GoalStatus, Level, Measure, Person, Team
from checkins.smart import Smart
from tests.bot.harness import Stage, company
from tests.bot.slack.screens import typed, window
from tests.bot.slack.talking import fill

pytestmark = pytest.mark.anyio

SHARP = {
    "title": "Refunds within a day",
    "description": "From the click to the money on the account",
    "supports": "Fewer failed payments",
    "measure": "Refunds within 24 hours",
    "framework": "HEART: task success",
    "baseline": "40 %",
    "target": "90 %",
    "unit": "%",
    "current": "42,5",
}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with company(tmp_path) as stage:
        await stage.pump()
        yield stage


def goal_of(stage: Stage, goal: str) -> Goal:
    with stage.store.snapshot() as tx:
        return tx.goals.get(goal)


def log_of(stage: Stage, goal: str) -> list[GoalChange]:
    with stage.store.snapshot() as tx:
        return tx.goal_log.changes(goal)


async def opened(stage: Stage, person: Visitor, line: str) -> dict[str, Any]:
    """Type a command that opens the form; its fields by name."""
    command, _, text = line.partition(" ")
    await person.command(command, text)
    await stage.rest()
    return fields(person)


def fields(person: Visitor) -> dict[str, Any]:
    assert person.view is not None and person.view.body["callback_id"] == Callback.GOAL
    return {block["block_id"]: block["element"] for block in person.view.body["blocks"] if block["type"] == "input"}


async def test_journey_a_lead_adds_and_edits_a_goal(stage: Stage) -> None:
    dana, before = stage.visitor("dana"), len(stage.posted())
    shown = await opened(stage, dana, "/goals add")
    assert [option["text"]["text"] for option in shown["team"]["options"]] == ["Search"]
    assert "starts" not in shown and "status" not in shown
    assert await fill(stage, dana, SHARP | {"owner": stage.users["anna"].id}) == {}
    assert dana.views == []  # nothing to advise
    goal = goal_of(stage, "refunds-within-a-day")
    assert (goal.team, goal.supports, goal.owner) == ("search", ("fewer-failed-payments",), stage.person("anna"))
    assert (str(goal.starts), str(goal.ends)) == ("2026-07-01", "2026-09-30")
    assert goal.measure is not None and goal.measure.framework == "heart:task_success"
    assert (goal.measure.baseline, goal.measure.target, goal.measure.current) == (40, 90, 42.5)

    shown = await opened(stage, dana, "/goals edit refunds")
    assert shown["title"]["initial_value"] == "Refunds within a day"
    assert shown["supports"]["initial_options"][0]["text"]["text"] == "Fewer failed payments"
    assert shown["owner"]["initial_user"] == stage.users["anna"].id
    await dana.click_view(Action.GOAL_PERIOD, "free")
    await stage.rest()
    assert fields(dana)["ends"]["initial_date"] == "2026-09-30"
    change = {"title": "Refunds within hours", "ends": "2026-11-30", "status": "Paused", "why": "Bank was slow"}
    assert await fill(stage, dana, change) == {}
    goal = goal_of(stage, goal.id)
    assert (goal.title, str(goal.ends), goal.status) == ("Refunds within hours", "2026-11-30", GoalStatus.PAUSED)
    assert goal.measure is not None and goal.measure.current == 42.5
    edited = [change for change in log_of(stage, goal.id) if change.why]
    assert {change.what for change in edited} == {"title", "status", "ends"}
    assert {(change.person, change.why) for change in edited} == {(stage.person("dana"), "Bank was slow")}
    assert len(stage.posted()) == before


async def test_journey_smart_advice_never_refuses(stage: Stage) -> None:
    ben, before = stage.visitor("ben"), len(stage.posted())
    await opened(stage, ben, "/goals add Fly")
    await ben.click_view(Action.GOAL_PERIOD, "free")
    await stage.rest()
    assert await fill(stage, ben, {}) == {}  # the title came with the command
    assert window(ben).splitlines() == ["Stored. Five things would make it stronger:"] + [
        f"• {advice}" for advice in texts.ADVICE.values()
    ]
    assert goal_of(stage, "fly").team == "payments"

    await opened(stage, ben, "/goals edit fly")
    part = SHARP | {"title": "Fly to the moon", "supports": []}
    assert await fill(stage, ben, part) == {}
    assert window(ben).splitlines() == [
        "Stored. Two things would make it stronger:",
        f"• {texts.ADVICE[Smart.RELEVANT]}",
        f"• {texts.ADVICE[Smart.TIME_BOUND]}",
    ]
    assert len(stage.posted()) == before


async def test_several_goals_are_offered_and_a_typo_is_understood(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await typed(stage, ben, "/goals edit")
    offered = ben.ephemerals()[-1]["blocks"][0]["accessory"]
    assert [option["text"]["text"] for option in offered["options"]] == [
        "A second provider",
        "Faster search",
        "Fewer failed payments",
    ]
    await ben.click(ben.ephemerals()[-1], Action.GOAL_EDIT, "Faster search")
    await stage.rest()
    assert fields(ben)["title"]["initial_value"] == "Faster search"
    shown = await opened(stage, ben, "/align goals edit fewer faild payment")
    assert shown["title"]["initial_value"] == "Fewer failed payments"
    assert "None of the goals you can edit has “xyzzy”. `/goals edit` lists them." in await typed(
        stage, ben, "/goals edit xyzzy"
    )


async def test_who_may_set_none_hears_whom_to_ask(stage: Stage) -> None:
    anna = stage.visitor("anna")
    for line in ("/goals add", "/goals edit", "/goals edit faster search"):
        assert await typed(stage, anna, line) == "Leads and admins set goals. Ask Ben Ode."
    assert anna.views == []


async def test_a_lead_is_offered_no_circle_and_no_other_team(stage: Stage) -> None:
    dana = stage.visitor("dana")
    await opened(stage, dana, "/goals add")
    assert await fill(stage, dana, SHARP | {"supports": "Faster search"}) == {}
    await opened(stage, dana, "/goals edit faster search")
    offered = [option["text"]["text"] for option in await dana.suggest("supports")]
    assert offered == ["A second provider", "Fewer failed payments"]
    assert [option["text"]["text"] for option in await dana.suggest("supports", "PROVIDER")] == ["A second provider"]
    assert await dana.suggest("supports", "xyzzy") == []
    assert "None of the goals you can edit has “provider”." in await typed(stage, dana, "/goals edit provider")


@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        ({"title": " "}, {"title": "Give the goal a title."}),
        ({"target": "40"}, {"target": "This is the baseline already. Write where the measure should get."}),
        ({"baseline": "many"}, {"baseline": "Write a number, like 12.5, 12,5, 40 % or 1 200."}),
        ({"measure": ""}, {"measure": "Say what is measured, or leave its numbers and unit empty."}),
        (
            {"title": "faster  SEARCH"},
            {"title": "“Faster search” is a goal already (no dates). Change that one, or find another title."},
        ),
    ],
)
async def test_a_problem_stands_at_its_field_and_nothing_is_stored(
    stage: Stage, answers: dict[str, Any], problems: dict[str, str]
) -> None:
    dana = stage.visitor("dana")
    await opened(stage, dana, "/goals add")
    assert await fill(stage, dana, SHARP | answers) == problems
    assert await fill(stage, dana, {name: SHARP[name] for name in answers}) == {}
    assert goal_of(stage, "refunds-within-a-day").title == SHARP["title"]


async def test_free_dates_that_run_backwards(stage: Stage) -> None:
    dana = stage.visitor("dana")
    await opened(stage, dana, "/goals add")
    assert await fill(stage, dana, {"title": "X", "measure": "", "unit": "days"}) != {}
    await dana.click_view(Action.GOAL_PERIOD, "free")
    await stage.rest()
    days = {"starts": "2026-10-02", "ends": "2026-10-01"}
    assert await fill(stage, dana, SHARP | days) == {"ends": "The last day lies before the first."}
    await dana.click_view(Action.GOAL_PERIOD, "next_quarter")
    await stage.rest()
    assert await fill(stage, dana, {}) == {}
    assert str(goal_of(stage, "refunds-within-a-day").starts) == "2026-10-01"


async def test_a_goal_closed_meanwhile_is_said_at_the_field(stage: Stage) -> None:
    dana = stage.visitor("dana")
    await opened(stage, dana, "/goals add")
    assert await fill(stage, dana, SHARP | {"target": "x"}) != {}
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("fewer-failed-payments"), status=GoalStatus.DONE))
    errors = await fill(stage, dana, {"target": "90"})
    assert errors == {"supports": "“Fewer failed payments” is done meanwhile. Choose another one."}


async def test_hundreds_of_teams_and_very_long_texts_fit_the_form(stage: Stage) -> None:
    ben, person = stage.visitor("ben"), stage.person("ben")
    with stage.store.transaction() as tx:
        tx.teams.save(*(Team(id=f"t{n}", name=f"Team {n}", leads=(person,)) for n in range(250)))
        measure = Measure(name="m" * 200, framework="North star\n", unit="u" * 60, baseline=1e20, target=1.234)
        title, said = "😀 words " * 60, "line\n" * 900
        goal = Goal(id="g", title=title, description=said, team="t7", measure=measure, supports=("faster-search",))
        tx.goals.save(goal)
    shown = await opened(stage, ben, "/goals edit words")
    assert len(shown["title"]["initial_value"]) <= 150
    assert await fill(stage, ben, {"level": "Product", "depends_on": ["Team 249", "Team 3"]}) == {}
    kept = replace(goal, level=Level.PRODUCT, depends_on=("t249", "t3"), measure=replace(measure, name="m" * 200))
    assert replace(goal_of(stage, "g"), updated_at=None) == kept


async def test_an_owner_without_an_account_stays(stage: Stage) -> None:
    dana = stage.visitor("dana")
    with stage.store.transaction() as tx:
        tx.people.save(Person(id="noa", name="Noa Lund"))
        tx.goals.save(replace(tx.goals.get("faster-search"), owner="noa"))
    await opened(stage, dana, "/goals edit faster search")
    assert "Noa Lund has no account here" in str(dana.view and dana.view.body["blocks"])
    assert await fill(stage, dana, {"title": "Much faster search"}) == {}
    assert goal_of(stage, "faster-search").owner == "noa"


async def test_edited_from_the_detail_the_detail_is_drawn_anew(stage: Stage) -> None:
    dana, anna = stage.visitor("dana"), stage.visitor("anna")
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("faster-search"), owner=stage.person("anna")))
    await dana.command("/goals", "show faster search")
    await stage.rest()
    await dana.click_view(Action.GOAL_EDIT)
    await stage.rest()
    assert await fill(stage, dana, {"title": "Much faster search"}) == {}
    assert "would make it stronger" in window(dana)
    assert "*Much faster search*" in str(dana.views[0].body["blocks"])
    await anna.command("/goals", "show faster search")
    await stage.rest()
    assert anna.view is not None and Action.GOAL_EDIT not in str(anna.view.body), "owners post updates"
