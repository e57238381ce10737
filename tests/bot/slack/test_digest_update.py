"""A posted digest follows late answers and edits, in place, at most hourly, until the next one; nothing is posted."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.slack.ids import Action
from checkins import setup
from checkins.model import DeliveryKind, DeliveryState
from checkins.wording import NBSP
from tests.bot.harness import CHANNEL, DAY, MONDAY, WEEK, Stage, company
from tests.bot.slack.screens import typed
from tests.bot.slack.talking import RETRIES, click, fill, said

pytestmark = pytest.mark.anyio

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
POSTED = datetime(2026, 9, 7, 14, 0, tzinfo=UTC)  # Monday 16:00 in Berlin
TUESDAY = datetime(2026, 9, 8, 8, 12, tzinfo=UTC)  # 10:12 in Berlin
RANKING = {"text_1": "Ranking", "goal_1": "Faster search", "size_1": "most"}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Monday afternoon: Anna and Dana have answered, Cleo has not, the digest has just been published."""
    async with company(tmp_path) as stage:
        await answered(stage)
        await stage.advance(to=POSTED)
        await publish(stage)
        yield stage


def digest_on_mondays(stage: Stage) -> None:
    """At 16:00, the day of the check-in."""
    ben, now = stage.person("ben"), stage.clock.now()
    setup.choose_digest(
        stage.store, actor=ben, channel=channel_id(stage), weekday=0, at=time(16), zone="Europe/Berlin", now=now
    )


async def answered(stage: Stage) -> None:
    """Anna's and Dana's answers of the first Monday, whose digest comes in the afternoon."""
    digest_on_mondays(stage)
    await stage.advance(to=MONDAY)
    await answer(stage, "anna", Action.UPDATE, RETRIES)
    await answer(stage, "dana", Action.UPDATE, RANKING)


def channel_id(stage: Stage) -> str:
    return next(channel.id for channel in stage.sandbox.channels.values() if channel.name == CHANNEL)


async def publish(stage: Stage) -> None:
    await click(stage, stage.visitor("ben"), Action.PUBLISH)


async def answer(stage: Stage, name: str, button: Action, filled: dict[str, Any]) -> None:
    """Fill the form behind a button of somebody's newest message."""
    person = stage.visitor(name)
    await click(stage, person, button)
    assert await fill(stage, person, filled) == {}


async def edit(stage: Stage, goal: str, *, at: datetime) -> None:
    """Anna puts her one item under another goal."""
    await stage.advance(to=at)
    await answer(stage, "anna", Action.EDIT, {"goal_1": goal})


async def answer_late(stage: Stage, name: str) -> None:
    """Somebody answers by command after the window."""
    person = stage.visitor(name)
    await person.command("/checkin")
    await stage.rest()
    assert await fill(stage, person, RETRIES) == {}


def in_channel(stage: Stage, week: int = 37) -> list[dict[str, Any]]:
    """The digest's message and those of its thread."""
    messages = stage.visitor("ben").messages(f"#{CHANNEL}")
    top = next(message for message in messages if f"Week {week}" in str(message["blocks"]))
    return [message for message in messages if message.get("thread_ts", message["ts"]) == top["ts"]]


def digest(stage: Stage) -> str:
    return said(in_channel(stage)[0]).replace(NBSP, " ")


def thread(stage: Stage) -> str:
    return "\n".join(map(said, in_channel(stage)[1:])).replace(NBSP, " ")


def picture(stage: Stage) -> str:
    [image] = [block for block in in_channel(stage)[0]["blocks"] if block["type"] == "image"]
    return str(image["slack_file"]["id"])


def changes(stage: Stage) -> int:
    """How often the digest's message was changed by an update."""
    events = Counter(sent.payload.get("metadata", {}).get("event_type") for sent in stage.sandbox.sent)
    assert events[f"trueline_{DeliveryKind.DIGEST_UPDATE}"] == events[f"trueline_{DeliveryKind.DIGEST_THREAD_UPDATE}"]
    return events[f"trueline_{DeliveryKind.DIGEST_UPDATE}"]


def state(stage: Stage, kind: DeliveryKind, subject: str) -> list[DeliveryState]:
    with stage.store.snapshot() as tx:
        return [delivery.state for delivery in tx.outbox.about(subject, kind)]


async def test_journey_the_digest_is_updated_in_place_after_an_edit(stage: Stage) -> None:
    messages, shown = len(stage.posted()), picture(stage)
    assert "*100 %* of the work supports a goal" in digest(stage)
    assert "*Payments* · 100 % supports a goal" in thread(stage)
    await edit(stage, "none:exploration", at=TUESDAY)
    assert "*50 %* of the work supports a goal" in digest(stage)
    assert "*Payments* · 0 % supports a goal" in thread(stage)
    for text in (digest(stage), thread(stage)):
        assert f"Updated <!date^{TUESDAY.timestamp():.0f}^" in text
        assert "|Tue 08 Sep, 10:12 CEST>" in text
    assert picture(stage) != shown
    assert len(stage.posted()) == messages
    assert "*50 %* of the work" in (await typed(stage, stage.visitor("anna"), "/align digest")).replace(NBSP, " ")


async def test_journey_a_late_answer_is_added(stage: Stage) -> None:
    await stage.advance(to=MONDAY + 3 * DAY)
    messages = len(stage.posted())
    assert "*2 of 3* people answered" in digest(stage)
    assert "Updated" not in digest(stage)
    await answer_late(stage, "cleo")
    assert "*3 of 3* people answered" in digest(stage)
    assert "Updated" in digest(stage)
    assert [message["channel"] for message in stage.posted()[messages:]] == []


