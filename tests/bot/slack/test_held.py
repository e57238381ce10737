"""The weekly budget in chat: a full week sends nothing more, and the rest waits in App Home."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.limits import block_faults
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from bot.texts import held as texts
from checkins import deliveries, teams
from checkins.teams import TeamDraft
from tests.bot.harness import DAY, MONDAY, Stage, company, profiles
from tests.bot.slack.screens import home, look_at_home
from tests.bot.slack.talking import RETRIES, buttons, click, direct, fill, said

pytestmark = pytest.mark.anyio

EARLY = MONDAY - timedelta(hours=2)
FRIDAY_EVENING = MONDAY.replace(hour=14, minute=30) + 4 * DAY  # the digest is due
NEWS = ("The channel was renamed.", "The channel was archived.", "Anna left. Type `/checkin` now & then.")


def tell(stage: Stage, *news: str) -> None:
    """Something that admins have to hear of happens."""
    with stage.store.transaction() as tx:
        for text in news:
            deliveries.tell_admins(tx, key=text, text=text, now=stage.clock.now())


async def busy_week(stage: Stage) -> None:
    """Ben, an admin in a team: news early on Monday, a prompt, a reminder, a digest to publish on Friday."""
    ops = TeamDraft(name="Ops", members=profiles(stage, "ben"))
    teams.add_team(stage.store, actor=stage.person("ben"), draft=ops)
    await stage.pump()
    stage.clock.advance_to(EARLY)
    tell(stage, *NEWS)
    for moment in (EARLY, MONDAY, MONDAY + DAY, FRIDAY_EVENING):
        await stage.advance(to=moment)


async def press(stage: Stage, visitor: Visitor, action: Action) -> str:
    """Press the first such button of App Home; how it looks then."""
    await visitor.click_home(action)
    await stage.pump()
    return home(visitor)


@pytest.mark.parametrize("weekly_messages", [2, 3])
async def test_journey_nobody_gets_more_than_the_weekly_budget(tmp_path: Path, weekly_messages: int) -> None:
    async with company(tmp_path, weekly_messages=weekly_messages) as stage:
        await busy_week(stage)
        ben, sent = stage.visitor("ben"), direct(stage, "ben")
        assert len(sent) == weekly_messages
        assert [buttons(message) for message in sent if buttons(message)] == [["Answer", "Skip", "Later today"]]
        heard = [said(message) for message in sent if not buttons(message)]
        assert heard == list(NEWS[: weekly_messages - 1])

        shown = await look_at_home(stage, ben)
        waiting = NEWS[weekly_messages - 1 :]
        assert texts.HEADING in shown
        assert all(news in shown for news in waiting)
        assert not any(news in shown for news in heard)
        assert "The digest of week 37 is ready" in shown

        for left in reversed(range(len(waiting))):
            shown = await press(stage, ben, Action.HELD_DONE)
            assert sum(news in shown for news in NEWS) == left
        assert len(direct(stage, "ben")) == weekly_messages

        shown = await press(stage, ben, Action.HELD_SEND)
        assert texts.HEADING not in shown
        assert len(direct(stage, "ben")) == weekly_messages + 1
        assert said(ben.last()).startswith("*This is how the digest will look.*")
        assert stage.sandbox.refused == []


async def test_a_week_begins_with_new_places_and_what_was_held_stays_held(tmp_path: Path) -> None:
    async with company(tmp_path, weekly_messages=2) as stage:
        await busy_week(stage)
        before = len(direct(stage, "ben"))
        await stage.advance(to=MONDAY + 7 * DAY)
        assert len(direct(stage, "ben")) == before + 1, "the prompt"
        tell(stage, "Something new.")
        await stage.pump()
        assert said(stage.visitor("ben").last()) == "Something new."
        assert NEWS[-1] in await look_at_home(stage, stage.visitor("ben"))


async def test_an_answer_is_confirmed_in_a_full_week(tmp_path: Path) -> None:
    async with company(tmp_path, weekly_messages=1) as stage:
        await busy_week(stage)
        ben = stage.visitor("ben")
        assert len(direct(stage, "ben")) == 1
        await click(stage, ben, Action.UPDATE)
        assert await fill(stage, ben, RETRIES) == {}
        assert buttons(ben.last()) == ["Edit"]
        assert len(direct(stage, "ben")) == 1


async def test_app_home_names_ten_and_counts_the_others(tmp_path: Path) -> None:
    async with company(tmp_path, checkin_command="/pulse") as stage:
        await stage.pump()
        for number in range(14):
            stage.clock.advance_to(EARLY + timedelta(minutes=number))
            tell(stage, f"News {number:02} & `/checkin`. {'So it goes. ' * 250}")
        ben = stage.visitor("ben")
        shown = await look_at_home(stage, ben)
        assert [number for number in range(14) if f"News {number:02}" in shown] == list(range(4, 14))
        assert shown.index("News 13") < shown.index("News 04")
        assert "News 13 & `/pulse`." in shown
        assert "And 2 more." in shown
        assert ben.home is not None
        assert block_faults(ben.home.body["blocks"], "home", "") == []
        assert texts.HEADING not in await look_at_home(stage, stage.visitor("anna"))


async def test_what_waits_is_no_trouble_to_admins(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        await busy_week(stage)
        assert "0 waiting, none lost." in await look_at_home(stage, stage.visitor("ben"))
