"""A round that fell due and reached nobody: somebody has to hear of it."""

from datetime import datetime, timedelta

from checkins.deliveries import prompt_key, tell_admins
from checkins.model import DeliveryState, Prompt, PromptState, Round
from checkins.ports import Store, Transaction

PATIENCE = timedelta(hours=1)
LOOKBACK = timedelta(days=3)


def warn_of_silence(store: Store, *, now: datetime) -> int:
    """Tell the admins, once a round, that its prompts have been due for an hour and none was sent; returns how many."""
    with store.transaction() as tx:
        rounds = tx.rounds.between((now - LOOKBACK).date(), (now + LOOKBACK).date())
        silent = [round_ for round_ in rounds if not round_.closed and _silent(tx, round_, now=now)]
        for round_ in silent:
            _warn(tx, round_, now=now)
        return len(silent)


def _silent(tx: Transaction, round_: Round, *, now: datetime) -> bool:
    asked = (prompt for prompt in tx.rounds.prompts(round_.id) if prompt.state is not PromptState.AWAY)
    due = [prompt for prompt in asked if prompt.due_at + PATIENCE <= now]
    unsent = all(prompt.state is PromptState.PENDING for prompt in due)
    return unsent and not all(_held(tx, prompt) for prompt in due)


def _held(tx: Transaction, prompt: Prompt) -> bool:
    """Whether a prompt waits in App Home on purpose."""
    owed = tx.outbox.by_key(prompt_key(prompt))
    return owed is not None and owed.state is DeliveryState.HELD


def _warn(tx: Transaction, round_: Round, *, now: datetime) -> None:
    text = (
        f"The check-in of {round_.date:%A, %d %B} fell due and nobody was asked. "
        "Whoever runs Trueline finds the reason with `trueline doctor`."
    )
    tell_admins(tx, key=f"silence:{round_.id}", text=text, now=now)
