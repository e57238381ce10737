"""A digest as Slack messages: the channel's, the thread's with the teams' details, and what admins see before."""

from collections.abc import Sequence

from bot.escaping import escape
from bot.rendering import DigestTexts
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import digest as texts
from checkins.cadence import WEEKDAYS
from checkins.model import DigestPlan
from checkins.publishing import TEAMS_PER_MESSAGE, Edition

MOST_REMARKS = 10  # elements that one context block holds


def channel_message(said: DigestTexts, *, picture: str | None, updated: str | None = None) -> list[Block]:
    """Headline, numbers, picture, findings, remarks; a quiet week is one line.

    picture: the id of an uploaded file; updated: what ``updated`` says.
    """
    remarks = _context([*said.remarks, *([texts.DETAILS] if said.teams else [])], updated)
    if said.quiet:
        return [blocks.section(said.summary), *remarks]
    shown = [blocks.image(picture, said.alt_text)] if picture else []
    findings = [blocks.section(f"*{texts.FINDINGS}*"), *map(blocks.section, said.findings)] if said.findings else []
    return [blocks.header(said.headline), blocks.section(said.numbers), *shown, *findings, *remarks]


def updated(edition: Edition) -> str | None:
    """When answers last changed a digest that was posted before, in each reader's own zone; None where none did."""
    at = edition.digest.updated_at
    return texts.updated(blocks.moment(at, zone=edition.zone)) if at else None


def _context(remarks: Sequence[str], updated: str | None) -> list[Block]:
    shown = [*remarks[: MOST_REMARKS - 1], *([updated] if updated else [])]
    return [blocks.context(*shown)] if shown else []


def thread_message(said: DigestTexts, *, part: int, updated: str | None = None) -> list[Block]:
    """The details of some teams, counted from part 0; empty when there are none. updated: what ``updated`` says."""
    teams = said.teams[part * TEAMS_PER_MESSAGE : (part + 1) * TEAMS_PER_MESSAGE]
    return [*map(blocks.section, teams), *_context([], updated)] if teams else []


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
