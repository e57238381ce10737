"""A sound document into the store: one transaction, only what the document names, the same twice changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from checkins import direction
from checkins.document.form import Document
from checkins.document.planning import Pair, Plan, Row, plan_in
from checkins.document.preview import Preview, preview_of
from checkins.goal_news import keep_and_tell, tell
from checkins.model import Identity, Strategy, Workspace
from checkins.ports import Store, Transaction


def apply(store: Store, document: Document, *, now: datetime) -> Preview:
    """Store what a document names; returns what became of it.

    Raises BadDocument, and stores nothing, when its ids do not fit the stored rows.
    """
    with store.transaction() as tx:
        plan = plan_in(tx, document)
        carry_out(tx, plan, by=None, now=now)
        return preview_of(plan)


def carry_out(tx: Transaction, plan: Plan, *, by: str | None, now: datetime) -> None:
    """Store a plan. by: the person who imports, None on the command line."""
    _save_accounts(tx, plan.accounts)
    tx.teams.save(*_changed(plan.teams))
    tx.people.save(*_changed(plan.people))
    keep_and_tell(tx, *_changed(plan.goals), by=by, now=now)
    tx.check_ins.save(*_changed(plan.check_ins), at=now)
    if plan.workspace.changes:
        _save_workspace(tx, plan.workspace, by=by, now=now)


def _changed(pairs: Sequence[Pair[Row]]) -> list[Row]:
    return [pair.after for pair in pairs if pair.changes]


def _save_workspace(tx: Transaction, pair: Pair[Workspace], *, by: str | None, now: datetime) -> None:
    """A strategy where there was none is no news, as new goals are none."""
    changes = direction.keep(tx, pair.after.strategy, by=by, now=now)
    if pair.before and pair.before.strategy != Strategy():
        tell(tx, changes, now=now)
    tx.workspace.save(pair.after)


def _save_accounts(tx: Transaction, accounts: Mapping[str, str | None]) -> None:
    """Untie everybody first: an account may go from one person to another."""
    for person in sorted(tx.people.identities("slack").keys() & accounts.keys()):
        tx.people.remove_identity(person, "slack")
    for person, user in sorted(accounts.items()):
        if user is not None:
            tx.people.save_identity(Identity(person=person, platform="slack", user=user))
