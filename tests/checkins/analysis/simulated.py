"""Made-up worlds as panels, for tests of one detector at a time."""

from dataclasses import replace
from datetime import date

import numpy as np

from checkins.analysis.case import Case, Ratings, Said
from checkins.analysis.decisions import decisions_of
from checkins.analysis.declared import declared_of
from checkins.analysis.goal_facts import GoalFacts
from checkins.analysis.panel import Bools, Floats, Ints, Panel, Works
from checkins.analysis.voices import Voices
from checkins.cadence import period_of, recent_periods
from checkins.model import Cadence, Goal, Team
from tests.evaluation.worlds import P, World

NO_WORK = Works(
    row=np.zeros(0, dtype=np.int64),
    period=np.zeros(0, dtype=np.int64),
    what=np.zeros(0, dtype=np.int64),
    share=np.zeros(0),
)


def panel_of_world(world: World, *, weights: Floats | None = None, ties: Ints | None = None) -> Panel:
    """The world as a panel in which every member is asked each week and each team has four goals of its own."""
    teams = tuple(Team(id=f"team-{index:04}", name=f"Team {index}") for index in range(len(world.sizes)))
    slots = np.arange(len(teams) * len(P)).reshape(len(teams), len(P))
    goals = tuple(
        Goal(
            id=f"goal-{number:05}",
            title=f"Goal {number}",
            owner="somebody",
            team=teams[number // len(P)].id,
            weight=None if weights is None else float(weights.ravel()[number]),
        )
        for number in range(slots.size)
    )
    last = period_of(date(2026, 11, 16), Cadence.WEEKLY)
    people = tuple(f"person-{index:05}" for index in range(len(world.row_team)))
    rows, weeks = np.nonzero(world.answered)
    return Panel(
        periods=recent_periods(last, Cadence.WEEKLY, world.shares.shape[1]),
        people=people,
        teams=teams,
        goals=goals,
        facts=GoalFacts(people=people, teams=teams, goals=goals),
        row_person=np.arange(len(world.row_team)),
        row_team=world.row_team,
        slots=slots,
        shares=np.where(world.answered[:, :, None], world.reported, np.nan),
        elsewhere=NO_WORK,
        free=NO_WORK,
        reasons=(),
        answered=world.answered,
        asked=np.ones_like(world.answered),
        waiting=np.zeros((0, 3), dtype=np.int64),
        contacts=np.zeros((0, 4), dtype=np.int64),
        ties=np.zeros((0, 3), dtype=np.int64) if ties is None else ties,
        check_ins=np.array([f"{row}-{week}" for row, week in zip(rows, weeks, strict=True)], dtype=np.object_),
        check_in_team=world.row_team[rows],
        check_in_period=weeks,
    )


def case_of_panel(panel: Panel) -> Case:
    everything = np.ones(len(panel.goals), dtype=np.bool_)
    declared = declared_of(panel, [{}] * len(panel.periods))
    decisions = decisions_of(panel, declared, changes=())
    none = np.zeros(0, dtype=np.int64)
    nothing = Voices(person=none, team=none, period=none, goal=none, said=none)
    return Case(
        panel=panel,
        running=everything,
        owned=everything,
        declared=declared,
        decisions=decisions,
        said=Said(
            clarity=nothing,
            done=nothing,
            priorities=nothing,
            updates=np.zeros((0, 2), dtype=np.int64),
        ),
        confidence=Ratings(periods=panel.periods, voices=nothing, decisions=decisions),
    )


def cut_off(panel: Panel, teams: Bools) -> Panel:
    """The same panel without any tie from or to the chosen teams (T,)."""
    apart = teams[panel.row_team[panel.ties[:, 0]]] | teams[panel.ties[:, 2]]
    return replace(panel, ties=panel.ties[~apart])
