"""Small organisations week by week: who answered what, as the columns that storage gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from checkins.analysis.case import Case
from checkins.analysis.chronicle import Chronicle
from checkins.analysis.panel import Panel
from checkins.analysis.records import Records
from checkins.cadence import period_of, recent_periods
from checkins.model import Cadence, Finding, FrozenGoal, Goal, GoalChange, GoalUpdate, Round, Team
from checkins.ports import EffortColumns, PromptColumns, TextColumns, VoiceColumns

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
    confidence: VoiceColumns = field(default_factory=VoiceColumns)
    clarity: VoiceColumns = field(default_factory=VoiceColumns)
    done: VoiceColumns = field(default_factory=VoiceColumns)
    priorities: VoiceColumns = field(default_factory=VoiceColumns)
    rounds: list[Round] = field(default_factory=list)
    changes: list[GoalChange] = field(default_factory=list)
    updates: list[GoalUpdate] = field(default_factory=list)
    texts: TextColumns = field(default_factory=TextColumns)
    earlier: list[Finding] = field(default_factory=list)

    def own(self, team: str, *goals: str, **fields: Any) -> None:
        """Give a team, which is set up where it is new, goals that are named after their ids."""
        if team not in {known.id for known in self.teams}:
            self.teams.append(Team(id=team, name=team.title()))
        self.goals += [Goal(id=goal, title=goal.title(), team=team, **fields) for goal in goals]

    def answer(
        self,
        person: str,
        team: str,
        *,
        ago: int = 0,
        work: Mapping[str | None, float | None] | None = None,
        reasons: Mapping[str, float] | None = None,
        ties: Sequence[str] = (),
        waiting_on: Sequence[str] = (),
        contacts: Mapping[str, str] | None = None,
    ) -> None:
        """work: shares by goal, None for exploration.  reasons: more shares without a goal, by the reason."""
        at = len(self.effort.check_in)
        self.effort.check_in.append(f"{person}-{ago}-{at}")
        self.effort.person.append(person)
        self.effort.team.append(team)
        self.effort.day.append(monday(ago))
        for goal, share in (work or {}).items():
            self._item(at, goal, share=share, reason=None if goal else "exploration")
        for reason, share in (reasons or {}).items():
            self._item(at, None, share=share, reason=reason)
        words = [*((other, "worked_with") for other in ties), *((other, "waiting_on") for other in waiting_on)]
        for other, word in (*words, *(contacts or {}).items()):
            self.effort.tie_of.append(at)
            self.effort.tie_team.append(other)
            self.effort.tie_word.append(word)

    def _item(self, at: int, goal: str | None, *, share: float | None, reason: str | None) -> None:
        self.effort.item_of.append(at)
        self.effort.goal.append(goal)
        self.effort.reason.append(reason)
        self.effort.share.append(share)

    def say(self, person: str, team: str, *, ago: int = 0, **said: Mapping[str, str | int]) -> None:
        """An answer that speaks of goals, by kind and goal: ``clarity={"big": 4}``, ``priorities={"big": 1}``."""
        self.answer(person, team, ago=ago)
        for kind, words in said.items():
            columns: VoiceColumns = getattr(self, kind)
            for goal, word in words.items():
                columns.person.append(person)
                columns.team.append(team)
                columns.day.append(monday(ago))
                columns.goal.append(goal)
                columns.said.append(str(word))

    def prompt(self, person: str, team: str, *, ago: int = 0) -> None:
        self.prompts.person.append(person)
        self.prompts.team.append(team)
        self.prompts.day.append(monday(ago))

    def records(self) -> Records:
        """What a store of this company would hold of the last weeks."""
        return Records(
            cadence=Cadence.WEEKLY,
            periods=recent_periods(period_of(LAST_MONDAY, Cadence.WEEKLY), Cadence.WEEKLY, WEEKS),
            teams=tuple(sorted(self.teams, key=lambda team: team.id)),
            goals=tuple(sorted(self.goals, key=lambda goal: goal.id)),
            present=frozenset(goal.owner for goal in self.goals if goal.owner),
            effort=self.effort,
            prompts=self.prompts,
            confidence=self.confidence,
            clarity=self.clarity,
            done=self.done,
            priorities=self.priorities,
            rounds=tuple(self.rounds),
            changes=tuple(self.changes),
            updates=tuple(self.updates),
            texts=self.texts,
            findings=tuple(self.earlier),
        )

    def case(self, frozen: Sequence[Mapping[str, FrozenGoal]] = (), *, ago: int = 0) -> Case:
        """The case of a week. frozen: per week, oldest first, what its round had on its list."""
        for back, goals in enumerate(reversed(frozen)):
            self.froze(back, *goals.values())
        return Chronicle.of(self.records()).case(WEEKS - 1 - ago, earlier=self.earlier)

    def panel(self) -> Panel:
        return self.case().panel

    def froze(self, ago: int, *goals: FrozenGoal) -> None:
        """A round of that week had these goals on its list."""
        opened = datetime.combine(monday(ago), time(9), tzinfo=UTC)
        self.rounds.append(
            Round(id=f"r{ago}", schedule="s", date=monday(ago), opens_at=opened, closes_at=opened, goals=goals)
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
