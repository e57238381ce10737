"""Findings over the weeks: which are new, which were decided, which are gone, and which a message shows again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from checkins.cadence import Week
from checkins.ids import derived
from checkins.model import Finding, FindingKind, FindingState

GROWN = 0.05  # five points of share make an old finding news again
QUIET_CHECK_INS = 4  # so many digests an unchanged finding stays out of messages
_MEMORY = "memory"  # in evidence: week last seen, how it stood before, when it was last shown, week it went missing


def finding_id(*, kind: FindingKind, basis: str | None, teams: Iterable[str], goals: Iterable[str]) -> str:
    """The name of a finding: the same claim has the same id in every week, in any order of teams and goals."""
    return derived("finding", kind, basis or "", "teams", *sorted(teams), "goals", *sorted(goals))


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (-finding.severity, finding.id))


def merge(found: Iterable[Finding], stored: Iterable[Finding], *, week: Week) -> list[Finding]:
    """What a week's digest found, joined with what earlier digests stored; everything returned is to be stored.

    A stored finding keeps its first week, its count of weeks and its state.  ``shown`` marks what an open finding has
    to say anew: it is new, grew by 5 points since a message showed it, or was shown 4 digests ago.  An open or
    accepted finding that two digests in a row do not find is resolved; what was called deliberate or dismissed is
    kept, so that it is remembered should it return.  A week that is merged again, with other answers or the same,
    takes the place of what it left before, decisions apart; a week before the last one leaves what later weeks found
    alone.
    """
    known = {finding.id: _before(week, finding) for finding in stored}
    seen = [_seen(finding, known.pop(finding.id, None), week) for finding in found]
    missing = [_missing(finding, week) for finding in known.values() if _memory(finding).get("week", "") <= str(week)]
    return worst_first([*seen, *missing])


def carried(merged: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the week's digest carries: the findings it made itself, without what is remembered for the next merge."""
    return tuple(_without_memory(finding) for finding in merged if is_current(finding))


def is_current(finding: Finding) -> bool:
    """Whether the last digest found it; the others are only remembered."""
    return finding.state is not FindingState.RESOLVED and "missing_since" not in _memory(finding)


def _without_memory(finding: Finding) -> Finding:
    return replace(finding, evidence={name: value for name, value in finding.evidence.items() if name != _MEMORY})


def _before(week: Week, finding: Finding) -> Finding:
    """A finding as it stood before a week was merged; one that was new in that week counts as gone, unless decided."""
    memory = {name: value for name, value in _memory(finding).items() if (name, value) != ("missing_since", str(week))}
    if memory.get("week") != str(week) or "before" not in memory:
        return _with_memory(finding, memory)
    earlier = memory["before"]
    if earlier is None:
        gone = FindingState.RESOLVED if finding.state is FindingState.OPEN else finding.state
        return replace(_with_memory(finding, {}), state=gone, weeks=finding.weeks - 1)
    return replace(_with_memory(finding, earlier["memory"]), since=earlier["since"], weeks=earlier["weeks"])


def _seen(finding: Finding, before: Finding | None, week: Week) -> Finding:
    if before is None or before.state is FindingState.RESOLVED:
        new = {"week": str(week), "before": None, "shown_at": finding.weeks, "shown_effect": _effect(finding)}
        return _with_memory(replace(finding, shown=True), new)
    memory = _memory(before)
    again = memory.get("week", "") >= str(week)
    weeks = before.weeks if again else before.weeks + 1
    grown = _effect(finding) - memory.get("shown_effect", 0.0) >= GROWN - 1e-9
    due = weeks - memory.get("shown_at", 0) >= QUIET_CHECK_INS
    shown = before.state is FindingState.OPEN and (grown or due or (again and before.shown))
    since = min(before.since, finding.since)
    last = memory if again else {"week": str(week), "before": _standing(before)}
    told = {"shown_at": weeks, "shown_effect": _effect(finding)} if shown else _last_told(memory)
    kept = replace(finding, since=since, weeks=weeks, state=before.state, shown=shown)
    return _with_memory(kept, {name: last[name] for name in ("week", "before") if name in last} | told)


def _standing(finding: Finding) -> dict[str, Any]:
    """What ``_before`` needs to go back to it."""
    return {"since": finding.since, "weeks": finding.weeks, "memory": _own_memory(finding)}


def _own_memory(finding: Finding) -> dict[str, Any]:
    """Its memory without how it stood before."""
    return {name: value for name, value in _memory(finding).items() if name != "before"}


def _last_told(memory: Mapping[str, Any]) -> dict[str, Any]:
    return {"shown_at": memory.get("shown_at", 0), "shown_effect": memory.get("shown_effect", 0.0)}


def _missing(finding: Finding, week: Week) -> Finding:
    memory = _own_memory(finding)
    since = memory.get("missing_since", str(week))
    ends = finding.state in (FindingState.OPEN, FindingState.ACCEPTED) and since < str(week)
    state = FindingState.RESOLVED if ends else finding.state
    return _with_memory(replace(finding, state=state, shown=False), {**memory, "missing_since": since})


def _with_memory(finding: Finding, memory: Mapping[str, Any]) -> Finding:
    return replace(finding, evidence={**finding.evidence, _MEMORY: dict(memory)})


def _memory(finding: Finding) -> Mapping[str, Any]:
    memory: Mapping[str, Any] = finding.evidence.get(_MEMORY, {})
    return memory


def _effect(finding: Finding) -> float:
    return float(finding.evidence.get("effect", 0.0))
