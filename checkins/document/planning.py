"""What a sound document makes of the stored rows, before any of it is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, replace
from typing import Any, Generic, TypeVar

from checkins.document.checks import Known, cross_faults, known_in
from checkins.document.form import CheckInForm, Document, GoalForm, ItemForm, MeasureForm, PersonForm, TeamForm
from checkins.errors import BadDocument
from checkins.model import CheckIn, Entered, Goal, Ice, Measure, Person, Strategy, Team, WorkItem, Workspace
from checkins.ports import Transaction
from checkins.references import found

Row = TypeVar("Row", Team, Person, Goal, CheckIn, Workspace)
Value = TypeVar("Value", Team, Person, Goal, CheckIn, Strategy, Workspace)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Row]):
    """A row as it is stored, None where it is new, and as the document wants it."""

    before: Row | None
    after: Row

    @property
    def changes(self) -> bool:
        return self.after != self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """accounts: person to Slack user id, None to untie, of those whose account is another than before."""

    workspace: Pair[Workspace]
    teams: Sequence[Pair[Team]]
    people: Sequence[Pair[Person]]
    goals: Sequence[Pair[Goal]]
    check_ins: Sequence[Pair[CheckIn]]
    accounts: Mapping[str, str | None]


def plan_in(tx: Transaction, document: Document) -> Plan:
    """Raises BadDocument when the document's ids do not fit the stored rows."""
    raw = document.model_dump(exclude_unset=True)
    known = known_in(tx, raw)
    faults = cross_faults(raw, known)
    if faults:
        raise BadDocument(faults)
    return planned(document, known, tx.workspace.get())


def planned(document: Document, known: Known, workspace: Workspace) -> Plan:
    """workspace: the one that the document is meant for, as it is stored or would be made."""
    return Plan(
        workspace=Pair(workspace, _workspace(document, workspace)),
        teams=[_team(form, known.teams.get(form.id)) for form in document.teams],
        people=_people(document, known),
        goals=[_goal(form, known.goals.get(form.id)) for form in document.goals],
        check_ins=[_check_in(form, known.check_ins.get(form.id)) for form in document.check_ins],
        accounts=_accounts(document.people, known),
    )


def _with(row: Value, given: Mapping[str, Any]) -> Value:
    """The row with the given fields; None puts a field back to its default."""
    return replace(row, **{name: _default(row, name) if value is None else value for name, value in given.items()})


def _default(row: Any, name: str) -> Any:
    declared = type(row).__dataclass_fields__[name]
    return declared.default if declared.default_factory is MISSING else declared.default_factory()


def _workspace(document: Document, before: Workspace) -> Workspace:
    given = {name: value for name, value in document.given().items() if name in ("name", "cadence", "strategy")}
    if document.strategy is not None:
        given["strategy"] = _with(before.strategy, document.strategy.given())
    return _with(before, given)


def _team(form: TeamForm, before: Team | None) -> Pair[Team]:
    return Pair(before, _with(before or Team(id=form.id, name=form.name), form.given()))


def _people(document: Document, known: Known) -> list[Pair[Person]]:
    """The document's people, and the stored ones who get their first team from it."""
    homes: dict[str, str] = {}
    for team in document.teams:
        for member in team.members or ():
            homes.setdefault(member, team.id)
    pairs = [_person(form, known.people.get(form.id), homes.get(form.id)) for form in document.people]
    named = {form.id for form in document.people}
    homeless = [known.people[id_] for id_ in homes if id_ not in named and known.people[id_].home_team is None]
    return [*pairs, *(Pair(person, replace(person, home_team=homes[person.id])) for person in homeless)]


def _person(form: PersonForm, before: Person | None, first_team: str | None) -> Pair[Person]:
    given = form.given()
    given.pop("slack", None)
    if "timezone" in given:
        given["zone"] = given.pop("timezone")
    start = before or Person(id=form.id, name=form.name)
    if start.home_team is None:
        given.setdefault("home_team", first_team)
    return Pair(before, _with(start, given))


def _accounts(forms: Iterable[PersonForm], known: Known) -> dict[str, str | None]:
    before = {person: user for user, person in known.slack.items()}
    wanted = {form.id: form.slack for form in forms if "slack" in form.model_fields_set}
    return {person: user for person, user in wanted.items() if before.get(person) != user}


def _goal(form: GoalForm, before: Goal | None) -> Pair[Goal]:
    given = form.given()
    if form.measure is not None:
        given["measure"] = _measure(form.measure)
    if form.ice is not None:
        given["ice"] = Ice(**form.ice.given())
    return Pair(before, _with(before or Goal(id=form.id, title=form.title), given))


def _measure(form: MeasureForm) -> Measure:
    return Measure(**{name: value for name, value in form.given().items() if value is not None})


def _check_in(form: CheckInForm, before: CheckIn | None) -> Pair[CheckIn]:
    given = form.given()
    if form.items is not None:
        given["items"] = _items(form.items, before)
    start = before or CheckIn(id=form.id, person=form.person, team=form.team, date=form.date, entered=Entered.IMPORT)
    after = _with(start, given)
    return Pair(before, replace(after, revision=before.revision + 1) if before and after != before else after)


def _items(forms: Iterable[ItemForm], before: CheckIn | None) -> tuple[WorkItem, ...]:
    """The document's items; what the format does not hold of a line stays with its text."""
    kept = {item.text: item for item in before.items} if before else {}
    return tuple(
        replace(kept.get(form.text) or _item(form.text), goal=form.goal, reason=form.reason, share=form.share)
        for form in forms
    )


def _item(text: str) -> WorkItem:
    return WorkItem(text=text, references=found(text))
