"""What a message tells of its findings: each in its sentence, several goals that lack the same in one."""

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
    missing = finding.evidence.get("missing", ()) if finding.kind is FindingKind.ORPHAN_GOAL else ()
    return tuple(missing) or finding.id


def _joined(findings: Sequence[Finding], titles: Mapping[str, str]) -> str:
    goals = [f"“{title(titles.get(goal, goal))}”" for finding in findings for goal in finding.goals]
    more = [f"{len(goals) - NAMED} more"] if len(goals) > NAMED else []
    has = lacking(findings[0].evidence["missing"])
    return f"{counted(len(goals), 'goal')} have {has}: {listed([*goals[:NAMED], *more])}."
