"""A world as the records that storage would hold of it."""

from datetime import date, timedelta

import numpy as np

from checkins.analysis.panel import Floats, Ints
from checkins.analysis.records import Records
from checkins.analysis.weekly import READ
from checkins.cadence import Week, period_of, recent_periods
from checkins.model import Cadence, Goal, Team
from checkins.ports import EffortColumns, PromptColumns
from tests.evaluation.worlds import World

LAST_MONDAY = date(2026, 11, 16)
LAST = Week.of(LAST_MONDAY)


def team_id(team: int) -> str:
    return f"team-{team:04}"


def goal_id(team: int, goal: int) -> str:
    return f"goal-{team:04}-{goal}"


def records_of(world: World, *, weights: Floats | None = None) -> Records:
    """Everybody is asked each week as long as they are there; each team has goals of its own.

    weights: (T, K), declared; None for none.
    """
    teams, goals = len(world.sizes), world.truth.shape[1]
    return Records(
        cadence=Cadence.WEEKLY,
        periods=recent_periods(
            period_of(LAST_MONDAY, Cadence.WEEKLY), Cadence.WEEKLY, max(READ, world.shares.shape[1])
        ),
        teams=tuple(Team(id=team_id(team), name=f"Team {team}") for team in range(teams)),
        goals=tuple(_goal(team, goal, weights) for team in range(teams) for goal in range(goals)),
        present=frozenset({"somebody"}),
        effort=_effort(world),
        prompts=_prompts(world),
    )


def _goal(team: int, goal: int, weights: Floats | None) -> Goal:
    weight = None if weights is None else float(weights[team, goal])
    name = goal_id(team, goal)
    return Goal(id=name, title=name, owner="somebody", team=team_id(team), weight=weight)


def _effort(world: World) -> EffortColumns:
    """One check-in per answer, ordered by period."""
    period, row = np.nonzero(world.answered.T)
    shares = world.reported[row, period]
    check_in, goal = np.nonzero(shares)
    number = np.full(world.answered.shape, -1)
    number[row, period] = np.arange(len(row))
    tied = number[world.ties[:, 0], world.ties[:, 1]]
    said = tied >= 0
    return EffortColumns(
        check_in=[f"check-in-{index}" for index in range(len(row))],
        person=people_of(row),
        team=teams_of(world.row_team[row]),
        day=days_of(period, world),
        item_of=check_in.tolist(),
        goal=list(map(goal_id, world.row_team[row[check_in]].tolist(), goal.tolist())),
        reason=[None] * len(check_in),
        share=shares[check_in, goal].tolist(),
        tie_of=tied[said].tolist(),
        tie_team=teams_of(world.ties[said, 2]),
        tie_word=["worked_with"] * int(said.sum()),
    )


def _prompts(world: World) -> PromptColumns:
    period, row = np.nonzero(world.asked.T)
    return PromptColumns(person=people_of(row), team=teams_of(world.row_team[row]), day=days_of(period, world))


def people_of(rows: Ints) -> list[str]:
    return [f"person-{row:05}" for row in rows.tolist()]


def teams_of(teams: Ints) -> list[str]:
    return [team_id(team) for team in teams.tolist()]


def days_of(periods: Ints, world: World) -> list[date]:
    last = world.shares.shape[1] - 1
    days = [LAST_MONDAY - timedelta(weeks=last - period) for period in range(last + 1)]
    return [days[period] for period in periods.tolist()]
