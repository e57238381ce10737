"""Findings over the weeks: which are new, which were decided, which are gone, and which a message shows again."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from checkins.cadence import Week
from checkins.ids import derived
from checkins.model import Decision, Finding, FindingKind, FindingState

GROWN = 0.05  # five points of share make an old finding news again
QUIET_CHECK_INS = 4  # so many digests an unchanged finding stays out of messages
_MEMORY = "memory"  # in evidence: week last seen, how it stood before, when it was last shown, week it went missing
_DECLARED = "declared"  # in evidence: the weight that a decision about a drift against the plan stands on


def finding_id(*, kind: FindingKind, basis: str | None, teams: Iterable[str], goals: Iterable[str]) -> str:
    """The name of a finding: the same claim has the same id in every week, in any order of teams and goals."""
    return derived("finding", kind, basis or "", "teams", *sorted(teams), "goals", *sorted(goals))


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (-finding.severity, finding.id))


def merge(found: Iterable[Finding], stored: Iterable[Finding], *, week: Week) -> list[Finding]:
    """What a week's digest found, joined with what earlier digests stored; everything returned is to be stored.

    A stored finding keeps its first week, its count of weeks, its state and what was decided.  ``shown`` marks what an
    open finding has to say anew: it is new, grew by 5 points since a message showed it, was shown 4 digests ago, or
    comes for the first time into the organisation's digest (``listed`` in its evidence, absent for yes).  An open or
    accepted finding that two digests in a row do not find is resolved; what was called deliberate or dismissed is
    kept, so that it is remembered should it return.  It is new all the same when it is another drift than the one
    decided: after a week whose shift over the weeks was deliberate, or when the declared weight has changed.

    A finding made of ratings names their ``block`` in its evidence and speaks once per block: as long as the block is
    the same, sentence, severity and evidence stay, so that no two digests differ by one person's answer.

    A week that is merged again, with other answers or the same, takes the place of what it left before, decisions
    apart; a week before the last one leaves what later weeks found alone.
    """
    now = str(week)  # compared as text: "2026-W09" comes before "2026-W10"
    known = {finding.id: _before(now, finding) for finding in stored}
    seen = [_seen(finding, known.pop(finding.id, None), now) for finding in found]
    missing = [_missing(finding, now) for finding in known.values() if _memory(finding).get("week", "") <= now]
    return worst_first([*seen, *missing])


def with_decisions(merged: Iterable[Finding], stored: Iterable[Finding]) -> list[Finding]:
    """Merged findings, with what was decided of them after ``merge`` was given what was stored.

    stored: what is stored now, and held until the result is.
    """
    now = {finding.id: finding for finding in stored}
    return [_decided_as(finding, _newest_word(finding, now.get(finding.id))) for finding in merged]


def _newest_word(finding: Finding, stored: Finding | None) -> Finding:
    """Which of the two has the decision that counts."""
    if stored is None or stored.decided_at is None:
        return finding
    undone = (_memory(finding).get("before") or {}).get("decided", {}).get("decided_at")
    known = stored.decided_at == finding.decided_at or str(stored.decided_at) == undone
    return finding if known else stored


def carried(merged: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the week's digest carries: the findings it made itself, without what is remembered for the next merge."""
    return tuple(_without_memory(finding) for finding in merged if is_current(finding))


def is_current(finding: Finding) -> bool:
    """Whether the last digest found it; the others are only remembered."""
    return finding.state is not FindingState.RESOLVED and "missing_since" not in _memory(finding)


def quotes(finding: Finding, answers: Container[str]) -> bool:
    """Whether a finding quotes lines of some check-ins, by id."""
    return finding.kind is FindingKind.DUPLICATE_WORK and any(name in answers for name in finding.check_ins)


def without_quotes(finding: Finding) -> Finding:
    """The same question without the lines, once these are no longer kept."""
    asked, _, _ = finding.sentence.partition("?")
    return replace(
        finding, sentence=f"{asked}? Their lines are no longer kept.", evidence={**finding.evidence, "words": []}
    )


def _without_memory(finding: Finding) -> Finding:
    return replace(finding, evidence={name: value for name, value in finding.evidence.items() if name != _MEMORY})


def _before(now: str, finding: Finding) -> Finding:
    """A finding as it stood before a week was merged; one that was new in that week counts as gone, unless decided."""
    memory = _memory(finding)
    if memory.get("missing_since") == now:
        memory = {name: value for name, value in memory.items() if name != "missing_since"}
        finding = _with_memory(finding, memory)
    if memory.get("week") != now or "before" not in memory:
        return finding
    earlier = memory["before"]
    ground = {name: memory[name] for name in ("ground",) if name in memory}
    # A decision that came after one was undone speaks of what was new in that week.
    if earlier is None or (finding.decision and "decided" in earlier):
        gone = FindingState.RESOLVED if finding.state is FindingState.OPEN else finding.state
        return _with_memory(finding, ground, state=gone, weeks=finding.weeks - 1)
    stood = _with_memory(finding, earlier["memory"] | ground, since=earlier["since"], weeks=earlier["weeks"])
    return _decided_again(stood, earlier["decided"]) if "decided" in earlier else stood


def _seen(finding: Finding, before: Finding | None, now: str) -> Finding:
    if before is None:
        return _new(finding, now, standing=None)
    said = _said_once(finding, before)
    if before.state is FindingState.RESOLVED:
        return _new(said, now, standing=None)
    if _is_another_drift(said, before, now):
        return _new(said, now, standing=_standing(before) | {"decided": _decided(before)})
    return _known(said, before, now)


