"""What sending a delivery means for the rest: a sent prompt can be answered, an unsent digest is reported."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from checkins.errors import NotFound
from checkins.model import Delivery, DeliveryKind, DeliveryState, Identity, MessageRef, Prompt, PromptState
from checkins.ports import Store, Transaction

ABOUT_PROMPTS = (DeliveryKind.PROMPT, DeliveryKind.REMINDER)
OPEN_STATES = (PromptState.PENDING, PromptState.SENT)
WANTED = {DeliveryKind.PROMPT: (*OPEN_STATES, PromptState.ANSWERED), DeliveryKind.REMINDER: OPEN_STATES}
NEVER_SENT = (DeliveryState.CANCELLED, DeliveryState.UNREACHABLE)


def claim(store: Store, *, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
    """Take a few due deliveries; whoever claims has ``lease`` to settle each."""
    with store.transaction() as tx:
        return tx.outbox.claim(now=now, lease=lease, limit=limit)


def wanted(store: Store, delivery: Delivery) -> bool:
    """Whether a claimed delivery still makes sense: nobody is asked again who has answered or skipped meanwhile.

    A prompt that was answered after it had been claimed goes out all the same: it says what was stored.
    """
    if delivery.kind not in WANTED:
        return True
    with store.snapshot() as tx:
        prompt = _prompt(tx, delivery)
        return prompt is not None and prompt.state in WANTED[delivery.kind]


def _prompt(tx: Transaction, delivery: Delivery) -> Prompt | None:
    """The prompt that a delivery is about; None when its person was erased after the delivery was claimed."""
    try:
        return tx.rounds.prompt(delivery.subject)
    except NotFound:
        return None


def prompt_key(prompt: Prompt) -> str:
    """The key of the delivery that asks."""
    return f"prompt:{prompt.id}"


def sent(store: Store, delivery: Delivery, message: MessageRef) -> None:
    """The message went out: remember where, so that it can be changed and followed."""
    with store.transaction() as tx:
        tx.outbox.settle(delivery.id, state=DeliveryState.SENT, message=message)
        prompt = _prompt(tx, delivery) if delivery.kind is DeliveryKind.PROMPT else None
        if prompt:
            state = PromptState.SENT if prompt.state is PromptState.PENDING else prompt.state
            tx.rounds.save_prompt(replace(prompt, state=state, message=message))


def followed(store: Store, delivery: Delivery) -> MessageRef | None:
    """The message that a delivery follows; None when it was not sent."""
    with store.snapshot() as tx:
        before = tx.outbox.by_key(delivery.after) if delivery.after else None
        return before.message if before else None


def retire_reminders(tx: Transaction, prompt: Prompt, *, now: datetime) -> None:
    """Have the reminders of a prompt that is done with replaced, so that no button stays behind."""
    for reminder in tx.outbox.about(prompt.id, DeliveryKind.REMINDER):
        if reminder.state in (DeliveryState.SENT, DeliveryState.CLAIMED):
            tx.outbox.add(
                key=f"done:{reminder.key}",
                kind=DeliveryKind.CLOSED,
                subject=prompt.id,
                person=prompt.person,
                not_before=now,
                after=reminder.key,
            )


def change_message(tx: Transaction, prompt: Prompt, kind: DeliveryKind, *, key: str, now: datetime) -> bool:
    """Have the prompt's message replaced; False where none was sent, which then never is."""
    tx.outbox.cancel(prompt.id, ABOUT_PROMPTS)
    retire_reminders(tx, prompt, now=now)
    asked = prompt_key(prompt)
    sent = tx.outbox.by_key(asked)
    if prompt.message is None and (sent is None or sent.state in NEVER_SENT):
        return False
    tx.outbox.add(key=key, kind=kind, subject=prompt.id, person=prompt.person, not_before=now, after=asked)
    return True


def leave_out(tx: Transaction, prompt: Prompt, *, now: datetime) -> None:
    """A prompt that nobody is asked after all: unsent messages are taken back, sent ones lose their buttons."""
    left_out = replace(prompt, state=PromptState.AWAY, remind_at=None)
    tx.rounds.save_prompt(left_out)
    change_message(tx, left_out, DeliveryKind.CLOSED, key=f"away:{prompt.id}", now=now)


