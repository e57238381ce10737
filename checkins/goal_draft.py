"""A goal as somebody describes it in a form, and what can be wrong with that. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from checkins import measure_draft
from checkins.forms import shortened
from checkins.goal_keeping import OPEN
from checkins.goal_periods import Period, period_dates
from checkins.goal_tree import would_cycle
from checkins.goals import TITLE_LIMIT
from checkins.measure_draft import MeasureDraft
from checkins.model import Goal, GoalStatus, Level, Team
from checkins.roster import Profile
from checkins.wording import one_line, title

DESCRIPTION_LIMIT = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDraft:
    """A goal as a form has it. starts, ends: of free dates; every other period has its own."""

    title: str
    description: str = ""
    level: Level = Level.TEAM
    supports: tuple[str, ...] = ()
    owner: Profile | None = None
    team: str | None = None
    contributing_teams: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    period: Period = Period.THIS_QUARTER
    starts: date | None = None
    ends: date | None = None
    measure: MeasureDraft = field(default_factory=MeasureDraft)
    status: GoalStatus = GoalStatus.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a draft is checked against. goals: all; teams: those there are; owning: those that may own it."""

    goals: Sequence[Goal]
    teams: Mapping[str, Team]
    owning: Collection[str | None]


def drafted(goal: Goal, draft: GoalDraft, *, today: date, owner: str | None, shown: Collection[str]) -> Goal:
    """The goal as the draft wants it. owner: whose profile the draft names. shown: teams that the form could show.

    What no form can show stays: long texts that nobody touched, and teams that are archived. Weights follow the teams.
    """
    starts, ends = (draft.starts, draft.ends) if draft.period is Period.FREE else period_dates(draft.period, today)
    contributing = tuple(team for team in _chosen(draft.contributing_teams, goal.contributing_teams, shown))
    others = tuple(team for team in contributing if team != draft.team)
    return replace(
        goal,
        title=goal.title if (typed := one_line(draft.title)) == shown_title(goal) else typed,
        description=goal.description if (said := draft.description.strip()) == shown_description(goal) else said,
        level=draft.level,
        supports=tuple(dict.fromkeys(draft.supports)),
        owner=owner,
        team=draft.team,
        contributing_teams=others,
        depends_on=tuple(team for team in _chosen(draft.depends_on, goal.depends_on, shown) if team != draft.team),
        starts=starts,
        ends=ends,
        weight=goal.weight if draft.team == goal.team else goal.weights.get(draft.team or ""),
        weights=_weights(goal, draft.team, others),
        measure=measure_draft.measured(draft.measure, goal.measure),
        status=draft.status,
    )


def _weights(goal: Goal, team: str | None, contributing: Collection[str]) -> dict[str, float]:
    """Declared weights of teams other than the owning one; a team that contributes no longer loses its own."""
    left = {team, *goal.contributing_teams} - set(contributing)
    declared = {each: goal.weight_for(each) for each in (*contributing, *goal.weights) if each not in left}
    return {each: weight for each, weight in declared.items() if weight is not None}


def shown_title(goal: Goal) -> str:
    """What a form shows of a stored title; it comes back like that when nobody touches it."""
    return shortened(one_line(goal.title), TITLE_LIMIT)


def shown_description(goal: Goal) -> str:
    """The same of the description."""
    return shortened(goal.description.strip(), DESCRIPTION_LIMIT)


def _chosen(chosen: Iterable[str], stored: Iterable[str], shown: Collection[str]) -> dict[str, None]:
    """The chosen teams in the order in which they were stored, then the new ones."""
    wanted = dict.fromkeys(chosen)
    kept = [team for team in stored if team in wanted or team not in shown]
    return dict.fromkeys([*kept, *wanted])


def problems(draft: GoalDraft, *, start: Goal, around: Surroundings) -> dict[str, str]:
    """What cannot be stored, by field. start: the goal as it is stored, a bare one where it is new."""
    found = {
        "title": _title_problem(one_line(draft.title)),
        "description": _too_long(draft.description.strip(), DESCRIPTION_LIMIT),
        "supports": _supports_problem(draft, start, around.goals),
        "owner": "Choose a full member of the workspace." if draft.owner and not draft.owner.member else "",
        "team": "" if draft.team in around.owning else _team_problem(around),
        "contributing_teams": _unknown_team(draft.contributing_teams, around.teams),
        "depends_on": _unknown_team(draft.depends_on, around.teams),
        "ends": _dates_problem(draft),
        **measure_draft.problems(draft.measure, start.measure),
    }
    return {field: problem for field, problem in found.items() if problem}


def _title_problem(typed: str) -> str:
    return _too_long(typed, TITLE_LIMIT) if typed else "Give the goal a title."


def _too_long(text: str, limit: int) -> str:
    return f"Keep it under {limit} characters; this is {len(text)}." if len(text) > limit else ""


def _supports_problem(draft: GoalDraft, start: Goal, goals: Sequence[Goal]) -> str:
    known = {goal.id: goal for goal in goals}
    for parent in draft.supports:
        if parent not in known:
            return "One of these goals is not there any more. Choose again."
        if known[parent].status not in OPEN and parent not in start.supports:
            return f"“{title(known[parent].title)}” is {known[parent].status.value} meanwhile. Choose another one."
    circle = would_cycle(goals, start.id, draft.supports)
    if not circle:
        return ""
    way = " → ".join(f"“{title(known[each].title)}”" for each in (*circle[1:], circle[0]))
    return (
        f"A goal cannot support itself, and this one would: {way}." if circle[1:] else "A goal cannot support itself."
    )


def _team_problem(around: Surroundings) -> str:
    names = sorted(around.teams[team].name for team in around.owning if team and team in around.teams)
    return f"You can set the goals of {', '.join(names)}. Choose one of these, or ask an admin."


def _unknown_team(chosen: Iterable[str], teams: Mapping[str, Team]) -> str:
    return "" if all(team in teams for team in chosen) else "One of these teams is not there any more. Choose again."


def _dates_problem(draft: GoalDraft) -> str:
    turned = draft.starts and draft.ends and draft.ends < draft.starts
    return "The last day lies before the first." if draft.period is Period.FREE and turned else ""
