"""Who is in a team, and which of their teams is home to people who come and go."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from checkins.model import Person, Team
from checkins.ports import Transaction
from checkins.rounds import plan_anew


def with_members(tx: Transaction, team: Team, members: Iterable[str]) -> Team:
    """Save a team with these members: who comes without a home team is at home here, who goes no more.

    Whoever is erased at the same time stays away.
    """
    wanted = dict.fromkeys(members)
    left = [person for person in team.members if person not in wanted]
    people = _held(tx, wanted.keys() ^ set(team.members))
    joined = [person for person in wanted if person in people]
    after = replace(team, members=(*(person for person in team.members if person in wanted), *joined))
    tx.teams.save(after)
    _save_homes(tx, [replace(people[id], home_team=team.id) for id in joined if people[id].home_team is None])
    leave_home(tx, team.id, left)
    return after


def _held(tx: Transaction, people: Iterable[str]) -> dict[str, Person]:
    """People who are there, held in one order so that two who hold several wait instead of failing."""
    found = {person: tx.people.hold(person) for person in sorted(people)}
    return {id: person for id, person in found.items() if person}


def leave_home(tx: Transaction, team: str, people: Iterable[str]) -> None:
    """Give those of these people who are at home in a team that is theirs no more another of their teams, or none."""
    at_home = [person for person in _held(tx, people).values() if person.home_team == team]
    _save_homes(tx, [replace(person, home_team=_first_team(tx, person.id)) for person in at_home])


def move_home(tx: Transaction, team: str, into: str) -> None:
    """Whoever is at home in a team is at home in another one."""
    at_home = _held(tx, [person.id for person in tx.people.all() if person.home_team == team])
    _save_homes(tx, [replace(person, home_team=into) for person in at_home.values()])


def _first_team(tx: Transaction, person: str) -> str | None:
    return next((team.id for team in tx.teams.of(person) if person in team.members), None)


def _save_homes(tx: Transaction, moved: Sequence[Person]) -> None:
    if moved:
        tx.people.save(*moved)
        plan_anew(tx)
