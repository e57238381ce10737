"""The roadmap: which goals run when, in this quarter and the next two, team by team below what they all serve."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from checkins.goals import find_team
from checkins.measures import progress
from checkins.model import Goal, GoalStatus, Level, Team
from checkins.ports import Store

QUARTERS = 3
ABOVE_TEAMS = {Level.ORGANISATION: "Organisation", Level.PRODUCT: "Products"}
NO_TEAM = "Without a team"
SHOWN = (GoalStatus.ACTIVE, GoalStatus.PAUSED, GoalStatus.DONE)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int  # 1..4

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    def plus(self, quarters: int) -> "Quarter":
        count = 4 * self.year + self.number - 1 + quarters
        return Quarter(count // 4, count % 4 + 1)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.plus(1).first - timedelta(days=1)

    def __str__(self) -> str:
        return f"Q{self.number} {self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A goal and the time it takes. team: the owning team's name; progress: 0..1, None without numbers."""

    goal: Goal
    team: str | None
    progress: float | None

    @property
    def dated(self) -> bool:
        return bool(self.goal.starts or self.goal.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The goals of a level or a team, the first to begin first. more: how many were left out."""

    title: str
    stretches: tuple[Stretch, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """What runs within the quarters. undated: goals with neither start nor end; later: how many begin afterwards."""

    quarters: tuple[Quarter, ...]
    today: date
    lanes: tuple[Lane, ...]
    undated: tuple[Stretch, ...]
    later: int
    team: Team | None = None  # whose it is; None for everybody's

    @property
    def first(self) -> date:
        return self.quarters[0].first

    @property
    def last(self) -> date:
        return self.quarters[-1].last

    def ending(self) -> Iterator[tuple[Quarter | None, list[Stretch]]]:
        """Quarter by quarter the goals that end in it; under None those that go on, or name no end."""
        dated = [stretch for lane in self.lanes for stretch in lane.stretches]
        for quarter in (*self.quarters, None):
            yield quarter, sorted((each for each in dated if self._ends_in(each.goal) == quarter), key=_soonest)

    def _ends_in(self, goal: Goal) -> Quarter | None:
        return Quarter.of(goal.ends) if goal.ends and goal.ends <= self.last else None

    def part_of(self, day: date) -> float:
        """Where a day lies between the first and the last, 0..1; below or above it for days outside."""
        return (day - self.first) / (self.last + timedelta(days=1) - self.first)


def roadmap_of(store: Store, *, today: date, team: str | None = None) -> Roadmap:
    """This quarter and the next two, for everybody to see. team: id or name.

    A team's roadmap shows the goals it owns or contributes to, and above them what those support. Raises NotFound
    with the names there are.
    """
    with store.snapshot() as tx:
        goals, teams = tx.goals.all(), {each.id: each for each in tx.teams.all()}
        about = find_team(tx, team) if team else None
    chosen = _concerning(about, goals) if about else goals
    names = {id: each.name for id, each in teams.items()}
    quarters = tuple(Quarter.of(today).plus(ahead) for ahead in range(QUARTERS))
    first, last = quarters[0].first, quarters[-1].last
    shown = [_stretch(goal, names) for goal in chosen if goal.status in SHOWN]
    within = [each for each in shown if each.dated and _touches(each.goal, first, last)]
    undated = [each for each in shown if not each.dated and each.goal.status is not GoalStatus.DONE]
    return Roadmap(
        quarters=quarters,
        today=today,
        lanes=tuple(_lanes(within, about)),
        undated=tuple(each for lane in _lanes(undated, about) for each in lane.stretches),
        later=sum(1 for each in shown if each.goal.starts and each.goal.starts > last),
        team=about,
    )


def fitted(roadmap: Roadmap, most: int) -> Roadmap:
    """At most so many goals, every lane giving up the same; at most so many lanes."""
    lanes = roadmap.lanes[:most]
    sizes = [len(lane.stretches) for lane in lanes]
    each = next(size for size in range(most, 0, -1) if size == 1 or sum(min(size, one) for one in sizes) <= most)
    return replace(roadmap, lanes=tuple(_cut(lane, each) for lane in lanes))


def _cut(lane: Lane, most: int) -> Lane:
    return replace(lane, stretches=lane.stretches[:most], more=max(len(lane.stretches) - most, 0))


def _concerning(team: Team, goals: Sequence[Goal]) -> list[Goal]:
    """The team's goals and all that they support, however far above."""
    by_id = {goal.id: goal for goal in goals}
    waiting = [goal for goal in goals if team.id in goal.teams()]
    found: dict[str, Goal] = {}
    while waiting:
        goal = waiting.pop()
        if goal.id not in found:
            found[goal.id] = goal
            waiting += [by_id[id] for id in goal.supports if id in by_id]
    return [goal for goal in goals if goal.id in found]


def _stretch(goal: Goal, names: dict[str, str]) -> Stretch:
    return Stretch(
        goal=goal,
        team=names.get(goal.team, goal.team) if goal.team else None,
        progress=progress(goal.measure) if goal.measure else None,
    )


def _touches(goal: Goal, first: date, last: date) -> bool:
    return (goal.starts is None or goal.starts <= last) and (goal.ends is None or goal.ends >= first)


def _lanes(stretches: Iterable[Stretch], about: Team | None) -> Iterator[Lane]:
    """Organisation and products first, then teams by name, at last what no team owns."""
    found: dict[_Place, list[Stretch]] = {}
    for each in sorted(stretches, key=_earliest):
        found.setdefault(_place(each, about), []).append(each)
    for place in sorted(found, key=lambda place: (place.rank, place.title.casefold(), place.team)):
        yield Lane(title=place.title, stretches=tuple(found[place]))


@dataclass(frozen=True, slots=True)
class _Place:
    """Which lane, counted from the top; team: an id, since two teams may have one name."""

    rank: int
    title: str
    team: str = ""


def _place(stretch: Stretch, about: Team | None) -> _Place:
    goal, last = stretch.goal, len(Level)
    if about and about.id in goal.teams():
        return _Place(last, about.name, about.id)
    if goal.level in ABOVE_TEAMS:
        return _Place(list(Level).index(goal.level), ABOVE_TEAMS[goal.level])
    return _Place(last - 1, stretch.team, goal.team) if goal.team and stretch.team else _Place(last, NO_TEAM)


def _earliest(stretch: Stretch) -> tuple[date, date, str]:
    return stretch.goal.starts or date.min, stretch.goal.ends or date.max, stretch.goal.title.casefold()


def _soonest(stretch: Stretch) -> tuple[date, str]:
    return stretch.goal.ends or date.max, stretch.goal.title.casefold()
