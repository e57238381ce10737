"""A digest as Slack messages: the channel's, the thread's with the teams' details, and what admins see before."""

from bot.escaping import escape
from bot.rendering import DigestTexts
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import digest as texts
from checkins.cadence import WEEKDAYS
from checkins.model import DigestPlan
from checkins.publishing import TEAMS_PER_MESSAGE


def channel_message(said: DigestTexts, *, picture: str | None) -> list[Block]:
    """Headline, numbers, picture, findings, remarks; a quiet week is one line. picture: the id of an uploaded file."""
    if said.quiet:
        return [blocks.section(said.summary), *_context(said)]
    shown = [_image(picture, said.alt_text)] if picture else []
    findings = [blocks.section(f"*{texts.FINDINGS}*"), *map(blocks.section, said.findings)] if said.findings else []
    return [blocks.header(said.headline), blocks.section(said.numbers), *shown, *findings, *_context(said)]


def _context(said: DigestTexts) -> list[Block]:
    remarks = [*said.remarks, *([texts.DETAILS] if said.teams else [])]
    return [blocks.context(*remarks[:10])] if remarks else []


def _image(file: str, alt_text: str) -> Block:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": alt_text}


def thread_message(said: DigestTexts, *, part: int) -> list[Block]:
    """The details of some teams, counted from part 0; empty when there are none."""
    return [blocks.section(team) for team in said.teams[part * TEAMS_PER_MESSAGE : (part + 1) * TEAMS_PER_MESSAGE]]


def preview(said: DigestTexts, *, week: str, channel: str | None, picture: str | None) -> list[Block]:
    """What admins see of a digest that waits for one of them to publish it."""
    note = texts.preview(f"<#{channel}>") if channel else texts.PREVIEW_NO_CHANNEL
    publish = blocks.button(texts.PUBLISH, Action.PUBLISH, value=week, style="primary")
    return [blocks.section(note), *channel_message(said, picture=picture), blocks.actions(publish)]


def published(said: DigestTexts, *, note: str, picture: str | None) -> list[Block]:
    """The preview once the digest stands in its channel."""
    return [blocks.context(note), *channel_message(said, picture=picture)]


def published_note(*, by: str, channel: str | None) -> str:
    return texts.published_by(escape(by), f"<#{channel}>" if channel else "its channel")


def test_message(plan: DigestPlan) -> list[Block]:
    return [blocks.section(texts.test(WEEKDAYS[plan.weekday], f"{plan.at:%H:%M} ({plan.zone})"))]
