"""Silos: teams whose ties are cut, found or not, and connected ones that are rightly left alone."""

from functools import partial

import numpy as np

from checkins.analysis.panel import Bools
from checkins.analysis.weekly import analysis_of
from checkins.model import FindingKind
from tests.evaluation import changes
from tests.evaluation.cells import Experiment, scaled
from tests.evaluation.drift_cells import HALF, WINDOW, response_of
from tests.evaluation.measures import AtLeast, AtMost, Cell, counted
from tests.evaluation.stored import LAST, records_of, team_id
from tests.evaluation.worlds import World, dirichlet_world, sizes_of, usual_response

LEAST = 8  # answers
CUTS = {
    "all ties cut": (1.0, 4, AtLeast(0.99)),
    "90 % of the ties cut": (0.9, 4, AtLeast(0.95)),
    "75 % of the ties cut, 8 check-ins": (0.75, 8, AtLeast(0.80)),
}
PLANTED = 0.1  # of the teams


def cut_off(effect: str, rng: np.random.Generator, scale: float) -> list[Cell]:
    """A tenth of the teams loses ties in both directions; those count of which 8 answers and half of those asked for
    are there, the others are what the healthy ones are counted among.
    """
    by, periods, target = CUTS[effect]
    teams = scaled(3000, scale)
    sizes, response = sizes_of(rng, teams), usual_response(rng, teams)
    whole = changes.with_ties(rng, dirichlet_world(rng, sizes=sizes, periods=periods, response=response))
    planted = rng.random(teams) < PLANTED
    world = changes.with_ties_cut(rng, whole, teams=planted, by=by)
    told, enough = silos_of(world), answered_enough(world)
    noise = f"{periods} check-ins"
    return [
        Cell(
            detector="silo",
            effect=effect,
            size="k ≥ 8",
            noise=noise,
            target=target,
            **counted(told[planted & enough]),
        ),
        Cell(
            detector="silo",
            effect="none",
            size="3–12",
            noise=noise,
            target=AtMost(0.015),
            **counted(told[~planted]),
        ),
    ]


def silos_of(world: World) -> Bools:
    """(T,)"""
    findings = analysis_of(records_of(world), week=LAST).findings
    told = {finding.teams[0] for finding in findings if finding.kind is FindingKind.SILO}
    return np.array([team_id(team) in told for team in range(len(world.sizes))])


def answered_enough(world: World) -> Bools:
    """(T,): at least 8 answers in the last 4 check-ins and half of all."""
    answers = np.zeros(len(world.sizes))
    np.add.at(answers, world.row_team, world.answered[:, -WINDOW:].sum(axis=1))
    enough: Bools = (answers >= LEAST) & (response_of(world) >= HALF)
    return enough


EXPERIMENTS: list[Experiment] = [Experiment(f"silo {effect}", partial(cut_off, effect)) for effect in CUTS]
