"""When and how often one is asked, as people say it in Slack."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.texts import personal as texts
from tests.acme import prompt_of
from tests.bot.harness import DAY, MONDAY, WEEK, Stage, company
from tests.bot.slack.screens import typed
from tests.bot.slack.talking import direct, said

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The company on the Friday before the first check-in."""
    async with company(tmp_path) as stage:
        yield stage


@pytest.mark.parametrize(
    ("team", "own", "messages"), [("0", "auto", 1), ("1", "auto", 2), ("2", "auto", 3), ("2", "1", 2)]
)
async def test_journey_as_many_reminders_as_the_team_has_and_one_wants(
    stage: Stage, team: str, own: str, messages: int
) -> None:
    assert "Payments gets" in await typed(stage, stage.visitor("ben"), f"/checkin reminders team payments {team}")
    await typed(stage, stage.visitor("anna"), f"/checkin reminders {own}")
    await stage.advance(to=MONDAY)
    await stage.advance(to=MONDAY + DAY)
    await stage.advance(to=MONDAY + 2 * DAY - HOUR / 2)
    assert len(direct(stage)) == messages


async def test_the_last_reminder_says_that_it_is(stage: Stage) -> None:
    await typed(stage, stage.visitor("ben"), "/checkin reminders team Payments 2")
    await stage.advance(to=MONDAY)
    await stage.advance(to=MONDAY + DAY)
    await stage.advance(to=MONDAY + 2 * DAY - HOUR / 2)
    _, first, second = direct(stage)
    assert "last reminder" not in said(first)
    assert "This is the last reminder." in said(second)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/checkin reminders", "You get as many reminders as your team has."),
        ("/checkin reminders 0", "You get no reminder."),
        ("/checkin reminders 7", "There are 0, 1 or 2 reminders, not 7."),
        ("/checkin reminders many", "“many” is no number of reminders. Write `/checkin reminders 0`"),
        ("/checkin reminders team Payments 0", "Only a lead of Payments or an admin can do this."),
        ("/checkin reminders team Nobody 1", "There is no team “Nobody”."),
        ("/checkin zone", "Your time zone is *Europe/Berlin*, from your Slack profile."),
        ("/checkin zone Europe/Lisabon", "Did you mean Europe/Lisbon?"),
        ("/checkin country", "You have the public holidays of *Germany (DE)*, from your time zone. Choose another:"),
        ("/checkin country us", "*United States (US)*, as you chose. `/checkin country auto` follows"),
        ("/checkin country auto", "*Germany (DE)*, from your time zone."),
        ("/checkin country Germny", "I know no country “Germny”. Did you mean Germany (DE)?"),
        ("/checkin county DE", "Did you mean `/checkin country`?"),
        ("/checkin team", "Your home team is *Payments*: you are asked once, there."),
        ("/checkin team payments", "Your home team is *Payments*"),
        ("/checkin team Search", "You are not a member of Search. You are in Payments."),
        ("/checkin team Paymnets", "There is no team called “Paymnets”. Did you mean Payments?"),
        ("/checkin team *nope*", "There is no team called “*nope*”. `/align teams` lists them."),
    ],
)
async def test_each_word_answers_with_what_is_so_or_what_to_write(stage: Stage, line: str, sentence: str) -> None:
    assert sentence in await typed(stage, stage.visitor("anna"), line)


async def test_journey_three_silent_rounds_then_a_question_then_silence_until_resumed(stage: Stage) -> None:
    anna = stage.visitor("anna")
    for week in range(5):
        await stage.advance(to=MONDAY + week * WEEK)
        await stage.advance(to=MONDAY + week * WEEK + 3 * DAY)
    question = direct(stage)[-1]
    assert "Shall I pause?" in said(question)
    assert len(direct(stage)) == 3 + 1
    assert await typed(stage, anna, "/checkin resume") == texts.RESUMED
    await stage.advance(to=MONDAY + 5 * WEEK)
    assert len(direct(stage)) == 3 + 1 + 1


async def test_journey_pause_and_resume(stage: Stage) -> None:
    anna = stage.visitor("anna")
    assert (await typed(stage, anna, "/checkin pause")).startswith("Paused: you are not asked any more.")
    await stage.advance(to=MONDAY)
    assert direct(stage) == []
    await typed(stage, anna, "/checkin resume")
    await stage.advance(to=MONDAY + WEEK)
    assert len(direct(stage)) == 1


async def test_journey_another_country_other_holidays(stage: Stage) -> None:
    await typed(stage, stage.visitor("anna"), "/checkin country US")
    await stage.advance(to=MONDAY)  # Labor Day
    assert direct(stage) == []
    await stage.advance(to=MONDAY + WEEK)
    assert len(direct(stage)) == 1


async def test_journey_another_team_asks(stage: Stage) -> None:
    anna = stage.visitor("anna")
    with stage.store.transaction() as tx:
        search = tx.teams.get("search")
        tx.teams.save(replace(search, name="Search & <find>", members=(*search.members, stage.person("anna"))))
    said = await typed(stage, anna, "/checkin team")
    assert "You are also in Search &amp; &lt;find&gt;: `/checkin team NAME` changes it." in said
    assert "Your home team is *Search &amp; &lt;find&gt;*" in await typed(stage, anna, "/checkin team search & <find>")
    await stage.advance(to=MONDAY)
    assert prompt_of(stage.store, stage.person("anna")).team == "search"
    assert len(direct(stage)) == 1


async def test_journey_another_zone_another_hour(stage: Stage) -> None:
    anna = stage.visitor("anna")
    assert "*Europe/Lisbon*, as you chose" in await typed(stage, anna, "/checkin zone Europe/Lisbon")
    stage.sandbox.change_user(stage.users["anna"].id, tz="Asia/Tokyo")
    await stage.advance(to=MONDAY)
    assert direct(stage) == []
    await stage.advance(by=HOUR)  # half past nine in Lisbon
    assert len(direct(stage)) == 1
    assert "*Asia/Tokyo*, from your Slack profile" in await typed(stage, anna, "/checkin zone auto")
