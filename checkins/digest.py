"""The digest of a week as a value and as the JSON document that outlives a version."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from checkins.findings import quotes, without_quotes
from checkins.model import Finding, FindingKind, FindingState

ONE_PERSON = "one_person"  # evidence["decay"] of a goal that one person carries


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How many people were asked in the period, and how many of them answered."""

    expected: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalEffort:
    """Planned against actual effort for one goal; shares 0..1, ``low`` and ``high`` an interval around ``actual``.

    All four are on one scale, that of the comparison: what was typed as 50 % is .45 here where a tenth is reserved.
    """

    goal: str
    declared: float | None
    actual: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What an ISO week looks like to an audience: the whole workspace, or one team.

    aligned_share: share of the period's work on running goals, 0..1.  plan_gap: total variation distance from the
    declared weights over four check-ins, 0..1.  Both are None where the answers do not carry a statement.
    notes: sentences about the sample, such as from which week on findings are made.
    off_goals: share of all work over four check-ins on none of the goals, 0..1, None where ``goals`` is empty.
    plan_note: a sentence on what became of the shares that people declared in ``GoalEffort.declared``, None where they
    are the same.
    """

    week: str
    period: str
    team: str | None
    answers: Answers
    aligned_share: float | None
    plan_gap: float | None
    goals: tuple[GoalEffort, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    off_goals: float | None = None
    plan_note: str | None = None


def by_audience(findings: Iterable[Finding]) -> Mapping[str | None, tuple[Finding, ...]]:
    """What each digest carries of some findings, in their order: the organisation's (None) and those of teams."""
    heard: dict[str | None, list[Finding]] = {}
    for finding in findings:
        for audience in dict.fromkeys((None, *finding.teams)):
            if is_for(finding, audience):
                heard.setdefault(audience, []).append(finding)
    return {audience: tuple(found) for audience, found in heard.items()}


def is_for(finding: Finding, team: str | None) -> bool:
    """Whether a digest carries a finding: a team's those that name the team, the organisation's (None) all but those
    that chance explains among so many teams, and those that would point at one person elsewhere.
    """
    if team is not None:
        return team in finding.teams
    return bool(finding.evidence.get("listed", True)) and finding.evidence.get("decay") != ONE_PERSON


def to_json(digest: Digest) -> dict[str, Any]:
    """The digest as JSON values; ``from_json`` is the exact inverse."""
    body = asdict(digest)
    body["findings"] = [finding_to_json(finding) for finding in digest.findings]
    return {key: list(value) if isinstance(value, tuple) else value for key, value in body.items()}


def from_json(body: Mapping[str, Any]) -> Digest:
    """Raises KeyError or ValueError when the document is no digest."""
    return Digest(
        week=body["week"],
        period=body["period"],
        team=body["team"],
        answers=Answers(**body["answers"]),
        aligned_share=body["aligned_share"],
        plan_gap=body["plan_gap"],
        goals=tuple(GoalEffort(**row) for row in body["goals"]),
        findings=tuple(finding_from_json(row) for row in body["findings"]),
        notes=tuple(body.get("notes", ())),
        off_goals=body.get("off_goals"),
        plan_note=body.get("plan_note"),
    )


def without_lines(body: Mapping[str, Any], answers: Container[str]) -> dict[str, Any]:
    """A digest as JSON, without the lines of some check-ins (ids) that its findings quote."""
    findings = (finding_from_json(row) for row in body["findings"])
    kept = (without_quotes(finding) if quotes(finding, answers) else finding for finding in findings)
    return {**body, "findings": [finding_to_json(finding) for finding in kept]}


_FINDING_KEYS = (
    "id",
    "kind",
    "basis",
    "teams",
    "goals",
    "since",
    "weeks",
    "severity",
    "shown",
    "state",
    "evidence",
    "check_ins",
    "sentence",
)


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """One finding as JSON values, its keys in the order of the document."""
    body = {key: getattr(finding, key) for key in _FINDING_KEYS}
    lists = {key: list(body[key]) for key in ("teams", "goals", "check_ins")}
    return body | lists | {"kind": str(finding.kind), "state": str(finding.state), "evidence": dict(finding.evidence)}


def finding_from_json(body: Mapping[str, Any]) -> Finding:
    tuples = {key: tuple(body[key]) for key in ("teams", "goals", "check_ins")}
    words = {"kind": FindingKind(body["kind"]), "state": FindingState(body["state"])}
    return Finding(**{key: body[key] for key in _FINDING_KEYS} | tuples | words)
