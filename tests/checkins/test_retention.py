"""What is kept for so many months only, in answers and in digests that quote them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from checkins import retention
from checkins.digest import Answers, Digest, finding_from_json, to_json
from checkins.findings import without_quotes
from checkins.model import CheckIn, Finding, FindingKind, FindingState, WorkItem
from checkins.ports import Store, StoredDigest
from tests import acme

ASKED = Finding(
    id="f00d",
    kind=FindingKind.DUPLICATE_WORK,
    basis=None,
    teams=("growth", "platform"),
    goals=("signup",),
    since="2026-W09",
    weeks=1,
    severity=0.5,
    evidence={"effect": 1.0, "words": ["quince", "report"], "people": [1, 1], "check_ins": 4},
    check_ins=("2026-02-27", "elsewhere"),
    sentence="Are Growth and Platform doing the same work? Growth: “Quince report”. Platform: “Quince report”.",
)
NOT_QUOTING = replace(ASKED, id="beef", kind=FindingKind.SILO, sentence="Growth mentions no other team.")
DIGEST = Digest(
    week="2026-W09",
    period="2026-W09",
    team=None,
    answers=Answers(expected=2, received=2),
    aligned_share=1,
    plan_gap=None,
)


@pytest.fixture
def settled(store: Store) -> Store:
    acme.settle_in(store)
    return store


def told_of(store: Store, *findings: Finding, week: str) -> None:
    for team in (None, "growth"):
        body = to_json(replace(DIGEST, week=week, team=team, findings=findings))
        with store.transaction() as tx:
            tx.digests.save(StoredDigest(week=week, team=team, body=body, built_at=acme.MONDAY))


def told(store: Store, *, week: str) -> list[Finding]:
    with store.snapshot() as tx:
        bodies = [digest.body for team in (None, "growth") if (digest := tx.digests.find(week, team))]
    return [finding_from_json(row) for body in bodies for row in body["findings"]]


def answered_on(store: Store, *days: date) -> None:
    items = (WorkItem(text="Words", goal="signup", share=0.4), WorkItem(text="", goal="speed", share=0.6))
    with store.transaction() as tx:
        for day in days:
            answer = CheckIn(id=f"{day}", person="cleo", team="growth", date=day, items=items, note="Mine")
            tx.check_ins.save(answer, at=acme.MONDAY)


@pytest.mark.parametrize(
    ("months", "today", "forgotten"),
    [
        (0, "2027-09-01", set()),
        (1, "2026-03-31", {"2026-02-27"}),
        (1, "2026-04-01", {"2026-02-27", "2026-02-28"}),
        (12, "2027-02-28", {"2026-02-27"}),
        (1200, "2026-09-01", set()),
    ],
)
def test_texts_are_forgotten_after_so_many_months(settled: Store, months: int, today: str, forgotten: set[str]) -> None:
    answered_on(settled, date(2026, 2, 27), date(2026, 2, 28))
    now = datetime.fromisoformat(today).replace(hour=12, tzinfo=UTC)
    assert retention.forget_old(settled, months=months, now=now) == len(forgotten)
    with settled.snapshot() as tx:
        answers = tx.check_ins.of("cleo")
    assert {answer.id for answer in answers if not answer.note} == forgotten
    assert {answer.id for answer in answers if not answer.items[0].text} == forgotten
    assert all([item.share for item in answer.items] == [0.4, 0.6] for answer in answers)
    assert retention.forget_old(settled, months=months, now=now) == 0


def test_digests_and_findings_quote_no_line_that_is_forgotten(settled: Store) -> None:
    answered_on(settled, date(2026, 2, 27))
    young = replace(ASKED, id="cafe", check_ins=("another",))
    resolved = replace(ASKED, id="dead", state=FindingState.RESOLVED)
    told_of(settled, ASKED, NOT_QUOTING, week="2026-W09")
    told_of(settled, ASKED, young, week="2026-W12")
    with settled.transaction() as tx:
        tx.digests.save_findings([ASKED, NOT_QUOTING, young, resolved])
    retention.forget_old(settled, months=1, now=datetime(2026, 6, 1, 12, tzinfo=UTC))
    bare = without_quotes(ASKED)
    assert bare.sentence == "Are Growth and Platform doing the same work? Their lines are no longer kept."
    assert "quince" not in str(bare).lower()
    assert told(settled, week="2026-W09") == 2 * [bare, NOT_QUOTING]
    assert told(settled, week="2026-W12") == 2 * [bare, young]
    with settled.snapshot() as tx:
        kept = [tx.digests.find_finding(finding.id) for finding in (ASKED, NOT_QUOTING, young, resolved)]
    assert kept == [bare, NOT_QUOTING, young, without_quotes(resolved)]


def test_digests_are_left_alone_where_nothing_is_forgotten(settled: Store) -> None:
    answered_on(settled, date(2026, 2, 27))
    told_of(settled, ASKED, week="2026-W09")
    retention.forget_old(settled, months=1, now=datetime(2026, 2, 28, tzinfo=UTC) + timedelta(days=1))
    assert told(settled, week="2026-W09") == 2 * [ASKED]
