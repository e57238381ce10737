"""Goals: what a person sees of them, and how a team's are set in chat."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from checkins.errors import BadForm, NotFound
from checkins.forms import shortened
from checkins.ids import slug
from checkins.model import Goal, GoalStatus, Level, Strategy, Team
from checkins.ports import Store, Transaction
from checkins.roster import require_lead

TITLE_LIMIT = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A goal as a list shows it. weight: declared share of the team the list is about."""

    goal: Goal
    team: str | None
    owner: str | None
    supports: tuple[str, ...]  # titles
    weight: float | None
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSection:
    title: str
    lines: tuple[GoalLine, ...]
    team: Team | None = None  # the team the list is about


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalBoard:
    """What `/goals` answers; ``can_set`` are the teams whose goals this person may set."""

    sections: tuple[GoalSection, ...]
    strategy: Strategy
    can_set: tuple[Team, ...]
    any_goals: bool
    viewer: str
    admins: tuple[str, ...] = ()  # names

    def says_done(self, goal: Goal) -> bool:
        """Whether it is for the viewer to say what "done" means: the owner, and where there is none, who sets goals."""
        return goal.owner == self.viewer if goal.owner else goal.team in {team.id for team in self.can_set}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A row of the form for a team's goals: weight in percent as typed."""

    title: str = ""
    weight: str = ""
    goal: str | None = None  # the goal that the row was opened with


@dataclass(slots=True)
class _Names:
    tx: Transaction
    titles: dict[str, str] = field(init=False)
    teams: dict[str, str] = field(init=False)
    people: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.titles = {goal.id: goal.title for goal in self.tx.goals.all()}
        self.teams = {team.id: team.name for team in self.tx.teams.all()}
        owners = [goal.owner for goal in self.tx.goals.all() if goal.owner]
        self.people = {id: person.name for id, person in self.tx.people.by_ids(owners).items()}

    def line(self, goal: Goal, team: str | None = None, depth: int = 0) -> GoalLine:
        return GoalLine(
            goal=goal,
            team=self.teams.get(goal.team) if goal.team else None,
            owner=self.people.get(goal.owner) if goal.owner else None,
            supports=tuple(self.titles[id] for id in goal.supports if id in self.titles),
            weight=goal.weight_for(team) if team else goal.weight,
            depth=depth,
        )


def mine(store: Store, *, actor: str, today: date) -> GoalBoard:
    """The goals the person owns, then the others of each of their teams."""
    with store.snapshot() as tx:
        names, running = _Names(tx), tx.goals.running(today, today)
        owned = tuple(replace(names.line(goal), owner=None) for goal in running if goal.owner == actor)
        others = [goal for goal in running if goal.owner != actor]
        sections = [GoalSection(title="Goals you own", lines=owned)] if owned else []
        for team in tx.teams.of(actor):
            section = _of_team(names, others, team)
            if section.lines or not any(team.id in line.goal.teams() for line in owned):
                sections.append(section)
        return _board(tx, actor, sections, running)


def of_team(store: Store, *, actor: str, name: str, today: date) -> GoalBoard:
    """One team's goals, found by name or id. Raises NotFound with the names there are."""
    with store.snapshot() as tx:
        team = find_team(tx, name)
        running = tx.goals.running(today, today)
        return _board(tx, actor, [_of_team(_Names(tx), running, team)], running)


def everything(store: Store, *, actor: str, today: date) -> GoalBoard:
    """Every running goal, level by level, each under what it supports first."""
    with store.snapshot() as tx:
        running = tx.goals.running(today, today)
        return _board(tx, actor, [GoalSection(title="All goals", lines=_tree(_Names(tx), running))], running)


def matching(store: Store, *, actor: str, words: str, today: date) -> GoalBoard:
    """Running goals whose title or description has every word."""
    wanted = words.casefold().split()
    with store.snapshot() as tx:
        running = tx.goals.running(today, today)
        hits = [g for g in running if all(word in f"{g.title} {g.description}".casefold() for word in wanted)]
        lines = tuple(_Names(tx).line(goal) for goal in hits)
        return _board(tx, actor, [GoalSection(title=f"Goals with “{words}”", lines=lines)], running)


def find_team(tx: Transaction, name: str) -> Team:
    """A team by id or name, whatever the case. Raises NotFound with the names there are."""
    teams = tx.teams.all()
    wanted = name.strip().casefold()
    found = [team for team in teams if wanted in (team.id.casefold(), team.name.casefold())]
    if found:
        return found[0]
    listed = ", ".join(team.name for team in teams[:20]) or "none yet"
    raise NotFound(f"There is no team called “{name.strip()}”. Teams: {listed}.")


