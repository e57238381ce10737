"""`/checkin history`: one's own answers, nobody else's."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.sandbox.limits import block_faults
from bot.sandbox.visitor import Visitor
from bot.slack import history
from bot.slack.ids import Action
from checkins.history import Past
from checkins.model import CheckIn, Entered, Goal, Team, WorkItem
from checkins.wording import percent
from tests.bot.harness import DAY, MONDAY, WEEK, Stage
from tests.bot.slack.screens import typed
from tests.bot.slack.talking import RETRIES, click, fill

pytestmark = pytest.mark.anyio


async def answered(stage: Stage, person: Visitor, filled: dict[str, Any], action: Action = Action.UPDATE) -> None:
    await click(stage, person, action)
    assert await fill(stage, person, filled) == {}


async def test_journey_history_shows_only_my_own_answers(stage: Stage, anna: Visitor) -> None:
    await answered(stage, anna, RETRIES | {"worked_with": "Search", "note": "Tired"})
    await answered(stage, anna, {"text_1": "Retries, all of them"}, Action.EDIT)
    await answered(stage, stage.visitor("dana"), {"text_1": "Ranking", "goal_1": "Faster search"})
    await stage.advance(to=MONDAY + WEEK)
    await click(stage, anna, Action.SAME)
    await stage.advance(to=MONDAY + 2 * WEEK)
    await stage.advance(to=MONDAY + 2 * WEEK + 3 * DAY)
    await answered(stage, anna, {"text_1": "Late work"})

    before = len(stage.posted())
    shown = await typed(stage, anna, "/checkin history")
    assert shown.startswith("*Your answers*\n*21 September 2026* · Payments · by form · late\n• Late work")
    assert "*14 September 2026* · Payments · same as the time before\n• Retries, all of them" in shown
    first = shown[shown.index("*7 September") :]
    assert first.startswith(
        "*7 September 2026* · Payments · by form · edited 1 time\n"
        f"• Retries, all of them  →  _Fewer failed payments_ · {percent(1)}\n"
        "Teams you worked with: Search\nNote to the leads: Tired"
    )
    assert "Your answer for *Payments* is seen by your team, your leads and admins." in shown
    assert "`/align privacy` sends you everything." in shown
    assert "Ranking" not in shown
    assert anna.ephemerals()[-1]["is_ephemeral"]
    assert len(stage.posted()) == before
    assert await typed(stage, anna, "/align checkin history") == shown
    assert "Ranking" in await typed(stage, stage.visitor("dana"), "/checkin history")


async def test_nothing_yet(stage: Stage, anna: Visitor) -> None:
    assert (await typed(stage, anna, "/checkin history")).startswith("You have not answered a check-in yet")


HOSTILE = "<!channel> & <@U1> "


def past(*, number: int, earlier: int = 0, text: str = HOSTILE * 20) -> Past:
    teams = tuple(Team(id=f"t{n}", name=f"{HOSTILE}{n}") for n in range(30))
    goal = Goal(id="g", title=HOSTILE * 20)
    answer = CheckIn(
        id="c",
        person="p",
        team="t0",
        date=date(2026, 9, 7),
        items=tuple(WorkItem(text=text[:280], goal="g", share=0.2) for _ in range(5)),
        worked_with=tuple(team.id for team in teams),
        note=text,
        entered=Entered.TEXT,
        late=True,
        revision=3,
    )
    answers = tuple(replace(answer, date=answer.date - timedelta(weeks=week)) for week in range(number))
    return Past(answers=answers, earlier=earlier, goals=(goal,), goal_titles={"g": goal.title}, teams=teams)


def test_the_limits_of_a_message_hold_and_nobody_is_notified() -> None:
    made = history.answers(past(number=8, earlier=40), align="/align")
    assert block_faults(made, "message", "") == []
    assert "<!channel>" not in str(made) and "<@U1>" not in str(made)
    assert "And 40 earlier. `/align privacy` sends you everything." in str(made)
    assert "in your own words · late · edited 2 times" in str(made)
