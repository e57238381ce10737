"""Falling confidence on the bot's own questions: one per check-in, taking turns, of which some stay empty."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from checkins import focus
from checkins.analysis.chronicle import Chronicle
from checkins.analysis.detectors import falling_confidence
from checkins.analysis.panel import Bools, Floats
from checkins.cadence import Period, period_of, recent_periods
from checkins.focus import Question
from checkins.model import Cadence, CheckIn, Goal, Team
from checkins.turns import Kind, Turn
from tests.checkins.analysis.companies import LAST_MONDAY, Company
from tests.evaluation.cells import Experiment, scaled
from tests.evaluation.measures import Cell, counted

WEEKS, QUARTER = 39, 13
FELL = 20  # the week from which confidence in a team's heaviest goal lies lower
PEOPLE = 8
ANSWERING, FILLING = 0.8, 0.9
LEVEL = (3.8, 0.6, 0.7)  # mean, sd from person to person, sd from week to week
WEIGHTS = (0.4, 0.3, 0.2)
PERIODS = recent_periods(period_of(LAST_MONDAY, Cadence.WEEKLY), Cadence.WEEKLY, WEEKS)
PLANTED, FALL = 0.5, 1.0


def confidence(rng: np.random.Generator, scale: float) -> list[Cell]:
    """In half of the teams confidence in the heaviest goal falls by a point; a quarter of looks follows."""
    teams = scaled(200, scale)
    planted: Bools = rng.random(teams) < PLANTED
    days = found(played(rng, falls=FALL * planted), weeks=range(FELL, FELL + QUARTER))
    told = np.array([goal_id(team, 0) in days for team in range(teams)])
    anything = np.array([any(goal_id(team, place) in days for place in range(len(WEIGHTS))) for team in range(teams)])
    return [
        _cell(f"ratings fall by {FALL:.0f}, {QUARTER} looks", told[planted]),
        _cell(f"none, {QUARTER} looks", anything[~planted]),
    ]


def _cell(effect: str, hit: Bools) -> Cell:
    return Cell(
        detector="falling confidence", effect=effect, size=str(PEOPLE), noise="the bot's own questions", **counted(hit)
    )


def goal_id(team: int, place: int) -> str:
    """place: among the team's goals, the heaviest first."""
    return f"goal-{team:03}-{place}"


def played(rng: np.random.Generator, *, falls: Floats) -> Chronicle:
    """Teams answer for nine months; everybody's ratings lie around a level of their own.

    falls: per team, in rating points.
    """
    company = Company()
    for team, fall in enumerate(falls.tolist()):
        company.teams.append(Team(id=f"team-{team:03}", name="Team"))
        goals = [
            Goal(id=goal_id(team, place), title=f"Goal {place}", team=f"team-{team:03}", weight=weight)
            for place, weight in enumerate(WEIGHTS)
        ]
        company.goals += goals
        for person in range(PEOPLE):
            _answer(company, rng, f"person-{team}-{person}", goals, fall=fall)
    return Chronicle.of(replace(company.records(), periods=PERIODS))


def _answer(company: Company, rng: np.random.Generator, person: str, goals: list[Goal], *, fall: float) -> None:
    mean, between, within = LEVEL
    level, history = rng.normal(mean, between), list[CheckIn]()
    for week, period in _answered(rng):
        question = _question(period, goals, history)
        said = CheckIn(id="", person=person, team=goals[0].team or "", date=period.first)
        if question and rng.random() < FILLING:
            lower = fall * (week >= FELL and question.goals[0] is goals[0])
            said = _said(said, question, rating=int(np.clip(round(level + rng.normal(0, within) - lower), 1, 5)))
        company.say(person, said.team, ago=WEEKS - 1 - week, confidence=said.confidence)
        history.insert(0, said)


def _answered(rng: np.random.Generator) -> Iterator[tuple[int, Period]]:
    return ((week, period) for week, period in enumerate(PERIODS) if rng.random() < ANSWERING)


def _question(period: Period, goals: list[Goal], history: list[CheckIn]) -> Question | None:
    turn = Turn.on(period.first, Cadence.WEEKLY)
    return focus.question_for(turn, team=goals[0].team or "", goals=goals, history=history[: focus.HISTORY])


def _said(check_in: CheckIn, question: Question, *, rating: int) -> CheckIn:
    if question.kind is Kind.PRIORITIES:
        return replace(check_in, priorities=question.options[:3])
    return focus.answered(check_in, {question.fields[0]: str(rating)}, before={})


def found(chronicle: Chronicle, *, weeks: range) -> dict[str, date]:
    """The first day of the week, of these, in which each goal's confidence was first said to fall."""
    first: dict[str, date] = {}
    for week in weeks:
        for finding in falling_confidence.detect(chronicle.case(week, earlier=())):
            first.setdefault(finding.goals[0], PERIODS[week].first)
    return first


EXPERIMENTS: list[Experiment] = [Experiment("falling confidence, own questions", confidence)]