def _of_team(names: _Names, running: Sequence[Goal], team: Team) -> GoalSection:
    own = heaviest_first([goal for goal in running if team.id in goal.teams()], team.id)
    return GoalSection(title=team.name, lines=tuple(names.line(goal, team.id) for goal in own), team=team)


def heaviest_first(goals: Sequence[Goal], team: str) -> list[Goal]:
    """By the weight declared for a team, then by title."""
    return sorted(goals, key=lambda goal: (-(goal.weight_for(team) or 0), goal.title.casefold()))


def _tree(names: _Names, running: Sequence[Goal]) -> tuple[GoalLine, ...]:
    order = list(Level)
    ids = {goal.id for goal in running}
    below: dict[str | None, list[Goal]] = {}
    for goal in sorted(running, key=lambda g: (order.index(g.level), g.team or "", g.title.casefold())):
        below.setdefault(next((up for up in goal.supports if up in ids), None), []).append(goal)
    lines: list[GoalLine] = []

    def walk(parent: str | None, depth: int) -> None:
        for goal in below.get(parent, ()):
            lines.append(names.line(goal, depth=depth))
            walk(goal.id, depth + 1)

    walk(None, 0)
    return tuple(lines)


def _board(tx: Transaction, actor: str, sections: Sequence[GoalSection], running: Sequence[Goal]) -> GoalBoard:
    person = tx.people.get(actor)
    can_set = [team for team in tx.teams.all() if person.admin or actor in team.leads]
    return GoalBoard(
        sections=tuple(sections),
        strategy=tx.workspace.get().strategy,
        can_set=tuple(can_set),
        any_goals=bool(running),
        viewer=actor,
        admins=tuple(admin.name for admin in tx.people.admins()),
    )


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
            GoalRow(title=shortened(goal.title, TITLE_LIMIT), weight=_percent(goal.weight), goal=goal.id)
            for goal in own
        )
        return TeamGoals(team=found, rows=rows, reserve=_percent(found.reserve))


def set_team_goals(store: Store, *, actor: str, team: str, rows: Sequence[GoalRow], reserve: str) -> list[Goal]:
    """Add the new rows as goals, reword and reweigh the others; a row left empty keeps its goal as it is.

    Raises NotAllowed unless the actor is an admin or a lead of the team, BadForm by field: ``title_1``,
    ``weight_1`` …, ``reserve``.
    """
    with store.transaction() as tx:
        found = tx.teams.get(team)
        require_lead(tx, actor, found)
        held = _percentage(reserve)
        weights = _check_rows(rows, reserve=reserve, held=held)
        taken = {goal.id for goal in tx.goals.all()}
        goals = []
        for row, weight in zip(rows, weights, strict=True):
            if row.title.strip():
                goals.append(_goal(tx, row, found, weight=weight, taken=taken))
        tx.goals.save(*goals)
        tx.teams.save(replace(found, reserve=held))
        return goals


def _goal(tx: Transaction, row: GoalRow, team: Team, *, weight: float | None, taken: set[str]) -> Goal:
    old = tx.goals.find(row.goal) if row.goal else None
    if old and old.team == team.id:
        untouched = row.title.strip() == shortened(old.title, TITLE_LIMIT)
        return replace(old, title=old.title if untouched else row.title.strip(), weight=weight)
    id = slug(row.title, taken)
    taken.add(id)
    return Goal(id=id, title=row.title.strip(), team=team.id, weight=weight, status=GoalStatus.ACTIVE)


def _check_rows(rows: Sequence[GoalRow], *, reserve: str, held: float | None) -> list[float | None]:
    problems: dict[str, str] = {}
    weights: list[float | None] = []
    for number, row in enumerate(rows, start=1):
        weights.append(_percentage(row.weight))
        if len(row.title) > TITLE_LIMIT:
            problems[f"title_{number}"] = f"Keep the title under {TITLE_LIMIT} characters."
        if row.weight.strip() and weights[-1] is None:
            problems[f"weight_{number}"] = "Write a number from 0 to 100, or leave it empty."
        if row.weight.strip() and not row.title.strip():
            problems[f"title_{number}"] = "Give the goal a title."
    if not any(row.title.strip() for row in rows) and not problems:
        problems["title_1"] = "Write at least one goal."
    if reserve.strip() and held is None:
        problems["reserve"] = "Write a number from 0 to 100, or leave it empty."
    total = sum(weight for weight in weights if weight) + (held or 0)
    if not problems and total > 1.005:
        problems["reserve"] = f"Goals and reserve together make {total:.0%}. Bring them to 100 or less."
    if problems:
        raise BadForm(problems)
    return weights


def _percentage(text: str) -> float | None:
    """A share 0..1 from a percentage as typed; None where it is none."""
    try:
        value = float(text.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        return None
    return value / 100 if 0 <= value <= 100 else None


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:g}"
