"""What happens to a world: each function takes one and gives another; the random ones take a generator first."""

from dataclasses import replace

import numpy as np

from checkins.analysis.panel import Bools, Floats, Ints
from tests.evaluation.worlds import P, World

FAR = 0.25  # total variation distance from the own profile, from which a week is off plan
SILENCED = 0.5  # of the answers in such weeks
REPLACED = 0.25  # of the people, within the weeks in which somebody may come
ODD_WEEK = 0.35
MOST = 0.6  # a goal that has more of the work cannot take 35 points
TIED = (0.3, 0.5)  # answers that name another team, from team to team
KNOWN = (0.75, 1.25)  # how often a team is named, by what its size lets expect


def shifted(world: World, *, teams: Bools, source: Ints, sink: Ints, points: float, onset: int) -> World:
    """The chosen teams (T,) move so much of their work from one goal to another, from a period on.

    source, sink: (T,), goals.  points: 0..1, at most what the team puts into the source.
    """
    part = np.where(teams, points / world.team_truth[np.arange(len(teams)), source], 0.0)
    shares, rows = world.shares.copy(), np.arange(len(world.row_team))
    start, end = source[world.row_team], sink[world.row_team]
    moved = part[world.row_team, None] * shares[rows, onset:, start]
    shares[rows, onset:, start] -= moved
    shares[rows, onset:, end] += moved
    return replace(world, shares=shares)


def largest(world: World) -> Ints:
    """(T,): the goal that most of a team's work goes into."""
    goal: Ints = world.team_truth.argmax(axis=1)
    return goal


def another(rng: np.random.Generator, goals: Ints, *, of: int) -> Ints:
    """(T,): a goal beside each of the given ones."""
    return (goals + rng.integers(1, of, len(goals))) % of


def with_an_odd_week(rng: np.random.Generator, world: World, *, first: int) -> World:
    """In one week of every team, from a period on, 35 points go to a goal from all others."""
    teams, (_, periods, goals) = len(world.sizes), world.shares.shape
    sink = np.where(world.team_truth > MOST, -1.0, rng.random((teams, goals))).argmax(axis=1)
    part = ODD_WEEK / (1 - world.team_truth[np.arange(teams), sink])
    week, rows = rng.integers(first, periods, teams)[world.row_team], np.arange(len(world.row_team))
    odd = world.shares[rows, week] * (1 - part[world.row_team, None])
    odd[rows, sink[world.row_team]] += part[world.row_team]
    shares = world.shares.copy()
    shares[rows, week] = odd
    return replace(world, shares=shares)


def with_silence_off_plan(rng: np.random.Generator, world: World) -> World:
    """Half of the answers are missing of weeks that lie far from what the person usually does."""
    far = np.abs(world.shares - world.truth[:, None, :]).sum(axis=2) / 2 > FAR
    return replace(world, answered=world.answered & ~(far & (rng.random(far.shape) < SILENCED)))


def with_turnover(rng: np.random.Generator, world: World, newcomers: World, *, first: int) -> World:
    """A quarter of the people leave, from a period on, and others with work of their own take their places.

    newcomers: a world of the same teams.
    """
    people, periods = world.answered.shape
    leaving = np.flatnonzero(rng.random(people) < REPLACED)
    gone = np.full(people, periods)
    gone[leaving] = rng.integers(first, periods, len(leaving))
    present = np.concatenate([_weeks(periods) < gone[:, None], _weeks(periods) >= gone[leaving, None]])
    row_team = np.concatenate([world.row_team, newcomers.row_team[leaving]])
    order = np.argsort(row_team, kind="stable")
    both = {
        name: np.concatenate([getattr(world, name), getattr(newcomers, name)[leaving]])[order]
        for name in ("truth", "shares", "answered")
    }
    both["answered"] &= present[order]
    return replace(world, row_team=row_team[order], asked=present[order], **both)


def _weeks(periods: int) -> Ints:
    return np.arange(periods)[None, :]


def with_ties(rng: np.random.Generator, world: World) -> World:
    """About two answers of five name another team, the larger the likelier."""
    teams = len(world.sizes)
    rate = rng.uniform(*TIED, teams)[world.row_team, None]
    rows, periods = np.nonzero(world.answered & (rng.random(world.answered.shape) < rate))
    known = world.sizes * rng.uniform(*KNOWN, teams)
    other = rng.choice(teams, len(rows), p=known / known.sum())
    elsewhere = other != world.row_team[rows]
    return replace(world, ties=np.column_stack([rows, periods, other])[elsewhere])


def with_ties_cut(rng: np.random.Generator, world: World, *, teams: Bools, by: float) -> World:
    """So large a part of the ties from and to the chosen teams (T,) is gone."""
    touched = teams[world.row_team[world.ties[:, 0]]] | teams[world.ties[:, 2]]
    return replace(world, ties=world.ties[~(touched & (rng.random(len(touched)) < by))])


def off_plan(rng: np.random.Generator, teams: int, *, points: float) -> tuple[Floats, Ints, Ints]:
    """Moves (T, K) of so many points from one goal to another, any to any, with both goals (T,)."""
    goals, every = len(P), np.arange(teams)
    under = rng.integers(0, goals, teams)
    over = (under + rng.integers(1, goals, teams)) % goals
    moves = np.zeros((teams, goals))
    moves[every, under] -= points
    moves[every, over] += points
    return moves, under, over


def plan_within(rng: np.random.Generator, world: World, *, points: float) -> Floats:
    """Weights (T, K) that lie at most so many points from what the team does, drawn evenly."""
    truth = world.team_truth
    off = rng.uniform(-points, points, truth.shape)
    off -= off.mean(axis=1, keepdims=True)
    off *= np.minimum(1, points / np.abs(off).max(axis=1, keepdims=True))
    possible = (truth + off >= 0).all(axis=1, keepdims=True)
    return truth + np.where(possible, off, 0.0)
