"""Made-up organisations as panels: people keep a profile, their weeks vary around it, some do not answer."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from checkins.analysis.case import Case, Said
from checkins.analysis.decisions import decisions_of
from checkins.analysis.declared import declared_of
from checkins.analysis.panel import Bools, Floats, Ints, Panel, Works
from checkins.analysis.voices import Voices
from checkins.cadence import period_of, recent_periods
from checkins.model import Cadence, Goal, Team

P = np.array([0.4, 0.25, 0.2, 0.15])
RHO = 0.5
NO_WORK = Works(
    row=np.zeros(0, dtype=np.int64),
    period=np.zeros(0, dtype=np.int64),
    what=np.zeros(0, dtype=np.int64),
    share=np.zeros(0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """truth: (R, K), every person's long-run shares.  shares: (R, periods, K), as answered."""

    sizes: Ints
    row_team: Ints
    truth: Floats
    shares: Floats
    answered: Bools

    @property
    def team_truth(self) -> Floats:
        """(T, K): what each team really does, everybody counting once."""
        total = np.zeros((len(self.sizes), len(P)))
        np.add.at(total, self.row_team, self.truth)
        return total / self.sizes[:, None]


def dirichlet_world(
    rng: np.random.Generator, *, sizes: Ints, target: Floats = P, periods: int = 10, response: float = 0.8
) -> World:
    """Noise family (a): profiles Dirichlet(3·target), weeks Dirichlet(8·p) kept under AR(1), rounded to 5 points.

    target: (K,) or (T, K).
    """
    raised = rng.gamma(3 * _per_person(target, sizes))
    truth = raised / raised.sum(axis=1, keepdims=True)
    shape = np.maximum(8 * truth, 1e-9)
    level = rng.gamma(shape)
    weeks = []
    for _ in range(periods):
        # Thinning keeps the gamma margin, and with it the Dirichlet one, exactly (Lewis et al. 1989).
        level = level * rng.beta(RHO * shape, (1 - RHO) * shape) + rng.gamma((1 - RHO) * shape)
        weeks.append(level / level.sum(axis=1, keepdims=True))
    rounded = np.round(np.stack(weeks, axis=1) * 20)
    shares = rounded / np.maximum(rounded.sum(axis=2, keepdims=True), 1)
    return _world(rng, sizes=sizes, truth=truth, shares=shares, response=response)


def logistic_world(
    rng: np.random.Generator, *, sizes: Ints, target: Floats = P, periods: int = 10, response: float = 0.8
) -> World:
    """Noise family (b): logistic-normal weeks around a personal lean, with 4 % odd weeks; truth is a long-run mean."""
    people = int(sizes.sum())
    lean = np.log(_per_person(target, sizes)) + rng.normal(0, 0.9, (people, len(P)))
    long_run = 400
    noise = rng.normal(0, 0.45 / np.sqrt(1 - RHO**2), (people, len(P)))
    weeks, total = [], np.zeros((people, len(P)))
    for week in range(long_run):
        noise = RHO * noise + rng.normal(0, 0.45, noise.shape)
        odd = (rng.random((people, 1)) < 0.04) * rng.normal(0, 1.2, noise.shape)
        raised = np.exp(lean + noise + odd)
        share = raised / raised.sum(axis=1, keepdims=True)
        total += share
        if week < periods:
            weeks.append(share)
    return _world(rng, sizes=sizes, truth=total / long_run, shares=np.stack(weeks, axis=1), response=response)


def _per_person(target: Floats, sizes: Ints) -> Floats:
    return np.repeat(np.broadcast_to(target, (len(sizes), len(P))), sizes, axis=0)


def _world(rng: np.random.Generator, *, sizes: Ints, truth: Floats, shares: Floats, response: float) -> World:
    return World(
        sizes=sizes,
        row_team=np.repeat(np.arange(len(sizes)), sizes),
        truth=truth,
        shares=shares,
        answered=rng.random(shares.shape[:2]) < response,
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
    rows, weeks = np.nonzero(world.answered)
    return Panel(
        periods=recent_periods(last, Cadence.WEEKLY, world.shares.shape[1]),
        people=tuple(f"person-{index:05}" for index in range(len(world.row_team))),
        teams=teams,
        goals=goals,
        row_person=np.arange(len(world.row_team)),
        row_team=world.row_team,
        slots=slots,
        shares=np.where(world.answered[:, :, None], world.shares, np.nan),
        elsewhere=NO_WORK,
        free=NO_WORK,
        reasons=(),
        answered=world.answered,
        asked=np.ones_like(world.answered),
        waiting=np.zeros((0, 3), dtype=np.int64),
        contacts=np.zeros((0, 4), dtype=np.int64),
        ties=np.zeros((0, 3), dtype=np.int64) if ties is None else ties,
        check_ins=tuple(f"{row}-{week}" for row, week in zip(rows, weeks, strict=True)),
        check_in_team=world.row_team[rows],
        check_in_period=weeks,
    )


def case_of_panel(panel: Panel) -> Case:
    everything = np.ones(len(panel.goals), dtype=np.bool_)
    declared = declared_of(panel, [{}] * len(panel.periods))
    nothing = Voices(**{name: np.zeros(0, dtype=np.int64) for name in ("person", "team", "period", "goal", "said")})
    return Case(
        panel=panel,
        running=everything,
        owned=everything,
        declared=declared,
        decisions=decisions_of(panel, declared, changes=()),
        said=Said(
            confidence=nothing,
            clarity=nothing,
            done=nothing,
            priorities=nothing,
            updates=np.zeros((0, 2), dtype=np.int64),
        ),
    )


def cut_off(panel: Panel, teams: Bools) -> Panel:
    """The same panel without any tie from or to the chosen teams (T,)."""
    apart = teams[panel.row_team[panel.ties[:, 0]]] | teams[panel.ties[:, 2]]
    return replace(panel, ties=panel.ties[~apart])
