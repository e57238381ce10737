"""A published digest kept up with late answers and edits, in place, until the next one is built."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from checkins.cadence import Week, period_of_week
from checkins.findings import with_decisions
from checkins.model import DeliveryKind, DeliveryState
from checkins.ports import Store, StoredDigest, Transaction
from checkins.publishing import Built, digest_key, keep_teams, owe_thread, parts, thread_key

AT_MOST_EVERY = timedelta(hours=1)
OVERLAP = timedelta(minutes=1)  # an answer given before the digest was read may have been committed after


def due(store: Store, *, now: datetime) -> str | None:
    """The week whose published digest has to be built anew now; None when none is due."""
    with store.snapshot() as tx:
        digest = _outdated(tx)
        return digest.week if digest and digest.built_at + AT_MOST_EVERY <= now else None


def falls_due(tx: Transaction) -> datetime | None:
    """When the newest digest has to be built anew; None as long as nothing has come in for its period."""
    digest = _outdated(tx)
    return digest.built_at + AT_MOST_EVERY if digest else None


def _outdated(tx: Transaction) -> StoredDigest | None:
    digest = tx.digests.latest()
    if digest is None or not digest.published:
        return None
    period = period_of_week(Week.parse(digest.week), tx.workspace.get().cadence)
    came_in = tx.check_ins.any_stored(period.first, period.last, since=digest.built_at - OVERLAP)
    return digest if came_in else None


def renew(store: Store, built: Built, *, now: datetime) -> bool:
    """Put a published digest that was built anew in the place of the stored one, and have its messages changed.

    now: before the answers were read. Returns whether the digest says anything else than before. A digest that a
    newer one has followed rests.
    """
    with store.transaction() as tx:
        digest = tx.digests.latest()
        if digest is None or digest.week != built.week or not digest.published:
            return False
        if _says_the_same(tx, digest, built):
            tx.digests.save(replace(digest, built_at=now))
            return False
        tx.digests.save_findings(with_decisions(built.findings, tx.digests.findings()))
        file = digest.picture_file if built.picture == digest.picture else None
        renewed = replace(digest, body=built.whole, picture=built.picture, picture_file=file)
        tx.digests.save(replace(renewed, built_at=now, updated_at=now))
        keep_teams(tx, built, now=now)
        _owe_changes(tx, built, now=now)
        return True


def _says_the_same(tx: Transaction, digest: StoredDigest, built: Built) -> bool:
    stored = {team: tx.digests.find(built.week, team) for team in built.teams}
    before = {team: found.body for team, found in stored.items() if found}
    return _written(digest.body) == _written(built.whole) and _written(before) == _written(built.teams)


def _written(body: Mapping[str, Any]) -> str:
    """A body as it is stored, where tuples are lists."""
    return json.dumps(body, sort_keys=True)


def _owe_changes(tx: Transaction, built: Built, *, now: datetime) -> None:
    """Have the channel's message changed and those of its thread; details that had no message yet get one."""
    week, posted = built.week, tx.outbox.by_key(digest_key(built.week))
    if posted is None or posted.channel is None:
        return
    tx.outbox.cancel(week, [DeliveryKind.DIGEST_PICTURE])
    _owe_change(tx, DeliveryKind.DIGEST_UPDATE, subject=week, channel=posted.channel, after=posted.key, now=now)
    for part in range(parts(len(built.teams))):
        _owe_part(tx, week, posted.channel, part=part, now=now)


def _owe_part(tx: Transaction, week: str, channel: str, *, part: int, now: datetime) -> None:
    before = tx.outbox.by_key(thread_key(week, part))
    if before is None:
        owe_thread(tx, week, channel, part=part, now=now)
    elif before.state is DeliveryState.CANCELLED:  # none of its teams had answered
        tx.outbox.revise(before.id, settled=DeliveryState.CANCELLED, state=DeliveryState.PENDING, not_before=now)
    else:
        kind, subject = DeliveryKind.DIGEST_THREAD_UPDATE, f"{week}/{part}"
        _owe_change(tx, kind, subject=subject, channel=channel, after=before.key, now=now)


def _owe_change(tx: Transaction, kind: DeliveryKind, *, subject: str, channel: str, after: str, now: datetime) -> None:
    """Owe a change of a message; of changes that wait to be made only the newest is left."""
    tx.outbox.cancel(subject, [kind])
    key = f"{after}:update:{now.isoformat()}"
    tx.outbox.add(key=key, kind=kind, subject=subject, channel=channel, not_before=now, after=after)
