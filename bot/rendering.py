"""A digest as text for people: one Jinja2 environment per dialect, each escaping what users wrote in its own way."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.bars import Bar, Kind, alt_text, bars_of, biggest
from bot.escaping import escape
from bot.telling import told
from bot.wording import before, heading, week
from checkins.digest import Digest, from_json
from checkins.model import Finding, FindingState
from checkins.publishing import Edition
from checkins.wording import NBSP, one_line, percent, points, span, title

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


def digest_parts_slack(view: DigestView) -> DigestTexts:
    """The parts of the digest's message; ``teams`` holds one text per team that answered, for the thread."""
    template, facts = _environment("slack").get_template("digest.slack.j2"), _facts(view)
    quiet = not facts["shown"] and not view.digest.notes
    facts |= {"plan_note": None} if quiet else {}  # without its picture it shows no planned share

    def part(block: str, /, **more: Any) -> str:
        return "".join(template.blocks[block](template.new_context(facts | more))).strip()

    remarks = part("remarks")
    return DigestTexts(
        headline=heading(view.digest),
        summary=part("summary"),
        numbers=part("numbers"),
        findings=tuple(part("finding", finding=finding) for finding in facts["shown"]),
        remarks=tuple(remarks.splitlines()),
        teams=tuple(part("team", **team._asdict()) for team in facts["teams"]),
        alt_text=alt_text(view.bars),
        quiet=quiet,
    )


def digest_text(view: DigestView) -> str:
    """The whole digest for a terminal."""
    return _environment("txt").get_template("digest.txt.j2").render(_facts(view))


def digest_html(view: DigestView, *, pictures: Pictures | None) -> str:
    """The whole digest as one page that needs nothing else."""
    every = bars_of(view.digest, view.goal_titles, most=len(view.digest.goals))
    facts = _facts(view) | {
        "pictures": pictures and _inline(pictures),
        "alt_text": alt_text(view.bars),
        "planned": any(bar.declared is not None for bar in every),
        "off_plan": any(team.plan_gap is not None for team in view.teams),
        "goals": [bar for bar in every if bar.kind is Kind.GOAL],
    }
    return _environment("html").get_template("digest.html.j2").render(facts)


class TeamPart(NamedTuple):
    """What a text says of one team."""

    name: str
    counted: bool
    digest: Digest
    bars: list[Bar]
    most: Bar | None


def _facts(view: DigestView) -> dict[str, Any]:
    digest, earlier = view.digest, _comparable(view)
    shown = told((finding for finding in _open(digest) if finding.shown), view.goal_titles)[:MOST_FINDINGS]
    to_decide = sum(each.findings for each in shown)
    had = {finding.id for finding in _open(earlier)} if earlier else set()
    waiting = len(_open(digest)) - to_decide
    gone = len(had - {finding.id for finding in digest.findings})
    return {
        "digest": digest,
        "earlier": earlier,
        "heading": heading(digest),
        "before": before(digest),
        "audience": view.team_names.get(digest.team, digest.team) if digest.team else view.organisation,
        "shown": shown,
        "to_decide": to_decide,
        "waiting": waiting,
        "had": len(had),
        "gone": gone,
        "plan_note": digest.plan_note,
        "remarks": bool(digest.notes or digest.plan_note or waiting or gone),
        "bars": view.bars,
        "teams": _team_parts(view),
    }


def _open(digest: Digest) -> list[Finding]:
    return [finding for finding in digest.findings if finding.state is FindingState.OPEN]


def _comparable(view: DigestView) -> Digest | None:
    """The digest before, where it covers another period in which somebody was asked."""
    earlier = view.previous
    if earlier is None or earlier.period == view.digest.period or not earlier.answers.expected:
        return None
    return earlier


def _team_parts(view: DigestView) -> list[TeamPart]:
    answered = [digest for digest in view.teams if digest.team and digest.answers.received]
    parts = [
        TeamPart(
            name=view.team_names.get(digest.team or "", digest.team or ""),
            counted=digest.answers.expected >= COUNTED_FROM,
            digest=digest,
            bars=bars_of(digest, view.goal_titles, most=TEAM_BARS),
            most=biggest(bars_of(digest, view.goal_titles, most=len(digest.goals))),
        )
        for digest in answered
    ]
    return sorted(parts, key=lambda part: part.name.casefold())


def _inline(pictures: Pictures) -> dict[str, str]:
    return {
        name: "data:image/png;base64," + b64encode(png).decode()
        for name, png in (("light", pictures.light), ("dark", pictures.dark))
    }


@cache
def _environment(dialect: str) -> Environment:
    """slack: only & < > are escaped.  html: all of it.  txt: nothing.  All: no characters that nobody can see."""
    environment = Environment(
        loader=PackageLoader("bot", "templates"),
        undefined=StrictUndefined,
        autoescape=dialect == "html",
        finalize=_for_slack if dialect == "slack" else _visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "points": points, "title": title}
    environment.filters |= {"likely": _likely, "week": week}
    environment.globals |= {"strong": "*" if dialect == "slack" else "", "dot": f"{NBSP}·{NBSP}"}
    return environment


def _likely(bar: Bar) -> str | None:
    """Its interval; None where that is narrower than a point and says nothing."""
    if bar.low is None or bar.high is None or points(bar.low) == points(bar.high):
        return None
    return span(bar.low, bar.high)


def _visible(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _for_slack(value: object) -> object:
    return escape(one_line(value)) if isinstance(value, str) else value
