"""The noise of answers, recovered from organisations whose noise is known."""

import numpy as np
import pytest

from checkins.analysis.noise import PHI, RHO, estimate
from tests.checkins.analysis.companies import Company, three_teams
from tests.checkins.analysis.simulated import panel_of_world
from tests.evaluation.worlds import dirichlet_world


def test_correlation_and_level_of_noise_are_recovered() -> None:
    world = dirichlet_world(np.random.default_rng(11), sizes=np.full(400, 6))
    noise = estimate(panel_of_world(world))
    assert noise.rho == pytest.approx(0.5, abs=0.06)
    # Weeks are Dirichlet(8·p), so one share varies by p(1-p)/9; means of six correlated weeks make p(1-p) look smaller.
    assert noise.phi == pytest.approx(1 / 9, abs=0.025)
    assert noise.variance.mean() == pytest.approx(0.015, abs=0.003)


def test_bigger_goals_are_noisier() -> None:
    noise = estimate(panel_of_world(dirichlet_world(np.random.default_rng(12), sizes=np.full(200, 6))))
    typical = noise.variance.mean(axis=0)
    assert typical[0] > typical[1] > typical[3]


def test_defaults_hold_until_three_check_ins_exist() -> None:
    noise = estimate(three_teams(weeks=2).panel())
    assert (noise.rho, noise.phi) == (RHO, PHI)


def test_one_small_team_does_not_overturn_the_defaults() -> None:
    rng = np.random.default_rng(13)
    rhos = [estimate(panel_of_world(dirichlet_world(rng, sizes=np.array([3]), periods=4))).rho for _ in range(30)]
    assert max(rhos) - min(rhos) < 0.6


def test_without_answers_there_is_nothing_to_estimate() -> None:
    noise = estimate(Company().panel())
    assert (noise.rho, noise.phi) == (RHO, PHI)
