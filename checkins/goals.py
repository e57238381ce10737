"""How a team's goals are set in chat, and how teams and goals are found and put in order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from checkins.errors import BadForm, NotFound
from checkins.forms import shortened
from checkins.goal_news import keep_and_tell
from checkins.goal_twins import twin_problem
from checkins.ids import slug
from checkins.model import Goal, Team
from checkins.ports import Store, Transaction
from checkins.roster import require_lead
from checkins.wording import one_line

TITLE_LIMIT = 150
FULL = 1.005  # shares whose sum is more than this are too much; roundings are not
NO_PERCENTAGE = "Write a number from 0 to 100, or leave it empty."


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A row of the form for a team's goals: weight in percent as typed."""

    title: str = ""
    weight: str = ""
    goal: str | None = None  # the goal that the row was opened with


def find_team(tx: Transaction, name: str) -> Team:
    """A team by id or name, whatever the case. Raises NotFound with the names there are."""
    teams = tx.teams.all()
    wanted = name.strip().casefold()
    found = [team for team in teams if wanted in (team.id.casefold(), team.name.casefold())]
    if found:
        return found[0]
    listed = ", ".join(team.name for team in teams[:20]) or "none yet"
    raise NotFound(f"There is no team called “{name.strip()}”. Teams: {listed}.")


def named(goals: Iterable[Goal], words: str) -> list[Goal]:
    """The goals of that very title, else those whose titles have every word; all where there is no word."""
    wanted, titled = words.casefold().split(), [(goal, one_line(goal.title).casefold()) for goal in goals]
    exact = [goal for goal, title in titled if title.split() == wanted]
    return exact or [goal for goal, title in titled if all(word in title for word in wanted)]


def heaviest_first(goals: Sequence[Goal], team: str) -> list[Goal]:
    """By the weight declared for a team, then by title."""
    return sorted(goals, key=lambda goal: (-(goal.weight_for(team) or 0), goal.title.casefold()))


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamGoals:
    """The form for a team's goals as it opens; ``reserve`` in percent."""

    team: Team
    rows: tuple[GoalRow, ...]
    reserve: str


def team_goals(store: Store, *, actor: str, team: str, today: date) -> TeamGoals:
    """Raises NotAllowed unless the actor is an admin or a lead of the team."""
    with store.snapshot() as tx:
        found = tx.teams.get(team)
        require_lead(tx, actor, found)
        own = heaviest_first([goal for goal in tx.goals.running(today, today) if goal.team == team], team)
        rows = tuple(
            GoalRow(title=shortened(goal.title, TITLE_LIMIT), weight=typed_percent(goal.weight), goal=goal.id)
            for goal in own
        )
        return TeamGoals(team=found, rows=rows, reserve=typed_percent(found.reserve))


def set_team_goals(
    store: Store, *, actor: str, team: str, rows: Sequence[GoalRow], reserve: str, now: datetime
) -> list[Goal]:
    """Add the new rows as goals, reword and reweigh the others; a row left empty keeps its goal as it is.

    Raises NotAllowed unless the actor is an admin or a lead of the team, BadForm by field: ``title_1``,
    ``weight_1`` …, ``reserve``.
    """
    with store.transaction() as tx:
        found = tx.teams.get(team)
        require_lead(tx, actor, found)
        held = percentage(reserve)
        weights = _check_rows(rows, reserve=reserve, held=held)
        stored = {goal.id: goal for goal in tx.goals.all()}
        goals = _rows_as_goals(rows, weights, found, stored)
        _check_twins(rows, goals, stored)
        keep_and_tell(tx, *goals, by=actor, now=now)
        tx.teams.save(replace(found, reserve=held))
        return goals


def _rows_as_goals(
    rows: Sequence[GoalRow], weights: Sequence[float | None], team: Team, stored: Mapping[str, Goal]
) -> list[Goal]:
    """A goal for each row that has a title, in their order."""
    taken, goals = set(stored), []
    for row, weight in zip(rows, weights, strict=True):
        if row.title.strip():
            goals.append(_goal(row, team, weight=weight, stored=stored, taken=taken))
            taken.add(goals[-1].id)
    return goals


def _goal(
    row: GoalRow, team: Team, *, weight: float | None, stored: Mapping[str, Goal], taken: Collection[str]
) -> Goal:
    old = stored.get(row.goal or "")
    if old and old.team == team.id:
        untouched = row.title.strip() == shortened(old.title, TITLE_LIMIT)
        return replace(old, title=old.title if untouched else row.title.strip(), weight=weight)
    return Goal(id=slug(row.title, taken), title=row.title.strip(), team=team.id, weight=weight)


def _check_twins(rows: Sequence[GoalRow], goals: Sequence[Goal], stored: Mapping[str, Goal]) -> None:
    """Raises BadForm where a title would stand twice; twins that are there already may stay."""
    numbers = [number for number, row in enumerate(rows, start=1) if row.title.strip()]
    together = {**stored, **{goal.id: goal for goal in goals}}.values()
    problems = {
        f"title_{number}": problem
        for number, goal in zip(numbers, goals, strict=True)
        if (problem := twin_problem(goal, together))
        and not (goal.id in stored and twin_problem(stored[goal.id], stored.values()))
    }
    if problems:
        raise BadForm(problems)


def _check_rows(rows: Sequence[GoalRow], *, reserve: str, held: float | None) -> list[float | None]:
    problems: dict[str, str] = {}
    weights: list[float | None] = []
    for number, row in enumerate(rows, start=1):
        weights.append(percentage(row.weight))
        if len(row.title) > TITLE_LIMIT:
            problems[f"title_{number}"] = f"Keep the title under {TITLE_LIMIT} characters."
        if row.weight.strip() and weights[-1] is None:
            problems[f"weight_{number}"] = NO_PERCENTAGE
        if row.weight.strip() and not row.title.strip():
            problems[f"title_{number}"] = "Give the goal a title."
    if not any(row.title.strip() for row in rows) and not problems:
        problems["title_1"] = "Write at least one goal."
    if reserve.strip() and held is None:
        problems["reserve"] = NO_PERCENTAGE
    total = sum(weight for weight in weights if weight) + (held or 0)
    if not problems and total > FULL:
        problems["reserve"] = too_much(total)
    if problems:
        raise BadForm(problems)
    return weights


def too_much(total: float) -> str:
    return f"Goals and reserve together make {total:.0%}. Bring them to 100 or less."


def percentage(text: str) -> float | None:
    """A share 0..1 from a percentage as typed; None where it is none."""
    try:
        value = float(text.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        return None
    return value / 100 if 0 <= value <= 100 else None


def typed_percent(share: float | None) -> str:
    """A stored share as a field starts with it."""
    return "" if share is None else f"{share * 100:g}"
