"""Being away, as people say it in Slack, and holidays, about which nobody has to say anything."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.slack.ids import Action
from bot.texts import prompts as texts
from checkins.model import PromptState
from tests.acme import prompt_of
from tests.bot.harness import DAY, MONDAY, WEEK, Stage, company
from tests.bot.slack.screens import typed
from tests.bot.slack.talking import RETRIES, answer, buttons, click, direct, fill, said

pytestmark = pytest.mark.anyio

EASTER_MONDAY = datetime(2027, 3, 29, 7, 30, tzinfo=UTC)  # 09:30 in Berlin


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The company on the Friday before the first check-in."""
    async with company(tmp_path) as stage:
        yield stage


async def test_journey_away_from_the_day_it_is_said_to_the_day_after(stage: Stage) -> None:
    anna = stage.visitor("anna")
    assert await typed(stage, anna, "/checkin away 2026-09-07..2026-09-15") == (
        "You are away:\n• 7 September 2026 to 15 September 2026\n"
        "There is no check-in on these days, and none counts as missed. `/checkin away none` clears them."
    )
    for week in (0, 1):
        await stage.advance(to=MONDAY + week * WEEK)
        await stage.advance(by=DAY)
    assert direct(stage) == []
    assert len(direct(stage, "dana")) == 4  # two prompts, two reminders
    await stage.advance(to=MONDAY + 2 * WEEK)
    assert len(direct(stage)) == 1
    assert await typed(stage, anna, "/checkin away") == (
        "No days away are noted. Add some: `/checkin away 2026-12-20..2027-01-03`."
    )


async def test_a_prompt_that_stands_is_left_out_in_place_and_can_be_answered_anyway(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await stage.advance(to=MONDAY)
    await typed(stage, anna, "/align checkin away until 2026-09-11")
    await stage.pump()
    message = anna.messages()[0]
    assert texts.LEFT_OUT in said(message)
    assert buttons(message) == [texts.ANSWER_ANYWAY]
    await click(stage, anna, Action.UPDATE, message)
    assert await fill(stage, anna, RETRIES) == {}
    assert answer(stage) is not None
    assert buttons(anna.messages()[0]) == [texts.EDIT]
    assert len(direct(stage)) == 1


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/checkin away 2026-02-30", "There is no 2026-02-30 in the calendar."),
        ("/checkin away 2027-01-03..2026-12-20", "runs backwards"),
        ("/checkin away on *holiday*", "“on *holiday*” is no day I can read. Write days like"),
        ("/checkin awya", "Did you mean `/checkin away`?"),
    ],
)
async def test_what_cannot_be_read_gets_a_sentence_that_helps(stage: Stage, line: str, sentence: str) -> None:
    assert sentence in await typed(stage, stage.visitor("anna"), line)


async def test_clearing_brings_the_check_ins_back(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await typed(stage, anna, "/checkin away 2026-09-07..2026-09-15")
    assert await typed(stage, anna, "/checkin away none") == "Cleared. You are asked again from the next check-in on."
    assert await typed(stage, anna, "/checkin away none") == "No days away were noted."
    await stage.advance(to=MONDAY)
    assert len(direct(stage)) == 1


async def test_an_admin_says_it_for_others_and_colleagues_do_not(stage: Stage) -> None:
    line = "/checkin away @dana 2026-09-07"
    assert "Only Dana Roy, their lead or an admin can say" in await typed(stage, stage.visitor("anna"), line)
    ben = stage.visitor("ben")
    assert (await typed(stage, ben, line)).startswith("Dana Roy is away:\n• 7 September 2026")
    await stage.advance(to=MONDAY)
    assert direct(stage, "dana") == []
    assert await typed(stage, ben, "/checkin away @dana none") == (
        "Cleared. Dana Roy is asked again from the next check-in on."
    )
    assert await typed(stage, ben, "/checkin away @dana") == "No days away are noted for Dana Roy."


async def test_journey_a_public_holiday_is_quiet_without_a_word(tmp_path: Path) -> None:
    async with company(tmp_path, start=EASTER_MONDAY - 3 * DAY) as stage:
        await stage.advance(to=EASTER_MONDAY)
        await stage.advance(by=DAY)
        assert direct(stage) == []
        assert prompt_of(stage.store, stage.person("anna")).state is PromptState.AWAY
        await stage.advance(to=EASTER_MONDAY + WEEK)
        assert len(direct(stage)) == 1
