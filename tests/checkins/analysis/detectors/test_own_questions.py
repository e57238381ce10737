"""What findings of confidence can stand on: the bot's own questions, one per check-in, of which some stay empty."""

import numpy as np
import pytest

from tests.evaluation.own_questions import FELL, QUARTER, WEEKS, found, goal_id, played

TEAMS = 40


@pytest.mark.parametrize(("fall", "least"), [(1.0, 0.5), (1.5, 0.85)])
def test_a_fall_in_the_heaviest_goal_is_mostly_found_within_the_quarter(fall: float, least: float) -> None:
    seen = found(played(np.random.default_rng(11), falls=np.full(TEAMS, fall)), weeks=range(FELL, FELL + QUARTER))
    assert len(seen.keys() & {goal_id(team, 0) for team in range(TEAMS)}) >= least * TEAMS


def test_without_a_fall_hardly_anything_is_found() -> None:
    assert len(found(played(np.random.default_rng(12), falls=np.zeros(TEAMS)), weeks=range(WEEKS))) <= 0.05 * TEAMS
