"""The order in which a team's people put its goals, against the weights it declared."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from checkins.analysis.detectors import priority_gap
from checkins.model import Finding, FindingKind, Goal, GoalChange, GoalStatus, Team
from tests.checkins.analysis.companies import Company

LATELY = 5  # weeks back, in the last complete block
PLAN = {"alpha": 0.4, "beta": 0.3, "gamma": 0.2, "delta": 0.1}


def with_plan() -> Company:
    return Company(
        teams=[Team(id="growth", name="Growth")],
        goals=[Goal(id=goal, title=goal.title(), team="growth", weight=weight) for goal, weight in PLAN.items()],
    )


def ordered(*orders: str, ago: int = LATELY, company: Company | None = None) -> Company:
    """Each person's order by the first letters of the goals: ``abg``."""
    company = company or with_plan()
    for number, order in enumerate(orders):
        goals = [goal.id for letter in order for goal in company.goals if goal.id[0] == letter]
        places = {goal: place for place, goal in enumerate(goals, start=1)}
        company.say(f"person-{number}", "growth", ago=ago, priorities=places)
    return company


def found(company: Company) -> list[Finding]:
    return list(priority_gap.detect(company.case()))


def test_people_who_keep_to_the_plan_are_left_alone() -> None:
    assert found(ordered(*["abg"] * 7)) == []


def test_a_few_who_see_it_the_other_way_make_a_gap_once_they_outweigh_the_rest() -> None:
    assert found(ordered(*["abg"] * 4, *["dgb"] * 2)) == []
    (gap,) = found(ordered(*["abg"] * 3, *["dgb"] * 2))
    assert gap.evidence["tau"] == 0.2


def test_the_most_swapped_pair_is_named() -> None:
    (gap,) = found(ordered("dba", "dba", "dba", "dba", "dba", "dab", "abg"))
    assert (gap.kind, gap.teams, gap.goals) == (FindingKind.PRIORITY_GAP, ("growth",), ())
    assert gap.sentence == (
        "Growth would put its goals in another order: 6 of 7 people put “Delta” before “Alpha”, the plan has it the "
        "other way (5 October – 1 November 2026)."
    )
    assert gap.check_ins == ()


def test_tau_goes_over_the_pairs_that_each_person_ordered() -> None:
    # delta, gamma, beta, then alpha unpicked: the plan upside down in all six pairs.
    (gap,) = found(ordered(*["dgb"] * 5))
    assert (gap.evidence["tau"], gap.evidence["n"], gap.severity) == (-1.0, 5, 0.625)
    # alpha alone, before the three others.
    assert found(ordered(*["a"] * 5)) == []
    # delta, beta, then the others: of five pairs only beta and gamma stand as planned.
    (gap,) = found(ordered(*["db"] * 5))
    assert gap.evidence["tau"] == -0.6


@pytest.mark.parametrize("people", [0, 1, 4])
def test_fewer_than_five_people_are_too_few(people: int) -> None:
    assert found(ordered(*["dgb"] * people)) == []


def test_only_a_persons_newest_order_counts() -> None:
    company = ordered(*["dgb"] * 5, ago=6)
    assert found(ordered(*["abg"] * 5, ago=5, company=company)) == []


def test_goals_without_a_weight_and_ties_in_weight_do_not_count() -> None:
    company = ordered(*["dgb"] * 5)
    even = replace(company, goals=[replace(goal, weight=0.25) for goal in company.goals])
    assert found(even) == []
    assert found(replace(company, goals=[replace(goal, weight=None) for goal in company.goals])) == []


def test_teams_are_told_apart() -> None:
    company = ordered(*["dgb"] * 4)
    company.teams.append(Team(id="design", name="Design"))
    company.say("person-9", "design", ago=LATELY, priorities={"delta": 1})
    assert found(company) == []


def test_archived_teams_and_goals_that_no_longer_run_are_left_alone() -> None:
    company = ordered(*["dgb"] * 5)
    assert found(replace(company, teams=[replace(company.teams[0], archived=True)])) == []
    assert found(replace(company, goals=[replace(goal, status=GoalStatus.DONE) for goal in company.goals])) == []


def test_a_new_plan_ends_what_was_said_of_the_old_one() -> None:
    company = ordered(*["dgb"] * 5)
    decided = datetime(2026, 11, 3, 12, tzinfo=UTC)
    company.changes.append(
        GoalChange(id="c", goal="alpha", at=decided, person=None, what="weight", before="10 %", after="40 %")
    )
    assert found(company) == []


def test_an_order_of_other_goals_than_now_is_not_held_against_the_plan() -> None:
    company = ordered(*["dgb"] * 5)
    new = Goal(id="new", title="New", team="growth", weight=0.2, starts=date(2026, 11, 9))
    assert found(replace(company, goals=[*company.goals, new])) == []
    ended = Goal(id="old", title="Old", team="growth", weight=0.2, ends=date(2026, 11, 9))
    assert found(replace(company, goals=[*company.goals, ended])) == []


def test_teams_that_mostly_keep_to_the_plan_are_rarely_flagged() -> None:
    rng = np.random.default_rng(7)
    flagged = {True: 0, False: 0}
    for swapped in (True, False):
        company = Company()
        for number in range(100):
            goals = [f"t{number:02}-{goal}" for goal in PLAN]
            company.own(f"t{number:02}", *goals)
            planned = dict(zip(goals, PLAN.values(), strict=True))
            company.goals = [replace(goal, weight=planned.get(goal.id, goal.weight)) for goal in company.goals]
            for person in range(7):
                liked = (-1 if swapped else 1) * np.arange(4) + rng.normal(0, 0.8, 4)
                top = [goals[place] for place in np.argsort(liked)[:3]]
                places = {goal: place for place, goal in enumerate(top, start=1)}
                company.say(f"t{number:02}-{person}", f"t{number:02}", ago=LATELY, priorities=places)
        flagged[swapped] = len(found(company))
    assert flagged[True] >= 98
    assert flagged[False] <= 3
