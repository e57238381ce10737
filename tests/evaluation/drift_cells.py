"""Drift: moves and gaps that are planted and found, and teams that are rightly left alone."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import numpy as np

from checkins.analysis.panel import Bools, Floats, Ints
from checkins.analysis.weekly import Analysis, analysis_of, replayed
from checkins.model import Finding, FindingKind
from tests.evaluation import changes
from tests.evaluation.cells import Experiment, scaled
from tests.evaluation.measures import AtLeast, AtMost, Cell, Target, counted
from tests.evaluation.stored import LAST, goal_id, records_of, team_id
from tests.evaluation.worlds import Family, P, World, dirichlet_world, logistic_world, sizes_of, usual_response

FAMILIES: dict[str, Family] = {"(a)": dirichlet_world, "(b)": logistic_world}
SMALL, LARGE = "3–4", "5–12"
BEFORE, LOOKS, LATELY = 6, 13, 3
LEAD = BEFORE + LATELY - 1  # check-ins before a planted move: the look in its week has a full baseline
SHIFT, UNDER, NEAR = 0.20, 0.15, 0.02
WINDOW, HALF = 4, 0.5
LEAST = 0.002  # share of a goal that is all but dropped


def drifts(analysis: Analysis, basis: str) -> set[tuple[str, str]]:
    """Team and goal of the drift findings that a week's digests carry."""
    return {(found.teams[0], found.goals[0]) for found in analysis.findings if _is_drift(found, basis)}


def _is_drift(finding: Finding, basis: str) -> bool:
    return finding.kind is FindingKind.DRIFT and finding.basis == basis


