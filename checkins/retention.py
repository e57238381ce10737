"""What is kept only for so long: people's texts, notes and ratings, and where else these are quoted."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from checkins.cadence import Week, instant, local_date
from checkins.digest import without_lines
from checkins.findings import quotes, without_quotes
from checkins.model import FindingKind
from checkins.ports import Store, Transaction

QUOTED_FOR = 26  # weeks after a line in which a digest may quote it: a monthly cadence compares four months


def forget_old(store: Store, *, months: int, now: datetime) -> int:
    """Take texts, notes, ratings and earlier versions from check-ins older than so many months; returns from how many.

    Shares, goals, reasons and ties stay; linked messages of that age go, and so do lines that digests quote. No months
    means that everything is kept.
    """
    if months == 0:
        return 0
    with store.transaction() as tx:
        zone = tx.workspace.get().zone
        first = _months_before(local_date(now, zone), months)
        tx.linked.remove_before(instant(first, time.min, zone))
        blanked = tx.privacy.blank_before(first)
        if blanked:
            _forget_quotes(tx, blanked)
        return len(blanked)


def _forget_quotes(tx: Transaction, answers: Mapping[str, date]) -> None:
    """Take the lines of check-ins, which are dated by id, from digests and findings that ask about them."""
    asking = [finding for finding in tx.digests.findings_of(FindingKind.DUPLICATE_WORK) if quotes(finding, answers)]
    tx.digests.save_findings(map(without_quotes, asking))
    first, last = Week.of(min(answers.values())), Week.of(max(answers.values())).plus(QUOTED_FOR)
    for digest in tx.digests.that_carry(FindingKind.DUPLICATE_WORK, first=str(first), last=str(last)):
        if (body := without_lines(digest.body, answers)) != digest.body:
            tx.digests.save(replace(digest, body=body))


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
