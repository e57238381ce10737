"""The shared statement of direction: vision, mission, target market and value proposition, for everybody to see."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from checkins import goal_keeping, goal_news
from checkins.errors import BadForm
from checkins.forms import TEXT_LIMIT
from checkins.goal_changes import Change, readable
from checkins.model import GoalChange, Strategy
from checkins.ports import Store, Transaction
from checkins.roster import require_admin
from checkins.wording import one_line

LIMIT = 600  # characters of each part


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """The strategy for one viewer. last: its newest change."""

    strategy: Strategy
    last: Change | None
    may_edit: bool


def shown(store: Store, *, actor: str) -> Direction:
    """Everybody may look; admins may edit."""
    with store.snapshot() as tx:
        last = readable(tx, tx.goal_log.changes(None)[-1:])
        return Direction(
            strategy=tx.workspace.get().strategy,
            last=last[0] if last else None,
            may_edit=tx.people.get(actor).admin,
        )


def form(store: Store, *, actor: str) -> Strategy:
    """The strategy as the form opens with it. Raises NotAllowed unless the actor is an admin."""
    with store.snapshot() as tx:
        require_admin(tx, actor)
        return tx.workspace.get().strategy


def set_strategy(store: Store, *, actor: str, strategy: Strategy, why: str, now: datetime) -> bool:
    """Say where the organisation is going; leads and owners of goals hear of it. Returns whether anything changed.

    Raises NotAllowed unless the actor is an admin, BadForm by field: the parts' names and ``why``.
    """
    with store.transaction() as tx:
        require_admin(tx, actor)
        written = Strategy(**{part: text.strip() for part, text in asdict(strategy).items()})
        problems = _problems(tx.workspace.get().strategy, written, why=one_line(why))
        if problems:
            raise BadForm(problems)
        changes = keep(tx, written, by=actor, now=now, why=one_line(why))
        goal_news.tell(tx, changes, now=now)
        return bool(changes)


def keep(tx: Transaction, strategy: Strategy, *, by: str | None, now: datetime, why: str = "") -> list[GoalChange]:
    """Save the strategy and log each changed part; returns the changes. by: as for goals."""
    workspace = tx.workspace.get()
    before = asdict(workspace.strategy)
    changes = [
        GoalChange(id="", goal=None, at=now, person=by, what=part, before=before[part], after=text, why=why)
        for part, text in asdict(strategy).items()
        if text != before[part]
    ]
    tx.workspace.save(replace(workspace, strategy=strategy))
    return goal_keeping.log(tx, changes, now=now)


def _problems(before: Strategy, after: Strategy, *, why: str) -> dict[str, str]:
    """By field; a part that was longer already may stay so."""
    texts = asdict(after)
    over = {part: len(text) for part, text in texts.items() if len(text) > LIMIT and text != getattr(before, part)}
    found = {part: f"Keep it under {LIMIT} characters; this is {length}." for part, length in over.items()}
    if len(why) > TEXT_LIMIT:
        found["why"] = f"Keep it under {TEXT_LIMIT} characters; this is {len(why)}."
    return found
