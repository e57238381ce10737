"""A drift as a detector finds it, and what counts of findings when two ways to store them are compared."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from checkins.cadence import Week
from checkins.findings import finding_id, is_current
from checkins.model import Finding, FindingKind, FindingState

WEEK = Week.parse("2026-W44")


def drift(
    effect: float = 0.2, *, team: str = "growth", severity: float = 0.5, basis: str = "plan", **evidence: Any
) -> Finding:
    return Finding(
        id=finding_id(kind=FindingKind.DRIFT, basis=basis, teams=(team,), goals=("signup",)),
        kind=FindingKind.DRIFT,
        basis=basis,
        teams=(team,),
        goals=("signup",),
        since="2026-W41",
        weeks=1,
        severity=severity,
        evidence={"effect": effect, **evidence},
        check_ins=(),
        sentence=f"{effect:.2f}",
    )


def living(findings: Iterable[Finding]) -> list[Finding]:
    """What the next digest is joined with."""
    return [finding for finding in findings if finding.state is not FindingState.RESOLVED]


def told(findings: Iterable[Finding]) -> list[Finding]:
    """What findings say, and what is remembered of them; one that is only remembered says nothing."""
    memories = [(finding, {"memory": finding.evidence["memory"]}) for finding in living(findings)]
    return [
        finding if is_current(finding) else replace(finding, sentence="", evidence=memory)
        for finding, memory in memories
    ]
