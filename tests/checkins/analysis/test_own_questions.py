"""What findings of confidence can stand on: the bot's own questions, one per check-in, of which many stay empty."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from checkins import focus
from checkins.analysis import falling_confidence
from checkins.analysis.chronicle import Chronicle
from checkins.cadence import Period, period_of, recent_periods
from checkins.focus import Question
from checkins.model import Cadence, CheckIn, Goal, Team
from checkins.turns import Kind, Turn
from tests.checkins.analysis.companies import LAST_MONDAY, Company

WEEKS = 39
FELL = 20  # the week from which confidence in each team's heaviest goal lies lower
TEAMS, PEOPLE = 40, 8
ANSWERING, FILLING = 0.8, 0.9
WEIGHTS = (0.4, 0.3, 0.2)
PERIODS = recent_periods(period_of(LAST_MONDAY, Cadence.WEEKLY), Cadence.WEEKLY, WEEKS)


def played(rng: np.random.Generator, *, fall: float) -> Chronicle:
    """Every team answers for nine months; everybody's ratings lie around a level of their own."""
    company = Company()
    for number in range(TEAMS):
        company.teams.append(Team(id=f"team-{number:02}", name="Team"))
        goals = [
            Goal(id=f"goal-{number:02}-{place}", title=f"Goal {place}", team=f"team-{number:02}", weight=weight)
            for place, weight in enumerate(WEIGHTS)
        ]
        company.goals += goals
        for person in range(PEOPLE):
            _answer(company, rng, f"person-{number}-{person}", goals, fall=fall)
    return Chronicle.of(replace(company.records(), periods=PERIODS))


def _answer(company: Company, rng: np.random.Generator, person: str, goals: list[Goal], *, fall: float) -> None:
    level, history = rng.normal(3.8, 0.6), list[CheckIn]()
    for week, period in enumerate(PERIODS):
        if rng.random() >= ANSWERING:
            continue
        question = _question(period, goals, history)
        said = CheckIn(id="", person=person, team=goals[0].team or "", date=period.first)
        if question and rng.random() < FILLING:
            lower = fall * (week >= FELL and question.goals[0] is goals[0])
            said = _said(said, question, rating=int(np.clip(round(level + rng.normal(0, 0.7) - lower), 1, 5)))
        company.say(person, said.team, ago=WEEKS - 1 - week, confidence=said.confidence)
        history.insert(0, said)


def _question(period: Period, goals: list[Goal], history: list[CheckIn]) -> Question | None:
    turn = Turn.on(period.first, Cadence.WEEKLY)
    return focus.question_for(turn, team=goals[0].team or "", goals=goals, history=history[: focus.HISTORY])


def _said(check_in: CheckIn, question: Question, *, rating: int) -> CheckIn:
    if question.kind is Kind.PRIORITIES:
        return replace(check_in, priorities=question.options[:3])
    return focus.answered(check_in, {question.fields[0]: str(rating)}, before={})


def found(chronicle: Chronicle) -> dict[str, date]:
    """The first day of the week in which each goal's confidence was first said to fall."""
    first: dict[str, date] = {}
    for last in range(WEEKS):
        for finding in falling_confidence.detect(chronicle.case(last, earlier=())):
            first.setdefault(finding.goals[0], PERIODS[last].first)
    return first


@pytest.mark.parametrize(("fall", "least"), [(1.0, 0.5), (1.5, 0.85)])
def test_a_fall_in_the_heaviest_goal_is_mostly_found_within_the_quarter(fall: float, least: float) -> None:
    chronicle = played(np.random.default_rng(11), fall=fall)
    seen = {goal: day for goal, day in found(chronicle).items() if goal.endswith("-0")}
    assert sum(PERIODS[FELL].first <= day < PERIODS[FELL + 13].first for day in seen.values()) >= least * TEAMS


def test_without_a_fall_hardly_anything_is_found() -> None:
    assert len(found(played(np.random.default_rng(12), fall=0.0))) <= 0.05 * TEAMS
