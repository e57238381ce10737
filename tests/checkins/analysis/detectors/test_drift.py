"""Drift against the declared weights: found where it is, not found where it is not."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from checkins.analysis.detectors import drift
from checkins.analysis.panel import Floats
from checkins.model import Finding, FrozenGoal
from checkins.wording import NBSP
from tests.checkins.analysis.companies import WEEKS, Company, three_teams
from tests.checkins.analysis.simulated import case_of_panel, panel_of_world
from tests.evaluation.worlds import P, World, dirichlet_world, logistic_world


def found(company: Company) -> list[Finding]:
    return list(drift.detect(company.case()))


def plain(finding: Finding) -> str:
    """Its sentence, however the numbers are kept together."""
    return finding.sentence.replace(NBSP, " ")


def shift(company: Company, team: str, *, big: float, small: float) -> None:
    """Everything the team answered is replaced by another split of its effort."""
    for index, goal in enumerate(company.effort.goal):
        if goal == f"{team}-big":
            company.effort.share[index] = big
        if goal == f"{team}-small":
            company.effort.share[index] = small


def test_teams_that_keep_to_their_plan_have_no_drift() -> None:
    assert found(three_teams()) == []


def test_effort_away_from_the_plan_is_a_finding_with_its_numbers() -> None:
    company = three_teams()
    shift(company, "growth", big=0.2, small=0.8)
    big, small = sorted(found(company), key=lambda finding: finding.goals)
    assert (big.teams, big.goals, big.basis) == (("growth",), ("growth-big",), "plan")
    assert small.goals == ("growth-small",)
    assert big.evidence["actual"] == pytest.approx(0.2)
    assert big.evidence["declared"] == pytest.approx(0.6)
    assert (big.evidence["answers"], big.evidence["asked"]) == (16, 16)
    assert plain(big).startswith("Growth put 20 % of its work on planned goals into “growth big” (likely ")
    assert plain(big).endswith("); 60 % was planned. From 16 of 16 answers over 4 check-ins.")
    assert "growth-0" not in big.sentence
    assert len(big.check_ins) == 16
    assert (big.since, big.weeks) == ("2026-W44", 1)
    assert big.severity == pytest.approx(0.5 + 0.5 * 4 / 20)


def test_nothing_is_said_before_four_check_ins() -> None:
    company = three_teams(weeks=3)
    shift(company, "growth", big=0.2, small=0.8)
    assert found(company) == []


def test_nothing_is_said_when_fewer_than_half_answered() -> None:
    company = three_teams()
    shift(company, "growth", big=0.2, small=0.8)
    for ago in range(4):
        for number in range(5):
            company.prompt(f"silent-{number}", "growth", ago=ago)
    assert found(company) == []


def test_nothing_is_said_about_weights_nobody_declared() -> None:
    company = three_teams()
    shift(company, "growth", big=0.2, small=0.8)
    company.goals = [replace(goal, weight=None) for goal in company.goals]
    assert found(company) == []


def test_one_persons_effort_is_not_a_teams_drift() -> None:
    company = three_teams()
    company.goals.append(replace(company.goals[0], id="solo-a", team="solo", weight=0.9))
    company.goals.append(replace(company.goals[0], id="solo-b", team="solo", weight=0.1))
    company.teams.append(replace(company.teams[0], id="solo", name="Solo"))
    for ago in range(4):
        company.answer("ada", "solo", ago=ago, work={"solo-b": 1.0})
    assert found(company) == []


def test_without_a_reserve_only_declared_goals_are_compared() -> None:
    company = three_teams()
    shift(company, "growth", big=0.3, small=0.2)
    for index, person in enumerate(company.effort.person):
        if person.startswith("growth"):
            add_unplanned(company, index)
    assert found(company) == []


def test_with_a_reserve_shares_are_of_all_work() -> None:
    company = three_teams(reserve=0.2)
    shift(company, "growth", big=0.3, small=0.2)
    for index, person in enumerate(company.effort.person):
        if person.startswith("growth"):
            add_unplanned(company, index)
    big = next(finding for finding in found(company) if finding.goals == ("growth-big",))
    assert big.evidence["declared"] == pytest.approx(0.48)
    assert big.evidence["actual"] == pytest.approx(0.3)
    assert plain(big).startswith("Growth put 30 % of its work into “growth big” (likely ")
    assert "; 60 % was planned (48 % after the reserve). " in plain(big)


def test_weights_that_leave_room_beside_the_reserve_are_not_scaled() -> None:
    company = three_teams(reserve=0.2)
    company.goals = [replace(goal, weight=(goal.weight or 0) / 2) for goal in company.goals]
    big = next(finding for finding in found(company) if finding.goals == ("growth-big",))
    assert "; 30 % was planned. " in plain(big)


def test_without_a_reserve_the_typed_share_comes_first_and_then_the_one_compared() -> None:
    company = three_teams()
    company.goals = [replace(goal, weight=0.6 if goal.id.endswith("big") else 0.3) for goal in company.goals]
    shift(company, "growth", big=0.2, small=0.8)
    big = next(finding for finding in found(company) if finding.goals == ("growth-big",))
    assert big.evidence["declared"] == pytest.approx(2 / 3, abs=1e-4)
    assert "; 60 % was planned (67 % of the planned work). " in plain(big)


def add_unplanned(company: Company, check_in: int) -> None:
    company.effort.item_of.append(check_in)
    company.effort.goal.append(None)
    company.effort.reason.append("urgent_customer_need")
    company.effort.share.append(0.5)


def frozen_weeks(company: Company, *, weight_before: float, changed_ago: int) -> list[dict[str, FrozenGoal]]:
    """Rounds of every week; Growth's big goal had another weight until so many weeks ago."""
    weeks = []
    for ago in reversed(range(WEEKS)):
        old = ago >= changed_ago
        weeks.append(
            {
                goal.id: FrozenGoal(
                    id=goal.id,
                    title=goal.title,
                    team=goal.team,
                    weight=weight_before if old and goal.id == "growth-big" else goal.weight,
                )
                for goal in company.goals
            }
        )
    return weeks


