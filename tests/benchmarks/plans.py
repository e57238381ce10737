"""The teams and goals of a made-up organisation, as arrays."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SMALLEST = 3
PARTNERS = 3
TEAMS_PER_PRODUCT_GOAL = 4
SUPPORTING, DEPENDING = 0.6, 0.15  # goals that support a product goal, and that depend on another team
TASTE = 4.0  # shape of people's leanings: a small one is far apart
DECLARED = 0.9  # the sum of a team's weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """P people, T teams of 8 on average and G goals: the organisation's, products', then about four of each team.

    home: (P,), teams.  place: (P,), within the team.  leads: (T,), people.  owner, team: (G,), -1 for none.
    slots: (T, K), a team's goals, the last of them repeated to the end.  number: (T,), how many they are.
    leaning: (P, K), a person's usual shares.  supports: (N, 2), pairs of goals.  needs: (N, 2), goals and teams.
    partners: (T, 3), teams.
    """

    people: list[str]
    teams: list[str]
    goals: list[str]
    home: Ints
    place: Ints
    leads: Ints
    level: list[str]
    titles: list[str]
    owner: Ints
    team: Ints
    weight: list[float | None]
    first_of_teams: int
    slots: Ints
    number: Ints
    leaning: Floats
    supports: Ints
    needs: Ints
    partners: Ints


def plan_of(people: int, rng: np.random.Generator) -> Plan:
    """Raises ValueError for fewer people than two teams need."""
    home = _homes(people, rng)
    size = np.bincount(home)
    if len(size) <= PARTNERS:
        raise ValueError("an organisation needs more teams than a team has partners")
    start = size.cumsum() - size
    number = rng.integers(3, 6, len(size))
    above = 1 + len(size) // TEAMS_PER_PRODUCT_GOAL
    team = np.concatenate([np.full(above, -1), np.repeat(np.arange(len(size)), number)])
    owner = np.where(team < 0, 0, start[team] + rng.integers(0, size[team]))
    slots = above + (number.cumsum() - number)[:, None] + np.minimum(np.arange(number.max()), number[:, None] - 1)
    low, weight = np.flatnonzero(team >= 0), _weights(number, rng)
    return Plan(
        people=[f"person-{n:05}" for n in range(people)],
        teams=[f"team-{n:04}" for n in range(len(size))],
        goals=[f"goal-{n:05}" for n in range(len(team))],
        home=home,
        place=np.arange(people) - start[home],
        leads=start,
        level=["organisation", *["product"] * (above - 1), *["team"] * len(low)],
        titles=[f"Goal number {n}" for n in range(len(team))],
        owner=owner,
        team=team,
        weight=[*[None] * above, *weight.tolist()],
        first_of_teams=above,
        slots=slots,
        number=number,
        leaning=_leaning(weight[slots[home] - above], number[home], rng),
        supports=_pairs(low, SUPPORTING, low=1, high=above, rng=rng),
        needs=_needs(low, team, rng),
        partners=(np.arange(len(size))[:, None] + np.arange(1, 1 + PARTNERS)) % len(size),
    )


def json_of_goals(plan: Plan) -> str:
    """The goals as a round freezes them."""
    team = [plan.teams[number] if number >= 0 else None for number in plan.team]
    rows = zip(plan.goals, plan.titles, team, plan.weight, strict=True)
    return json.dumps([{"id": i, "title": t, "team": of, "weight": w, "weights": {}} for i, t, of, w in rows])


def _homes(people: int, rng: np.random.Generator) -> Ints:
    """(P,): teams of 3..12; what is left over joins the last."""
    size = SMALLEST + rng.binomial(9, 5 / 9, people // SMALLEST)
    home = np.repeat(np.arange(len(size)), size)[:people]
    last = home[-1]
    return home if np.sum(home == last) >= SMALLEST else np.minimum(home, last - 1)


def _weights(number: Ints, rng: np.random.Generator) -> Floats:
    """(G,) of the teams' goals, a team's heaviest first."""
    team = np.repeat(np.arange(len(number)), number)
    part = rng.gamma(6.0, size=len(team))
    part = part[np.lexsort((-part, team))]
    weights: Floats = (DECLARED * part / np.bincount(team, weights=part)[team]).round(2)
    return weights


def _leaning(weight: Floats, number: Ints, rng: np.random.Generator) -> Floats:
    """(P, K): what people do, each their own way and together about what their teams planned (P, K)."""
    part = weight * rng.gamma(TASTE, 1 / TASTE, size=weight.shape)
    part[np.arange(part.shape[1]) >= number[:, None]] = 0.0
    leaning: Floats = part / part.sum(axis=1, keepdims=True)
    return leaning


def _pairs(goals: Ints, often: float, *, low: int, high: int, rng: np.random.Generator) -> Ints:
    chosen = goals[rng.random(len(goals)) < often]
    return np.column_stack([chosen, rng.integers(low, high, len(chosen))])


def _needs(goals: Ints, team: Ints, rng: np.random.Generator) -> Ints:
    teams = int(team.max()) + 1
    pairs = _pairs(goals, DEPENDING, low=1, high=teams, rng=rng)
    pairs[:, 1] = (team[pairs[:, 0]] + pairs[:, 1]) % teams
    return pairs
