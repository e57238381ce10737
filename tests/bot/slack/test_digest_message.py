"""The digest's messages: what the channel reads, what its thread holds, what admins see before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import anyio
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.rendering import DigestTexts, digest_parts_slack
from bot.sandbox.limits import block_faults
from bot.slack import digest_blocks, digest_sending
from bot.slack.blocks import Block
from bot.slack.ids import Action
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
    assert parts[3] == []


def test_admins_see_it_with_a_button_and_afterwards_who_published_it() -> None:
    before = digest_blocks.preview(texts(), week="2026-W47", channel="C1", picture=None)
    assert before[-1]["elements"][0]["action_id"] == Action.PUBLISH
    assert before[-1]["elements"][0]["value"] == "2026-W47"
    note = digest_blocks.published_note(by="Ada <b>", channel="C1")
    after = digest_blocks.published(texts(), note=note, picture=None)
    assert "actions" not in kinds(after)
    assert after[0]["elements"][0]["text"] == "Published by Ada &lt;b&gt; in <#C1>."


def refused(error: str, message: str) -> SlackApiError:
    body = {"ok": False, "error": error, "response_metadata": {"messages": [message]}}
    answer = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=body, headers={}, status_code=200
    )
    return SlackApiError("refused", answer)


UNPROCESSED = refused("invalid_blocks", "[ERROR] invalid slack file [json-pointer:/blocks/2/slack_file]")


class Slack:
    """Refuses so many posts before it takes one."""

    def __init__(self, *refusals: SlackApiError) -> None:
        self.refusals = list(refusals)
        self.taken: list[Sequence[Block]] = []

    async def post(self, blocks: Sequence[Block]) -> str:
        if self.refusals and any("slack_file" in block for block in blocks):
            raise self.refusals.pop(0)
        self.taken.append(blocks)
        return "sent"


WITH, WITHOUT = [{"slack_file": {"id": "F1"}}], [{"type": "section"}]


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest_sending, "PAUSE", 0.001)
    monkeypatch.setattr(digest_sending, "PATIENCE", 0.05)


def posted(slack: Slack, *, without: Sequence[Block] | None = WITHOUT) -> str:
    return anyio.run(lambda: digest_sending.once_processed(slack.post, blocks=WITH, without_picture=without))


@pytest.mark.usefixtures("hurried")
def test_a_picture_that_slack_still_processes_is_waited_for() -> None:
    slack = Slack(UNPROCESSED, UNPROCESSED)
    assert posted(slack) == "sent"
    assert slack.taken == [WITH]


@pytest.mark.usefixtures("hurried")
def test_a_picture_that_never_gets_ready_does_not_hold_the_digest_up() -> None:
    slack = Slack(*[UNPROCESSED] * 1000)
    assert posted(slack) == "sent"
    assert slack.taken == [WITHOUT]


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "error", [refused("invalid_blocks", "no more than 50 items allowed"), refused("not_in_channel", "")]
)
def test_other_refusals_are_not_waited_for(error: SlackApiError) -> None:
    with pytest.raises(SlackApiError):
        posted(Slack(error))
