"""The digest's messages: what the channel reads, what its thread holds, what admins see before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.rendering import DigestTexts, digest_parts_slack
from bot.sandbox.limits import block_faults
from bot.slack import digest_blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from tests.bot.harness import CHANNEL, DAY, MONDAY, Stage, company
from tests.bot.weeks import finding, view, week

MANY = tuple(finding(number) for number in range(1, 9))


def texts(**changes: Any) -> DigestTexts:
    teams = [replace(week(), team=f"t{number}", findings=()) for number in range(23)]
    names = {f"t{number}": f"Team {number:02} <b>" for number in range(23)}
    shown = view(week(**changes), previous=week(week="2026-W46", period="2026-W46"), teams=teams)
    return digest_parts_slack(replace(shown, team_names=names))


def kinds(blocks: Sequence[Block]) -> list[str]:
    return [block["type"] for block in blocks]


def test_the_channel_reads_headline_numbers_picture_findings_and_remarks() -> None:
    made = digest_blocks.channel_message(texts(), picture="F1")
    assert kinds(made) == ["header", "section", "image", "section", "section", "context"]
    assert made[0]["text"]["text"].startswith("Week 47 · ")
    assert "last week 41 of 52" in made[1]["text"]["text"]
    assert made[2]["slack_file"] == {"id": "F1"}
    assert "Payouts within an hour" in made[2]["alt_text"]
    assert "title" not in made[2]  # the picture has its own
    assert block_faults(made, "message", "") == []


@pytest.mark.parametrize("quiet", [False, True])
def test_when_it_was_updated_is_the_last_remark(quiet: bool) -> None:
    said = replace(texts(), quiet=quiet, remarks=tuple(f"Remark {number}" for number in range(12)))
    made = digest_blocks.channel_message(said, picture=None, updated="Updated today")
    assert [element["text"] for element in made[-1]["elements"]][-2:] == ["Remark 8", "Updated today"]
    assert block_faults(made, "message", "") == []


def test_at_most_five_findings_and_the_rest_is_counted() -> None:
    made = digest_blocks.channel_message(texts(findings=MANY), picture=None)
    assert sum("Finding" in str(block) for block in made) == 5
    assert "3 more findings are open." in str(made)


def test_nobody_can_be_called_by_a_title() -> None:
    said = texts(findings=MANY)
    everything = [
        *digest_blocks.channel_message(said, picture=None),
        *digest_blocks.thread_message(said, part=0),
    ]
    assert "<!channel>" not in str([block for block in everything if block["type"] != "image"])
    assert "&lt;!channel&gt;" in str(everything)


def test_a_quiet_week_is_one_line() -> None:
    made = digest_blocks.channel_message(replace(texts(findings=()), quiet=True, remarks=(), teams=()), picture="F1")
    assert kinds(made) == ["section"]
    assert "Nothing new to decide." in made[0]["text"]["text"]


def test_the_thread_holds_every_team_once_in_messages_of_ten() -> None:
    parts = [digest_blocks.thread_message(texts(), part=part) for part in range(4)]
    assert [sum(block["type"] == "section" for block in part) for part in parts] == [10, 10, 3, 0]
    assert parts[3] == digest_blocks.thread_message(texts(), part=3, updated="Updated today") == []


def test_admins_see_it_with_a_button_and_afterwards_who_published_it() -> None:
    before = digest_blocks.preview(texts(), week="2026-W47", channel="C1", picture=None)
    assert before[-1]["elements"][0]["action_id"] == Action.PUBLISH
    assert before[-1]["elements"][0]["value"] == "2026-W47"
    note = digest_blocks.published_note(by="Ada <b>", channel="C1")
    after = digest_blocks.published(texts(), note=note, picture=None)
    assert "actions" not in kinds(after)
    assert after[0]["elements"][0]["text"] == "Published by Ada &lt;b&gt; in <#C1>."


def kind_of(post: dict[str, Any]) -> str:
    return str(post.get("metadata", {}).get("event_type", ""))


async def until_posted(stage: Stage, kind: str, *, step: timedelta) -> dict[str, Any]:
    """Let time pass until the bot has posted this kind of message."""
    for _ in range(40):
        if found := [post for post in stage.posted() if kind_of(post) == kind]:
            return found[-1]
        await stage.advance(by=step)
    raise AssertionError(f"no {kind} was posted")


async def published(stage: Stage, *, step: timedelta) -> None:
    """A round with an answer, the preview on Friday, Publish, the digest in its channel."""
    await stage.advance(to=MONDAY)
    anna, ben = stage.visitor("anna"), stage.visitor("ben")
    await anna.click(anna.last(), Action.UPDATE)
    await anna.until(lambda: anna.view)
    assert await anna.submit({"text_1": "Retries", "goal_1": "none:exploration", "size_1": "most"}) == {}
    await stage.advance(to=MONDAY + 4 * DAY + timedelta(hours=7))
    await until_posted(stage, "trueline_digest_preview", step=step)
    await ben.click(ben.last(), Action.PUBLISH)
    await stage.pump()
    await until_posted(stage, "trueline_digest", step=step)


def pictures(stage: Stage) -> int:
    """How many pictures the digest shows in its channel."""
    (digest,) = [message for message in stage.visitor("ben").messages(f"#{CHANNEL}") if is_digest(message)]
    return kinds(digest["blocks"]).count("image")


def is_digest(message: dict[str, Any]) -> bool:
    return message.get("thread_ts", message["ts"]) == message["ts"] and "Week 37" in str(message["blocks"])


@pytest.mark.anyio
async def test_a_picture_that_slack_still_processes_is_waited_for(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        stage.sandbox.file_processing = timedelta(seconds=0.2)
        await published(stage, step=timedelta(seconds=3))
        assert pictures(stage) == 1
        assert any("slack file" in str(refused) for refused in stage.sandbox.refused)
        assert stage.sandbox.calls["files.getUploadURLExternal"] == 1


@pytest.mark.anyio
async def test_a_picture_that_is_not_ready_within_a_minute_is_added_later(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        stage.sandbox.file_processing = timedelta(hours=1)
        await published(stage, step=timedelta(seconds=20))
        assert pictures(stage) == 0
        for file in stage.sandbox.files.values():
            file.ready_at = 0
        await stage.advance(by=timedelta(minutes=11))
        assert pictures(stage) == 1
        assert [kind_of(post) for post in stage.posted()].count("trueline_digest") == 1
