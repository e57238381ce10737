"""Confidence that fell: beyond chance, within the same people, and not because of one odd week."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from checkins.analysis.detectors import falling_confidence
from checkins.analysis.detectors.series import RHO, VARIANCE, Series, estimate
from checkins.analysis.voices import Voices
from checkins.model import Finding, FindingKind, Goal, GoalChange, GoalStatus, Team
from tests.checkins.analysis.companies import Company, monday

BASELINE = range(11, 5, -1)  # weeks back: six, then the last three of the last complete block
LATELY = range(5, 2, -1)
WOBBLE = (0, 1, 0, -1, 1, 0)


def company_of(
    *, people: int = 5, before: int = 4, lately: Sequence[int] = (2, 2, 2), baseline: Sequence[int] = BASELINE
) -> Company:
    """People whose ratings wobble around a level, then say the same in the last three weeks."""
    company = Company(
        teams=[Team(id="growth", name="Growth")],
        goals=[Goal(id="bet", title="The big bet", team="growth")],
    )
    for number in range(people):
        ratings = [before + WOBBLE[(place + number) % 6] for place in range(6)] + list(lately)
        for ago, rating in zip([*baseline, *LATELY], ratings, strict=True):
            company.say(f"person-{number}", "growth", ago=ago, confidence={"bet": min(5, rating)})
    return company


def found(company: Company) -> list[Finding]:
    return list(falling_confidence.detect(company.case()))


def test_a_fall_of_all_is_found() -> None:
    (fall,) = found(company_of())
    assert (fall.kind, fall.basis, fall.teams, fall.goals) == (
        FindingKind.FALLING_CONFIDENCE,
        None,
        ("growth",),
        ("bet",),
    )
    assert fall.sentence == (
        "Confidence in “The big bet” fell by 2.2 points on a scale of 1 to 5: 5 people rated it in 3 check-ins "
        "(5 October – 1 November 2026) and in the 6 before them."
    )
    assert fall.evidence == {
        "effect": 2.2,
        "n": 5,
        "fall": 2.2,
        "lately": 3,
        "before": 6,
        "block": "2026-W41/2026-W44",
    }
    assert (fall.check_ins, fall.since) == ((), "2026-W42")


def test_steady_and_rising_confidence_is_nothing_to_point_out() -> None:
    assert found(company_of(lately=(4, 4, 4))) == []
    assert found(company_of(before=2, lately=(5, 5, 5))) == []


def test_one_odd_week_makes_no_fall() -> None:
    assert found(company_of(lately=(4, 1, 4))) == []


@pytest.mark.parametrize("people", [0, 1, 4])
def test_fewer_than_five_people_are_too_few(people: int) -> None:
    assert found(company_of(people=people)) == []


def test_people_without_enough_earlier_ratings_do_not_count() -> None:
    company = company_of(people=4)
    for ago in (6, *LATELY):
        company.say("newcomer", "growth", ago=ago, confidence={"bet": 1})
    assert found(company) == []


def test_a_week_in_which_nobody_rated_the_goal_is_no_occasion() -> None:
    (fall,) = found(company_of(baseline=range(12, 6, -1)))
    assert fall.evidence["fall"] == 2.2


def test_what_few_people_rated_in_passing_is_no_occasion() -> None:
    apart = (14, 12, 10, 9, 8, 6)
    company = company_of(people=7, baseline=apart)
    (fall,) = found(company)
    for ago in (13, 11, 7):
        company.say("person-0", "growth", ago=ago, confidence={"bet": 1})
        company.say("person-1", "growth", ago=ago, confidence={"bet": 1})
    assert found(company) == [fall]


def test_no_look_is_taken_before_the_baseline_is_complete() -> None:
    company = company_of()
    kept = [place for place, day in enumerate(company.confidence.day) if day > monday(9)]
    assert len(kept) == 5 * (3 + 3)
    for column in fields(company.confidence):
        values = getattr(company.confidence, column.name)
        values[:] = [values[place] for place in kept]
    assert found(company) == []


def test_a_fall_waits_for_the_end_of_its_block() -> None:
    company = company_of()
    for number in range(5):
        for ago in range(3):
            company.say(f"person-{number}", "growth", ago=ago, confidence={"bet": 5})
    assert found(company)[0].evidence["fall"] == 2.2


def test_a_decided_change_begins_anew() -> None:
    company = company_of()
    decided = datetime(2026, 10, 6, 12, tzinfo=UTC)
    company.changes.append(
        GoalChange(id="c", goal="bet", at=decided, person=None, what="title", before="Bet", after="The big bet")
    )
    assert found(company) == []


def test_goals_that_no_longer_run_or_have_no_team_are_left_alone() -> None:
    company = company_of()
    goal = company.goals[0]
    assert found(replace(company, goals=[replace(goal, status=GoalStatus.DONE)])) == []
    assert found(replace(company, goals=[replace(goal, team=None)])) == []
    assert found(replace(company, teams=[replace(company.teams[0], archived=True)])) == []


def ratings_of(rng: np.random.Generator, *, goals: int, people: int = 6, rho: float = 0.5) -> np.ndarray:
    """(G, n, 16): levels around 3.5, weeks under AR(1) with a standard deviation of .7."""
    weeks = np.empty((goals, people, 16))
    noise = rng.normal(0, 0.7, (goals, people))
    level = rng.normal(3.5, 0.5, (goals, people))
    for week in range(16):
        weeks[..., week] = level + noise
        noise = rho * noise + rng.normal(0, 0.7 * np.sqrt(1 - rho**2), noise.shape)
    return weeks


def voices_of(rng: np.random.Generator, weeks: np.ndarray, *, response: float = 0.8) -> Voices:
    """Rounded to 1 to 5; some do not answer."""
    goal, person, week = np.nonzero(rng.random(weeks.shape) < response)
    order = np.argsort(week, kind="stable")
    said = np.clip(np.round(weeks), 1, 5).astype(np.int64)[goal, person, week]
    number = goal * weeks.shape[1] + person
    return Voices(person=number[order], team=goal[order] * 0, period=week[order], goal=goal[order], said=said[order])


def flagged(rng: np.random.Generator, weeks: np.ndarray) -> float:
    """Share of goals that are found to fall."""
    company = Company(teams=[Team(id="growth", name="Growth")])
    company.goals = [Goal(id=f"goal-{number:03}", title="Goal", team="growth") for number in range(len(weeks))]
    case = company.case()
    rated = replace(case.confidence, voices=voices_of(rng, weeks))
    return len(list(falling_confidence.detect(replace(case, confidence=rated)))) / len(weeks)


def test_false_alarms_are_rare_and_a_fall_of_a_point_is_mostly_found() -> None:
    rng = np.random.default_rng(8)
    steady = ratings_of(rng, goals=600)
    fallen = steady.copy()
    fallen[..., 10:] -= 1.2
    assert flagged(rng, steady) <= 0.02
    assert flagged(rng, fallen) >= 0.85


def test_the_noise_of_ratings_is_recovered() -> None:
    rng = np.random.default_rng(9)
    series = Series.of(voices_of(rng, ratings_of(rng, goals=300) - 0.5), periods=16)
    noise = estimate(series, np.ones((len(series.goal), 16), dtype=np.bool_), least=3, length=6)
    # Rounding adds 1/12 to the variance, and nothing to what adjacent weeks share.
    assert noise.variance == pytest.approx(0.49 + 1 / 12, abs=0.04)
    assert noise.rho == pytest.approx(0.5 * 0.49 / (0.49 + 1 / 12), abs=0.05)


def test_few_series_hardly_move_the_noise_from_where_it_starts() -> None:
    rng = np.random.default_rng(10)
    none = Series.of(voices_of(rng, ratings_of(rng, goals=1), response=0.0), periods=16)
    noise = estimate(none, np.ones((0, 16), dtype=np.bool_), least=3, length=6)
    assert (noise.rho, noise.variance) == (pytest.approx(RHO), pytest.approx(VARIANCE))
