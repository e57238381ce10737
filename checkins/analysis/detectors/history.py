"""Effort that moved away from where a team's own weeks before had it (basis: history)."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors import moves
from checkins.analysis.detectors.look import Look
from checkins.analysis.effort import REACH
from checkins.analysis.panel import Bools, Panel
from checkins.model import Finding, FindingKind, FindingState

STRONG = 0.30
OPEN_FOR = 3  # looks that a finding stays open once it fired


def detect(case: Case) -> Iterator[Finding]:
    """A finding where the last 3 check-ins lie away from the 6 before them, beyond chance and whichever week one leaves
    out.  One that fired stays for 3 looks, and as long as the effort since stays away from the baseline of then.
    """
    look = Look(case)
    standing = _standing(case)
    for team, slot in sorted({*map(tuple, np.argwhere(look.fired).tolist()), *standing}):
        before = standing.get((team, slot), {})
        if look.fired[team, slot]:
            yield _fired(look, team, slot, before=before)
        elif look.tested[team, slot] and (kept := _kept(look, team, slot, before=before)):
            yield kept


def _standing(case: Case) -> dict[tuple[int, int], Mapping[str, Any]]:
    """The evidence of the moves that earlier digests found and that still stand, by team and slot."""
    standing = [finding for finding in case.earlier if _stands(finding)]
    places = [case.panel.place_of(team=finding.teams[0], goal=finding.goals[0]) for finding in standing]
    return {place: finding.evidence for place, finding in zip(places, standing, strict=True) if place}


def _stands(finding: Finding) -> bool:
    drift = finding.kind is FindingKind.DRIFT and finding.basis == "history"
    return drift and finding.state not in (FindingState.RESOLVED, FindingState.DELIBERATE)


def _fired(look: Look, team: int, slot: int, *, before: Mapping[str, Any]) -> Finding:
    """A move that this look sees. before: evidence of the finding that stands already, whose baseline stays."""
    panel, seen = look.case.panel, look.shift
    move = moves.move_of(look, team, slot)
    reach = REACH * float(seen.se[team, slot])
    return _finding(
        look,
        team,
        slot,
        window=look.windows.lately[team] | look.windows.before[team],
        effect=abs(move.moved),
        evidence={
            "baseline": before.get("baseline", round(move.before, 4)),
            "start": before.get("start", panel.periods[int(np.argmax(look.windows.lately[team]))].label),
            "fired": panel.periods[-1].label,
            "moved": round(move.moved, 4),
            "low": round(move.moved - reach, 4),
            "high": round(move.moved + reach, 4),
            "actual": round(move.now, 4),
            "z": round(float(seen.z[team, slot]), 2),
            "people": move.people,
            "moved_that_way": move.movers,
            "listed": bool(look.listed[team]),
        },
        told=moves.sentence(move),
    )


def _kept(look: Look, team: int, slot: int, *, before: Mapping[str, Any]) -> Finding | None:
    """A move that this look does not see and that is not over; None where it is."""
    panel, labels = look.case.panel, [period.label for period in look.case.panel.periods]
    if before["start"] not in labels:
        return None
    held, numbers = panel.held[team], np.arange(len(labels))
    since: Bools = held & (numbers >= labels.index(before["start"]))
    level = _level(panel, team, slot, since)
    away = level - before["baseline"]
    looks = int((held & (numbers > labels.index(before["fired"]))).sum())
    stays_away = abs(away) >= look.floor[team] and (away > 0) == (before["moved"] > 0)
    if looks >= OPEN_FOR and not stays_away:
        return None
    return _finding(
        look,
        team,
        slot,
        window=since,
        effect=abs(away),
        evidence={**before, "actual": round(level, 4)},
        told=moves.still(panel.teams[team].name, panel.goal_of(team, slot), before=before, level=level),
    )


def _level(panel: Panel, team: int, slot: int, window: Bools) -> float:
    """Mean over people of their own mean share in some periods; 0 where nobody answered."""
    rows = panel.rows_of(team)
    answered = panel.answered[rows] & window
    share = (panel.worked[rows, :, slot] * window).sum(axis=1)
    people = answered.any(axis=1)
    return float((share[people] / answered[people].sum(axis=1)).mean()) if people.any() else 0.0


def _finding(
    look: Look, team: int, slot: int, *, window: Bools, effect: float, evidence: Mapping[str, Any], told: str
) -> Finding:
    panel = look.case.panel
    rows = panel.rows_of(team)
    sample = {
        "answers": int((panel.answered[rows] & window).sum()),
        "asked": int((panel.asked[rows] & window).sum()),
        "check_ins": int(window.sum()),
    }
    start = [period for period in panel.periods if period.label == evidence["start"]]
    return finding_of(
        kind=FindingKind.DRIFT,
        basis="history",
        teams=(panel.teams[team].id,),
        goals=(panel.goal_of(team, slot).id,),
        since=start[0] if start else panel.periods[int(np.argmax(look.windows.lately[team]))],
        effect=effect,
        strong=STRONG,
        people=float(look.members[team]),
        evidence={name: value for name, value in evidence.items() if name not in ("effect", "memory")} | sample,
        check_ins=panel.check_ins_of(team, window),
        sentence=f"{told} From {wording.sample(**sample)}.",
    )
