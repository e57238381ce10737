"""Work whose goal is missing reaches those who own the team's goals: in their messages, without a name."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.slack.ids import Action
from tests.bot.harness import DAY, MONDAY, Stage, company
from tests.bot.slack.talking import click, direct, fill, said

pytestmark = pytest.mark.anyio

HOSTILE = "Moved <!channel> & the *ledger*"
MISSING = "The goal is missing from this list"
TOLD = (
    "1 answer of Payments names work whose goal is missing from the list. "
    "If it belongs there, add it: `/goals`, then “Set goals”."
)


async def answer_without_goal(stage: Stage, name: str, text: str) -> None:
    person = stage.visitor(name)
    await click(stage, person, Action.UPDATE, person.messages()[0])
    assert await fill(stage, person, {"text_1": text, "goal_1": MISSING, "size_1": "most"}) == {}


def own(stage: Stage, goal: str, name: str) -> None:
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(goal), owner=stage.person(name)))


async def test_journey_a_missing_goal_reaches_its_owners(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        own(stage, "fewer-failed-payments", "ben")
        own(stage, "a-second-provider", "dana")
        await stage.advance(to=MONDAY)
        await answer_without_goal(stage, "anna", HOSTILE)
        assert direct(stage, "ben") == []  # not before the round has closed
        sent = len(stage.posted())
        await stage.advance(to=MONDAY + 2 * DAY + timedelta(hours=6))  # La Paz is the last to close
        told = [message["blocks"][0]["text"]["text"] for message in stage.posted()[sent:]]

        assert len(told) == 2
        assert said(stage.visitor("ben").last()) == f"{TOLD}\n• “Moved &lt;!channel&gt; &amp; the *ledger*”"
        dana = said(stage.visitor("dana").last())  # she owns a goal, and is neither of the team nor its lead
        assert dana.startswith("1 answer of Payments names") and "a lead of Payments can add it" in dana
        assert "ledger" not in dana
        assert not any("Anna" in text for text in told)
        await stage.advance(by=DAY)
        assert len(stage.posted()) == sent + 2


async def test_a_late_answer_tells_by_itself(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        await stage.advance(to=MONDAY)
        await stage.advance(to=MONDAY + 3 * DAY)
        sent = len(stage.posted())
        await answer_without_goal(stage, "anna", HOSTILE)
        assert [message["channel"] for message in stage.posted()[sent:]] == [stage.visitor("ben").dm]
        assert said(stage.visitor("ben").last()).startswith(TOLD)
