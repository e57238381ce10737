"""Planted against found: a miss and an invention are told from what is fine."""

from typing import Any

from bot.demo.truth import FOUND_BY, judge

WEEKS = [f"2026-W{35 + number}" for number in range(8)]
SILO = {"kind": "silo", "team": "apps", "goal": None, "first_week": WEEKS[0]}
DRIFT = {"kind": "drift", "team": "pay", "goal": "faster", "first_week": WEEKS[1]}
ORPHAN = {"kind": "orphan", "team": "web", "goal": "old", "first_week": WEEKS[0]}


def found(kind: str, team: str, *goals: str) -> dict[str, Any]:
    return {"kind": kind, "teams": [team], "goals": list(goals)}


def digests(*findings: dict[str, Any], since: int, weeks: int = 8) -> list[dict[str, Any]]:
    return [
        {"week": week, "findings": list(findings) if number >= since else []}
        for number, week in enumerate(WEEKS[:weeks])
    ]


def test_what_was_planted_and_found_in_time_is_fine() -> None:
    said = digests(found("silo", "apps"), found("drift", "pay", "faster"), found("orphan_goal", "web", "old"), since=5)
    rows = judge([SILO, DRIFT, ORPHAN], said)
    assert [(row.kind, row.planted, row.week, row.wrong) for row in rows] == [
        ("silo", True, WEEKS[5], False),
        ("drift", True, WEEKS[5], False),
        ("orphan_goal", True, WEEKS[5], False),
    ]


def test_what_is_found_after_week_six_is_missed() -> None:
    (row,) = judge([SILO], digests(found("silo", "apps"), since=FOUND_BY))
    assert row.wrong and row.week == WEEKS[FOUND_BY]


def test_a_short_play_misses_nothing() -> None:
    (row,) = judge([SILO], digests(since=9, weeks=5))
    assert not row.wrong and row.week is None


def test_the_same_kind_elsewhere_is_a_miss_and_an_invention() -> None:
    missed, invented = judge([DRIFT], digests(found("drift", "pay", "cheaper"), since=4))
    assert missed.planted and missed.wrong
    assert not invented.planted and invented.wrong and invented.goals == ("cheaper",)


def test_other_findings_are_listed_but_not_wrong() -> None:
    (row,) = judge([], digests(found("orphan_goal", "web", "new"), since=4))
    assert not row.planted and not row.wrong
