"""What the list of goals says of each of them, whichever period is looked at: arrays that all cases have in common."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from checkins.model import Goal, GoalStatus, Team

NOBODY = -1


@dataclass(frozen=True, kw_only=True)
class GoalFacts:
    """Arrays over goals (G,), each made once. people, teams: what indexes refer to; live teams are not archived."""

    people: tuple[str, ...]
    teams: tuple[Team, ...]
    goals: tuple[Goal, ...]

    @cached_property
    def team_index(self) -> Mapping[str, int]:
        """By id."""
        return {team.id: place for place, team in enumerate(self.teams)}

    @cached_property
    def goal_index(self) -> Mapping[str, int]:
        """By id."""
        return {goal.id: place for place, goal in enumerate(self.goals)}

    @cached_property
    def owner(self) -> NDArray[np.int64]:
        """Index of the owner, NOBODY for a person who was never asked."""
        index = {person: place for place, person in enumerate(self.people)}
        return np.array([index.get(goal.owner or "", NOBODY) for goal in self.goals], dtype=np.int64)

    @cached_property
    def team(self) -> NDArray[np.int64]:
        """Index of the team that owns each, NOBODY without one."""
        return np.array([self.team_index.get(goal.team or "", NOBODY) for goal in self.goals], dtype=np.int64)

    @cached_property
    def live_team(self) -> NDArray[np.int64]:
        """The same, NOBODY where the team is archived."""
        return np.array([self.live.get(goal.team or "", NOBODY) for goal in self.goals], dtype=np.int64)

    @cached_property
    def live(self) -> Mapping[str, int]:
        """Index of each live team by its id."""
        return {team.id: place for place, team in enumerate(self.teams) if not team.archived}

    @cached_property
    def teamed(self) -> NDArray[np.bool_]:
        """Whether a live team owns it or contributes."""
        return np.array([any(team in self.live for team in goal.teams()) for goal in self.goals], dtype=np.bool_)

    @cached_property
    def active(self) -> NDArray[np.bool_]:
        return np.array([goal.status is GoalStatus.ACTIVE for goal in self.goals], dtype=np.bool_)

    @cached_property
    def starts(self) -> NDArray[np.datetime64]:
        return np.array([goal.starts or date.min for goal in self.goals], dtype="datetime64[D]")

    @cached_property
    def ends(self) -> NDArray[np.datetime64]:
        return np.array([goal.ends or date.max for goal in self.goals], dtype="datetime64[D]")

    @cached_property
    def planned(self) -> NDArray[np.float64]:
        """The share of effort that the owning team declared, 0 for none."""
        return np.array([goal.weight or 0.0 for goal in self.goals], dtype=np.float64)

    @cached_property
    def supports(self) -> NDArray[np.int64]:
        """(N, 2): a goal and one that it supports, ordered by the latter."""
        index = self.goal_index
        pairs = _pairs(
            (place, index[above]) for place, goal in enumerate(self.goals) for above in goal.supports if above in index
        )
        return pairs[np.argsort(pairs[:, 1], kind="stable")]

    @cached_property
    def depends(self) -> NDArray[np.int64]:
        """(N, 2): a goal and a live team of others that it depends on, where somebody is there who needs that."""
        return _pairs(
            (place, self.live[team])
            for place, goal in enumerate(self.goals)
            if self.teamed[place] or not goal.teams()
            for team in sorted(self.live.keys() & set(goal.depends_on) - set(goal.teams()))
        )


def _pairs(pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    return np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
