"""Goals without an owner, a team or any work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from checkins.analysis.detectors import orphans
from checkins.model import Finding, FrozenGoal, Goal, GoalStatus, Level
from tests.checkins.analysis.companies import WEEKS, Company, three_teams


def found(company: Company, frozen: Sequence[dict[str, FrozenGoal]] = ()) -> list[Finding]:
    return list(orphans.detect(company.case(frozen)))


FORGOTTEN = Goal(id="forgotten", title="Forgotten", team="growth", owner="growth-0")


def with_goal(goal: Goal, *, weeks: int = 4) -> Company:
    company = three_teams(weeks)
    company.goals.append(goal)
    return company


def test_goals_with_work_are_no_orphans() -> None:
    assert found(three_teams()) == []


def test_a_goal_without_work_in_four_check_ins_is_an_orphan() -> None:
    (orphan,) = found(with_goal(FORGOTTEN))
    assert (orphan.teams, orphan.goals) == (("growth",), ("forgotten",))
    assert orphan.evidence["decay"] == "no_work"
    assert orphan.sentence == "“Forgotten” got no work over 4 check-ins, while its team Growth gave 16 of 16 answers."


def test_silence_of_the_owning_team_is_not_taken_for_idleness() -> None:
    company = with_goal(FORGOTTEN)
    for ago in range(4):
        for number in range(3):
            company.prompt(f"silent-{number}", "growth", ago=ago)
    assert found(company) == []


def test_three_check_ins_are_too_few() -> None:
    assert found(with_goal(FORGOTTEN, weeks=3)) == []


def test_another_teams_work_counts() -> None:
    company = with_goal(FORGOTTEN)
    company.answer("design-0", "design", ago=2, work={"forgotten": 0.1, None: 0.9})
    assert found(company) == []


def test_work_on_a_supporting_goal_is_work_on_the_goal() -> None:
    company = with_goal(replace(FORGOTTEN, level=Level.PRODUCT, owner="design-0"))
    company.goals[0] = replace(company.goals[0], supports=("forgotten",))
    assert found(company) == []


@pytest.mark.parametrize(
    "goal",
    [
        replace(FORGOTTEN, status=GoalStatus.PAUSED),
        replace(FORGOTTEN, ends=date(2026, 11, 1)),
        replace(FORGOTTEN, starts=date(2026, 11, 4)),
    ],
    ids=["paused", "ended", "begun inside the window"],
)
def test_a_goal_must_have_run_throughout(goal: Goal) -> None:
    assert found(with_goal(goal)) == []


def test_a_goal_that_earlier_rounds_did_not_list_is_new() -> None:
    company = with_goal(FORGOTTEN)
    listed = {goal.id: FrozenGoal(id=goal.id, title=goal.title, team=goal.team, weight=None) for goal in company.goals}
    before = {name: goal for name, goal in listed.items() if name != "forgotten"}
    assert found(company, [before] * (WEEKS - 3) + [listed] * 3) == []
    assert len(found(company, [before] * (WEEKS - 4) + [listed] * 4)) == 1


@pytest.mark.parametrize(
    ("goal", "missing", "sentence"),
    [
        (replace(FORGOTTEN, owner=None), ["owner"], "The goal “Forgotten” has no owner."),
        (replace(FORGOTTEN, team=None), ["team"], "The goal “Forgotten” has no team."),
        (
            replace(FORGOTTEN, owner=None, team=None, level=Level.ORGANISATION),
            ["owner", "team"],
            "The organisation goal “Forgotten” has neither an owner nor a team.",
        ),
    ],
)
def test_a_goal_without_owner_or_team_is_one_at_once(goal: Goal, missing: list[str], sentence: str) -> None:
    (orphan,) = found(with_goal(goal, weeks=1))
    assert orphan.evidence["missing"] == missing
    assert orphan.sentence == sentence


def test_owners_are_not_missed_where_nobody_uses_them_yet() -> None:
    company = with_goal(replace(FORGOTTEN, owner=None, team=None))
    company.goals = [replace(goal, owner=None) for goal in company.goals]
    (orphan,) = found(company)
    assert (orphan.goals, orphan.sentence) == (("forgotten",), "The goal “Forgotten” has no team.")


def test_a_goal_that_others_support_needs_no_team_of_its_own() -> None:
    company = with_goal(replace(FORGOTTEN, team=None, level=Level.ORGANISATION), weeks=1)
    company.goals[0] = replace(company.goals[0], supports=("forgotten",))
    assert found(company) == []
