"""Goals as a person sees them: mine, everybody's, one team's, those at risk, those of the past, those with words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from checkins.goal_order import Placed, tree
from checkins.goal_state import RUNNING, GoalState, Standing, standing
from checkins.goals import find_team, heaviest_first
from checkins.model import FindingKind, FindingState, Goal, Level, Strategy, Team
from checkins.ports import Store, Transaction
from checkins.roster import team_names
from checkins.wording import period

CLOSED = (GoalState.PAUSED, GoalState.DONE, GoalState.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A goal as a list shows it.

    weight: declared share of the team the list is about, else of the owning one. depth: how many goals of the list
    stand above it; also: titles of what it supports besides the one right above it.
    """

    goal: Goal
    team: str | None
    owner: str | None
    standing: Standing
    supports: tuple[str, ...] = ()  # titles
    weight: float | None = None
    depth: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSection:
    """Goals under a heading. part: what several sections in a row belong to, such as a period; may be empty."""

    title: str
    lines: tuple[GoalLine, ...]
    team: Team | None = None  # the team the list is about
    part: str = ""
    one_state: bool = False  # the part's name says the state of its goals


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalBoard:
    """What `/goals` answers; ``can_set`` are the teams whose goals this person may set."""

    sections: tuple[GoalSection, ...]
    strategy: Strategy
    can_set: tuple[Team, ...]
    any_goals: bool
    viewer: str
    closed: int = 0  # goals that were closed or paused and that the list leaves out
    admins: tuple[str, ...] = ()  # names

    @property
    def lines(self) -> list[GoalLine]:
        return [line for section in self.sections for line in section.lines]

    def says_done(self, goal: Goal) -> bool:
        """Whether it is for the viewer to say what "done" means: the owner, and where there is none, who sets goals."""
        return goal.owner == self.viewer if goal.owner else goal.team in {team.id for team in self.can_set}


class _Goals:
    """Every goal with what its line says, read by a fixed number of queries."""

    def __init__(self, tx: Transaction, today: date) -> None:
        self.all, self.team_names = tx.goals.all(), team_names(tx)
        self._titles = {goal.id: goal.title for goal in self.all}
        self._people = tx.people.by_ids({goal.owner for goal in self.all if goal.owner})
        found = troubles(tx)
        self._standings = {goal.id: standing(goal, today=today, findings=found.get(goal.id, ())) for goal in self.all}
        self.current = [
            goal
            for goal in self.all
            if self.state(goal) in RUNNING
            or (self.state(goal) is GoalState.PAUSED and (goal.ends is None or goal.ends >= today))
        ]

    def state(self, goal: Goal) -> GoalState:
        return self._standings[goal.id].state

    def that_are(self, *states: GoalState) -> list[Goal]:
        return [goal for goal in self.all if self.state(goal) in states]

    def line(self, goal: Goal, team: str | None = None) -> GoalLine:
        return GoalLine(
            goal=goal,
            team=self.team_names.get(goal.team) if goal.team else None,
            owner=self._people[goal.owner].name if goal.owner in self._people else None,
            standing=self._standings[goal.id],
            supports=self._titles_of(goal.supports),
            weight=goal.weight_for(team) if team else goal.weight,
        )

    def _placed(self, place: Placed) -> GoalLine:
        also = self._titles_of(id for id in place.goal.supports if id != place.under)
        return replace(self.line(place.goal), depth=place.depth, also=also)

    def _titles_of(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._titles[id] for id in ids if id in self._titles)

    def listed(self, title: str, goals: Iterable[Goal]) -> GoalSection:
        return GoalSection(title=title, lines=tuple(self.line(goal) for goal in sorted(goals, key=self._by_team)))

    def _by_team(self, goal: Goal) -> tuple[str, str]:
        return self.team_names.get(goal.team or "", "").casefold(), goal.title.casefold()

    def of_team(self, goals: Iterable[Goal], team: Team) -> GoalSection:
        own = heaviest_first([goal for goal in goals if team.id in goal.teams()], team.id)
        return GoalSection(title=team.name, lines=tuple(self.line(goal, team.id) for goal in own), team=team)

    def trees(self, part: str, goals: Sequence[Goal]) -> Iterator[GoalSection]:
        """First what organisation and products want with all that supports it; then, by team, what supports nothing."""
        for title, places in groupby(tree(goals, self.team_names), key=self._heading):
            yield GoalSection(title=title, lines=tuple(map(self._placed, places)), part=part)

    def _heading(self, place: Placed) -> str:
        if place.root.level is not Level.TEAM:
            return ""
        return self.team_names.get(place.root.team or "", "Without a team")

    def by_period(self, goals: Sequence[Goal]) -> Iterator[GoalSection]:
        """The same for each period, the newest first."""
        for _, of_period in groupby(sorted(goals, key=_newest_first), key=_newest_first):
            some = list(of_period)
            yield from self.trees(period(some[0].starts, some[0].ends), some)

    def in_state(self, state: GoalState, named: str) -> Iterator[GoalSection]:
        """The same for the goals in a state. named: what the state is called."""
        for section in self.by_period(self.that_are(state)):
            yield replace(section, part=f"{named}: {section.part}", one_state=True)


def _newest_first(goal: Goal) -> tuple[int, int]:
    return -(goal.ends or date.max).toordinal(), -(goal.starts or date.min).toordinal()


