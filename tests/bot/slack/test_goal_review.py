"""The review of goals in Slack: from the notice, from App Home and by its word; its result leads to what is left."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import jobs
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action, Callback
from checkins import teams
from checkins.model import Goal, GoalStatus, Measure
from tests.bot.harness import Stage, company
from tests.bot.slack.screens import look_at_home, typed, whisper, window
from tests.bot.slack.talking import buttons, direct, fill, said

pytestmark = pytest.mark.anyio

JULY, SEPTEMBER, DECEMBER = date(2026, 7, 1), date(2026, 9, 30), date(2026, 12, 31)
WEDNESDAY = datetime(2026, 9, 23, 8, 0, tzinfo=UTC)  # a week before the quarter ends
FAILED, SECOND, SEARCH = "fewer-failed-payments", "a-second-provider", "faster-search"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Every goal ends with the quarter, in a week; Faster search supports Fewer failed payments."""
    async with company(tmp_path) as stage:
        stage.clock.advance_to(WEDNESDAY)
        await stage.pump()
        with stage.store.transaction() as tx:
            for goal in tx.goals.all():
                supports = (FAILED,) if goal.id == SEARCH else ()
                tx.goals.save(replace(goal, starts=JULY, ends=SEPTEMBER, supports=supports))
        yield stage


def goal_of(stage: Stage, goal: str) -> Goal:
    with stage.store.snapshot() as tx:
        return tx.goals.get(goal)


def fields(visitor: Visitor) -> dict[str, Any]:
    assert visitor.view is not None and visitor.view.body["callback_id"] == Callback.GOAL_REVIEW
    return {block["block_id"]: block for block in visitor.view.body["blocks"] if block["type"] == "input"}


def options(block: dict[str, Any]) -> list[str]:
    return [option["text"]["text"] for option in block["element"]["options"]]


async def ask_for(stage: Stage, visitor: Visitor, text: str = "") -> None:
    await visitor.command("/goals", f"review {text}".strip())
    await stage.rest()


async def test_journey_a_lead_reviews_the_quarter(stage: Stage) -> None:
    """One message, one click, one form; the goal to change takes one click more."""
    ben, before = stage.visitor("ben"), len(stage.posted())
    for _ in range(3):
        await jobs.remind_of_reviews(stage.context)
        await stage.pump()
    assert len(stage.posted()) == before + 2  # Ben leads Payments, Dana leads Search
    notice = direct(stage, "ben")[-1]
    assert "2 goals of Payments end on 30 September 2026" in said(notice)

    await ben.click(ben.last(), Action.GOAL_REVIEW)
    await stage.rest()
    shown = fields(ben)
    assert shown.keys() == {f"goal:{SECOND}", f"goal:{FAILED}", "why"}
    hint = shown[f"goal:{FAILED}"]["hint"]["text"].replace("\N{NO-BREAK SPACE}", " ")
    assert hint == "Ends 30 September 2026 · no measure · no answers in its period, planned 60 % · no update"
    assert options(shown[f"goal:{FAILED}"])[:2] == ["Keep until 31 December 2026", "Change: keep it and edit it"]
    answers = {f"goal:{FAILED}": "Done", f"goal:{SECOND}": "Change: keep it and edit it", "why": "It works"}
    assert await fill(stage, ben, answers) == {}
    assert "Stored: 1 kept to be edited and 1 done." in window(ben)
    assert "1 goal supports “Fewer failed payments”: “Faster search”. Give it another parent" in window(ben)
    assert (goal_of(stage, FAILED).status, goal_of(stage, SECOND).ends) == (GoalStatus.DONE, DECEMBER)

    await ben.click_view(Action.GOAL_EDIT, SECOND)
    await stage.rest()
    assert await fill(stage, ben, {"title": "Two providers more", "description": "", "level": "Team"}) == {}
    assert goal_of(stage, SECOND).title == "Two providers more"
    await jobs.remind_of_reviews(stage.context)
    await stage.pump()
    assert [m for m in direct(stage, "ben") if "Keep, change" in said(m)] == [notice]
    past = await typed(stage, ben, "/goals past")
    assert "Fewer failed payments" in past


async def test_app_home_offers_the_review_to_those_who_may(stage: Stage) -> None:
    dana, anna = stage.visitor("dana"), stage.visitor("anna")
    assert "Goals to review" in await look_at_home(stage, dana)
    assert "Goals to review" not in await look_at_home(stage, anna)
    await dana.click_home(Action.GOAL_REVIEW)
    await stage.rest()
    assert await fill(stage, dana, {f"goal:{SEARCH}": "Keep until 31 December 2026"}) == {}
    assert goal_of(stage, SEARCH).ends == DECEMBER
    assert "Goals to review" not in await look_at_home(stage, dana)


async def test_the_word_opens_the_form_or_lists_the_teams(stage: Stage) -> None:
    ben, anna = stage.visitor("ben"), stage.visitor("anna")
    assert await typed(stage, ben, "/goals review") == "*Payments* · 2 goals\n*Search* · 1 goal"
    await ben.click(ben.ephemerals()[-1], Action.GOAL_REVIEW, block_id=ben.ephemerals()[-1]["blocks"][1]["block_id"])
    await stage.rest()
    assert f"goal:{SEARCH}" in fields(ben)
    await ask_for(stage, ben, "payments")
    assert f"goal:{FAILED}" in fields(ben)
    assert "Nothing to review for “ops”. These have" in await typed(stage, ben, "/align goals review ops")
    assert "No goal waits for a review" in await typed(stage, anna, "/goals review")


