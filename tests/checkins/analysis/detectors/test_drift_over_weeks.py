"""Drift over the weeks: found where effort moved, not where something else explains it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from checkins.analysis.detectors import history
from checkins.model import Decision, Finding, FindingState, GoalChange
from checkins.wording import NBSP
from tests.checkins.analysis.companies import Company, monday

WEEKS = 9  # six before, three that are looked at
Split = dict[str | None, float | None]
BEFORE: Split = {"big": 0.6, "small": 0.4}
NOW: Split = {"big": 0.3, "small": 0.7}


def moved(*, weeks: int = WEEKS, since: int = 3, now: Split = NOW, people: int = 6, wobble: float = 0.02) -> Company:
    """Growth's people keep to a split, each a little different every week, and since so many weeks to another one."""
    company = Company()
    company.own("growth", "big", "small")
    for ago in range(weeks):
        for number in range(people):
            split = now if ago < since else BEFORE
            change = wobble * ((ago + number) % 3 - 1)
            company.answer(f"growth-{number}", "growth", ago=ago, work=_wobbled(split, change))
    return company


def _wobbled(split: Split, change: float) -> Split:
    first, *_ = split
    others = -change / (len(split) - 1)
    return {goal: max(0.0, (share or 0) + (change if goal == first else others)) for goal, share in split.items()}


def found(company: Company, *, ago: int = 0) -> dict[str, Finding]:
    return {finding.goals[0]: finding for finding in history.detect(company.case(ago=ago))}


def plain(finding: Finding) -> str:
    return finding.sentence.replace(NBSP, " ")


def test_a_move_is_told_with_where_it_went_since_when_and_how_many_moved() -> None:
    big, small = found(moved())["big"], found(moved())["small"]
    assert plain(big) == (
        "Growth put 30 % of its work into “Big” since week 45, 60 % in the six check-ins before; "
        "the difference went to “Small”. 6 of 6 people put less into it. From 54 of 54 answers over 9 check-ins."
    )
    assert "the difference came from “Big”. 6 of 6 people put more into it." in plain(small)
    assert (big.basis, big.teams, big.since, big.weeks) == ("history", ("growth",), "2026-W45", 1)
    assert big.evidence["moved"] == pytest.approx(-0.3, abs=0.01)
    assert big.evidence["low"] < big.evidence["moved"] < big.evidence["high"] < 0
    assert (big.evidence["answers"], big.evidence["asked"], big.evidence["people"]) == (54, 54, 6)
    assert len(big.check_ins) == 54


def test_effort_that_went_to_no_goal_or_to_others_goals_is_named() -> None:
    fires: Split = {"big": 0.3, "small": 0.4, None: 0.3}
    assert "the difference went to work on no goal." in plain(found(moved(now=fires))["big"])
    company = moved(now={"big": 0.3, "small": 0.4, "theirs": 0.3})
    company.own("platform", "theirs")
    assert "the difference went to goals of other teams." in plain(found(company)["big"])


@pytest.mark.parametrize("weeks", range(1, WEEKS))
def test_nothing_is_said_before_the_baseline_is_complete(weeks: int) -> None:
    assert found(moved(weeks=weeks)) == {}


def test_teams_that_stay_as_they_are_have_no_drift() -> None:
    assert found(moved(since=0, weeks=16)) == {}


def test_one_odd_week_is_no_drift() -> None:
    odd: Split = {"big": 0.0, "small": 1.0}
    assert found(moved(since=1, now=odd)) == {}


def test_a_move_below_the_floor_is_not_worth_a_word() -> None:
    assert found(moved(now={"big": 0.52, "small": 0.48})) == {}
    small_team = moved(people=4, now={"big": 0.47, "small": 0.53})
    assert found(small_team) == {}
    assert found(moved(people=6, now={"big": 0.47, "small": 0.53}))


def test_one_person_is_no_team() -> None:
    assert found(moved(people=1)) == {}


