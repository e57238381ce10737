"""Tickets, issues and cards that an answer names are kept with it and lead where the settings say."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.ids import Action
from tests.bot.harness import MONDAY, Stage, company
from tests.bot.slack.screens import look_at_home, typed
from tests.bot.slack.talking import RETRIES, answer, click, direct, fill, said
from tests.mentions import JIRA

pytestmark = pytest.mark.anyio

TEXT = "Retries <PAY-12> in UTF-8, acme/pay#7"
LINKED = f"Retries &lt;<{JIRA}PAY-12|PAY-12>&gt; in UTF-8, <https://github.com/acme/pay/issues/7|acme/pay#7>"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with company(tmp_path, jira_url=JIRA) as stage:
        await stage.advance(to=MONDAY)
        yield stage


async def test_journey_a_ticket_in_an_answer_is_linked(stage: Stage) -> None:
    anna, before = stage.visitor("anna"), len(stage.posted())
    await click(stage, anna, Action.UPDATE)
    assert await fill(stage, anna, RETRIES | {"text_1": TEXT, "note": "Stuck on PAY-13"}) == {}
    stored = answer(stage)
    assert stored and stored.items[0].references == ("ticket:PAY-12", "github:acme/pay#7")

    receipt = anna.last()
    assert LINKED in said(receipt) and f"Stuck on <{JIRA}PAY-13|PAY-13>" in said(receipt)
    assert LINKED in await look_at_home(stage, anna)
    assert LINKED in await typed(stage, anna, "/checkin history")
    assert LINKED in await typed(stage, stage.visitor("cleo"), "/align work")
    assert len(stage.posted()) == before and len(direct(stage)) == 1

    await click(stage, anna, Action.EDIT, receipt)
    assert anna.view and TEXT in str(anna.view.body)  # a form shows what was typed
