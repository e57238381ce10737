"""The plan of a team: the declared shares of its own and contributed goals and its reserve, and scores to order them.

A declared share is written in percent; an empty one is not declared, which is something else than 0.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from checkins.errors import BadForm, TruelineError
from checkins.goal_effort import effort_between
from checkins.goal_form import editable_goal, owning_teams, why_problem
from checkins.goal_keeping import keep
from checkins.goal_news import keep_and_tell
from checkins.goals import FULL, NO_PERCENTAGE, find_team, heaviest_first, percentage, too_much, typed_percent
from checkins.model import Goal, GoalChange, Ice, Team
from checkins.ports import Store
from checkins.roster import may_edit_goal, require_lead
from checkins.teams import changeable_team
from checkins.wording import listed, one_line, title

WEIGHT, RESERVE = "weight:", "reserve"  # fields of the form; the first is followed by the goal's id
DAY, LOOKED_BACK = timedelta(days=1), timedelta(weeks=13)
SCORES = range(1, 11)  # of impact, confidence and ease
LEAST = 0.01  # of a declared share that is none by mistake, as "0.4" is for 40 %


class Order(StrEnum):
    """In which the goals of a plan stand."""

    WEIGHT = "weight"
    SCORE = "score"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A goal in a team's plan.

    weight: declared for this team, in percent as typed. lately: share of the team's work that went to the goal, None
    without answers. owning: name of the team that a contributed goal belongs to. scorable: whether the viewer may.
    """

    goal: Goal
    weight: str
    lately: float | None
    owning: str | None
    scorable: bool

    @property
    def score(self) -> int:
        """0 where there is none."""
        return self.goal.ice.score if self.goal.ice else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the form starts with: running goals, the heaviest first. answers: of the team, in the weeks looked back."""

    team: Team
    reserve: str
    lines: tuple[PlanLine, ...]
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A field of the form: as it was opened, and as it was sent."""

    before: str = ""
    after: str = ""

    @property
    def touched(self) -> bool:
        return self.before.strip() != self.after.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A filled form. weights: by goal; a goal that the form did not show is not among them."""

    weights: Mapping[str, Typed] = field(default_factory=dict)
    reserve: Typed = Typed()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What a plan comes to, shares 0..1. total: reserve included; unreadable: fields that hold no percentage."""

    total: float
    reserve: float
    unreadable: int

    @property
    def too_much(self) -> bool:
        return self.total > FULL


def summed(weights: Iterable[str], reserve: str) -> Sum:
    """The sum of what stands in the fields, whatever is typed into them."""
    texts = [*weights, reserve]
    shares = [percentage(text) for text in texts]
    unreadable = sum(share is None for text, share in zip(texts, shares, strict=True) if text.strip())
    return Sum(total=sum(filter(None, shares)), reserve=shares[-1] or 0.0, unreadable=unreadable)


def arranged(lines: Sequence[PlanLine], order: Order) -> list[PlanLine]:
    """By score those without one come last; among equals the order stays."""
    return sorted(lines, key=lambda line: -line.score) if order is Order.SCORE else list(lines)


def within(lines: Sequence[PlanLine], *, rows: int, kept: Collection[str], most: int) -> list[PlanLine]:
    """The first rows, and further down what has a declared share or is among the kept, ``most`` in all."""
    needed = [line for place, line in enumerate(lines) if place < rows or line.weight or line.goal.id in kept]
    return needed[:most]


def plannable(store: Store, *, actor: str, name: str) -> list[Team]:
    """The team of that name, all whose plan the actor may set where there is none, in order of name.

    Raises NotFound, and NotAllowed with the names of those who may.
    """
    with store.snapshot() as tx:
        if not name.strip():
            return owning_teams(tx, actor, None)
        team = find_team(tx, name)
        require_lead(tx, actor, team)
        return [team]


def plan(store: Store, *, actor: str, team: str, today: date) -> Plan:
    """Raises NotFound, and NotAllowed unless the actor is an admin or leads the team or one above it."""
    with store.snapshot() as tx:
        found = changeable_team(tx, actor, team)
        # A date is tomorrow already where the sun rises first
        effort = effort_between(tx, today - LOOKED_BACK, today + DAY).get(team)
        names = tx.teams.names()
        lines = (
            PlanLine(
                goal=goal,
                weight=typed_percent(goal.weight_for(team)),
                lately=effort.shares.get(goal.id, 0.0) if effort else None,
                owning=None if goal.team == team else names.get(goal.team or ""),
                scorable=goal.team == team or may_edit_goal(tx, actor, goal),
            )
            for goal in heaviest_first(_running(tx.goals.all(), team, today), team)
        )
        return Plan(
            team=found,
            reserve=typed_percent(found.reserve),
            lines=tuple(lines),
            answers=effort.answers if effort else 0,
        )