async def test_a_form_with_nothing_chosen_or_a_long_reason_stays_open(stage: Stage) -> None:
    dana = stage.visitor("dana")
    await ask_for(stage, dana)
    assert await fill(stage, dana, {}) == {f"goal:{SEARCH}": "Choose what becomes of at least one goal."}
    assert goal_of(stage, SEARCH).status is GoalStatus.ACTIVE


async def test_a_long_review_goes_page_by_page(stage: Stage) -> None:
    with stage.store.transaction() as tx:
        measure = Measure(name="Weekly *signups*", baseline=0, target=10, current=5, unit="%")
        some = {"team": "search", "starts": JULY, "ends": date(2026, 8, 31), "measure": measure}
        tx.goals.save(*(Goal(id=f"g{n:02}", title=f"Goal {n}", **some) for n in range(30)))
    dana = stage.visitor("dana")
    await ask_for(stage, dana)
    first = fields(dana)
    assert len(first) == 21 and "20 of 31 goals" in window(dana)
    facts = first["goal:g00"]["hint"]["text"].split(" · ")
    assert facts[0] == "Over since 31 August 2026, not closed"
    assert facts[1] == "Weekly *signups*: now 5 %, from 0 %, to 10 % (50\N{NO-BREAK SPACE}% of the way)"
    assert await fill(stage, dana, {"goal:g00": "Drop"}) == {}
    assert "30 goals of this team still wait" in window(dana)
    await dana.click_view(Action.GOAL_REVIEW)
    await stage.rest()
    second = fields(dana)
    assert len(second) == 12 and not first.keys() & second.keys() - {"why"}
    assert await fill(stage, dana, {"goal:g29": "Keep until 31 October 2026"}) == {}
    assert Action.GOAL_REVIEW not in str(dana.view and dana.view.body)
    assert goal_of(stage, "g29").ends == date(2026, 10, 31)


async def test_admins_move_the_goals_of_an_archived_team(stage: Stage) -> None:
    teams.archive_team(stage.store, actor=stage.person("ben"), team="search")
    ben = stage.visitor("ben")
    shown = await typed(stage, ben, "/goals review")
    assert shown.splitlines()[1:] == [
        "*Teams that are archived*: move their goals or close them.",
        "*Search (archived)* · 1 goal",
    ]
    await ask_for(stage, ben, "search")
    assert options(fields(ben)[f"goal:{SEARCH}"]) == ["Change: move it or edit it", "Done", "Drop"]
    assert await fill(stage, ben, {f"goal:{SEARCH}": "Change: move it or edit it"}) == {}
    await ben.click_view(Action.GOAL_EDIT, SEARCH)
    await stage.rest()
    assert await fill(stage, ben, {"team": "Payments"}) == {}
    assert goal_of(stage, SEARCH).team == "payments"
    await ask_for(stage, ben)  # only Payments is left, and the goal that came has its new days
    assert fields(ben).keys() == {f"goal:{FAILED}", f"goal:{SECOND}", "why"}


async def test_journey_two_teams_are_merged(stage: Stage) -> None:
    """Three clicks from the list of teams; nobody gets a message, and everybody is asked as before."""
    ben, posted = stage.visitor("ben"), len(stage.posted())
    await typed(stage, ben, "/align teams")
    await ben.click(ben.ephemerals()[-1], Action.TEAM_CHANGE, "search")
    await stage.rest()
    await ben.click_view(Action.TEAM_MERGE)
    await stage.rest()
    assert "*Search* becomes part of another team, with 1 person and 1 open goal." in window(ben)
    assert await fill(stage, ben, {"into": "Payments"}) == {}
    assert "Search is part of Payments now: 1 person came, 1 goal went over." in window(ben)
    assert "The plan of Payments makes 140\N{NO-BREAK SPACE}% now." in window(ben)
    assert whisper(ben).splitlines()[0].startswith("*Payments* · 3 people, led by Ben Ode and Dana Roy")
    assert "Search" not in whisper(ben)
    assert len(stage.posted()) == posted
    with stage.store.snapshot() as tx:
        assert tx.people.get(stage.person("dana")).home_team == "payments"
        assert tx.teams.get("search").archived
    assert "Faster search" in await typed(stage, stage.visitor("anna"), "/goals")
    assert "has no goals" not in await typed(stage, ben, "/goals team payments")

    await stage.advance(to=datetime(2026, 9, 28, 7, 30, tzinfo=UTC))
    assert buttons(direct(stage, "dana")[-1])[0] == "Answer"


async def test_only_admins_see_the_button_to_merge(stage: Stage) -> None:
    dana = stage.visitor("dana")
    await typed(stage, dana, "/align teams")
    await dana.click(dana.ephemerals()[-1], Action.TEAM_CHANGE, "search")
    await stage.rest()
    assert dana.view is not None and Action.TEAM_MERGE not in str(dana.view.body)


async def test_the_last_team_has_none_to_merge_with(stage: Stage) -> None:
    teams.archive_team(stage.store, actor=stage.person("ben"), team="search")
    ben = stage.visitor("ben")
    await typed(stage, ben, "/align teams")
    await ben.click(ben.ephemerals()[-1], Action.TEAM_CHANGE, "payments")
    await stage.rest()
    await ben.click_view(Action.TEAM_MERGE)
    await stage.rest()
    assert window(ben) == "There is no other team to merge this one into."
