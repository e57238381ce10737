"""One goal for one viewer: the facts, what was said and changed, and how much of the work went there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from checkins.cadence import period_of, recent_periods
from checkins.errors import NotFound
from checkins.goal_changes import Change, readable
from checkins.goal_effort import shares_of
from checkins.goals import named
from checkins.measures import progress
from checkins.model import Goal, GoalStatus, GoalUpdate
from checkins.ports import EffortColumns, Store, Transaction
from checkins.roster import may_change_goal, may_edit_goal, team_names

CHECK_INS = 4
DRAWN = 3  # values from which on a history is worth a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEffort:
    """A team's work on a goal over its last check-ins. share: of all its work, 0..1, every person counting once."""

    team: str  # name
    share: float
    check_ins: int
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDetail:
    """updates, changes: newest first. authors: names of those who posted updates, by id."""

    goal: Goal
    owner: str | None
    team: str | None
    supports: tuple[Goal, ...]
    supported_by: tuple[Goal, ...]
    updates: tuple[GoalUpdate, ...]
    changes: tuple[Change, ...]
    effort: tuple[TeamEffort, ...]  # most first
    progress: float | None
    authors: dict[str, str]
    may_change: bool  # the viewer may post updates and take the goal up again
    may_edit: bool

    @property
    def may_take_up(self) -> bool:
        return self.may_change and self.goal.status is GoalStatus.PAUSED

    @property
    def values(self) -> tuple[tuple[date, float], ...]:
        """The measure's values as they were posted, oldest first, one a day."""
        said = {update.at.date(): update.value for update in reversed(self.updates) if update.value is not None}
        return tuple(said.items())


def history_of(store: Store, *, actor: str, goal: str, today: date) -> GoalDetail:
    """Goals are for everybody to see; of answers only sums per team are told. Raises NotFound."""
    with store.snapshot() as tx:
        found = tx.goals.get(goal)
        goals = {each.id: each for each in tx.goals.all()}
        updates, teams = tx.goal_log.updates(goal), team_names(tx)
        people = tx.people.by_ids({id for id in (found.owner, *(said.person for said in updates)) if id})
        names = {id: person.name for id, person in people.items()}
        return GoalDetail(
            goal=found,
            owner=names.get(found.owner or ""),
            team=teams.get(found.team or ""),
            supports=tuple(goals[above] for above in found.supports if above in goals),
            supported_by=tuple(each for each in goals.values() if goal in each.supports),
            updates=tuple(updates),
            changes=tuple(readable(tx, tx.goal_log.changes(goal)[::-1])),
            effort=_effort(tx, found, teams, today=today),
            progress=progress(found.measure) if found.measure else None,
            authors=names,
            may_change=may_change_goal(tx, actor, found),
            may_edit=may_edit_goal(tx, actor, found),
        )


def _effort(tx: Transaction, goal: Goal, teams: dict[str, str], *, today: date) -> tuple[TeamEffort, ...]:
    """Of the goal's teams, and of others that worked on it."""
    cadence = tx.workspace.get().cadence
    # Teams that were not asked for longer have no last check-ins; a date is tomorrow already where the sun rises first
    earliest = recent_periods(period_of(today, cadence), cadence, CHECK_INS + 1)[0].first
    columns = tx.history.effort(earliest, today + timedelta(days=1))
    periods = [period_of(day, cadence).first for day in columns.day]
    on_goal = [shares.get(goal.id, 0.0) for shares in shares_of(columns)]
    by_team: dict[str, list[int]] = defaultdict(list)
    for answer, team in enumerate(columns.team):
        by_team[team].append(answer)
    found = [
        _of_team(teams[team], columns, answers, periods, on_goal) for team, answers in by_team.items() if team in teams
    ]
    worked = [each for each in found if each.share or each.team in {teams.get(team) for team in goal.teams()}]
    return tuple(sorted(worked, key=lambda each: (-each.share, each.team)))


def _of_team(
    name: str, columns: EffortColumns, answers: Sequence[int], periods: Sequence[date], on_goal: Sequence[float]
) -> TeamEffort:
    newest = sorted({periods[answer] for answer in answers})[-CHECK_INS:]
    people: dict[str, list[float]] = defaultdict(list)
    for answer in answers:
        if periods[answer] in newest:
            people[columns.person[answer]].append(on_goal[answer])
    means = [sum(shares) / len(shares) for shares in people.values()]
    return TeamEffort(
        team=name,
        share=sum(means) / len(means),
        check_ins=len(newest),
        answers=sum(map(len, people.values())),
    )


def found_by(store: Store, *, words: str) -> list[Goal]:
    """Goals, closed ones too, that an id, a title or words of it may mean; those that run first. Raises NotFound."""
    with store.snapshot() as tx:
        goals = tx.goals.all()
    by_id = [goal for goal in goals if goal.id == words.strip()]
    found = by_id or (named(goals, words) if words.strip() else [])
    if not found:
        raise NotFound("Name a goal by words of its title, like `/goals show onboarding`. `/goals all` lists them.")
    return sorted(found, key=lambda goal: (goal.status is not GoalStatus.ACTIVE, goal.title.casefold()))
