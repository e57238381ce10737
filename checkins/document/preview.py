"""What a document would do, kind by kind, for somebody to look at before it is stored."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from checkins.document.checks import Known
from checkins.document.form import Document
from checkins.document.goal_checks import CLOSED
from checkins.document.planning import Pair, Plan, Row, plan_in, planned
from checkins.ids import derived
from checkins.model import Goal, Person, Team, Workspace
from checkins.ports import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """What becomes of the rows of one kind."""

    added: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one kind by name, each in one of the lists. closed: goals that become done or dropped."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def counts(self) -> Counts:
        return Counts(len(self.added), len(self.changed), len(self.closed), self.unchanged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """By kind: workspace, teams, people, goals, check-ins. fingerprint: the same for the same changes alone."""

    parts: Mapping[str, Part]
    fingerprint: str

    @property
    def counts(self) -> dict[str, Counts]:
        return {kind: part.counts for kind, part in self.parts.items()}

    @property
    def changes(self) -> int:
        """How many rows would be another than before."""
        return sum(count.added + count.changed + count.closed for count in self.counts.values())


def preview(store: Store | None, document: Document) -> Preview:
    """Nothing is stored. store: None for a workspace that does not exist yet. Raises BadDocument as ``apply`` does."""
    if store is None:
        return preview_of(planned(document, Known(), Workspace(id="", name=document.name)))
    with store.snapshot() as tx:
        return preview_of(plan_in(tx, document))


def preview_of(plan: Plan) -> Preview:
    people = {pair.after.id: pair.after.name for pair in plan.people}
    parts = {
        "workspace": _part([plan.workspace], _name),
        "teams": _part(plan.teams, _name),
        "people": _part(plan.people, _name, also_changed=plan.accounts),
        "goals": _goals(plan.goals),
        "check-ins": _part(plan.check_ins, lambda c: f"{c.date} {people.get(c.person, c.person)}"),
    }
    return Preview(parts=parts, fingerprint=_fingerprint(plan))


def _name(row: Workspace | Team | Person) -> str:
    return row.name


def _part(pairs: Sequence[Pair[Row]], name: Callable[[Row], str], *, also_changed: Collection[str] = ()) -> Part:
    changed = [pair for pair in pairs if pair.before and (pair.changes or pair.after.id in also_changed)]
    added = [pair for pair in pairs if pair.before is None]
    return Part(
        added=tuple(name(pair.after) for pair in added),
        changed=tuple(name(pair.after) for pair in changed),
        unchanged=len(pairs) - len(added) - len(changed),
    )


def _goals(pairs: Sequence[Pair[Goal]]) -> Part:
    closing = [pair for pair in pairs if _closes(pair)]
    rest = _part([pair for pair in pairs if not _closes(pair)], lambda goal: goal.title)
    return Part(rest.added, rest.changed, tuple(pair.after.title for pair in closing), rest.unchanged)


def _closes(pair: Pair[Goal]) -> bool:
    return pair.before is not None and pair.before.status not in CLOSED and pair.after.status in CLOSED


def _fingerprint(plan: Plan) -> str:
    return derived(
        *_differences([plan.workspace]),
        *_differences(plan.teams),
        *_differences(plan.people),
        *_differences(plan.goals),
        *_differences(plan.check_ins),
        repr(sorted(plan.accounts.items())),
    )


def _differences(pairs: Sequence[Pair[Row]]) -> Iterator[str]:
    """Only what changes: the rest of a row may move on between the look and the click."""
    for pair in pairs:
        before, after = pair.before, pair.after
        if before is None:
            yield repr(after)
        elif before != after:
            values = ((each.name, getattr(before, each.name), getattr(after, each.name)) for each in fields(before))
            yield repr((after.id, [(name, old, new) for name, old, new in values if old != new]))
