"""Small organisations week by week: who answered what, as the columns that storage gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from checkins.analysis.case import Case, case_of
from checkins.analysis.panel import Panel
from checkins.analysis.reading import panel_of
from checkins.cadence import period_of, recent_periods
from checkins.model import Cadence, FrozenGoal, Goal, Team
from checkins.ports import EffortColumns, PromptColumns

LAST_MONDAY = date(2026, 11, 16)  # 2026-W47
WEEKS = 16


def monday(ago: int) -> date:
    return LAST_MONDAY - timedelta(weeks=ago)


@dataclass
class Company:
    """Add teams, goals and answers; ``ago`` counts weeks back from the digest's."""

    teams: list[Team] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    effort: EffortColumns = field(default_factory=EffortColumns)
    prompts: PromptColumns = field(default_factory=PromptColumns)

    def answer(
        self,
        person: str,
        team: str,
        *,
        ago: int = 0,
        work: Mapping[str | None, float | None] | None = None,
        ties: Sequence[str] = (),
    ) -> None:
        at = len(self.effort.check_in)
        self.effort.check_in.append(f"{person}-{ago}-{at}")
        self.effort.person.append(person)
        self.effort.team.append(team)
        self.effort.day.append(monday(ago))
        for goal, share in (work or {}).items():
            self.effort.item_of.append(at)
            self.effort.goal.append(goal)
            self.effort.reason.append(None if goal else "exploration")
            self.effort.share.append(share)
        for other in ties:
            self.effort.tie_of.append(at)
            self.effort.tie_team.append(other)

    def prompt(self, person: str, team: str, *, ago: int = 0) -> None:
        self.prompts.person.append(person)
        self.prompts.team.append(team)
        self.prompts.day.append(monday(ago))

    def panel(self) -> Panel:
        periods = recent_periods(period_of(LAST_MONDAY, Cadence.WEEKLY), Cadence.WEEKLY, WEEKS)
        goals = sorted(self.goals, key=lambda goal: goal.id)
        teams = sorted(self.teams, key=lambda team: team.id)
        return panel_of(self.effort, self.prompts, periods=periods, teams=teams, goals=goals)

    def case(self, frozen: Sequence[Mapping[str, FrozenGoal]] | None = None) -> Case:
        panel = self.panel()
        return case_of(
            panel,
            running=np.array([goal.runs_between(monday(0), monday(-1)) for goal in panel.goals], dtype=bool),
            owned=np.array([goal.owner is not None for goal in panel.goals], dtype=bool),
            frozen=frozen or [{}] * WEEKS,
        )


def three_teams(weeks: int = 4, *, reserve: float | None = None) -> Company:
    """Growth, Platform and Design, four people each, who answer every week, keep to their plans and name each other."""
    names = ("design", "growth", "platform")
    company = Company(teams=[Team(id=name, name=name.title(), reserve=reserve) for name in names])
    for place, name in enumerate(names):
        for goal, weight in (("big", 0.6), ("small", 0.4)):
            company.goals.append(
                Goal(id=f"{name}-{goal}", title=f"{name} {goal}", team=name, owner=f"{name}-0", weight=weight)
            )
        for ago in range(weeks):
            for number in range(4):
                company.answer(
                    f"{name}-{number}",
                    name,
                    ago=ago,
                    work={f"{name}-big": 0.6, f"{name}-small": 0.4},
                    ties=(names[place - 1],) if number % 2 else (),
                )
    return company
