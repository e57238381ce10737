"""What the rounds of a span froze about goals: which were on the list, as worded and weighted for each team."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from checkins.analysis.panel import Bools, Floats, Ints, Panel
from checkins.cadence import Period, period_of
from checkins.model import Cadence, FrozenGoal, Goal, Round

Wording = tuple[str, str | None, float | None]  # title, owning team, weight for the team
ABSENT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """asked: (P,), periods whose rounds froze goals.  listed: (P, G), goals among them.  weights: (P, T, K), declared
    shares as people typed them, NaN where none.  wordings: (P, T, K), equal numbers mean that title, owning team and
    weight are equal, ABSENT where the goal was not listed.

    In periods without frozen goals nothing is listed, and weights and wordings are those of the goals as they stand.
    """

    asked: Bools
    listed: Bools
    weights: Floats
    wordings: Ints

    def between(self, start: int, stop: int) -> "Declared":
        """The same for some of the periods, which are numbered from 0."""
        part = slice(start, stop)
        return Declared(
            asked=self.asked[part],
            listed=self.listed[part],
            weights=self.weights[part],
            wordings=self.wordings[part],
        )


def frozen_goals(
    rounds: Iterable[Round], *, periods: Sequence[Period], cadence: Cadence
) -> tuple[Mapping[str, FrozenGoal], ...]:
    """Per period, the goals as its rounds froze them, the latest round's word counting; empty without a round."""
    frozen: dict[Period, dict[str, FrozenGoal]] = {period: {} for period in periods}
    for round_ in sorted(rounds, key=lambda round_: (round_.date, round_.id)):
        frozen[period_of(round_.date, cadence)].update({goal.id: goal for goal in round_.goals})
    return tuple(frozen.values())


def declared_of(panel: Panel, frozen: Sequence[Mapping[str, FrozenGoal]]) -> Declared:
    """frozen: as ``frozen_goals`` gives it, a mapping for each of the panel's periods."""
    shape = (len(frozen), *panel.slots.shape)
    weights, wordings = np.empty(shape), np.empty(shape, dtype=np.int64)
    number: dict[Wording, int] = {}
    places = _places(panel)
    stand = {goal.id: goal for goal in panel.goals}
    for period, goals in enumerate(frozen):
        if period and goals == frozen[period - 1]:
            weights[period], wordings[period] = weights[period - 1], wordings[period - 1]
        else:
            weights[period], wordings[period] = _told(goals or stand, places, number, shape=panel.slots.shape)
    return Declared(
        asked=np.array([bool(goals) for goals in frozen], dtype=np.bool_),
        listed=_listed(panel, frozen),
        weights=weights,
        wordings=wordings,
    )


Place = tuple[int, int, str, str]  # team and slot as indexes, team and goal as ids


def _places(panel: Panel) -> list[Place]:
    return [
        (int(team), int(slot), panel.teams[team].id, panel.goal_of(team, slot).id)
        for team, slot in np.argwhere(panel.own)
    ]


def _told(
    goals: Mapping[str, FrozenGoal] | Mapping[str, Goal],
    places: Iterable[Place],
    number: dict[Wording, int],
    *,
    shape: tuple[int, ...],
) -> tuple[Floats, Ints]:
    """Weights and wordings (T, K) of one period."""
    weights, wordings = np.full(shape, np.nan), np.full(shape, ABSENT, dtype=np.int64)
    for team, slot, team_id, goal_id in places:
        goal = goals.get(goal_id)
        if goal is None:
            continue
        weight = goal.weight if team_id == goal.team else goal.weights.get(team_id)
        weights[team, slot] = np.nan if weight is None else weight
        wordings[team, slot] = number.setdefault((goal.title, goal.team, weight), len(number))
    return weights, wordings


def _listed(panel: Panel, frozen: Sequence[Mapping[str, FrozenGoal]]) -> Bools:
    index = {goal.id: place for place, goal in enumerate(panel.goals)}
    listed = np.zeros((len(frozen), len(panel.goals)), dtype=np.bool_)
    for period, goals in enumerate(frozen):
        listed[period, [index[goal] for goal in goals if goal in index]] = True
    return listed