def _said_once(finding: Finding, before: Finding) -> Finding:
    """What the first digest after a block of ratings said of it, as long as no other block follows."""
    block = finding.evidence.get("block")
    if block is None or block != before.evidence.get("block"):
        return finding
    return replace(finding, evidence=before.evidence, sentence=before.sentence, severity=before.severity)


def _is_another_drift(finding: Finding, before: Finding, now: str) -> bool:
    """Whether a decision about a drift speaks of another one than a week has found."""
    older = _memory(before).get("week", "") >= now
    if older or finding.kind is not FindingKind.DRIFT or before.decided_at is None:
        return False
    if finding.basis == "history":
        # The baseline begins anew after the week of the decision, which still speaks of what was decided.
        return before.state is FindingState.DELIBERATE and str(Week.of(before.decided_at.date())) < now
    decided = before.state is not FindingState.OPEN
    return decided and finding.evidence.get(_DECLARED) != _ground(before)


def _ground(finding: Finding) -> Any:
    """The declared weight that a decision stands on, which no older week changes."""
    return _memory(finding).get("ground", finding.evidence.get(_DECLARED))


def _kept_ground(finding: Finding) -> dict[str, Any]:
    """The part of a memory that an older week leaves behind."""
    return {"ground": _ground(finding)} if finding.decision else {}


def _new(finding: Finding, now: str, *, standing: dict[str, Any] | None) -> Finding:
    told = {"shown_at": finding.weeks, "shown_effect": _effect(finding)}
    memory = {"week": now, "before": standing, **told, **_unlisted(finding, {"unlisted": True})}
    return _with_memory(finding, memory, shown=True)


def _known(finding: Finding, before: Finding, now: str) -> Finding:
    memory = _memory(before)
    again = memory.get("week", "") >= now
    weeks = before.weeks if again else before.weeks + 1
    shown = before.state is FindingState.OPEN and (_has_news(finding, memory, weeks=weeks) or (again and before.shown))
    told = {"shown_at": weeks, "shown_effect": _effect(finding)} if shown else _last_told(memory)
    seen = {**(_last_seen(before) if again else {"week": now, "before": _standing(before)}), **told}
    since = min(before.since, finding.since)
    kept = {"since": since, "weeks": weeks, "shown": shown, **_decision(before)}
    return _with_memory(finding, {**seen, **_unlisted(finding, memory)}, **kept)


def _last_seen(finding: Finding) -> dict[str, Any]:
    """The part of a memory that a week which is merged again leaves alone."""
    memory = {**_memory(finding), **_kept_ground(finding)}
    return {name: memory[name] for name in ("week", "before", "ground") if name in memory}


def _has_news(finding: Finding, memory: Mapping[str, Any], *, weeks: int) -> bool:
    """Whether it grew, was shown long ago, or comes into the organisation's digest for the first time."""
    grown = _effect(finding) - memory.get("shown_effect", 0.0) >= GROWN - 1e-9
    due = weeks - memory.get("shown_at", 0) >= QUIET_CHECK_INS
    return grown or due or ("unlisted" in memory and _is_listed(finding))


def _is_listed(finding: Finding) -> bool:
    return bool(finding.evidence.get("listed", True))


def _unlisted(finding: Finding, memory: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a memory that lasts until the organisation's digest has carried the finding."""
    return {"unlisted": True} if "unlisted" in memory and not _is_listed(finding) else {}


def _decided_as(finding: Finding, other: Finding) -> Finding:
    return replace(finding, **_decision(other))


def _decision(finding: Finding) -> dict[str, Any]:
    return {"state": finding.state, "decision": finding.decision, "decided_at": finding.decided_at}


def _decided(finding: Finding) -> dict[str, Any]:
    """What ``_decided_again`` needs to go back to a decision that did not hold."""
    return {name: str(word) for name, word in _decision(finding).items()} | {"ground": _ground(finding)}


def _decided_again(finding: Finding, decided: Mapping[str, Any]) -> Finding:
    return replace(
        finding,
        state=FindingState(decided["state"]),
        decision=Decision(decided["decision"]),
        decided_at=datetime.fromisoformat(decided["decided_at"]),
        evidence={**finding.evidence, _DECLARED: decided["ground"]},
    )


def _standing(finding: Finding) -> dict[str, Any]:
    """What ``_before`` needs to go back to it."""
    return {"since": finding.since, "weeks": finding.weeks, "memory": _own_memory(finding)}


def _own_memory(finding: Finding) -> dict[str, Any]:
    """Its memory without how it stood before."""
    return {name: value for name, value in _memory(finding).items() if name != "before"}


def _last_told(memory: Mapping[str, Any]) -> dict[str, Any]:
    return {"shown_at": memory.get("shown_at", 0), "shown_effect": memory.get("shown_effect", 0.0)}


def _missing(finding: Finding, now: str) -> Finding:
    memory = _own_memory(finding)
    since = memory.get("missing_since", now)
    ends = finding.state in (FindingState.OPEN, FindingState.ACCEPTED) and since < now
    state = FindingState.RESOLVED if ends else finding.state
    return _with_memory(finding, {**memory, "missing_since": since}, state=state, shown=False)


def _with_memory(finding: Finding, memory: Mapping[str, Any], **changes: Any) -> Finding:
    """With other fields, too."""
    return replace(finding, evidence={**finding.evidence, _MEMORY: memory}, **changes)


def _memory(finding: Finding) -> Mapping[str, Any]:
    memory: Mapping[str, Any] = finding.evidence.get(_MEMORY, {})
    return memory


def _effect(finding: Finding) -> float:
    return float(finding.evidence.get("effect", 0.0))
