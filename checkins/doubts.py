"""Channel messages that nobody confirmed: an admin says whether they are there, and one click decides."""

from dataclasses import replace
from datetime import datetime

from checkins.errors import TruelineError
from checkins.model import Delivery, DeliveryKind, DeliveryState, MessageRef
from checkins.ports import Store, Transaction
from checkins.roster import require_admin

DECIDED = "This is decided already: somebody has looked. Nothing was posted twice."


def in_doubt(store: Store, *, key: str) -> Delivery | None:
    """The delivery of which nobody knows whether it arrived; None once that is decided."""
    with store.snapshot() as tx:
        return _in_doubt(tx, key)


def post_it(store: Store, *, actor: str, key: str, now: datetime) -> Delivery:
    """Have it posted again. Raises NotAllowed unless the actor is an admin, TruelineError when it is decided."""
    return _decide(store, actor=actor, key=key, state=DeliveryState.PENDING, now=now)


def is_there(store: Store, *, actor: str, key: str, now: datetime) -> Delivery:
    """Leave it at what stands in the channel; what would follow or change it is not sent. Raises as ``post_it``."""
    return _decide(store, actor=actor, key=key, state=DeliveryState.SENT, now=now)


def _decide(store: Store, *, actor: str, key: str, state: DeliveryState, now: datetime) -> Delivery:
    with store.transaction() as tx:
        require_admin(tx, actor)
        doubtful = _in_doubt(tx, key)
        if doubtful is None or not tx.outbox.revise(
            doubtful.id, settled=DeliveryState.UNCERTAIN, state=state, not_before=now
        ):
            raise TruelineError(DECIDED)
        return replace(doubtful, state=state)


def _in_doubt(tx: Transaction, key: str) -> Delivery | None:
    found = tx.outbox.by_key(key)
    return found if found and found.state is DeliveryState.UNCERTAIN else None


def questions(store: Store, *, key: str) -> list[MessageRef]:
    """The messages in which admins were asked."""
    with store.snapshot() as tx:
        return [asked.message for asked in tx.outbox.about(key, DeliveryKind.DOUBT) if asked.message]
