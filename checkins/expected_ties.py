"""Teams that ought to be in touch by what is declared, and which of them a person is asked about by name."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice, permutations, product
from typing import NamedTuple

from checkins.model import CheckIn, Contact, Goal, Level, Team

MOST_ASKED = 2  # in one form
MOST_SUPPORTERS = 5  # teams behind a product goal; where more are, they need not all know each other
NOT_NEEDED_HOLDS = 8  # check-ins for which "not needed" is taken as known; yes and no are about one week
CONTACT = "contact:"  # a form's field: the id of the team follows


class Why(StrEnum):
    """Why two teams ought to be in touch, the strongest reason first."""

    DEPENDS_ON = "depends_on"
    SHARED_GOAL = "shared_goal"
    SAME_PRODUCT_GOAL = "same_product_goal"


class ExpectedTie(NamedTuple):
    """team ought to be in touch with other because of a goal, which for a dependency is the depending team's."""

    team: str
    other: str
    why: Why
    goal: Goal


def expected(team: str, *, teams: Sequence[Team], goals: Sequence[Goal]) -> tuple[Team, ...]:
    """The other teams that a team ought to be in touch with, those of the strongest reason first.

    teams: those that exist.  goals: those running.
    """
    known = {other.id: other for other in teams}
    others = dict.fromkeys(tie.other for tie in all_expected(goals) if tie.team == team)
    return tuple(known[other] for other in others if other in known)


def all_expected(goals: Sequence[Goal]) -> Iterator[ExpectedTie]:
    """Every tie that running goals let expect, in both directions and once for each reason.

    Declared dependencies, then teams that share a goal, then teams whose goals support the same product goal.
    """
    for why, rule in zip(Why, (_dependencies, _sharing, _supporting), strict=True):
        yield from (ExpectedTie(team, other, why, goal) for team, other, goal in rule(goals) if team != other)


def _dependencies(goals: Sequence[Goal]) -> Iterator[tuple[str, str, Goal]]:
    for goal in goals:
        for team, other in product(goal.teams(), goal.depends_on):
            yield team, other, goal
            yield other, team, goal


def _sharing(goals: Sequence[Goal]) -> Iterator[tuple[str, str, Goal]]:
    for goal in goals:
        yield from ((team, other, goal) for team, other in permutations(goal.teams(), 2))


def _supporting(goals: Sequence[Goal]) -> Iterator[tuple[str, str, Goal]]:
    above = {goal.id: goal for goal in goals if goal.level is Level.PRODUCT}
    behind: dict[str, dict[str, None]] = {}
    for goal in goals:
        for supported in goal.supports:
            if supported in above:
                behind.setdefault(supported, {}).update(dict.fromkeys(goal.teams()))
    for supported, teams in sorted(behind.items()):
        if len(teams) <= MOST_SUPPORTERS:
            yield from ((team, other, above[supported]) for team, other in permutations(teams, 2))


def to_ask(
    ties: Sequence[Team], *, history: Sequence[CheckIn], named: Sequence[str] = (), given: Sequence[str] = ()
) -> tuple[Team, ...]:
    """At most MOST_ASKED of the expected ties: those whose answer is not known, least recently asked first.

    history: the person's earlier check-ins, newest first.  named: teams that the form names as it opens.
    given: teams asked about in the check-in that is edited; they come first.
    """
    again = [team for team in ties if team.id in given]
    unknown = [team for team in ties if team.id not in (*named, *given) and not _not_needed(team, history)]
    unknown.sort(key=lambda team: -_age(team, history))
    return tuple(islice((*again, *unknown), MOST_ASKED))


def _not_needed(team: Team, history: Sequence[CheckIn]) -> bool:
    answers = (answer.contacts.get(team.id) for answer in history[:NOT_NEEDED_HOLDS])
    return next((answer for answer in answers if answer), None) is Contact.NOT_NEEDED


def _age(team: Team, history: Sequence[CheckIn]) -> int:
    """Check-ins since the person last said something of the tie; more than any for never."""
    return next((age for age, answer in enumerate(history) if team.id in answer.contacts), len(history))


def problems(said: Mapping[str, str | None], *, teams: Sequence[Team]) -> dict[str, str]:
    """What cannot be stored, by field. said: by team id, None where it was left empty.  teams: the other teams."""
    known = {team.id for team in teams}
    found = {}
    for team, answer in said.items():
        if answer and team not in known:
            found[f"{CONTACT}{team}"] = "This team is gone. Leave this empty."
        elif answer and answer not in tuple(Contact):
            found[f"{CONTACT}{team}"] = "Choose one of the answers, or leave this empty."
    return found


def answered(said: Mapping[str, str | None], *, before: Mapping[str, Contact]) -> dict[str, Contact]:
    """The contacts with what was said; what the form did not ask stays as it was before."""
    return {team: Contact(answer) for team, answer in {**before, **said}.items() if answer}
