"""What a document's rows say about each other and about the rows already stored: ids, references, circles.

These checks read the decoded document itself, not the validated form, so that a document with a bad shape is told
about its references in the same go. Whatever has the wrong type is passed over here: the form has named it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from checkins.document.faults import path_of, shown
from checkins.document.goal_checks import Path, Raw, repeated_titles, reversed_dates, targets_without_change
from checkins.errors import Fault
from checkins.goal_tree import way_back
from checkins.model import CheckIn, Goal, Person, Team
from checkins.ports import Transaction

_NOUNS = {"teams": "team", "people": "person", "goals": "goal", "check_ins": "check-in"}

_REFERENCES: dict[str, dict[str, str]] = {
    "teams": {"parent": "teams", "leads": "people", "members": "people"},
    "people": {"home_team": "teams"},
    "goals": {
        "supports": "goals",
        "owner": "people",
        "team": "teams",
        "contributing_teams": "teams",
        "depends_on": "teams",
        "weights": "teams",
    },
    "check_ins": {
        "person": "people",
        "team": "teams",
        "worked_with": "teams",
        "waiting_on": "teams",
        "contacts": "teams",
        "confidence": "goals",
        "clarity": "goals",
        "done": "goals",
        "priorities": "goals",
    },
    "items": {"goal": "goals"},
}

_NEEDED = {"teams": ("name",), "people": ("name",), "goals": ("title",), "check_ins": ("person", "team", "date")}


@dataclass(frozen=True, slots=True)
class Known:
    """The rows that are stored already, by id. slack: user id to person id."""

    teams: Mapping[str, Team] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    check_ins: Mapping[str, CheckIn] = field(default_factory=dict)
    slack: Mapping[str, str] = field(default_factory=dict)

    def ids(self, kind: str) -> frozenset[str]:
        return frozenset(getattr(self, kind))


def known_in(tx: Transaction, raw: Raw) -> Known:
    """The stored rows that a document can touch: its own and those it refers to."""
    named = _named(raw)
    teams = {team.id: team for team in tx.teams.all()}
    archived = (tx.teams.find(team) for team in named["teams"] - teams.keys())
    return Known(
        teams=teams | {team.id: team for team in archived if team},
        people={person.id: person for person in tx.people.all()},
        goals={goal.id: goal for goal in tx.goals.all()},
        check_ins={c.id: c for c in map(tx.check_ins.find, named["check_ins"]) if c},
        slack={identity.user: person for person, identity in tx.people.identities("slack").items()},
    )


def _named(raw: Raw) -> dict[str, set[str]]:
    """Every id in a document, by kind: of its rows, and of what they refer to."""
    named = {kind: {id_ for _, row in rows(raw, kind) if (id_ := _id(row))} for kind in _NOUNS}
    for _, target, entry in _references(raw):
        named[target].add(entry)
    return named


def cross_faults(raw: Raw, known: Known | None) -> list[Fault]:
    """Everything wrong between the rows of a document and, where those are known, the stored rows."""
    stored = known or Known()
    standing = [
        *_repeated_ids(raw),
        *_repeated_accounts(raw, stored),
        *_repeated_entries(raw),
        *_circles(raw, "goals", "supports", {goal.id: goal.supports for goal in stored.goals.values()}),
        *_circles(raw, "teams", "parent", {t.id: (t.parent,) if t.parent else () for t in stored.teams.values()}),
        *reversed_dates(rows(raw, "goals"), stored.goals),
        *_contradicting_items(raw),
    ]
    if known is None:
        return standing
    return [
        *standing,
        *_missing_fields(raw, known),
        *_unknown_references(raw, known),
        *targets_without_change(rows(raw, "goals"), known.goals),
        *repeated_titles(rows(raw, "goals"), known.goals),
    ]


def rows(raw: Raw, kind: str) -> Iterator[tuple[Path, Raw]]:
    """The rows of one kind that are objects, each with its path."""
    listed = raw.get(kind)
    if isinstance(listed, list | tuple):
        yield from (((kind, n), row) for n, row in enumerate(listed) if isinstance(row, Mapping))


def _id(row: Raw) -> str | None:
    named = row.get("id")
    return named if isinstance(named, str) else None


def _items(raw: Raw) -> Iterator[tuple[Path, Raw]]:
    for path, row in rows(raw, "check_ins"):
        yield from ((path + at, item) for at, item in rows(row, "items"))


def _entries(value: Any) -> Iterator[tuple[Path, str]]:
    """The ids in a field: itself, the entries of a list, or the names of a map."""
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, list | tuple):
        yield from (((n,), entry) for n, entry in enumerate(value) if isinstance(entry, str))
    elif isinstance(value, Mapping):
        yield from (((key,), key) for key in value if isinstance(key, str))


def _repeated_ids(raw: Raw) -> Iterator[Fault]:
    for kind in _NOUNS:
        yield from _repeats((path, _id(row)) for path, row in rows(raw, kind))


def _repeats(named: Iterable[tuple[Path, str | None]]) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for path, name in named:
        if name is None:
            continue
        if name in first:
            yield Fault(path_of((*path, "id")), f'"{name}" is used twice, first in {path_of(first[name])}')
        first.setdefault(name, path)


def _missing_fields(raw: Raw, known: Known) -> Iterator[Fault]:
    for kind, names in _NEEDED.items():
        stored = known.ids(kind)
        for path, row in rows(raw, kind):
            if _id(row) not in stored:
                yield from (Fault(path_of((*path, name)), "is missing") for name in names if name not in row)


def _repeated_accounts(raw: Raw, known: Known) -> Iterator[Fault]:
    emails = {person.email: person.id for person in known.people.values() if person.email}
    for name, stored in (("email", emails), ("slack", known.slack)):
        given = [(path, row) for path, row in rows(raw, "people") if name in row]
        anew = {_id(row) for _, row in given}
        holders = {account.casefold(): person for account, person in stored.items() if person not in anew}
        for path, row in given:
            account, person = row[name], _id(row)
            if isinstance(account, str) and person is not None:
                holder = holders.setdefault(account.casefold(), person)
                if holder != person:
                    yield Fault(path_of((*path, name)), f'"{account}" belongs to the person "{holder}"')


def _repeated_entries(raw: Raw) -> Iterator[Fault]:
    for kind, fields in _REFERENCES.items():
        for path, row in rows(raw, kind):
            for name in fields:
                yield from _repeated_in(row.get(name), (*path, name))


def _repeated_in(value: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, list | tuple):
        return
    seen: set[str] = set()
    for at, entry in _entries(value):
        if entry in seen:
            yield Fault(path_of(path + at), f'"{entry}" is listed twice')
        seen.add(entry)


def _references(raw: Raw) -> Iterator[tuple[Path, str, str]]:
    """Every reference: its path, the kind it points to, the id it names."""
    for kind, fields in _REFERENCES.items():
        for path, row in _items(raw) if kind == "items" else rows(raw, kind):
            for name, target in fields.items():
                yield from (((*path, name, *at), target, entry) for at, entry in _entries(row.get(name)))


def _unknown_references(raw: Raw, known: Known) -> Iterator[Fault]:
    own = {kind: {_id(row) for _, row in rows(raw, kind)} for kind in _NOUNS}
    for path, target, entry in _references(raw):
        if entry not in own[target] and entry not in known.ids(target):
            yield Fault(path_of(path), f"no {_NOUNS[target]} {shown(entry)}")


def _circles(raw: Raw, kind: str, name: str, stored: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Each circle once, at its first row in the document."""
    above: dict[str, Sequence[str]] = dict(stored)
    paths: dict[str, Path] = {}
    for path, row in rows(raw, kind):
        below = _id(row)
        if below is not None and name in row:
            above[below] = [entry for _, entry in _entries(row[name])]
            paths[below] = path
    told: set[frozenset[str]] = set()
    for start, path in paths.items():
        circle = way_back(above, start)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield Fault(path_of((*path, name)), "goes round in a circle: " + " → ".join((*circle, start)))


def _contradicting_items(raw: Raw) -> Iterator[Fault]:
    for path, item in _items(raw):
        if item.get("goal") is not None and item.get("reason") is not None:
            yield Fault(path_of(path), "names a goal and a reason why there is none; keep one of them")
    for path, row in rows(raw, "check_ins"):
        shares = [item.get("share") for _, item in rows(row, "items")]
        if shares and all(share == 0 for share in shares):
            yield Fault(path_of((*path, "items")), "the shares add up to nothing")