def _running(goals: Iterable[Goal], team: str, today: date) -> list[Goal]:
    """The team's own and contributed goals that run today."""
    return [goal for goal in goals if team in goal.teams() and goal.runs_between(today, today)]


def save_plan(store: Store, *, actor: str, team: str, draft: PlanDraft, today: date, now: datetime) -> list[GoalChange]:
    """Store the fields that were touched, and only those, so that of two who edit at a time neither undoes the other.

    Raises NotFound, NotAllowed as ``plan`` does, BadForm by field: ``weight:GOAL``, ``reserve``, ``why``.
    """
    with store.transaction() as tx:
        running = {goal.id: goal for goal in _running(tx.goals.hold(), team, today)}
        found, said = changeable_team(tx, actor, team), one_line(draft.why)
        problems = dict(_problems(draft, running)) | why_problem(said)
        if problems:
            raise BadForm(problems)
        touched = {goal: percentage(typed.after) for goal, typed in draft.weights.items() if typed.touched}
        goals = [_weighed(running[goal], team, weight) for goal, weight in touched.items()]
        planned = replace(found, reserve=percentage(draft.reserve.after)) if draft.reserve.touched else found
        if goals or planned != found:
            _check_sum(planned, (running | {goal.id: goal for goal in goals}).values(), draft)
        changes = keep_and_tell(tx, *goals, by=actor, now=now, why=said)
        if planned != found:
            tx.teams.save(planned)
        return changes


def _weighed(goal: Goal, team: str, weight: float | None) -> Goal:
    if goal.team == team:
        return replace(goal, weight=weight)
    others = {id: share for id, share in goal.weights.items() if id != team}
    return replace(goal, weights=others if weight is None else others | {team: weight})


def _problems(draft: PlanDraft, running: Collection[str]) -> Iterator[tuple[str, str]]:
    """What cannot be stored of the touched fields, by field."""
    fields = {f"{WEIGHT}{goal}": typed for goal, typed in draft.weights.items()} | {RESERVE: draft.reserve}
    for name, typed in fields.items():
        share = percentage(typed.after)
        if not typed.touched:
            continue
        if name != RESERVE and name.removeprefix(WEIGHT) not in running:
            yield name, f"This goal runs no more. {_put_back(typed.before)} to save the rest."
        elif typed.after.strip() and share is None:
            yield name, NO_PERCENTAGE
        elif share and share < LEAST:
            yield name, f"Write it in percent: {share * 10_000:g} for {share * 10_000:g} %."


def _put_back(before: str) -> str:
    return f"Write {before} again" if before else "Leave this empty"


def _check_sum(team: Team, goals: Collection[Goal], draft: PlanDraft) -> None:
    """Raises BadForm where goals and reserve, as they would be stored, are more than all the work."""
    total = sum(goal.weight_for(team.id) or 0 for goal in goals) + (team.reserve or 0)
    if total <= FULL:
        return
    moved = [f"“{title(goal.title)}”" for goal in goals if _moved(draft.weights.get(goal.id), goal.weight_for(team.id))]
    if _moved(draft.reserve, team.reserve):
        moved.append("the reserve")
    meanwhile = f" Somebody has changed {listed(moved)} meanwhile." if moved else ""
    raise BadForm({RESERVE: too_much(total) + meanwhile})


def _moved(typed: Typed | None, share: float | None) -> bool:
    """Whether a share is another one than the form was opened with, and not by the form itself."""
    shown = typed or Typed()
    return not shown.touched and typed_percent(share) != shown.before


def score_goal(store: Store, *, actor: str, goal: str, ice: Ice | None, now: datetime) -> None:
    """Raises NotFound, NotAllowed unless the actor is an admin or leads the goal's team, TruelineError."""
    with store.transaction() as tx:
        tx.goals.hold()
        found = editable_goal(tx, actor, goal)
        if ice and not {ice.impact, ice.confidence, ice.ease} <= set(SCORES):
            raise TruelineError(f"Impact, confidence and ease go from {SCORES[0]} to {SCORES[-1]}.")
        keep(tx, replace(found, ice=ice), by=actor, now=now)
