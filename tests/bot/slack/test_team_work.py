"""`/align work`: a team's newest answers, goal by goal, without saying who answered."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.ids import Action
from tests.bot.harness import MONDAY, Stage, company
from tests.bot.slack.screens import typed
from tests.bot.slack.talking import RETRIES, click, fill

pytestmark = pytest.mark.anyio

NOTE = "Please move the deadline <!here>"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Anna of Payments has answered, with a note to its lead Ben."""
    async with company(tmp_path) as stage:
        await stage.advance(to=MONDAY)
        anna = stage.visitor("anna")
        await click(stage, anna, Action.UPDATE)
        pager = {"text_2": "Pager & alarms", "goal_2": "Keeping the lights on", "size_2": "some"}
        assert await fill(stage, anna, RETRIES | pager | {"worked_with": "Search", "note": NOTE}) == {}
        yield stage


async def work(stage: Stage, name: str, text: str = "") -> str:
    """What somebody reads on typing the command."""
    return await typed(stage, stage.visitor(name), f"/align work {text}".strip())


async def test_journey_a_team_reads_its_work_and_its_leads_the_notes(stage: Stage) -> None:
    before = len(stage.posted())
    for_team, for_lead = await work(stage, "cleo"), await work(stage, "ben", "payments")
    assert "*What Payments worked on* (7 September)" in for_team
    assert for_team.index("*Fewer failed payments* · 75") < for_team.index("*Keeping the lights on* · 25")
    assert "• Retry logic" in for_team and "• Pager &amp; alarms" in for_team
    assert "Teams you worked with: Search" in for_team
    assert "Anna" not in for_team and "deadline" not in for_team
    assert "*Anna Berg:* Please move the deadline &lt;!here&gt;" in for_lead
    assert "Cleo" not in for_team + for_lead  # nobody learns who has not answered
    assert len(stage.posted()) == before


async def test_other_teams_read_it_in_sums_only(stage: Stage) -> None:
    assert "Only Payments, its leads and admins see what it worked on." in (await work(stage, "dana", "Payments"))


async def test_a_team_without_answers_says_so(stage: Stage) -> None:
    assert "There are no answers of Search from the past weeks." in await work(stage, "dana")


async def test_an_unknown_team_is_named_with_those_there_are(stage: Stage) -> None:
    assert "Teams: Payments, Search." in await work(stage, "anna", "Growth")
