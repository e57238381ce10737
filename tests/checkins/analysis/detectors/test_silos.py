"""The zero rule: a team without ties in either direction, and only where answers carry the statement."""

import numpy as np
import pytest

from checkins.analysis.detectors import silos
from checkins.analysis.ties import ties_of
from checkins.model import Finding, Goal, Team
from tests.checkins.analysis.companies import Company, three_teams
from tests.checkins.analysis.simulated import case_of_panel, cut_off, panel_of_world
from tests.evaluation.worlds import dirichlet_world


def found(company: Company) -> list[Finding]:
    return list(silos.detect(company.case()))


def with_a_loner(*, weeks: int = 4, people: int = 4, ties: tuple[str, ...] = ()) -> Company:
    company = three_teams(weeks)
    company.teams.append(Team(id="island", name="Island"))
    company.goals.append(Goal(id="own", title="Own", team="island", owner="island-0"))
    for ago in range(weeks):
        for number in range(people):
            company.answer(f"island-{number}", "island", ago=ago, work={"own": 1.0}, ties=ties)
    return company


def test_connected_teams_are_no_silos() -> None:
    assert found(three_teams()) == []


def test_a_team_nobody_names_and_that_names_nobody_is_a_silo() -> None:
    (silo,) = found(with_a_loner())
    assert (silo.teams, silo.goals, silo.basis) == (("island",), (), None)
    assert silo.sentence == (
        "Island mentions no other team and no other team mentions it, going by 16 of 16 answers over 4 check-ins. "
        "Elsewhere 24 of 48 answers mention another team."
    )
    assert silo.evidence["answers"] == 16
    assert len(silo.check_ins) == 16


def test_a_team_with_as_many_ties_as_others_is_no_silo() -> None:
    assert found(with_a_loner(ties=("growth",))) == []


def test_a_team_with_far_fewer_ties_than_others_is_a_silo_that_has_some() -> None:
    named = with_a_loner()
    named.answer("growth-0", "growth", ties=("island",))
    (silo,) = found(named)
    assert silo.sentence == (
        "Island has few ties: 0 of its answers mention another team and it is mentioned 1 time, where its size lets "
        "expect 8, going by 16 of 16 answers over 4 check-ins. Elsewhere 25 of 48 answers mention another team."
    )
    assert 0 < silo.evidence["effect"] < 1


@pytest.mark.parametrize(("named", "silo"), [(4, True), (8, False)])
def test_being_named_often_is_contact_enough(named: int, silo: bool) -> None:
    company = with_a_loner()
    for number in range(named):
        company.answer(f"growth-{number % 4}", "growth", ago=number // 4, ties=("island",))
    assert bool(found(company)) is silo


def test_work_on_another_teams_goal_is_a_tie() -> None:
    company = with_a_loner()
    for ago in range(4):
        for number in range(2):
            company.answer(f"island-{number}", "island", ago=ago, work={"growth-big": 1.0})
    assert found(company) == []


def test_seven_answers_are_too_few() -> None:
    company = with_a_loner(people=1)
    for ago in range(3):
        company.answer("island-1", "island", ago=ago, work={"own": 1.0})
    assert found(company) == []
    company.answer("island-1", "island", ago=3, work={"own": 1.0})
    assert len(found(company)) == 1


def test_a_team_with_few_answers_is_looked_at_over_eight_check_ins() -> None:
    company = with_a_loner(weeks=8, people=2)
    (silo,) = found(company)
    assert (silo.evidence["answers"], silo.evidence["check_ins"]) == (16, 8)
    for ago in range(4, 8):
        company.answer("island-0", "island", ago=ago, ties=("growth",))
        company.answer("island-1", "island", ago=ago, ties=("growth",))
    assert found(company) == []


def test_nothing_is_said_when_fewer_than_half_answered() -> None:
    company = with_a_loner()
    for ago in range(4):
        for number in range(5):
            company.prompt(f"silent-{number}", "island", ago=ago)
    assert found(company) == []


def test_nobody_is_a_silo_where_hardly_anybody_names_a_team() -> None:
    company = with_a_loner()
    company.effort.tie_of.clear()
    company.effort.tie_team.clear()
    company.effort.tie_word.clear()
    assert found(company) == []


def test_a_single_team_is_no_silo() -> None:
    company = Company(teams=[Team(id="only", name="Only")])
    for ago in range(4):
        for number in range(5):
            company.answer(f"only-{number}", "only", ago=ago)
    assert found(company) == []


def test_cut_off_teams_are_found_and_healthy_ones_left_alone() -> None:
    rng = np.random.default_rng(31)
    teams = 400
    world = dirichlet_world(rng, sizes=rng.integers(3, 13, teams), periods=4)
    names = world.answered & (rng.random(world.answered.shape) < 0.4)
    rows, periods = np.nonzero(names)
    other = (world.row_team[rows] + rng.integers(1, teams, len(rows))) % teams
    panel = panel_of_world(world, ties=np.column_stack([rows, periods, other]))
    planted = np.arange(teams) < 40
    ties = ties_of(cut_off(panel, planted))
    carried = (ties.answers >= 8) & (ties.answers >= 0.5 * ties.asked)
    flagged = np.isin(
        [team.id for team in panel.teams],
        [finding.teams[0] for finding in silos.detect(case_of_panel(cut_off(panel, planted)))],
    )
    assert flagged[planted & carried].mean() >= 0.99
    assert flagged[~planted].mean() <= 0.015
