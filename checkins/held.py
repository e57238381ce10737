"""What was over somebody's weekly budget: it waits for them in App Home until they have read it or ask for it."""

from datetime import datetime

from checkins.model import Delivery, DeliveryKind, DeliveryState
from checkins.ports import Store, Transaction

FOR_ALL = (DeliveryKind.NOTICE, DeliveryKind.NEWS, DeliveryKind.CONCERN)
FOR_ADMINS = (DeliveryKind.DIGEST_PREVIEW, DeliveryKind.DOUBT)


def waiting(store: Store, *, actor: str) -> list[Delivery]:
    """What a person may still want to know, newest first.

    Prompts and reminders are left out: the check-in itself stands in App Home.
    """
    with store.snapshot() as tx:
        return _waiting(tx, actor)


def _waiting(tx: Transaction, actor: str) -> list[Delivery]:
    kinds = (*FOR_ALL, *(FOR_ADMINS if tx.people.get(actor).admin else ()))
    return [delivery for delivery in tx.outbox.held(actor) if delivery.kind in kinds and _is_news(tx, delivery)]


def _is_news(tx: Transaction, delivery: Delivery) -> bool:
    """False for a digest that is published by now, and for a question that somebody has answered."""
    if delivery.kind is DeliveryKind.DIGEST_PREVIEW:
        digest = tx.digests.find(delivery.subject)
        return digest is not None and not digest.published
    if delivery.kind is DeliveryKind.DOUBT:
        asked = tx.outbox.by_key(delivery.subject)
        return asked is not None and asked.state is DeliveryState.UNCERTAIN
    return True


def done(store: Store, *, actor: str, delivery: str) -> None:
    """The actor has read it. What does not wait for them, or not any more, stays as it is."""
    with store.transaction() as tx:
        for found in _meant(tx, actor, delivery):
            tx.outbox.settle(found.id, state=DeliveryState.CANCELLED)


def send(store: Store, *, actor: str, delivery: str, now: datetime) -> None:
    """Have it sent to the actor after all. What does not wait for them, or not any more, stays as it is."""
    with store.transaction() as tx:
        for found in _meant(tx, actor, delivery):
            tx.outbox.release(found.key, not_before=now)


def _meant(tx: Transaction, actor: str, delivery: str) -> list[Delivery]:
    return [found for found in _waiting(tx, actor) if found.id == delivery]
