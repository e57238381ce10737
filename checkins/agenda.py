"""What falls due next: for those who move the clock themselves instead of waiting."""

from dataclasses import dataclass
from datetime import datetime

from checkins import renewing
from checkins.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """When the next thing of each kind falls due; None where nothing is to come."""

    rounds: datetime | None  # opening, reminding, closing
    digest: datetime | None  # building one, or the newest anew
    messages: datetime | None

    @property
    def next(self) -> datetime | None:
        return min((moment for moment in (self.rounds, self.digest, self.messages) if moment), default=None)


def agenda(store: Store) -> Agenda:
    """The next due instants as they stand in the database."""
    with store.snapshot() as tx:
        plan = tx.workspace.get().digest
        digests = [moment for moment in (plan and plan.next_at, renewing.falls_due(tx)) if moment]
        return Agenda(rounds=tx.rounds.next_due(), digest=min(digests, default=None), messages=tx.outbox.next_due())
