"""A made-up company: people, teams, goals and weights, drawn from a seed, with its troubles planted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from bot.demo import bank
from bot.demo.bank import Bank, TeamTheme
from bot.demo.goal_setting import GoalSetting
from bot.demo.names import full_names, places
from bot.demo.planting import Plant, Planted, choose_teams
from checkins.cadence import Week
from checkins.errors import TruelineError
from checkins.ids import slug
from checkins.model import Goal, Team

FIRST_WEEK = Week(2026, 35)
FEWEST, MOST = 12, 200
TEAM_SIZE, LEAST_TEAM_SIZE, FEWEST_TEAMS = 6, 4, 3
RESERVES = (0.1, 0.15, 0.2)
DRIFTING_RESERVE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody at the company; ``user`` is their account in the sandbox, ``team`` the id of their team."""

    id: str
    name: str
    email: str
    user: str
    title: str
    team: str
    zone: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """phrases: by goal, what somebody working on it says.  partners: by team, the teams it has to do with."""

    seed: int
    bank: Bank
    people: tuple[Colleague, ...]
    teams: tuple[Team, ...]
    goals: tuple[Goal, ...]
    phrases: Mapping[str, tuple[str, ...]]
    partners: Mapping[str, tuple[str, ...]]
    planted: tuple[Planted, ...]

    @property
    def admin(self) -> Colleague:
        return self.people[0]

    def plant(self, kind: Plant) -> Planted | None:
        return next((planted for planted in self.planted if planted.kind is kind), None)


def company_of(*, people: int, seed: int, kinds: frozenset[Plant]) -> Company:
    """The company of a seed; another seed has other names, teams, weights and troubles. Raises TruelineError."""
    if not FEWEST <= people <= MOST:
        raise TruelineError(f"--people takes {FEWEST} to {MOST}, not {people}.")
    random = Random(f"company {seed}")
    words = bank.load()
    themes = _themes(random, words, people)
    staff = tuple(_staff(random, words, themes, people))
    teams = tuple(_team(random, theme, staff) for theme in themes)
    ids = [team.id for team in teams]
    troubled = choose_teams(random, ids, kinds, but=ids[0])
    partners = _partners(random, [team for team in ids if team != troubled.get(Plant.SILO)])
    teams = tuple(_reserved(team, drifting=troubled.get(Plant.DRIFT)) for team in teams)
    setting = GoalSetting(random, teams=list(zip(themes, teams, strict=True)), partners=partners, troubled=troubled)
    goals = setting.agree()
    return Company(
        seed=seed,
        bank=words,
        people=staff,
        teams=teams,
        goals=goals,
        phrases=setting.phrases,
        partners=partners,
        planted=tuple(_planted(random, goals, troubled)),
    )


def _themes(random: Random, words: Bank, people: int) -> list[TeamTheme]:
    """The product team first, then others by chance."""
    wanted = min(max(round(people / TEAM_SIZE), FEWEST_TEAMS), len(words.teams) + 1)
    return [words.product, *random.sample(words.teams, wanted - 1)]


def _sizes(random: Random, people: int, teams: int) -> list[int]:
    sizes = [people // teams + (place < people % teams) for place in range(teams)]
    for _ in range(teams):
        giver, taker = random.sample(range(teams), 2)
        if LEAST_TEAM_SIZE < sizes[giver] and sizes[taker] < people / teams + 2:
            sizes[giver], sizes[taker] = sizes[giver] - 1, sizes[taker] + 1
    return sizes


def _staff(random: Random, words: Bank, themes: Sequence[TeamTheme], people: int) -> Iterator[Colleague]:
    sizes = _sizes(random, people, len(themes))
    seats = [(theme, place) for theme, size in zip(themes, sizes, strict=True) for place in range(size)]
    homes = places(random, people)
    for number, (name, home, (theme, place)) in enumerate(zip(full_names(random), homes, seats, strict=False)):
        yield Colleague(
            id=slug(name),
            name=name,
            email=f"{slug(name).replace('-', '.')}@{words.domain}",
            user=f"U0{number + 1:03}PEOPLE",
            title=theme.titles[0] if place == 0 else theme.titles[1 + (place - 1) % (len(theme.titles) - 1)],
            team=slug(theme.name),
            zone=home.zone,
            country=home.country,
        )


def _team(random: Random, theme: TeamTheme, staff: Sequence[Colleague]) -> Team:
    members = tuple(person.id for person in staff if person.team == slug(theme.name))
    return Team(
        id=slug(theme.name), name=theme.name, members=members, leads=members[:1], reserve=random.choice(RESERVES)
    )


def _reserved(team: Team, *, drifting: str | None) -> Team:
    return replace(team, reserve=DRIFTING_RESERVE) if team.id == drifting else team


def _partners(random: Random, teams: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """A ring through all teams, so that everybody has neighbours, and some ties across it."""
    ring = random.sample(teams, len(teams))
    ties = {frozenset(pair) for pair in zip(ring, [*ring[1:], *ring[:1]], strict=True)}
    ties |= {frozenset(random.sample(ring, 2)) for _ in range(len(ring) // 2)}
    return {team: tuple(sorted(other for tie in ties if team in tie for other in tie - {team})) for team in teams}


def _planted(random: Random, goals: Sequence[Goal], troubled: Mapping[Plant, str]) -> Iterator[Planted]:
    onset = {Plant.DRIFT: FIRST_WEEK.plus(random.randint(0, 1))}
    for kind, team in troubled.items():
        yield Planted(
            kind=kind, team=team, goal=_goal_of(kind, team, goals), first_week=str(onset.get(kind, FIRST_WEEK))
        )


def _goal_of(kind: Plant, team: str, goals: Sequence[Goal]) -> str | None:
    own = [goal for goal in goals if goal.team == team]
    if kind is Plant.ORPHAN:
        return next(goal.id for goal in own if goal.weight is None)
    return max(own, key=lambda goal: goal.weight or 0).id if kind is Plant.DRIFT else None
