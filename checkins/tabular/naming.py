"""Whom and what a cell means: by id first, then by what people call it, where only one is called so."""

from collections.abc import Iterable
from dataclasses import dataclass

from checkins.document.checks import Known


def plain(name: str) -> str:
    """Names are the same whatever their case and the space in them."""
    return " ".join(name.split()).casefold()


class Names:
    """The rows of one kind by their ids and by their other names."""

    def __init__(self, noun: str, named: Iterable[tuple[str, Iterable[str]]] = ()) -> None:
        """noun: what a row is called. named: the id of each with its other names."""
        self._noun = noun
        self._ids: set[str] = set()
        self._called: dict[str, list[str]] = {}
        self.prefer(named)

    def prefer(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Add rows; their names mean them alone from now on."""
        called: dict[str, list[str]] = {}
        for id, others in named:
            self._ids.add(id)
            for name in {plain(other) for other in others} - {""}:
                called.setdefault(name, []).append(id)
        self._called |= called

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def called(self, name: str) -> list[str]:
        """The ids of all that are called so."""
        return self._called.get(plain(name), [])

    def id_of(self, cell: str) -> str:
        """Raises ValueError where nothing, or more than one thing, is meant."""
        if cell in self._ids or cell.strip() in self._ids:
            return cell if cell in self._ids else cell.strip()
        found = self.called(cell)
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f'{len(found)} are called "{cell.strip()}"; write one of the ids: {", ".join(found[:5])}')
        raise ValueError(f'no {self._noun} "{cell.strip()}"')


@dataclass(frozen=True, slots=True)
class Directory:
    teams: Names
    people: Names
    goals: Names


def directory_of(known: Known) -> Directory:
    return Directory(
        teams=Names("team", ((team.id, [team.name]) for team in known.teams.values())),
        people=Names("person", ((p.id, filter(None, [p.email, p.name])) for p in known.people.values())),
        goals=Names("goal", ((goal.id, [goal.title]) for goal in known.goals.values())),
    )
