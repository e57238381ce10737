"""`/align privacy`: what is stored about me, as a file, and gone at my word."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import jobs
from bot.sandbox.limits import block_faults
from bot.sandbox.state import File
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from checkins import privacy
from tests.bot.harness import MONDAY, WEEK, Stage, company
from tests.bot.slack.screens import home, texts, typed, whisper
from tests.bot.slack.talking import RETRIES, buttons, click, direct, fill

pytestmark = pytest.mark.anyio


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Everybody was asked; Anna and Dana have answered, each with a note."""
    async with company(tmp_path) as stage:
        await stage.advance(to=MONDAY)
        await answer(stage, "anna", RETRIES | {"note": "A quiet week"})
        await answer(stage, "dana", {"text_1": "Ranking", "goal_1": "Faster search", "note": "Danas own"})
        yield stage


async def answer(stage: Stage, name: str, filled: dict[str, Any]) -> None:
    visitor = stage.visitor(name)
    await click(stage, visitor, Action.UPDATE)
    assert await fill(stage, visitor, filled) == {}


async def press(stage: Stage, visitor: Visitor, action: Action) -> None:
    """Press a button of the newest message that only this person sees."""
    await visitor.click(visitor.ephemerals()[-1], action)
    await stage.rest()


def files(stage: Stage) -> list[File]:
    return list(stage.sandbox.files.values())


async def test_it_says_who_sees_what_and_what_is_stored(stage: Stage) -> None:
    anna = stage.visitor("anna")
    shown = await typed(stage, anna, "/align privacy")
    assert "Who sees what" in shown
    assert "• Name: Anna Berg, e-mail address: anna@larch.test\n• Accounts: Slack\n• Time zone: Europe/Berlin" in shown
    assert "• Teams: Payments\n• Asked 1 time\n• 1 answer since 7 September 2026, 1 note, 0 ratings" in shown
    message = anna.ephemerals()[-1]
    assert buttons(message) == ["Send me everything", "Erase my data"]
    assert block_faults(message["blocks"], "message", "") == []


async def test_who_was_never_here_stays_unknown(stage: Stage) -> None:
    stage.sandbox.add_user(newcomer := type(stage.users["anna"])(name="eve", real_name="Eve", email="eve@larch.test"))
    eve = stage.sandbox.as_person(newcomer.id)
    assert "Nothing is stored about you." in await typed(stage, eve, "/align privacy")
    assert buttons(eve.ephemerals()[-1]) == []
    assert privacy.stored(stage.store, platform="slack", user=newcomer.id) is None


async def test_journey_from_everything_that_is_stored_to_nothing(stage: Stage) -> None:
    anna, user = stage.visitor("anna"), stage.users["anna"].id
    await typed(stage, anna, "/align privacy")

    await press(stage, anna, Action.SEND_DATA)
    (file,) = files(stage)
    assert (file.name, file.channels) == ("trueline-2026-09-07.json", [anna.dm])
    (shared,) = [message for message in anna.messages(anna.dm) if message.get("files")]
    assert shared["files"][0]["id"] == file.id and shared["text"].startswith("Here is everything I store about you")
    assert whisper(anna) == "The file with your data is in your direct messages with me."
    content = (file.content or b"").decode()
    mine = json.loads(content)
    assert mine["person"]["name"] == "Anna Berg" and mine["accounts"][0]["user"] == user
    assert [(one["items"][0]["text"], one["note"]) for one in mine["check_ins"]] == [("Retry logic", "A quiet week")]
    assert not any(other in content for other in ("Dana", "Ranking", "Danas own", stage.users["dana"].id))

    await typed(stage, anna, "/align privacy")
    (_, erase) = anna.ephemerals()[-1]["blocks"][-1]["elements"]
    assert erase["style"] == "danger" and "cannot be undone" in erase["confirm"]["text"]["text"]
    await press(stage, anna, Action.ERASE)
    said = whisper(anna)
    assert said.startswith("Done. Your name, accounts, texts, notes and ratings are gone. The shares of 1 answer stay")
    assert home(anna) == "Your data was erased."
    assert privacy.stored(stage.store, platform="slack", user=user) is None
    with stage.store.snapshot() as tx:
        assert "Anna Berg" not in {person.name for person in tx.people.all()}
        assert {item.text for one in tx.check_ins.all() for item in one.items} == {"", "Ranking"}

    asked = len(direct(stage, "anna"))
    await stage.advance(by=WEEK)
    assert len(direct(stage, "anna")) == asked
    assert len(direct(stage, "dana")) > asked
    assert "Nothing is stored about you." in await typed(stage, anna, "/align privacy")
    assert "You are in no team yet" in await typed(stage, anna, "/checkin")


async def test_an_open_check_in_loses_its_buttons(stage: Stage) -> None:
    cleo = stage.visitor("cleo")
    await stage.advance(by=timedelta(hours=6))
    assert buttons(cleo.last(cleo.dm))
    asking = cleo.last(cleo.dm)["ts"]
    await typed(stage, cleo, "/align privacy")
    await press(stage, cleo, Action.ERASE)
    (message,) = [message for message in cleo.messages(cleo.dm) if message["ts"] == asking]
    assert texts(message["blocks"]) == "Your data was erased."


async def test_the_only_admin_is_told_why_not(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await typed(stage, ben, "/align privacy")
    await press(stage, ben, Action.ERASE)
    assert "Ben Ode is the only admin" in whisper(ben)
    assert stage.person("ben")


async def test_a_second_press_on_another_device_says_that_nothing_is_stored(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await typed(stage, anna, "/align privacy")
    first = anna.ephemerals()[-1]
    await typed(stage, anna, "/align privacy")
    await press(stage, anna, Action.ERASE)
    await anna.click(first, Action.ERASE)
    await stage.rest()
    assert "Nothing is stored about you." in [message["text"] for message in anna.ephemerals()]
    assert privacy.stored(stage.store, platform="slack", user=stage.users["anna"].id) is None


async def test_a_file_that_slack_does_not_take_is_said_where_the_person_is(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await typed(stage, anna, "/align privacy")
    stage.sandbox.faults.fail("files.getUploadURLExternal", "internal_error")
    await press(stage, anna, Action.SEND_DATA)
    assert whisper(anna).startswith("Slack did not take the file into your direct messages, so nothing was sent.")
    assert files(stage) == []


async def test_journey_old_texts_are_forgotten_by_themselves(tmp_path: Path) -> None:
    async with company(tmp_path, retention_months=6) as stage:
        await stage.advance(to=MONDAY)
        await answer(stage, "anna", RETRIES)
        await jobs.forget(stage.context)
        with stage.store.snapshot() as tx:
            assert [item.text for one in tx.check_ins.all() for item in one.items] == ["Retry logic"]
        stage.clock.advance_to(MONDAY + 27 * WEEK)
        await jobs.forget(stage.context)
        with stage.store.snapshot() as tx:
            assert [item.text for one in tx.check_ins.all() for item in one.items] == [""]
