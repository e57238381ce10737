"""The outbox: a message that is owed stays a row until a sender has settled it.

A sender claims rows for the time of a lease. PostgreSQL skips rows that another sender is claiming; SQLite admits one
writer at a time, and its dialect leaves the locking clause out.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import CTE, ColumnElement, and_, case, func, or_, select

from checkins.model import Delivery, DeliveryKind, DeliveryState, MessageRef
from storage import tables
from storage.budget import WeeklyBudget
from storage.messages import message_columns, with_message
from storage.scope import Record, Scope, record_of

DELIVERY = tables.Delivery.__table__.c
FOLLOWED = tables.Delivery.__table__.alias("followed").c
UNCLAIMED = (DeliveryState.PENDING, DeliveryState.RETRY)
REVOCABLE = (*UNCLAIMED, DeliveryState.HELD)
UNSETTLED = (*REVOCABLE, DeliveryState.CLAIMED)
TROUBLED = (DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN, DeliveryState.RETRY)
INTERNAL = ("leased_until", "released_at")
PROMPTS_FIRST = case((DELIVERY.kind == DeliveryKind.PROMPT, 0), else_=1)


class SqlOutbox:
    """Implements ``checkins.ports.Outbox``."""

    def __init__(self, scope: Scope, weekly_messages: int) -> None:
        self._scope = scope
        self._budget = WeeklyBudget(scope, weekly_messages)

    def add(
        self,
        *,
        key: str,
        kind: DeliveryKind,
        subject: str,
        not_before: datetime,
        person: str | None = None,
        channel: str | None = None,
        body: Mapping[str, Any] | None = None,
        after: str | None = None,
    ) -> bool:
        room = self._budget.has_room(kind=kind, person=person, at=not_before)
        delivery = Delivery(
            id=uuid5(NAMESPACE_URL, f"{self._scope.workspace}/{key}").hex,
            key=key,
            kind=kind,
            subject=subject,
            not_before=not_before,
            person=person,
            channel=channel,
            body=dict(body or {}),
            after=after,
            state=DeliveryState.PENDING if room else DeliveryState.HELD,
        )
        unclaimed = record_of(delivery, tables.Delivery, leased_until=None, released_at=None, **message_columns(None))
        return self._scope.insert_new(tables.Delivery, unclaimed)

    def cancel(self, subject: str, kinds: Iterable[DeliveryKind]) -> None:
        self._cancel(DELIVERY.subject == subject, DELIVERY.kind.in_(list(kinds)))

    def cancel_followers(self, key: str) -> None:
        self._cancel(DELIVERY.after == key)

    def cancel_all(self, person: str) -> None:
        self._cancel(DELIVERY.person == person)

    def _cancel(self, *conditions: ColumnElement[bool]) -> None:
        revocable = self._scope.update(tables.Delivery).where(*conditions, DELIVERY.state.in_(REVOCABLE))
        self._scope.execute(revocable.values(state=DeliveryState.CANCELLED))

    def move(self, key: str, *, not_before: datetime) -> bool:
        owed = (DELIVERY.key == key, DELIVERY.state.in_(REVOCABLE))
        placed = self._placed(DELIVERY.key == key, DeliveryState.PENDING, not_before)
        moved = self._scope.update(tables.Delivery).where(*owed).values(placed)
        return bool(self._scope.rows(moved.returning(DELIVERY.id)))

    def claim(self, *, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
        due = self._due(now, limit)
        claimed = (
            self._scope.update(tables.Delivery)
            .where(DELIVERY.id.in_(select(due.c.id)))
            .values(
                state=DeliveryState.CLAIMED,
                leased_until=now + lease,
                attempts=DELIVERY.attempts + case((DELIVERY.state == DeliveryState.PENDING, 0), else_=1),
                reclaimed=or_(DELIVERY.reclaimed, DELIVERY.state == DeliveryState.CLAIMED),
            )
            .returning(*(column for column in DELIVERY if column.name != "workspace"))
        )
        return sorted(map(_delivery, self._scope.rows(claimed)), key=_order)

    def settle(
        self,
        delivery: str,
        *,
        state: DeliveryState,
        message: MessageRef | None = None,
        not_before: datetime | None = None,
        error: str = "",
    ) -> None:
        changed: Record = {"state": state, "error": error, "leased_until": None}
        changed |= message_columns(message) if message else {}
        changed |= self._placed(DELIVERY.id == delivery, state, not_before) if not_before else {}
        owed = (DELIVERY.id == delivery, DELIVERY.state.in_(UNSETTLED))
        self._scope.execute(self._scope.update(tables.Delivery).where(*owed).values(changed))

    def held(self, person: str) -> list[Delivery]:
        waiting = (DELIVERY.person == person, DELIVERY.state == DeliveryState.HELD)
        newest = self._scope.select(tables.Delivery).where(*waiting).order_by(DELIVERY.not_before.desc(), DELIVERY.id)
        return [_delivery(row) for row in self._scope.rows(newest)]

    def release(self, key: str, *, not_before: datetime) -> bool:
        free: Record = {"state": DeliveryState.PENDING, "not_before": not_before, "released_at": not_before}
        held = self._scope.update(tables.Delivery).where(DELIVERY.key == key, DELIVERY.state == DeliveryState.HELD)
        return bool(self._scope.rows(held.values(free).returning(DELIVERY.id)))

    def revise(self, delivery: str, *, settled: DeliveryState, state: DeliveryState, not_before: datetime) -> bool:
        anew: Record = {"attempts": 0, "reclaimed": False, "error": ""}
        anew |= self._placed(DELIVERY.id == delivery, state, not_before)
        so = (DELIVERY.id == delivery, DELIVERY.state == settled)
        revised = self._scope.update(tables.Delivery).where(*so).values(anew).returning(DELIVERY.id)
        return bool(self._scope.rows(revised))

    def by_key(self, key: str) -> Delivery | None:
        row = self._scope.first(self._scope.select(tables.Delivery).where(DELIVERY.key == key))
        return None if row is None else _delivery(row)

    def about(self, subject: str, kind: DeliveryKind) -> list[Delivery]:
        meant = self._scope.select(tables.Delivery).where(DELIVERY.subject == subject, DELIVERY.kind == kind)
        return [_delivery(row) for row in self._scope.rows(meant.order_by(DELIVERY.key))]

    def next_due(self) -> datetime | None:
        owed = self._scope.select(tables.Delivery).where(DELIVERY.state.in_(UNCLAIMED), self._may_go_out())
        earliest: datetime | None = self._scope.scalar(owed.with_only_columns(func.min(DELIVERY.not_before)))
        return earliest

    def troubled(self, limit: int) -> list[Delivery]:
        failing = self._scope.select(tables.Delivery).where(DELIVERY.state.in_(TROUBLED))
        newest = failing.order_by(DELIVERY.not_before.desc(), DELIVERY.id).limit(limit)
        return [_delivery(row) for row in self._scope.rows(newest)]

    def counts(self) -> dict[DeliveryState, int]:
        states = self._scope.select(tables.Delivery).group_by(DELIVERY.state)
        return dict(self._scope.columns(states.with_only_columns(DELIVERY.state, func.count())))

    def _placed(self, meant: ColumnElement[bool], state: DeliveryState, not_before: datetime) -> Record:
        """The columns of a delivery that is due at another time: held where that week has no place for it."""
        found = self._scope.first(self._scope.select(tables.Delivery).where(meant))
        room = found is None or self._budget.has_room_for(found, at=not_before)
        return {"state": state if room else DeliveryState.HELD, "not_before": not_before}

    def _due(self, now: datetime, limit: int) -> CTE:
        """The ids of what may be claimed, locked against other senders."""
        free = or_(
            and_(DELIVERY.state.in_(UNCLAIMED), DELIVERY.not_before <= now),
            and_(DELIVERY.state == DeliveryState.CLAIMED, DELIVERY.leased_until <= now),
        )
        return (
            self._scope.select(tables.Delivery)
            .where(free, self._may_go_out())
            .with_only_columns(DELIVERY.id)
            .order_by(PROMPTS_FIRST, DELIVERY.not_before, DELIVERY.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
        )

    def _may_go_out(self) -> ColumnElement[bool]:
        """It follows no message, or the one it follows is sent."""
        sent = select(FOLLOWED.key).where(
            FOLLOWED.workspace == self._scope.workspace,
            FOLLOWED.state == DeliveryState.SENT,
            FOLLOWED.key == DELIVERY.after,
        )
        return or_(DELIVERY.after.is_(None), sent.exists())


def _order(delivery: Delivery) -> tuple[bool, datetime, str]:
    return delivery.kind is not DeliveryKind.PROMPT, delivery.not_before, delivery.id


def _delivery(row: Record) -> Delivery:
    kept = {name: value for name, value in row.items() if name not in INTERNAL}
    return Delivery(**with_message(kept))
