"""A digest as text for people: one Jinja2 environment per dialect, each escaping what users wrote in its own way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.bars import TITLE_LIMIT, Bar, alt_text, bars_of, one_line, percent, points
from checkins.cadence import Week
from checkins.digest import Digest, from_json
from checkins.forms import shortened
from checkins.model import Finding, FindingState
from checkins.publishing import Edition

MOST_FINDINGS = 5
TEAM_BARS = 6
COUNTED_FROM = 3  # in a smaller team "1 of 2 answered" would point at a person


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """A digest with what its text needs beside it. teams: the digests of the teams in the same week."""

    digest: Digest
    previous: Digest | None = None
    teams: Sequence[Digest] = ()
    goal_titles: Mapping[str, str] = field(default_factory=dict)
    team_names: Mapping[str, str] = field(default_factory=dict)
    organisation: str = ""

    @property
    def bars(self) -> list[Bar]:
        return bars_of(self.digest, self.goal_titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTexts:
    """The parts of a digest message in Slack's mrkdwn, escaped; headline and alt_text are plain text.

    quiet: there is nothing to decide and nothing to explain, so ``summary`` alone says it all.
    """

    headline: str
    summary: str
    numbers: str
    findings: tuple[str, ...]
    remarks: tuple[str, ...]
    teams: tuple[str, ...]
    alt_text: str
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """One picture as PNG, drawn for a light and for a dark page."""

    light: bytes
    dark: bytes


def view_of(edition: Edition) -> DigestView:
    """A stored digest as its text needs it."""
    return DigestView(
        digest=from_json(edition.digest.body),
        previous=from_json(edition.previous.body) if edition.previous else None,
        teams=[from_json(team.body) for team in edition.teams],
        goal_titles=edition.goal_titles,
        team_names=edition.team_names,
    )
