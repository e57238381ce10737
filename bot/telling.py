"""What a message tells of its findings: each in its sentence, several goals that lack the same in one, and a team's
drift in one, since what moves away from a goal moves towards others.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from checkins.model import Finding, FindingKind
from checkins.wording import counted, lacking, listed, title

NAMED = 3  # goals that a joined sentence names


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One sentence and the findings it stands for; since: the earliest week of theirs, weeks: the longest."""

    sentence: str
    since: str
    weeks: int
    findings: int


def told(findings: Iterable[Finding], titles: Mapping[str, str]) -> list[Told]:
    """Findings in their order, those of a sort where the first of them stands. titles: by goal id."""
    sorts: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        sorts.setdefault(_sort(finding), []).append(finding)
    return [
        Told(
            sentence=alike[0].sentence if len(alike) == 1 else _joined(alike, titles),
            since=min(finding.since for finding in alike),
            weeks=max(finding.weeks for finding in alike),
            findings=len(alike),
        )
        for alike in sorts.values()
    ]


def _sort(finding: Finding) -> Hashable:
    if finding.kind is FindingKind.DRIFT:
        return finding.kind, finding.teams
    missing = finding.evidence.get("missing", ()) if finding.kind is FindingKind.ORPHAN_GOAL else ()
    return tuple(missing) or finding.id


def _joined(findings: Sequence[Finding], titles: Mapping[str, str]) -> str:
    if findings[0].kind is FindingKind.DRIFT:
        return _drift(findings, titles)
    goals = _named([goal for finding in findings for goal in finding.goals], titles)
    has = lacking(findings[0].evidence["missing"])
    return f"{counted(sum(len(finding.goals) for finding in findings), 'goal')} have {has}: {goals}."


def _drift(findings: Sequence[Finding], titles: Mapping[str, str]) -> str:
    """The first sentence, and which other goals of the team moved."""
    first, *others = findings
    goals = dict.fromkeys(goal for finding in others for goal in finding.goals if goal not in first.goals)
    return f"{first.sentence} The team also drifts on {_named([*goals], titles)}." if goals else first.sentence


def _named(goals: Sequence[str], titles: Mapping[str, str]) -> str:
    named = [f"“{title(titles.get(goal, goal))}”" for goal in goals[:NAMED]]
    more = [f"{len(goals) - NAMED} more"] if len(goals) > NAMED else []
    return listed([*named, *more])
