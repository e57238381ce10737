"""The review at the end of a period: what becomes of each goal, decided by the leads of its team and by admins.

A goal that is kept stays the same goal: its last day moves to the end of the next term, its first day stays, and with
it its history, its supporters and its weight. One that is done or dropped keeps its days.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from checkins.cadence import local_date
from checkins.errors import BadForm
from checkins.forms import GOAL
from checkins.goal_boards import troubles
from checkins.goal_effort import Effort, effort_between
from checkins.goal_form import why_problem
from checkins.goal_keeping import OPEN
from checkins.goal_news import keep_and_tell
from checkins.goal_terms import Term, is_due, next_term, term_of
from checkins.goal_twins import twin_problem
from checkins.measures import progress
from checkins.model import FindingKind, Goal, GoalStatus, GoalUpdate, Team
from checkins.ports import Store, Transaction
from checkins.review_reminders import take_back
from checkins.roster import require_admin, require_lead
from checkins.teams import below
from checkins.wording import one_line

LONGEST = timedelta(days=366)  # of a term, as far as effort is told
DAY = timedelta(days=1)


class Decision(StrEnum):
    KEEP = "keep"
    CHANGE = "change"  # kept, and edited afterwards
    DONE = "done"
    DROP = "drop"


CLOSES = {Decision.DONE: GoalStatus.DONE, Decision.DROP: GoalStatus.DROPPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The goals of a team, or of none, that wait for a decision, in order of id."""

    team: Team | None
    goals: tuple[Goal, ...]

    @property
    def id(self) -> str:
        """Empty for the goals without a team."""
        return self.team.id if self.team else ""

    @property
    def archived(self) -> bool:
        return self.team is not None and self.team.archived


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A goal with what speaks for and against it.

    keep_until: its last day if it is kept, None where it would stay as it is. effort: of its team over its term, None
    without answers; update: the newest; findings: the open ones that were published.
    """

    goal: Goal
    keep_until: date | None
    progress: float | None
    effort: Effort | None
    update: GoalUpdate | None
    findings: tuple[FindingKind, ...]

    @property
    def share(self) -> float:
        """Of the team's work, 0..1."""
        return self.effort.shares.get(self.goal.id, 0.0) if self.effort else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A team's goals, page by page. waiting: how many there are in all."""

    team: Team | None
    goals: tuple[Reviewed, ...]
    waiting: int
    after: int  # how many come after these
    today: date

    @property
    def archived(self) -> bool:
        return self.team is not None and self.team.archived


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a review did. supporters: of each goal that was closed, the open ones that still support it.

    settled_before: those of which somebody else had decided meanwhile; left: how many goals of the team still wait.
    """

    team: Team | None
    kept: tuple[Goal, ...]
    to_change: tuple[Goal, ...]
    closed: tuple[Goal, ...]
    supporters: tuple[tuple[Goal, tuple[Goal, ...]], ...]
    settled_before: tuple[Goal, ...]
    left: int


def due(store: Store, *, actor: str, today: date) -> list[Waiting]:
    """What waits for the actor: goals at the end of their period, and for admins all open goals of archived teams.

    Teams in order of name, then the goals without one, then the archived teams; nothing for those who lead no team.
    """
    with store.snapshot() as tx:
        return _due(tx, actor, today)


def _due(tx: Transaction, actor: str, today: date) -> list[Waiting]:
    teams, admin = {team.id: team for team in tx.teams.all()}, tx.people.get(actor).admin
    mine = set(teams) if admin else below(teams.values(), {id for id, team in teams.items() if actor in team.leads})
    if not mine and not admin:
        return []
    found: dict[str | None, list[Goal]] = defaultdict(list)
    for goal in tx.goals.all():
        known = goal.team is None or goal.team in teams
        if (goal.team in mine or admin) and (is_due(goal, today) if known else goal.status in OPEN):
            found[goal.team].append(goal)
    every = [Waiting(team=tx.teams.get(id) if id else None, goals=tuple(goals)) for id, goals in found.items()]
    return sorted(every, key=lambda waiting: (waiting.archived, not waiting.team, _name(waiting.team)))


def _name(team: Team | None) -> str:
    return team.name.casefold() if team else ""


def of_team(store: Store, *, actor: str, team: str, after: str, most: int, today: date) -> Review:
    """At most so many of a team's goals, those after an id. team: empty for the goals without one.

    Raises NotFound, and NotAllowed unless the actor is an admin or leads the team.
    """
    with store.snapshot() as tx:
        found = _allowed(tx, actor, team)
        waiting = _waiting(tx, found, today)
        page = [goal for goal in waiting if goal.id > after]
        return Review(
            team=found,
            goals=tuple(_reviewed(tx, page[:most], today)),
            waiting=len(waiting),
            after=len(page[most:]),
            today=today,
        )


def _allowed(tx: Transaction, actor: str, team: str) -> Team | None:
    found = tx.teams.get(team) if team else None
    if found is None or found.archived:
        require_admin(tx, actor)
    else:
        require_lead(tx, actor, found)
    return found


def _waiting(tx: Transaction, team: Team | None, today: date) -> list[Goal]:
    """In order of id."""
    own = (goal for goal in tx.goals.all() if goal.team == (team.id if team else None))
    return [goal for goal in own if _waits(goal, team, today)]


def _waits(goal: Goal, team: Team | None, today: date) -> bool:
    return goal.status in OPEN if team and team.archived else is_due(goal, today)


def _reviewed(tx: Transaction, goals: Sequence[Goal], today: date) -> list[Reviewed]:
    updates, findings = tx.goal_log.latest_updates(), troubles(tx)
    terms = {goal.id: term_of(goal, tx.goal_log.changes(goal.id)) for goal in goals}
    told = {id: _told(term, today) for id, term in terms.items()}
    efforts = {days: effort_between(tx, *days) for days in set(told.values())}
    return [
        Reviewed(
            goal=goal,
            keep_until=_keep_until(goal, terms[goal.id], today),
            progress=progress(goal.measure) if goal.measure else None,
            effort=efforts[told[goal.id]].get(goal.team or ""),
            update=updates.get(goal.id),
            findings=tuple(sorted(findings.get(goal.id, ()))),
        )
        for goal in goals
    ]


def _told(term: Term | None, today: date) -> Term:
    """The days whose effort is told; without a term the last ones."""
    # A date is tomorrow already where the sun rises first
    first, last = term or (date.min, date.max)
    last = min(last, today + DAY)
    return max(first, last - LONGEST), last


def _keep_until(goal: Goal, term: Term | None, today: date) -> date | None:
    return next_term(term, today)[1] if term and is_due(goal, today) else None


def settle(
    store: Store, *, actor: str, team: str, decisions: Mapping[str, Decision], why: str, now: datetime
) -> Settled:
    """Do what was decided of a team's goals, by id; the others go on waiting. Doing it twice changes nothing more.

    Raises NotFound, NotAllowed unless the actor is an admin or leads the team, BadForm by field: ``goal:ID``, ``why``.
    """
    with store.transaction() as tx:
        every = {goal.id: goal for goal in tx.goals.hold()}
        found, today = _allowed(tx, actor, team), local_date(now, tx.people.get(actor).zone or "UTC")
        named = [every[id] for id in decisions if id in every and every[id].team == (team or None)]
        meant = {goal.id: decisions[goal.id] for goal in named if _waits(goal, found, today)}
        after = {id: _decided(tx, every[id], decision, today) for id, decision in meant.items()}
        said = one_line(why)
        _check(decisions, every, after, said)
        keep_and_tell(tx, *after.values(), by=actor, now=now, why=said)
        take_back(tx, team, today=today)
        closed = tuple(goal for goal in after.values() if goal.status not in OPEN)
        return Settled(
            team=found,
            kept=tuple(goal for id, goal in after.items() if meant[id] is Decision.KEEP),
            to_change=tuple(goal for id, goal in after.items() if meant[id] is Decision.CHANGE),
            closed=closed,
            supporters=_supporters(closed, (every | after).values()),
            settled_before=tuple(goal for goal in named if goal.id not in meant),
            left=len(_waiting(tx, found, today)),
        )


def _decided(tx: Transaction, goal: Goal, decision: Decision, today: date) -> Goal:
    if status := CLOSES.get(decision):
        return replace(goal, status=status)
    until = _keep_until(goal, term_of(goal, tx.goal_log.changes(goal.id)), today)
    return replace(goal, ends=until or goal.ends)


def _check(decisions: Mapping[str, Decision], every: Mapping[str, Goal], after: Mapping[str, Goal], why: str) -> None:
    """Raises BadForm, also where a goal would be kept beside another one of the same title."""
    together = {**every, **after}.values()
    problems = {
        f"{GOAL}{goal.id}": problem
        for goal in after.values()
        if (problem := twin_problem(goal, together)) and not twin_problem(every[goal.id], every.values())
    }
    if not decisions:
        problems[GOAL] = "Choose what becomes of at least one goal."
    if problems := problems | why_problem(why):
        raise BadForm(problems)


def _supporters(closed: Iterable[Goal], goals: Collection[Goal]) -> tuple[tuple[Goal, tuple[Goal, ...]], ...]:
    """Closed goals that open ones support, each with those."""
    left = [goal for goal in goals if goal.status in OPEN]
    found = ((above, tuple(goal for goal in left if above.id in goal.supports)) for above in closed)
    return tuple((above, supporters) for above, supporters in found if supporters)
