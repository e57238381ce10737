"""What is stored about a person: shown, handed out and erased at their word."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from checkins.admins import keep_one
from checkins.errors import NotFound, TruelineError
from checkins.forms import shortened
from checkins.model import CheckIn, MessageRef, Person, Prompt, PromptState
from checkins.ports import Revision, Store, Transaction
from checkins.wording import QUOTE_LIMIT, quoted

NAMELESS = "(erased)"
NOTHING = "Nothing is stored about you."
# What the export calls the tables that it takes as they are; any other keeps its own name.
SECTIONS = {
    "identity": "accounts",
    "prompt": "prompts",
    "absence": "absences",
    "membership": "memberships",
    "goal": "goals_owned",
    "team": "teams_added",
    "delivery": "messages",
    "linked_work": "linked_messages",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What is stored about a person, counted. since: the date of the first answer; ratings: "done" and order too."""

    person: Person
    accounts: tuple[str, ...]  # platforms
    teams: tuple[str, ...]  # names
    answers: int
    since: date | None
    revisions: int
    notes: int
    ratings: int
    prompts: int
    absences: int
    linked: int  # messages that wait for a check-in


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was done: how many answers stay as numbers without a name, and the message that asked and is still open."""

    name: str
    answers: int
    asking: MessageRef | None


def stored(store: Store, *, platform: str, user: str) -> Stored | None:
    """What is stored about the person behind a chat account; None where nobody is known by it."""
    with store.snapshot() as tx:
        person = tx.people.by_identity(platform, user)
        if person is None:
            return None
        answers, rows = tx.check_ins.of(person.id), tx.privacy.rows(person.id)
        return Stored(
            person=person,
            accounts=tuple(row["platform"] for row in rows.get("identity", ())),
            teams=tuple(team.name for team in tx.teams.of(person.id)),
            answers=len(answers),
            since=answers[0].date if answers else None,
            revisions=len(tx.privacy.revisions(person.id)),
            notes=sum(1 for answer in answers if answer.note),
            ratings=sum(map(_ratings, answers)),
            prompts=len(rows.get("prompt", ())),
            absences=len(rows.get("absence", ())),
            linked=len(rows.get("linked_work", ())),
        )


def _ratings(answer: CheckIn) -> int:
    return sum(map(len, (answer.confidence, answer.clarity, answer.done, answer.priorities)))


def _behind(tx: Transaction, platform: str, user: str) -> Person:
    person = tx.people.by_identity(platform, user)
    if person is None:
        raise NotFound(NOTHING)
    return person


def export(store: Store, *, platform: str, user: str, now: datetime) -> str:
    """Everything stored about the person behind a chat account, as readable JSON. Raises NotFound."""
    with store.snapshot() as tx:
        person = _behind(tx, platform, user)
        rows = tx.privacy.rows(person.id)
        document = {
            "format": "trueline-personal-data",
            "version": 1,
            "workspace": tx.workspace.get().name,
            "exported_at": now,
            "person": asdict(person),
            "check_ins": _answers(tx.check_ins.of(person.id), tx.privacy.revisions(person.id)),
        } | {SECTIONS.get(table, table): found for table, found in rows.items()}
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _answers(answers: Iterable[CheckIn], revisions: Iterable[Revision]) -> list[dict[str, Any]]:
    earlier: dict[str, list[dict[str, Any]]] = {}
    for revision in revisions:
        earlier.setdefault(revision.check_in, []).append({"replaced_at": revision.replaced_at, **revision.body})
    return [asdict(answer) | {"revisions": earlier.get(answer.id, [])} for answer in answers]


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, timedelta) else str(value.isoformat())


def erase_own(store: Store, *, platform: str, user: str) -> Erased:
    """Erase the person behind a chat account, who asked for it. Raises NotFound, and NotAllowed for the last admin."""
    with store.transaction() as tx:
        return _erase(tx, _behind(tx, platform, user))


def erase(store: Store, *, person: str) -> Erased:
    """Erase a person: who it was is gone, the numbers of the answers stay so that past weeks remain true.

    Raises NotFound, and NotAllowed for the last admin.
    """
    with store.transaction() as tx:
        return _erase(tx, tx.people.get(person))


def _erase(tx: Transaction, person: Person) -> Erased:
    keep_one(tx.people.hold_admins(), person)
    answers, asked = tx.check_ins.of(person.id), tx.rounds.latest_prompt(person.id)
    for account in tx.privacy.rows(person.id).get("identity", ()):
        tx.people.remember_erased(account["platform"], account["user"])
    tx.privacy.erase(person.id, substitute=nameless(), words=_words(tx, person, answers))
    return Erased(name=person.name, answers=len(answers), asking=_asking(asked))


def nameless() -> Person:
    """Somebody to stand in for a person who is gone; nothing leads back."""
    return Person(id=f"erased-{uuid4().hex}", name=NAMELESS, active=False)


def _asking(prompt: Prompt | None) -> MessageRef | None:
    open_ = prompt is not None and prompt.state in (PromptState.PENDING, PromptState.SENT)
    return prompt.message if prompt and open_ else None


def _words(tx: Transaction, person: Person, answers: Iterable[CheckIn]) -> set[str]:
    """What could name or quote the person elsewhere: name, address, accounts, and texts that are not also a title."""
    accounts = tx.privacy.rows(person.id).get("identity", ())
    own = {person.name, person.email, *(row[key] for row in accounts for key in ("user", "channel"))}
    said = {person.id, *_texts(answers, tx.privacy.revisions(person.id))}
    said |= {short for text in said for short in (quoted(text), shortened(text, QUOTE_LIMIT))}
    titles = "\n".join(_titles(tx))
    return {word for word in own if word} | {text for text in said if text not in titles}


def _texts(answers: Iterable[CheckIn], revisions: Iterable[Revision]) -> Iterator[str]:
    for body in (*map(asdict, answers), *(revision.body for revision in revisions)):
        yield body["note"]
        yield from (item["text"] for item in body["items"])


def _titles(tx: Transaction) -> Iterator[str]:
    """Names that digests use, with their ids."""
    for goal in tx.goals.all():
        yield from (goal.id, goal.title)
    for team in tx.teams.all():
        yield from (team.id, team.name)


def find(store: Store, *, who: str) -> Person:
    """The person with this id, e-mail address or name. Raises NotFound, TruelineError where several could be meant."""
    wanted = who.strip().casefold()
    with store.snapshot() as tx:
        people = tx.people.all()
    matches = (
        [person for person in people if person.id == who.strip()]
        or [person for person in people if (person.email or "").casefold() == wanted]
        or [person for person in people if person.name.casefold() == wanted]
    )
    if not matches:
        raise NotFound(f'There is nobody with the id, e-mail address or name "{who}".')
    if len(matches) > 1:
        named = ", ".join(f"{person.id} ({person.email or 'no e-mail address'})" for person in matches)
        raise TruelineError(f'Several people are called "{who}": {named}. Name one by id.')
    return matches[0]