@pytest.mark.parametrize(("changed_ago", "goals"), [(2, ["growth-small"]), (4, ["growth-big", "growth-small"])])
def test_a_changed_weight_starts_the_window_anew(changed_ago: int, goals: list[str]) -> None:
    company = three_teams(weeks=8)
    shift(company, "growth", big=0.2, small=0.8)
    frozen = frozen_weeks(company, weight_before=0.1, changed_ago=changed_ago)
    assert sorted(finding.goals[0] for finding in drift.detect(company.case(frozen))) == goals


def swinging(*, level: Callable[[int], float], by: float = 0.3, weeks: int = 8) -> Company:
    """Growth's people put so much more and less than some share into its big goal, week by week in turns.

    level: that share, by weeks ago; 60 % were planned.
    """
    company = three_teams(weeks=weeks)
    for index, goal in enumerate(company.effort.goal):
        person, ago, _ = company.effort.check_in[company.effort.item_of[index]].rsplit("-", 2)
        if goal in ("growth-big", "growth-small"):
            big = level(int(ago)) + (by if (int(ago) + int(person[-1])) % 2 else -by)
            company.effort.share[index] = big if goal == "growth-big" else 1 - big
    return company


def test_a_gap_that_four_noisy_check_ins_do_not_show_is_found_over_eight() -> None:
    assert found(swinging(level=lambda _: 0.45, weeks=4)) == []
    big, _ = sorted(found(swinging(level=lambda _: 0.45)), key=lambda finding: finding.goals)
    assert (big.goals, big.evidence["check_ins"], big.since) == (("growth-big",), 8, "2026-W40")
    assert plain(big).endswith("60 % was planned. From 32 of 32 answers over 8 check-ins.")
    assert len(big.check_ins) == 32


def test_a_team_that_came_back_to_its_plan_is_not_reminded_of_the_weeks_before() -> None:
    assert found(swinging(level=lambda ago: 0.3 if ago >= 4 else 0.58)) == []
    assert found(swinging(level=lambda ago: 0.15 if ago >= 4 else 0.68, by=0.1, weeks=16)) == []


def test_eight_check_ins_need_a_weight_that_stood_for_as_many() -> None:
    company = swinging(level=lambda _: 0.45)
    frozen = frozen_weeks(company, weight_before=0.9, changed_ago=6)
    assert "growth-big" not in [finding.goals[0] for finding in drift.detect(company.case(frozen))]


def test_the_round_s_frozen_weights_count_and_not_later_edits() -> None:
    company = three_teams()
    frozen = frozen_weeks(company, weight_before=0.6, changed_ago=0)
    company.goals = [replace(goal, weight=0.1) for goal in company.goals]
    assert list(drift.detect(company.case(frozen))) == []


# Noise of two families at 80 % response, half of the teams below and half above five people.

Maker = Callable[..., World]
SMALL, LARGE = (3, 4), tuple(range(5, 13))


def flagged(make: Maker, *, off: float, among: tuple[int, ...], teams: int, seed: int) -> Floats:
    """1 for each team with drift, where so many points have long lain on the next goal instead of where planned."""
    rng = np.random.default_rng(seed)
    numbers = np.arange(teams)
    moved = np.zeros((teams, len(P)))
    moved[numbers, numbers % 3], moved[numbers, (numbers + 1) % 3] = -off, off
    world = make(rng, sizes=rng.choice(among, teams), target=P + moved)
    plan = np.maximum(world.team_truth - moved, 0)
    case = case_of_panel(panel_of_world(world, weights=plan / plan.sum(axis=1, keepdims=True)))
    judged = case.levels.response >= 0.5
    named = {finding.teams[0] for finding in drift.detect(case)}
    return np.array([team.id in named for team in case.panel.teams])[judged].astype(float)


@pytest.mark.parametrize("make", [dirichlet_world, logistic_world])
def test_teams_within_two_points_of_their_plan_are_left_alone(make: Maker) -> None:
    flags = flagged(make, off=0.02, among=SMALL + LARGE, teams=1000, seed=21)
    assert flags.mean() <= 0.005 + 3 * np.sqrt(0.005 * 0.995 / len(flags))


@pytest.mark.parametrize(
    ("make", "among", "least"),
    [
        (dirichlet_world, SMALL, 0.84),
        (dirichlet_world, LARGE, 0.94),
        (logistic_world, SMALL, 0.88),
        (logistic_world, LARGE, 0.95),
    ],
)
def test_effort_fifteen_points_off_the_plan_is_found(make: Maker, among: tuple[int, ...], least: float) -> None:
    assert flagged(make, off=0.15, among=among, teams=400, seed=22).mean() >= least
