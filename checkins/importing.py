"""Files with goals or a whole organisation: read, looked at, and stored once somebody has seen what they would do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from checkins import tabular
from checkins.document import Document, Preview, parse_for
from checkins.document.apply import carry_out
from checkins.document.planning import Plan, plan_in
from checkins.document.preview import preview_of
from checkins.errors import NotAllowed, TruelineError
from checkins.forms import shortened
from checkins.ports import Store, Transaction
from checkins.roster import leads_team
from checkins.wording import counted, listed, one_line

TABLES = (".csv", ".tsv")
WORKBOOKS = (".xlsx", ".xls", ".ods", ".numbers")
NAMED = 5  # goals that a refusal names


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    name: str
    content: bytes

    @property
    def ending(self) -> str:
        return PurePath(self.name).suffix.casefold()

    @property
    def tabular(self) -> bool:
        return self.ending in TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file would do. ignored: headings of a table that say nothing to Trueline."""

    preview: Preview
    ignored: tuple[str, ...] = ()


class Outdated(TruelineError):
    """The file, or what is stored, changed after somebody had looked at what the file would do."""

    def __init__(self, look: Look) -> None:
        self.look = look
        super().__init__("Something changed since you looked. This is what the file would do now.")


def read(store: Store | None, file: File) -> tabular.Reading:
    """A document, JSON or YAML, or a table of goals, by the file's name.

    Raises BadDocument naming every fault, TruelineError where it is neither.
    """
    if file.tabular:
        return tabular.read(store, file.content)
    if file.ending in WORKBOOKS:
        raise TruelineError(f"{file.name} is a workbook. Save the sheet with the goals as CSV and import that.")
    try:
        text = file.content.decode("utf-8")
    except UnicodeDecodeError:
        raise TruelineError(f"{file.name} is not UTF-8 text.") from None
    return tabular.Reading(document=parse_for(store, text))


def may_import(store: Store, *, actor: str) -> None:
    """Raises NotAllowed unless the actor is an admin or leads a team."""
    with store.snapshot() as tx:
        if not tx.people.get(actor).admin and not any(actor in team.leads for team in tx.teams.all()):
            raise NotAllowed(f"Only an admin or the lead of a team can import goals. {_ask(tx)}")


def look_at(store: Store, *, actor: str, file: File) -> Look:
    """What a file would do, nothing is stored. Raises as ``read``, and NotAllowed.

    Admins import anything, leads tables with goals of their teams.
    """
    reading = read(store, file)
    with store.snapshot() as tx:
        plan = _allowed(tx, actor, file, reading.document)
        return Look(preview=preview_of(plan), ignored=reading.ignored)


def take(store: Store, *, actor: str, file: File, seen: str, now: datetime) -> Preview:
    """Store what a file says; returns what became of it. seen: the fingerprint of the preview that was confirmed.

    Raises as ``look_at``, and Outdated where the file would do something else by now.
    """
    reading = read(store, file)
    with store.transaction() as tx:
        plan = _allowed(tx, actor, file, reading.document)
        done = preview_of(plan)
        if done.fingerprint != seen:
            raise Outdated(Look(preview=done, ignored=reading.ignored))
        carry_out(tx, plan, by=actor, now=now)
        return done


def _allowed(tx: Transaction, actor: str, file: File, document: Document) -> Plan:
    admin = tx.people.get(actor).admin
    if not admin and not file.tabular:
        raise NotAllowed(
            f"Only an admin can import a whole document. As a lead you can import goals as CSV. {_ask(tx)}"
        )
    plan = plan_in(tx, document)
    foreign = [] if admin else list(_foreign(tx, actor, plan))
    if foreign:
        more = [f"{len(foreign) - NAMED} more"] if len(foreign) > NAMED else []
        named = listed([*(f"“{shortened(one_line(title), 60)}”" for title in foreign[:NAMED]), *more])
        goals = counted(len(foreign), "goal")
        raise NotAllowed(
            f"A lead can import goals of teams they lead. The file changes {goals} beyond that: {named}. {_ask(tx)}"
        )
    return plan


def _foreign(tx: Transaction, actor: str, plan: Plan) -> Iterator[str]:
    """Titles of the goals that the plan adds or changes and that are not the lead's to change."""
    led = {team.id for team in tx.teams.all() if leads_team(tx, actor, team.id)}
    for pair in plan.goals:
        teams = {pair.after.team, pair.before.team if pair.before else pair.after.team}
        if pair.changes and not teams <= led:
            yield pair.after.title


def _ask(tx: Transaction) -> str:
    return f"Ask {listed([admin.name for admin in tx.people.admins()]) or 'an owner of this workspace'}."
