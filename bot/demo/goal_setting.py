"""The goals of a made-up company: who owns what, what it supports, how much effort was declared for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from bot.demo.bank import TeamTheme, Theme
from bot.demo.planting import Plant
from checkins.ids import slug
from checkins.model import Goal, Measure, Team

STARTS, ENDS = date(2026, 7, 1), date(2027, 6, 30)
PRODUCT_WEIGHTS = (0.3, 0.2, 0.25, 0.25)
WEIGHTS = ((0.5, 0.3, 0.2), (0.4, 0.35, 0.25), (0.45, 0.3, 0.25), (0.4, 0.3, 0.3))
WEIGHTS_BESIDE = ((0.4, 0.25, 0.2), (0.35, 0.3, 0.2), (0.45, 0.25, 0.15))  # of a team that also contributes
CONTRIBUTION = 0.15
DRIFTING_WEIGHTS = (0.5, 0.3, 0.2)  # a first goal so large that much of it can go missing
DEPENDING = 0.3  # chance that a goal depends on a partner
OWNERS = 3  # so many members of a team own its goals


class GoalSetting:
    """One company agreeing on its goals. teams: the product team first. partners: by team, who may be involved."""

    def __init__(
        self,
        random: Random,
        *,
        teams: Sequence[tuple[TeamTheme, Team]],
        partners: Mapping[str, Sequence[str]],
        troubled: Mapping[Plant, str],
    ) -> None:
        self._random = random
        self._teams = teams
        self._partners = partners
        self._troubled = troubled
        self._goals: dict[str, Goal] = {}
        self._above: list[str] = []
        self.phrases: dict[str, tuple[str, ...]] = {}

    def agree(self) -> tuple[Goal, ...]:
        """All goals; each team's declared weights, own and contributed, sum to 1. The orphan alone has no weight."""
        (product, leaders), *others = self._teams
        for theme, weight in zip(product.goals, PRODUCT_WEIGHTS, strict=True):
            self._above.append(self._add(theme, leaders, weight))
        contributions = self._contributions([team.id for _, team in others])
        for themes, team in others:
            own = self._random.sample(themes.goals, len(themes.goals))
            for theme, weight in zip(own, self._weights(team.id, beside=team.id in contributions), strict=False):
                self._add(theme, team, weight)
        for contributor, owner in contributions.items():
            self._contribute(contributor, owner)
        self._neglect()
        return tuple(self._goals.values())

    def _weights(self, team: str, *, beside: bool) -> tuple[float, ...]:
        if team == self._troubled.get(Plant.DRIFT):
            return DRIFTING_WEIGHTS
        return self._random.choice(WEIGHTS_BESIDE if beside else WEIGHTS)

    def _contributions(self, teams: Sequence[str]) -> dict[str, str]:
        """Half of the teams, each with the partner whose goal it works on; the drifting one keeps to its own."""
        able = [team for team in teams if team in self._partners and team != self._troubled.get(Plant.DRIFT)]
        chosen = self._random.sample(able, len(able) // 2)
        partners = {team: [partner for partner in self._partners[team] if partner in teams] for team in chosen}
        return {team: self._random.choice(near) for team, near in partners.items() if near}

    def _contribute(self, contributor: str, owner: str) -> None:
        goal = self._random.choice([goal for goal in self._goals.values() if goal.team == owner])
        self._goals[goal.id] = replace(
            goal,
            contributing_teams=(*goal.contributing_teams, contributor),
            weights={**goal.weights, contributor: CONTRIBUTION},
        )

    def _neglect(self) -> None:
        """Give the team with the orphan a goal that nobody will work on, of its own theme as long as there is one."""
        for themes, team in self._teams:
            if team.id == self._troubled.get(Plant.ORPHAN):
                everything = [theme for themes, _ in self._teams for theme in themes.goals]
                self._add(self._random.choice(self._spare(themes.goals) or self._spare(everything)), team, None)

    def _spare(self, themes: Sequence[Theme]) -> list[Theme]:
        return [theme for theme in themes if slug(theme.title) not in self._goals]

    def _add(self, theme: Theme, team: Team, weight: float | None) -> str:
        name = slug(theme.title)
        self.phrases[name] = theme.phrases
        partners = self._partners.get(team.id, ())
        self._goals[name] = Goal(
            id=name,
            title=theme.title,
            description=theme.description,
            level=theme.level,
            supports=tuple(self._above[place] for place in theme.supports),
            owner=self._random.choice(team.members[:OWNERS]),
            team=team.id,
            depends_on=(self._random.choice(partners),) if partners and self._random.random() < DEPENDING else (),
            starts=STARTS,
            ends=ENDS,
            weight=weight,
            measure=self._under_way(theme.measure),
            done=theme.done,
        )
        return name

    def _under_way(self, measure: Measure) -> Measure:
        """The measure with a present value, a little on the way from baseline to target."""
        start, end = measure.baseline or 0.0, measure.target or 0.0
        return replace(measure, current=round(start + (end - start) * self._random.uniform(0.05, 0.35), 1))