def troubles(tx: Transaction) -> dict[str, set[FindingKind]]:
    """What is open about each goal, of that which the last published digest has told."""
    published = tx.digests.latest_published()
    told = {finding["id"] for finding in published.body.get("findings", ())} if published else set()
    found: dict[str, set[FindingKind]] = {}
    for finding in tx.digests.findings() if told else ():
        if finding.id in told and finding.state is FindingState.OPEN:
            for goal in finding.goals:
                found.setdefault(goal, set()).add(finding.kind)
    return found


def mine(store: Store, *, actor: str, today: date) -> GoalBoard:
    """The goals the person owns, then the others of each of their teams."""
    with store.snapshot() as tx:
        goals = _Goals(tx, today)
        owned = [goal for goal in goals.current if goal.owner == actor]
        others = [goal for goal in goals.current if goal.owner != actor]
        listed = tuple(replace(goals.line(goal), owner=None) for goal in owned)
        sections = [GoalSection(title="Goals you own", lines=listed)] if owned else []
        for team in tx.teams.of(actor):
            section = goals.of_team(others, team)
            if section.lines or not any(team.id in goal.teams() for goal in owned):
                sections.append(section)
        return _board(tx, actor, goals, sections)


def of_team(store: Store, *, actor: str, name: str, today: date) -> GoalBoard:
    """One team's goals, found by name or id. Raises NotFound with the names there are."""
    with store.snapshot() as tx:
        team, goals = find_team(tx, name), _Goals(tx, today)
        return _board(tx, actor, goals, [goals.of_team(goals.current, team)])


def everything(store: Store, *, actor: str, today: date) -> GoalBoard:
    """Each goal that runs, then those to come and those that are over and were not closed, below what they support."""
    with store.snapshot() as tx:
        goals = _Goals(tx, today)
        return replace(_board(tx, actor, goals, list(_open(goals))), closed=len(goals.that_are(*CLOSED)))


def _open(goals: _Goals) -> Iterator[GoalSection]:
    yield from goals.trees("Running today", goals.that_are(*RUNNING))
    yield from goals.in_state(GoalState.COMING, "Coming")
    yield from goals.in_state(GoalState.OVER, "Over, not closed yet")


def past(store: Store, *, actor: str, today: date) -> GoalBoard:
    """What is paused, then what is over, done or dropped by period; teams that are archived keep their name."""
    with store.snapshot() as tx:
        goals = _Goals(tx, today)
        closed = goals.by_period(goals.that_are(GoalState.OVER, GoalState.DONE, GoalState.DROPPED))
        return _board(tx, actor, goals, [*goals.in_state(GoalState.PAUSED, "Paused"), *closed])


def overview(store: Store, *, today: date, team: str | None, closed: bool) -> list[GoalSection]:
    """The same as ``everything`` without a viewer. team: only goals that it works on; closed: also those that are.

    Raises NotFound for an unknown team.
    """
    with store.snapshot() as tx:
        goals = _Goals(tx, today)
        if team is not None:
            found = tx.teams.get(team)
            goals.all = [goal for goal in goals.all if found.id in goal.teams()]
        also = [section for state in CLOSED if closed for section in goals.in_state(state, state.value.capitalize())]
        return [*_open(goals), *also]


def at_risk(store: Store, *, actor: str, today: date) -> GoalBoard:
    """The goals at risk, then those that nobody has said a word about for long."""
    with store.snapshot() as tx:
        goals = _Goals(tx, today)
        sections = [
            goals.listed("At risk", goals.that_are(GoalState.AT_RISK)),
            goals.listed("Without an update", goals.that_are(GoalState.NO_UPDATE)),
        ]
        return _board(tx, actor, goals, [section for section in sections if section.lines])


def matching(store: Store, *, actor: str, words: str, today: date) -> GoalBoard:
    """Goals with every word in title, description, owner's or teams' names; those that are over or closed come last."""
    wanted = words.casefold().split()
    with store.snapshot() as tx:
        goals = _Goals(tx, today)
        living = goals.that_are(*RUNNING, GoalState.COMING)
        old = goals.that_are(*CLOSED, GoalState.OVER)
        sections = [
            goals.listed(title, [goal for goal in some if _has(_searched(goals, goal), wanted)])
            for title, some in ((f"Goals with “{words}”", living), (f"Paused, over or closed, with “{words}”", old))
        ]
        return _board(tx, actor, goals, [section for section in sections if section.lines])


def _has(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _searched(goals: _Goals, goal: Goal) -> str:
    teams = (goals.team_names.get(team, "") for team in goal.teams())
    return "\n".join([goal.title, goal.description, goals.line(goal).owner or "", *teams]).casefold()


def _board(tx: Transaction, actor: str, goals: _Goals, sections: Sequence[GoalSection]) -> GoalBoard:
    person, teams = tx.people.get(actor), tx.teams.all()
    return GoalBoard(
        sections=tuple(sections),
        strategy=tx.workspace.get().strategy,
        can_set=tuple(teams if person.admin else _led(teams, actor)),
        any_goals=bool(goals.all),
        viewer=actor,
        admins=tuple(admin.name for admin in tx.people.admins()),
    )


def _led(teams: Sequence[Team], person: str) -> list[Team]:
    """The teams that a person leads, and those below them."""
    led = {team.id for team in teams if person in team.leads}
    while more := {team.id for team in teams if team.parent in led} - led:
        led |= more
    return [team for team in teams if team.id in led]
