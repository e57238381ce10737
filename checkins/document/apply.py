"""A sound document into the store: one transaction, only what the document names, the same twice changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from checkins.document.checks import Known, cross_faults, known_in
from checkins.document.form import CheckInForm, Document, GoalForm, ItemForm, MeasureForm, PersonForm, TeamForm
from checkins.errors import BadDocument
from checkins.model import CheckIn, Entered, Goal, Identity, Measure, Person, Strategy, Team, WorkItem, Workspace
from checkins.ports import Store, Transaction

Row = TypeVar("Row", Team, Person, Goal, CheckIn)
Value = TypeVar("Value", Team, Person, Goal, CheckIn, Strategy, Workspace)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of one kind."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did, by kind: workspace, teams, people, goals, check-ins."""

    counts: Mapping[str, Counts]

    @property
    def changes(self) -> int:
        return sum(counts.added + counts.changed for counts in self.counts.values())


@dataclass(frozen=True, slots=True)
class _Pair(Generic[Row]):
    """A row as it is stored, None where it is new, and as the document wants it."""

    before: Row | None
    after: Row


def apply(store: Store, document: Document, *, now: datetime) -> ImportSummary:
    """Store what a document names. Raises BadDocument, and stores nothing, when its ids do not fit the stored rows."""
    raw = document.model_dump(exclude_unset=True)
    with store.transaction() as tx:
        known = known_in(tx, raw)
        faults = cross_faults(raw, known)
        if faults:
            raise BadDocument(faults)
        return _store(tx, document, known, now=now)


def _store(tx: Transaction, document: Document, known: Known, *, now: datetime) -> ImportSummary:
    teams = [_team(form, known.teams.get(form.id)) for form in document.teams]
    people = _people(document, known)
    goals = [_goal(form, known.goals.get(form.id)) for form in document.goals]
    check_ins = [_check_in(form, known.check_ins.get(form.id)) for form in document.check_ins]
    moved = _save_accounts(tx, document.people)
    tx.teams.save(*_changed(teams))
    tx.people.save(*_changed(people))
    tx.goals.save(*_changed(goals))
    tx.check_ins.save(*_changed(check_ins), at=now)
    return ImportSummary(
        {
            "workspace": _save_workspace(tx, document),
            "teams": _counts(teams),
            "people": _counts(people, also_changed=moved),
            "goals": _counts(goals),
            "check-ins": _counts(check_ins),
        }
    )


def _changed(pairs: Iterable[_Pair[Row]]) -> list[Row]:
    return [pair.after for pair in pairs if pair.after != pair.before]


def _counts(pairs: Sequence[_Pair[Row]], *, also_changed: Iterable[str] = ()) -> Counts:
    new = {pair.after.id for pair in pairs if pair.before is None}
    changed = ({row.id for row in _changed(pairs)} | set(also_changed)) - new
    return Counts(added=len(new), changed=len(changed), unchanged=len(pairs) - len(new) - len(changed))


def _with(row: Value, given: Mapping[str, Any]) -> Value:
    """The row with the given fields; None puts a field back to its default."""
    return replace(row, **{name: _default(row, name) if value is None else value for name, value in given.items()})


def _default(row: Any, name: str) -> Any:
    declared = type(row).__dataclass_fields__[name]
    return declared.default if declared.default_factory is MISSING else declared.default_factory()


def _save_workspace(tx: Transaction, document: Document) -> Counts:
    before = tx.workspace.get()
    given = {name: value for name, value in document.given().items() if name in ("name", "cadence", "strategy")}
    if document.strategy is not None:
        given["strategy"] = _with(before.strategy, document.strategy.given())
    after = _with(before, given)
    if after == before:
        return Counts(unchanged=1)
    tx.workspace.save(after)
    return Counts(changed=1)


def _team(form: TeamForm, before: Team | None) -> _Pair[Team]:
    return _Pair(before, _with(before or Team(id=form.id, name=form.name), form.given()))


def _people(document: Document, known: Known) -> list[_Pair[Person]]:
    """The document's people, and the stored ones who get their first team from it."""
    homes: dict[str, str] = {}
    for team in document.teams:
        for member in team.members or ():
            homes.setdefault(member, team.id)
    pairs = [_person(form, known.people.get(form.id), homes.get(form.id)) for form in document.people]
    named = {form.id for form in document.people}
    homeless = [known.people[id_] for id_ in homes if id_ not in named and known.people[id_].home_team is None]
    return [*pairs, *(_Pair(person, replace(person, home_team=homes[person.id])) for person in homeless)]


def _person(form: PersonForm, before: Person | None, first_team: str | None) -> _Pair[Person]:
    given = form.given()
    given.pop("slack", None)
    if "timezone" in given:
        given["zone"] = given.pop("timezone")
    start = before or Person(id=form.id, name=form.name)
    if start.home_team is None:
        given.setdefault("home_team", first_team)
    return _Pair(before, _with(start, given))


def _save_accounts(tx: Transaction, forms: Iterable[PersonForm]) -> set[str]:
    """Tie people to their Slack accounts; returns those whose account is another than before."""
    stored = tx.people.identities("slack")
    before = {person: identity.user for person, identity in stored.items()}
    wanted = {form.id: form.slack for form in forms if "slack" in form.model_fields_set}
    moved = {person for person, user in wanted.items() if before.get(person) != user}
    for person in sorted(moved & before.keys()):
        tx.people.remove_identity(person, "slack")
    for person in sorted(moved):
        user = wanted[person]
        if user is not None:
            tx.people.save_identity(Identity(person=person, platform="slack", user=user))
    return moved


def _goal(form: GoalForm, before: Goal | None) -> _Pair[Goal]:
    given = form.given()
    if form.measure is not None:
        given["measure"] = _measure(form.measure)
    return _Pair(before, _with(before or Goal(id=form.id, title=form.title), given))


def _measure(form: MeasureForm) -> Measure:
    return Measure(**{name: value for name, value in form.given().items() if value is not None})


def _check_in(form: CheckInForm, before: CheckIn | None) -> _Pair[CheckIn]:
    given = form.given()
    if form.items is not None:
        given["items"] = _items(form.items, before)
    start = before or CheckIn(id=form.id, person=form.person, team=form.team, date=form.date, entered=Entered.IMPORT)
    after = _with(start, given)
    return _Pair(before, replace(after, revision=before.revision + 1) if before and after != before else after)


def _items(forms: Iterable[ItemForm], before: CheckIn | None) -> tuple[WorkItem, ...]:
    """The document's items; what was proposed for a line is no part of the format and stays with its text."""
    proposed = {item.text: item.proposed for item in before.items} if before else {}
    return tuple(
        WorkItem(text=form.text, goal=form.goal, reason=form.reason, share=form.share, proposed=proposed.get(form.text))
        for form in forms
    )
