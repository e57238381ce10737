"""What was planted held against what the digests found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.demo.planting import Plant, Planted
from checkins.model import FindingKind

FOUND_BY = 6  # weeks of play
KINDS = {Plant.SILO: FindingKind.SILO, Plant.DRIFT: FindingKind.DRIFT, Plant.ORPHAN: FindingKind.ORPHAN_GOAL}
NEVER_INVENTED = (FindingKind.SILO, FindingKind.DRIFT)

Claim = tuple[FindingKind, tuple[str, ...], tuple[str, ...]]  # kind, teams, goals


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A claim: what was planted, or what a digest said besides. week: the first digest that said so."""

    kind: str
    teams: tuple[str, ...]
    goals: tuple[str, ...]
    planted: bool
    week: str | None
    wrong: bool


def truth_of(planted: Sequence[Planted]) -> list[dict[str, Any]]:
    """The truth as JSON values."""
    return [asdict(entry) for entry in planted]


def judge(truth: Sequence[Mapping[str, Any]], digests: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Planted against found. truth: as ``truth_of`` gives it. digests: JSON bodies, one per week played, oldest first.

    Wrong is a plant that six digests have not found, and a silo or drift that nobody planted; an orphan besides those
    planted is listed only.
    """
    found = _first_weeks(digests)
    planted = {_claim(entry): entry for entry in truth}
    weeks = [digest["week"] for digest in digests]
    return [_planted(claim, found.get(claim), weeks) for claim in planted] + [
        _besides(claim, week) for claim, week in found.items() if claim not in planted
    ]


def _first_weeks(digests: Sequence[Mapping[str, Any]]) -> dict[Claim, str]:
    first: dict[Claim, str] = {}
    for digest in digests:
        for claim in _claims(digest):
            first.setdefault(claim, digest["week"])
    return first


def _claims(digest: Mapping[str, Any]) -> Iterator[Claim]:
    for finding in digest["findings"]:
        yield FindingKind(finding["kind"]), tuple(finding["teams"]), tuple(finding["goals"])


def _claim(entry: Mapping[str, Any]) -> Claim:
    return KINDS[Plant(entry["kind"])], (entry["team"],), (entry["goal"],) if entry["goal"] else ()


def _planted(claim: Claim, week: str | None, weeks: Sequence[str]) -> Row:
    late = week is None or week not in weeks[:FOUND_BY]
    kind, teams, goals = claim
    return Row(kind=kind, teams=teams, goals=goals, planted=True, week=week, wrong=late and len(weeks) >= FOUND_BY)


def _besides(claim: Claim, week: str) -> Row:
    kind, teams, goals = claim
    return Row(kind=kind, teams=teams, goals=goals, planted=False, week=week, wrong=kind in NEVER_INVENTED)