def mixed_sizes(rng: np.random.Generator, teams: int) -> Ints:
    """As many teams of 3–4 people as of 5–12."""
    return np.concatenate([sizes_of(rng, teams // 2, most=4), sizes_of(rng, teams - teams // 2, least=5)])


def by_size(sizes: Ints) -> Iterator[tuple[str, Bools]]:
    yield SMALL, sizes <= 4
    yield LARGE, sizes >= 5


def found_of(names: Iterable[tuple[str, str]], goals: Ints) -> Bools:
    """(T,): whether each team's goal is among the names."""
    named = set(names)
    return np.array([(team_id(team), goal_id(team, goal)) in named for team, goal in enumerate(goals.tolist())])


def flagged_of(names: Iterable[tuple[str, str]], teams: int) -> Bools:
    """(T,): whether any of a team's goals is among the names."""
    named = {team for team, _ in names}
    return np.array([team_id(team) in named for team in range(teams)])


def history_power(family: str, rng: np.random.Generator, scale: float) -> list[Cell]:
    """A third of the teams moves 20 points from its largest goal to another; three looks, the first in that week."""
    teams = scaled(1800, scale)
    sizes = mixed_sizes(rng, teams)
    world = FAMILIES[family](rng, sizes=sizes, periods=LEAD + LATELY, response=usual_response(rng, teams))
    planted, source = rng.random(teams) < 1 / 3, changes.largest(world)
    sink = changes.another(rng, source, of=world.truth.shape[1])
    world = changes.shifted(world, teams=planted, source=source, sink=sink, points=SHIFT, onset=LEAD)
    looks = replayed(records_of(world), first=LAST.plus(1 - LATELY), last=LAST)
    fired = {name for look in looks for name in drifts(look, "history")}
    hit = found_of(fired, source) | found_of(fired, sink)
    targets = {SMALL: AtLeast(0.50), LARGE: AtLeast(0.85)}
    return [
        Cell(
            detector="drift/history",
            effect="20 points move, 3 looks",
            size=size,
            noise=family,
            target=targets[size],
            **counted(hit[planted & chosen]),
        )
        for size, chosen in by_size(sizes)
    ]


Quarter = Callable[..., World]


def steady(rng: np.random.Generator, make: Family, teams: int, *, rho: float = 0.5, louder: float = 1.0) -> World:
    sizes, response = sizes_of(rng, teams), usual_response(rng, teams)
    return make(rng, sizes=sizes, periods=BEFORE + LOOKS, response=response, rho=rho, louder=louder)


def turning_over(rng: np.random.Generator, make: Family, teams: int) -> World:
    world = steady(rng, make, teams)
    newcomers = make(rng, sizes=world.sizes, periods=BEFORE + LOOKS, response=usual_response(rng, teams))
    return changes.with_turnover(rng, world, newcomers, first=BEFORE)


def silent(rng: np.random.Generator, make: Family, teams: int) -> World:
    return changes.with_silence_off_plan(rng, steady(rng, make, teams))


def odd(rng: np.random.Generator, make: Family, teams: int) -> World:
    return changes.with_an_odd_week(rng, steady(rng, make, teams), first=BEFORE)


QUARTERS: dict[str, tuple[Quarter, Target]] = {
    "independent weeks": (partial(steady, rho=0.0), AtMost(0.08)),
    "ρ = .5": (steady, AtMost(0.08)),
    "noisier": (partial(steady, louder=1.6), AtMost(0.08)),
    "turnover": (turning_over, AtMost(0.08)),
    "silent off plan": (silent, AtMost(0.08)),
    "one-off week": (odd, AtMost(0.18)),
}


def history_alarms(family: str, noise: str, rng: np.random.Generator, scale: float) -> list[Cell]:
    """Thirteen looks, the first after the baseline, at teams that keep to what they do: any finding is one too many."""
    quarter, target = QUARTERS[noise]
    world = quarter(rng, FAMILIES[family], scaled(2000, scale))
    looks = replayed(records_of(world), first=LAST.plus(1 - LOOKS), last=LAST)
    fired = {name for look in looks for name in drifts(look, "history")}
    return [
        Cell(
            detector="drift/history",
            effect="none, 13 looks",
            size="3–12",
            noise=f"{family} {noise}",
            target=target,
            **counted(flagged_of(fired, len(world.sizes))),
        )
    ]


def plan_power(family: str, rng: np.random.Generator, scale: float) -> list[Cell]:
    """Every team planned P and has put 15 points less into a goal than its weight says for ten check-ins, and as many
    more into another.
    """
    teams = scaled(1000, scale)
    sizes = mixed_sizes(rng, teams)
    moves, under, over = changes.off_plan(rng, teams, points=UNDER)
    target = np.maximum(P + moves, LEAST)
    world = FAMILIES[family](
        rng,
        sizes=sizes,
        target=target / target.sum(axis=1, keepdims=True),
        periods=BEFORE + WINDOW,
        response=usual_response(rng, teams),
    )
    weights = np.maximum(world.team_truth - moves, 0)
    found = drifts(analysis_of(records_of(world, weights=weights), week=LAST), "plan")
    strict, either = found_of(found, under), found_of(found, under) | found_of(found, over)
    targets = {SMALL: AtLeast(0.88), LARGE: AtLeast(0.97)}
    return [
        cell
        for size, chosen in by_size(sizes)
        for cell in (
            _plan_cell(family, size, "15 points under the weight, 10 check-ins", either[chosen], targets[size]),
            _plan_cell(family, size, "the same, that goal named", strict[chosen], None),
        )
    ]


def plan_onset(family: str, rng: np.random.Generator, scale: float) -> list[Cell]:
    """Every team kept to its plan until it moved 15 points away from its largest goal, four check-ins ago."""
    teams = scaled(1000, scale)
    sizes = mixed_sizes(rng, teams)
    world = FAMILIES[family](rng, sizes=sizes, periods=BEFORE + WINDOW, response=usual_response(rng, teams))
    everybody, source = np.ones(teams, dtype=np.bool_), changes.largest(world)
    sink = changes.another(rng, source, of=world.truth.shape[1])
    moved = changes.shifted(world, teams=everybody, source=source, sink=sink, points=UNDER, onset=BEFORE)
    found = drifts(analysis_of(records_of(moved, weights=world.team_truth), week=LAST), "plan")
    hit = found_of(found, source) | found_of(found, sink)
    return [
        _plan_cell(family, size, "15 points off the largest goal, 4 check-ins", hit[chosen], None)
        for size, chosen in by_size(sizes)
    ]


def _plan_cell(family: str, size: str, effect: str, hit: Bools, target: Target | None) -> Cell:
    return Cell(detector="drift/plan", effect=effect, size=size, noise=family, target=target, **counted(hit))


def plan_alarms(family: str, rng: np.random.Generator, scale: float) -> list[Cell]:
    """Teams within 2 points of their plan, goal by goal, of which at least half answered."""
    teams = scaled(3000, scale)
    world = FAMILIES[family](
        rng, sizes=sizes_of(rng, teams), periods=BEFORE + WINDOW, response=usual_response(rng, teams)
    )
    weights = changes.plan_within(rng, world, points=NEAR)
    found = drifts(analysis_of(records_of(world, weights=weights), week=LAST), "plan")
    hit = flagged_of(found, teams)[response_of(world) >= HALF]
    return [_plan_cell(family, "3–12", "within 2 points of plan", hit, AtMost(0.005))]


def response_of(world: World) -> Floats:
    """(T,): answers of the last 4 check-ins by answers asked for."""
    answers, asked = np.zeros(len(world.sizes)), np.zeros(len(world.sizes))
    np.add.at(answers, world.row_team, world.answered[:, -WINDOW:].sum(axis=1))
    np.add.at(asked, world.row_team, world.asked[:, -WINDOW:].sum(axis=1))
    return answers / asked


ORGANISATIONS, TEAMS, SHARE = 20, 150, 0.15


def listed(family: str, rng: np.random.Generator, scale: float) -> list[Cell]:
    """Organisations in which 15 % of the teams moved 20 points three weeks ago: who is on the list and did not move.

    The mean over organisations of the wrong part of each list, which is 0 for an empty one; n counts the teams listed.
    """
    parts = [listed_of(FAMILIES[family], rng) for _ in range(max(2, round(ORGANISATIONS * scale)))]
    number = sum(right + wrong for right, wrong in parts)
    rate = float(np.mean([wrong / max(1, right + wrong) for right, wrong in parts]))
    return [
        Cell(
            detector="drift/history",
            effect="false discoveries on the list",
            size="3–12",
            noise=family,
            hits=rate * number,
            of=number,
            target=AtMost(0.10),
        )
    ]


def listed_of(make: Family, rng: np.random.Generator) -> tuple[int, int]:
    """Teams on one organisation's list that moved, and that did not."""
    world = make(rng, sizes=sizes_of(rng, TEAMS), periods=LEAD + LATELY, response=usual_response(rng, TEAMS))
    planted, source = rng.random(TEAMS) < SHARE, changes.largest(world)
    sink = changes.another(rng, source, of=world.truth.shape[1])
    world = changes.shifted(world, teams=planted, source=source, sink=sink, points=SHIFT, onset=LEAD)
    digest = analysis_of(records_of(world), week=LAST).digest()
    carried = {
        (found.teams[0], found.goals[0])
        for found in digest.findings
        if _is_drift(found, "history") and found.evidence["listed"] is not False
    }
    named = flagged_of(carried, TEAMS)
    return int((named & planted).sum()), int((named & ~planted).sum())


EXPERIMENTS: list[Experiment] = [
    *(Experiment(f"history power {family}", partial(history_power, family)) for family in FAMILIES),
    *(
        Experiment(f"history alarms {family} {noise}", partial(history_alarms, family, noise))
        for family in FAMILIES
        for noise in QUARTERS
    ),
    *(Experiment(f"organisation's list {family}", partial(listed, family)) for family in FAMILIES),
    *(Experiment(f"plan power {family}", partial(plan_power, family)) for family in FAMILIES),
    *(Experiment(f"plan onset {family}", partial(plan_onset, family)) for family in FAMILIES),
    *(Experiment(f"plan alarms {family}", partial(plan_alarms, family)) for family in FAMILIES),
]