async def test_journey_updates_come_at_most_hourly(stage: Stage) -> None:
    messages = len(stage.posted())
    await edit(stage, "A second provider", at=POSTED + 10 * MINUTE)
    await edit(stage, "none:exploration", at=POSTED + 20 * MINUTE)
    await stage.advance(to=POSTED + HOUR - MINUTE)
    assert changes(stage) == 0
    await stage.advance(by=MINUTE)
    assert changes(stage) == 1
    assert "*Payments* · 0 % supports a goal" in thread(stage)
    await edit(stage, "A second provider", at=POSTED + HOUR + MINUTE)
    assert changes(stage) == 1
    await stage.advance(to=POSTED + 2 * HOUR)
    assert changes(stage) == 2
    assert "*Payments* · 100 % supports a goal" in thread(stage)
    await stage.advance(by=5 * HOUR)
    assert changes(stage) == 2
    assert len(stage.posted()) == messages


async def test_journey_after_the_next_digest_the_old_one_rests(stage: Stage) -> None:
    await edit(stage, "A second provider", at=TUESDAY)
    await stage.advance(to=MONDAY + WEEK)
    await click(stage, stage.visitor("anna"), Action.SAME)
    await click(stage, stage.visitor("dana"), Action.SAME)
    await stage.advance(to=POSTED + WEEK)
    await publish(stage)
    before = in_channel(stage)
    await edit(stage, "none:exploration", at=TUESDAY + WEEK)
    assert in_channel(stage) == before
    assert "Updated" in said(in_channel(stage, 38)[0])


async def test_an_edit_that_changes_no_number_touches_no_message(stage: Stage) -> None:
    await stage.advance(to=TUESDAY)
    await answer(stage, "anna", Action.EDIT, {"text_1": "Retries of failed cards"})
    await stage.advance(by=3 * HOUR)
    assert changes(stage) == 0
    assert "Updated" not in digest(stage)


async def test_what_came_in_while_admins_read_the_preview_is_added_after_they_publish(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        await answered(stage)
        await stage.advance(to=POSTED)
        await edit(stage, "none:exploration", at=TUESDAY)
        assert changes(stage) == 0
        await publish(stage)
        assert "*50 %* of the work supports a goal" in digest(stage)


async def test_a_digest_that_somebody_deleted_is_not_posted_again(stage: Stage) -> None:
    top, messages = in_channel(stage)[0], len(stage.posted())
    channel = stage.sandbox.channels[channel_id(stage)]
    channel.messages[:] = [message for message in channel.messages if message["ts"] != top["ts"]]
    await edit(stage, "none:exploration", at=TUESDAY)
    assert state(stage, DeliveryKind.DIGEST_UPDATE, "2026-W37") == [DeliveryState.CANCELLED]
    await stage.advance(by=3 * HOUR)
    assert len(stage.posted()) == messages


async def test_of_the_updates_that_wait_for_slack_only_the_newest_is_made(stage: Stage) -> None:
    stage.sandbox.rate_limit = {"chat.update": 0}
    await edit(stage, "none:exploration", at=TUESDAY)
    await edit(stage, "A second provider", at=TUESDAY + MINUTE)
    await stage.advance(by=HOUR)
    updates, details = (DeliveryKind.DIGEST_UPDATE, "2026-W37"), (DeliveryKind.DIGEST_THREAD_UPDATE, "2026-W37/0")
    for kind, subject in (updates, details):
        assert state(stage, kind, subject) == [DeliveryState.CANCELLED, DeliveryState.RETRY]
    stage.sandbox.rate_limit = None
    await stage.advance(by=HOUR)
    assert changes(stage) == 1


async def test_details_that_came_only_after_the_digest_get_their_place_in_its_thread(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        digest_on_mondays(stage)
        await stage.advance(to=MONDAY)
        await stage.advance(to=POSTED)
        await publish(stage)
        assert "Nobody has answered yet. Late answers still count." in digest(stage)
        assert thread(stage) == ""
        await stage.advance(to=TUESDAY)
        messages = len(stage.posted())
        await answer(stage, "dana", Action.UPDATE, RANKING)
        assert "*Search* · 100 % supports a goal" in thread(stage)
        assert len(stage.posted()) == messages + 1  # the details, which nobody had before


async def test_a_picture_that_slack_still_processes_is_added_to_the_update_later(stage: Stage) -> None:
    shown = picture(stage)
    stage.sandbox.file_processing = HOUR
    await edit(stage, "none:exploration", at=TUESDAY)
    for _ in range(8):
        await stage.advance(by=MINUTE / 3)
    assert "*50 %* of the work" in digest(stage)
    assert all(block["type"] != "image" for block in in_channel(stage)[0]["blocks"])
    for file in stage.sandbox.files.values():
        file.ready_at = 0
    await stage.advance(by=11 * MINUTE)
    assert picture(stage) != shown


async def test_a_picture_in_the_thread_stays_and_brings_no_second_one(tmp_path: Path) -> None:
    async with company(tmp_path, digest_picture="thread") as stage:
        await answered(stage)
        await stage.advance(to=POSTED)
        await publish(stage)
        before = len(in_channel(stage))
        await edit(stage, "none:exploration", at=TUESDAY)
        assert changes(stage) == 1
        assert len(in_channel(stage)) == before
        assert all(block["type"] != "image" for block in in_channel(stage)[0]["blocks"])
