"""What people say of how clear a goal is: unclear, contested, or nothing to say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from checkins.analysis.detectors import clarity
from checkins.model import Finding, FindingKind, Goal, GoalChange, GoalStatus, Team
from tests.checkins.analysis.companies import Company

LATELY, BEFORE, LONG_AGO = 5, 9, 13  # weeks back, one in each of the last three complete blocks


def rated(*ratings: int, ago: int = LATELY, first: int = 0, company: Company | None = None) -> Company:
    company = company or with_goal()
    for number, rating in enumerate(ratings, start=first):
        company.say(f"person-{number}", "growth", ago=ago, clarity={"vague": rating})
    return company


def with_goal() -> Company:
    return Company(
        teams=[Team(id="design", name="Design"), Team(id="growth", name="Growth")],
        goals=[Goal(id="vague", title="Be better", team="growth", contributing_teams=("design",))],
    )


def found(company: Company) -> list[Finding]:
    return list(clarity.detect(company.case()))


def test_a_goal_rated_in_the_lower_half_is_unclear() -> None:
    (unclear,) = found(rated(2, 2, 3, 3, 2, 2, 3))
    assert (unclear.kind, unclear.basis) == (FindingKind.UNCLEAR_GOAL, None)
    assert (unclear.teams, unclear.goals) == (("growth", "design"), ("vague",))
    assert unclear.sentence == (
        "“Be better” is unclear: 7 people rate its clarity 2.4 of 5 on average (5 October – 1 November 2026)."
    )
    assert unclear.since == "2026-W41"


def test_the_middle_of_the_scale_is_unclear_as_well() -> None:
    assert len(found(rated(3, 3, 3, 3, 3))) == 1


def test_nothing_but_the_rounded_mean_and_the_sample_leaves() -> None:
    (unclear,) = found(rated(2, 2, 3, 3, 2, 2, 3))
    assert unclear.evidence == {"effect": 1.1, "n": 7, "mean": 2.4, "block": "2026-W41/2026-W44"}
    assert unclear.check_ins == ()
    assert unclear.severity == pytest.approx(0.5 * 1.1 / 2 + 0.5 * 7 / 20)


def test_a_goal_that_is_clear_to_some_only_is_contested_and_not_unclear() -> None:
    (contested,) = found(rated(1, 1, 2, 5, 4))
    assert contested.kind is FindingKind.CONTESTED_GOAL
    assert contested.evidence == {"effect": 1.8, "n": 5, "sd": 1.8, "block": "2026-W41/2026-W44"}
    assert "5 people rate its clarity from 1 to 5 with a standard deviation of 1.8 points" in contested.sentence


@pytest.mark.parametrize("ratings", [(), (1,), (1, 1, 1, 1), (5, 5, 4, 4, 5), (4, 3, 3, 3, 3)])
def test_nothing_is_said_of_clear_goals_and_of_fewer_than_five_ratings(ratings: Sequence[int]) -> None:
    assert found(rated(*ratings)) == []


def test_a_person_counts_once_with_the_newest_rating() -> None:
    company = rated(5, 5, 5, 5, 5, ago=6)
    assert found(company) == []
    assert found(rated(2, 2, 2, 2, ago=5, company=company))[0].evidence["n"] == 5
    assert found(rated(2, 2, ago=6)) == []


def test_ratings_of_a_block_that_still_runs_wait_for_its_end() -> None:
    assert found(rated(1, 1, 1, 1, 1, ago=2)) == []


def test_the_newest_group_is_told_for_as_long_as_no_other_follows() -> None:
    company = rated(2, 2, 2, 2, 2, ago=BEFORE)
    assert found(company)[0].evidence["block"] == "2026-W37/2026-W40"
    rated(1, 1, company=company)
    assert found(company)[0].evidence == {"effect": 1.5, "n": 5, "mean": 2.0, "block": "2026-W37/2026-W40"}
    rated(1, 1, 1, first=2, company=company)
    assert found(company)[0].evidence["mean"] == 1.0


def test_two_neighbouring_blocks_make_a_group_that_neither_has() -> None:
    company = rated(2, 2, 2, ago=LONG_AGO)
    rated(2, 2, 2, ago=BEFORE, first=3, company=company)
    assert (found(company)[0].evidence["n"], found(company)[0].evidence["block"]) == (6, "2026-W33/2026-W40")


def test_a_block_with_a_group_of_its_own_is_not_put_together_with_its_neighbour() -> None:
    company = rated(2, 2, 2, 2, 2, ago=LONG_AGO)
    rated(2, 2, 2, ago=BEFORE, first=5, company=company)
    assert (found(company)[0].evidence["n"], found(company)[0].evidence["block"]) == (5, "2026-W33/2026-W36")


def test_a_goal_without_a_live_team_or_that_no_longer_runs_is_left_alone() -> None:
    company = rated(2, 2, 2, 2, 2)
    goal = company.goals[0]
    for closed in (
        replace(goal, team=None, contributing_teams=()),
        replace(goal, status=GoalStatus.DONE),
        replace(goal, ends=date(2026, 11, 1)),
    ):
        assert found(replace(company, goals=[closed])) == []
    assert found(replace(company, teams=[replace(team, archived=True) for team in company.teams])) == []


def test_an_archived_team_is_not_named() -> None:
    company = rated(2, 2, 2, 2, 2)
    company.teams[1] = replace(company.teams[1], archived=True)
    assert found(company)[0].teams == ("design",)


def test_new_words_for_a_goal_end_what_was_said_of_the_old_ones() -> None:
    company = rated(2, 2, 2, 2, 2)
    reworded = datetime(2026, 11, 3, 12, tzinfo=UTC)
    company.changes.append(
        GoalChange(id="c", goal="vague", at=reworded, person=None, what="title", before="Be good", after="Be better")
    )
    assert found(company) == []


def test_a_goal_that_begins_in_a_block_is_rated_in_it() -> None:
    company = rated(2, 2, 2, 2, 2)
    company.goals[0] = replace(company.goals[0], starts=date(2026, 10, 12))
    assert len(found(company)) == 1


def test_goals_that_people_find_clear_are_rarely_called_unclear_or_contested() -> None:
    rng = np.random.default_rng(5)
    company = Company(teams=[Team(id="growth", name="Growth")])
    for number in range(200):
        company.goals.append(Goal(id=f"goal-{number:03}", title=f"Goal {number}", team="growth"))
    for person in range(8):
        clear = np.clip(np.round(rng.normal(4.2, 0.7, 100)), 1, 5).astype(int)
        vague = np.clip(np.round(rng.normal(2.3, 0.7, 100)), 1, 5).astype(int)
        ratings = enumerate([*clear.tolist(), *vague.tolist()])
        company.say(f"person-{person}", "growth", ago=LATELY, clarity={f"goal-{n:03}": rating for n, rating in ratings})
    told = {finding.goals[0] for finding in found(company) if finding.kind is FindingKind.UNCLEAR_GOAL}
    assert len({goal for goal in told if goal < "goal-100"}) == 0
    assert len(told) >= 90
