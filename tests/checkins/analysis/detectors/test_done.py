"""Whether people mean the same by "done"."""

from dataclasses import replace

import numpy as np
import pytest

from checkins.analysis.detectors import done
from checkins.focus import NONE_OF_THESE
from checkins.model import Finding, FindingKind, Goal, GoalStatus, Team
from tests.checkins.analysis.companies import Company

LATELY = 5  # weeks back, in the last complete block
SHIPPED, USED, MEASURED = "Shipped", "Used by ten teams", "Measured for a month"


def picked(*picks: str) -> Company:
    company = Company(
        teams=[Team(id="growth", name="Growth")],
        goals=[Goal(id="search", title="Better search", team="growth", done=(SHIPPED, USED, MEASURED))],
    )
    for number, pick in enumerate(picks):
        company.say(f"person-{number}", "growth", ago=LATELY, done={"search": pick})
    return company


def found(company: Company) -> list[Finding]:
    return list(done.detect(company.case()))


def test_many_meanings_of_done_are_pointed_out() -> None:
    # 3 + 3 + 1 of 28 pairs agree.
    (unclear,) = found(picked(*[SHIPPED] * 3, *[USED] * 3, *[MEASURED] * 2))
    assert (unclear.kind, unclear.teams, unclear.goals) == (FindingKind.UNCLEAR_DONE, ("growth",), ("search",))
    assert unclear.evidence == {"effect": 0.8, "n": 8, "agreement": 0.2, "block": "2026-W41/2026-W44"}
    assert unclear.check_ins == ()
    assert unclear.sentence == (
        "What “done” means for “Better search” is open: 8 people picked a statement, and about 20\N{NO-BREAK SPACE}% "
        "of the pairs among them picked the same one (5 October – 1 November 2026)."
    )


def test_most_people_meaning_the_same_is_nothing_to_point_out() -> None:
    assert found(picked(*[SHIPPED] * 6, USED, MEASURED)) == []


def test_half_of_the_pairs_are_enough() -> None:
    assert found(picked(*[SHIPPED] * 6, *[USED] * 3)) == []


def test_none_of_these_is_a_pick_like_any_other() -> None:
    assert found(picked(*[NONE_OF_THESE] * 8)) == []
    assert len(found(picked(*[NONE_OF_THESE] * 4, *[SHIPPED] * 4))) == 1


@pytest.mark.parametrize("people", [0, 1, 4, 5, 7])
def test_fewer_than_eight_people_are_too_few(people: int) -> None:
    assert found(picked(*[SHIPPED, USED, MEASURED, NONE_OF_THESE, SHIPPED, USED, MEASURED][:people])) == []


def test_goals_that_no_longer_run_or_have_no_team_are_left_alone() -> None:
    company = picked(*[SHIPPED] * 4, *[USED] * 4)
    goal = company.goals[0]
    assert found(replace(company, goals=[replace(goal, status=GoalStatus.DROPPED)])) == []
    assert found(replace(company, goals=[replace(goal, team=None)])) == []
    assert found(replace(company, teams=[replace(company.teams[0], archived=True)])) == []


def test_teams_of_one_mind_are_left_alone_and_those_of_four_minds_found() -> None:
    rng = np.random.default_rng(6)
    words = (SHIPPED, USED, MEASURED, NONE_OF_THESE)
    company = Company(teams=[Team(id="growth", name="Growth")])
    company.goals += [Goal(id=f"goal-{number:03}", title=f"Goal {number}", team="growth") for number in range(200)]
    for person in range(10):
        one = rng.choice(4, 100, p=[0.9, 0.04, 0.03, 0.03])
        four = rng.choice(4, 100)
        picks = {f"goal-{number:03}": words[pick] for number, pick in enumerate([*one, *four])}
        company.say(f"person-{person}", "growth", ago=LATELY, done=picks)
    told = {finding.goals[0] for finding in found(company)}
    assert len({goal for goal in told if goal < "goal-100"}) <= 3
    assert len({goal for goal in told if goal >= "goal-100"}) >= 97
