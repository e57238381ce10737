"""Messages owed to people and channels."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from checkins.model import DeliveryKind, DeliveryState
from storage.tables.base import Row, belongs, document, identifier, one_of, refers, words


class Delivery(Row, table=True):
    """A claimed row belongs to its sender until the lease runs out."""

    __tablename__ = "delivery"
    __table_args__ = (
        belongs(),
        refers("person", "person"),
        UniqueConstraint("workspace", "key"),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("(leased_until IS NOT NULL) = (state = 'claimed')", name="lease"),
        Index(None, "workspace", "state", "not_before"),
        Index(None, "workspace", "subject"),
        Index(None, "workspace", "person", "not_before"),
    )

    id: str = identifier()
    key: str = words()
    kind: DeliveryKind = one_of(DeliveryKind)
    subject: str = words()
    not_before: datetime
    person: str | None = words()
    channel: str | None = words()
    body: dict[str, Any] = document()
    after: str | None = words()
    state: DeliveryState = one_of(DeliveryState)
    attempts: int
    reclaimed: bool
    leased_until: datetime | None
    message_channel: str | None = words()
    message_id: str | None = words()
    error: str = words()
    released_at: datetime | None  # since then it may go out although the week is full: its person asked for it
