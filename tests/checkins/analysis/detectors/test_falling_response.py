"""Check-ins that are answered less than they were."""

from dataclasses import replace

import numpy as np
import pytest

from checkins.analysis.declared import Declared
from checkins.analysis.detectors import falling_response
from checkins.analysis.detectors.falling_response import probability_of_fall
from checkins.model import Finding, FrozenGoal
from tests.checkins.analysis.companies import Company, three_teams
from tests.checkins.analysis.simulated import case_of_panel, panel_of_world
from tests.evaluation.worlds import dirichlet_world

LISTED = FrozenGoal(id="growth-big", title="growth big", team="growth", weight=None)


def found(company: Company) -> list[Finding]:
    return list(falling_response.detect(company.case()))


def growth(*, lately: int, before: int, people: int = 8, weeks: int = 12, asked_by_rounds: bool = True) -> Company:
    """Growth is asked every week; so many answer lately, and so many did before."""
    company = Company()
    company.own("growth", "growth-big")
    for ago in range(weeks):
        for number in range(people):
            company.prompt(f"growth-{number}", "growth", ago=ago)
        for number in range(lately if ago < 4 else before):
            company.answer(f"growth-{number}", "growth", ago=ago, work={"growth-big": 1.0})
        if asked_by_rounds:
            company.froze(ago, LISTED)
    return company


def test_a_rate_that_fell_by_half_is_said() -> None:
    (finding,) = found(growth(lately=4, before=7))
    assert (finding.teams, finding.goals, finding.check_ins) == (("growth",), (), ())
    assert finding.sentence == (
        "The check-in of Growth is answered less: 16 of 32 answers over 4 check-ins, "
        "after 56 of 64 answers over 8 check-ins before. A shorter form or another hour may help."
    )
    assert (finding.evidence["rate"], finding.evidence["rate_before"]) == (0.5, 0.875)
    assert finding.evidence["effect"] == 0.375
    assert finding.evidence["probability"] > 0.99


@pytest.mark.parametrize(("lately", "before"), [(7, 7), (8, 4), (6, 7), (0, 0)])
def test_a_rate_that_stands_rises_or_fell_by_chance_is_not(lately: int, before: int) -> None:
    assert found(growth(lately=lately, before=before)) == []


def test_nothing_is_said_before_there_is_enough_to_compare() -> None:
    assert found(growth(lately=2, before=8, weeks=7)) == []
    assert len(found(growth(lately=2, before=8, weeks=8))) == 1
    assert found(growth(lately=0, before=1, people=1)) == []


def test_nobody_knows_who_was_asked_where_no_round_asked() -> None:
    assert found(growth(lately=4, before=7, asked_by_rounds=False)) == []


def test_archived_teams_and_companies_without_answers_are_left_alone() -> None:
    company = growth(lately=4, before=7)
    company.teams[0] = replace(company.teams[0], archived=True)
    assert found(company) == []
    assert found(Company()) == []
    assert found(three_teams(12)) == []


@pytest.mark.parametrize(
    ("lately", "before"), [((14, 32), (58, 64)), ((25, 32), (58, 64)), ((0, 8), (16, 16)), ((8, 8), (0, 16))]
)
def test_the_probability_is_that_of_two_beta_posteriors(lately: tuple[int, int], before: tuple[int, int]) -> None:
    rng = np.random.default_rng(7)
    rates = [rng.beta(1 + answers, 1 + asked - answers, 200_000) for answers, asked in (lately, before)]
    assert probability_of_fall(lately, before) == pytest.approx((rates[0] < rates[1]).mean(), abs=0.003)


def test_teams_that_answer_as_they_always_did_are_left_alone() -> None:
    rng = np.random.default_rng(62)
    world = dirichlet_world(rng, sizes=rng.integers(3, 13, 600), periods=12)
    fell = np.arange(600) < 100
    less = fell[world.row_team][:, None] & (np.arange(12) >= 8) & (rng.random(world.answered.shape) < 0.6)
    case = case_of_panel(panel_of_world(replace(world, answered=world.answered & ~less)))
    case = replace(case, declared=asked_throughout(case.declared))
    names = [finding.teams[0] for finding in falling_response.detect(case)]
    flagged = np.isin([team.id for team in case.panel.teams], names)
    assert flagged[~fell].mean() <= 0.02
    assert flagged[fell & (world.sizes >= 5)].mean() >= 0.8


def asked_throughout(declared: Declared) -> Declared:
    return replace(declared, asked=np.ones_like(declared.asked))