def account(store: Store, *, person: str, platform: str) -> Identity | None:
    """Where a person can be written to on a platform; None where they have no account."""
    with store.snapshot() as tx:
        return tx.people.identity(person, platform)


def channel_opened(store: Store, identity: Identity, *, channel: str) -> None:
    """Remember a person's direct messages before anything is sent there: a lost message is looked for in them."""
    with store.transaction() as tx:
        tx.people.save_identity(replace(identity, channel=channel))


def dropped(store: Store, delivery: Delivery) -> None:
    """The message is not wanted any more, nor what was to follow it."""
    with store.transaction() as tx:
        tx.outbox.settle(delivery.id, state=DeliveryState.CANCELLED)
        tx.outbox.cancel_followers(delivery.key)


def postponed(store: Store, delivery: Delivery, *, until: datetime, error: str) -> None:
    """The platform asked to wait, or could not be reached and surely has not got the message."""
    with store.transaction() as tx:
        tx.outbox.settle(delivery.id, state=DeliveryState.RETRY, not_before=until, error=error)


def blocked(store: Store, delivery: Delivery, *, until: datetime, error: str, remedy: str, now: datetime) -> None:
    """The address refuses until somebody changes something: kept for later, and the admins are told once."""
    with store.transaction() as tx:
        tx.outbox.settle(delivery.id, state=DeliveryState.RETRY, not_before=until, error=error)
        if remedy:
            tell_admins(tx, key=f"blocked:{delivery.id}", text=remedy, now=now)


def failed(store: Store, delivery: Delivery, *, error: str) -> None:
    """The address cannot be reached: no more tries, nor what was to follow."""
    with store.transaction() as tx:
        tx.outbox.settle(delivery.id, state=DeliveryState.UNREACHABLE, error=error)
        tx.outbox.cancel_followers(delivery.key)


def in_doubt(store: Store, delivery: Delivery, *, error: str, now: datetime) -> None:
    """Nobody knows whether a channel message went out: it is not sent again by itself; admins are asked."""
    with store.transaction() as tx:
        tx.outbox.settle(delivery.id, state=DeliveryState.UNCERTAIN, error=error)
        owe_admins(
            tx, key=f"doubt:{delivery.key}:{now.isoformat()}", kind=DeliveryKind.DOUBT, subject=delivery.key, now=now
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How sending goes: numbers by state, and what does not arrive, newest first, with the names of those concerned."""

    counts: Mapping[DeliveryState, int]
    troubled: tuple[Delivery, ...]
    names: Mapping[str, str]


def health(store: Store, *, limit: int) -> Health:
    """What admins see of the outbox."""
    with store.snapshot() as tx:
        troubled = tuple(tx.outbox.troubled(limit))
        people = tx.people.by_ids(delivery.person for delivery in troubled if delivery.person)
        names = {id: person.name for id, person in people.items()}
        return Health(counts=tx.outbox.counts(), troubled=troubled, names=names)


def digest_channel_changed(store: Store, *, channel: str, what: str, text: str, now: datetime) -> None:
    """Tell the admins, once a day for the same thing, when it concerns the channel of the digest."""
    with store.transaction() as tx:
        plan = tx.workspace.get().digest
        if plan and plan.channel == channel:
            tell_admins(tx, key=f"channel:{channel}:{what}:{now:%Y-%m-%d}", text=text, now=now)


def tell_admins(tx: Transaction, *, key: str, text: str, now: datetime) -> None:
    """Owe every admin with a chat account one sentence."""
    owe_admins(tx, key=key, kind=DeliveryKind.NOTICE, subject=key, now=now, body={"text": text})


def owe_admins(
    tx: Transaction,
    *,
    key: str,
    kind: DeliveryKind,
    subject: str,
    now: datetime,
    body: Mapping[str, Any] | None = None,
) -> None:
    """Owe every admin with a chat account a message; ``key`` and the admin's id make its key."""
    reachable = tx.people.identities("slack")
    for admin in tx.people.admins():
        if admin.id in reachable:
            tx.outbox.add(
                key=f"{key}:{admin.id}", kind=kind, subject=subject, person=admin.id, not_before=now, body=body
            )
