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
from storage.messages import message_columns, with_message
from storage.scope import Record, Scope, record_of

DELIVERY = tables.Delivery.__table__.c
FOLLOWED = tables.Delivery.__table__.alias("followed").c
UNCLAIMED = (DeliveryState.PENDING, DeliveryState.RETRY)
UNSETTLED = (*UNCLAIMED, DeliveryState.CLAIMED)
TROUBLED = (DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN, DeliveryState.RETRY)
PROMPTS_FIRST = case((DELIVERY.kind == DeliveryKind.PROMPT, 0), else_=1)


class SqlOutbox:
    """Implements ``checkins.ports.Outbox``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

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
        )
        unclaimed = record_of(delivery, tables.Delivery, leased_until=None, **message_columns(None))
        return self._scope.insert_new(tables.Delivery, unclaimed)

    def cancel(self, subject: str, kinds: Iterable[DeliveryKind]) -> None:
        owed = (DELIVERY.subject == subject, DELIVERY.kind.in_(list(kinds)), DELIVERY.state.in_(UNCLAIMED))
        self._scope.execute(
            self._scope.update(tables.Delivery).where(*owed).values(state=DeliveryState.CANCELLED),
        )

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
        changed |= {"not_before": not_before} if not_before else {}
        owed = (DELIVERY.id == delivery, DELIVERY.state.in_(UNSETTLED))
        self._scope.execute(self._scope.update(tables.Delivery).where(*owed).values(changed))

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
    row.pop("leased_until")
    return Delivery(**with_message(row))