def test_who_came_later_says_nothing_about_a_move() -> None:
    company = moved(since=0)
    for ago in range(3):
        for number in range(9):
            company.answer(f"new-{number}", "growth", ago=ago, work={"big": 0.0, "small": 1.0})
    assert found(company) == {}


def test_an_archived_team_is_not_spoken_of() -> None:
    company = moved()
    company.teams = [replace(team, archived=True) for team in company.teams]
    assert found(company) == {}


def changed(what: str, *, ago: int, goal: str = "big") -> GoalChange:
    at = datetime.combine(monday(ago), time(6), tzinfo=UTC)
    return GoalChange(id=f"{what}{ago}", goal=goal, at=at, person=None, what=what, before="", after="")


@pytest.mark.parametrize("what", ["title", "owner", "team", "weight", "weight:growth"])
@pytest.mark.parametrize("ago", [0, 3, 7])
def test_a_decided_change_of_a_goal_is_not_drift(what: str, ago: int) -> None:
    company = moved()
    company.changes.append(changed(what, ago=ago))
    assert "big" not in found(company)
    assert ("small" in found(company)) is not what.startswith("weight")


@pytest.mark.parametrize("what", ["description", "measure", "weight:platform"])
def test_other_changes_explain_nothing(what: str) -> None:
    company = moved()
    company.own("platform", "theirs")
    company.changes.append(changed(what, ago=3))
    assert found(company).keys() == {"big", "small"}


def test_a_change_before_the_baseline_is_over() -> None:
    company = moved()
    company.changes.append(changed("weight", ago=8))
    assert found(company).keys() == {"big", "small"}


def test_a_goal_that_began_explains_why_others_fell() -> None:
    company = moved(now={"big": 0.3, "small": 0.4, "new": 0.3})
    company.own("growth", "new", starts=monday(3))
    assert found(company) == {}


def test_a_goal_that_ended_explains_why_others_rose() -> None:
    company = moved(now={"big": 0.0, "small": 1.0})
    company.goals = [replace(goal, ends=monday(3)) if goal.id == "big" else goal for goal in company.goals]
    assert found(company) == {}


def standing(company: Company, *, weeks: int) -> Finding:
    """The finding about the big goal as it was stored so many weeks ago."""
    return found(company, ago=weeks)["big"]


def test_a_finding_stays_for_three_looks_with_the_baseline_of_then() -> None:
    company = moved(weeks=16, since=6)
    early = standing(company, weeks=3)
    assert found(company).keys() == set()
    company.earlier = [early]
    kept = found(company)["big"]
    assert kept.evidence["baseline"] == early.evidence["baseline"]
    assert kept.id == early.id
    assert plain(kept).startswith("Growth put 30 % of its work into “Big” since week 42, 60 % before.")


def test_a_finding_ends_once_the_effort_is_back() -> None:
    company = moved(weeks=16, since=6)
    early = standing(company, weeks=3)
    company.earlier = [replace(early, evidence={**early.evidence, "baseline": 0.3})]
    assert found(company) == {}


END: list[Callable[[Finding], Finding]] = [
    lambda finding: replace(finding, state=FindingState.RESOLVED),
    lambda finding: replace(
        finding,
        state=FindingState.DELIBERATE,
        decision=Decision.DELIBERATE,
        decided_at=datetime.combine(monday(2), time(12), tzinfo=UTC),
    ),
]


@pytest.mark.parametrize("end", END)
def test_what_is_over_or_deliberate_is_not_kept(end: Callable[[Finding], Finding]) -> None:
    company = moved(weeks=16, since=6)
    company.earlier = [end(standing(company, weeks=3))]
    assert found(company) == {}


def test_a_deliberate_shift_is_not_found_again() -> None:
    company = moved()
    (finding,) = [found(company)["big"]]
    decided = datetime.combine(monday(1), time(12), tzinfo=UTC)
    company.earlier = [replace(finding, state=FindingState.DELIBERATE, decided_at=decided)]
    assert found(company).keys() == {"small"}
