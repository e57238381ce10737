"""How many messages that the bot starts a person gets in a week, whoever owes them."""

from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

from sqlalchemy import Select, bindparam, func

from checkins.cadence import Week
from checkins.model import DeliveryKind, DeliveryState
from storage import tables
from storage.scope import Record, Scope

DELIVERY = tables.Delivery.__table__.c
CHANGES = (DeliveryKind.RECEIPT, DeliveryKind.CLOSED)  # of a message that stands
NOT_SENT = (DeliveryState.CANCELLED, DeliveryState.HELD)


class WeeklyBudget:
    """So many messages in the week of their ``not_before``, never more; others leave the last place to a prompt."""

    def __init__(self, scope: Scope, messages: int) -> None:
        self._scope = scope
        self._messages = messages
        self._alone = False

    def has_room(self, *, kind: DeliveryKind, person: str | None, at: datetime) -> bool:
        """Whether one more may go to a person; always for what goes to a channel or changes a message.

        Until the transaction ends no other one of the workspace finds the same room.
        """
        if person is None or kind in CHANGES:
            return True
        self._keep_others_out()
        used = self._used(person, week_of(at))
        prompts = used.get(DeliveryKind.PROMPT, 0)
        others = sum(used.values()) - prompts
        free = prompts + others < self._messages
        return free if kind is DeliveryKind.PROMPT else free and others < self._messages - 1

    def has_room_for(self, delivery: Record, *, at: datetime) -> bool:
        """The same for one that is stored: it keeps its place within its week, or needs one in another."""
        has_place = delivery["state"] not in NOT_SENT and week_of(delivery["not_before"]) == week_of(at)
        asked_for = delivery["released_at"] is not None
        return has_place or asked_for or self.has_room(kind=delivery["kind"], person=delivery["person"], at=at)

    def _keep_others_out(self) -> None:
        # One lock for everybody: a round asks a thousand people in one transaction, and transactions that lock person
        # by person would wait for each other.
        if not self._alone:
            self._scope.alone_in("budget")
            self._alone = True

    def _used(self, person: str, week: Week) -> dict[DeliveryKind, int]:
        """How many messages of each kind have a place in a week."""
        start, end = (datetime.combine(each.monday, time(), UTC) for each in (week, week.plus(1)))
        return dict(self._scope.columns(self._counted.params(to=person, start=start, end=end)))

    @cached_property
    def _counted(self) -> Select[Any]:
        """By kind. Built once: putting it together costs more than running it, and a round runs it for everybody."""
        placed = self._scope.select(tables.Delivery).where(
            DELIVERY.person == bindparam("to"),
            DELIVERY.not_before >= bindparam("start"),
            DELIVERY.not_before < bindparam("end"),
            DELIVERY.kind.not_in(CHANGES),
            DELIVERY.state.not_in(NOT_SENT),
            DELIVERY.released_at.is_(None),
        )
        return placed.with_only_columns(DELIVERY.kind, func.count()).group_by(DELIVERY.kind)


def week_of(moment: datetime) -> Week:
    """The ISO week of an instant in UTC."""
    return Week.of(moment.astimezone(UTC).date())
