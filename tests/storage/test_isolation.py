"""Two workspaces with the same ids in one database never see or touch each other."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from checkins.model import DeliveryKind, DeliveryState, PromptState, Workspace
from checkins.ports import Store, Transaction
from storage.database import Database
from tests.storage import company
from tests.storage.company import HOUR, MONDAY, NOW
from tests.storage.watching import queries

LATER = NOW + 100 * HOUR
YEAR = (MONDAY, MONDAY + timedelta(days=365))


@pytest.fixture
def globex(database: Database) -> Store:
    database.create_workspace(Workspace(id="globex", name="Globex"))
    return database.store("globex")


def everything(store: Store) -> list[Any]:
    """The answer of every question that the ports can be asked."""
    with store.snapshot() as tx:
        return [*_organisation(tx), *_rounds(tx), *_check_ins(tx), *_messages(tx)]


def _organisation(tx: Transaction) -> list[Any]:
    return [
        tx.workspace.get(),
        tx.people.find("ann"),
        tx.people.all(),
        tx.people.by_ids(["ann", "bob"]),
        tx.people.by_identity("slack", "U1"),
        tx.people.admins(),
        tx.people.identities("slack"),
        tx.people.identity("ann", "slack"),
        tx.absences.of("ann"),
        tx.absences.touching(*YEAR),
        tx.teams.find("web"),
        tx.teams.all(),
        tx.teams.of("ann"),
        tx.teams.names(),
        tx.goals.find("ship"),
        tx.goals.all(),
        tx.goals.running(*YEAR),
    ]


def _rounds(tx: Transaction) -> list[Any]:
    return [
        tx.rounds.schedules(),
        tx.rounds.due_schedules(NOW + timedelta(days=8)),
        tx.rounds.latest("weekly"),
        tx.rounds.between(*YEAR),
        tx.rounds.past_closing(LATER),
        tx.rounds.prompts("r1"),
        tx.rounds.latest_prompt("ann"),
        tx.rounds.recent_prompts("ann", 3),
        tx.rounds.to_remind(LATER),
        tx.rounds.next_due(),
    ]


def _check_ins(tx: Transaction) -> list[Any]:
    return [
        tx.check_ins.find("c1"),
        tx.check_ins.of_prompt("p1"),
        tx.check_ins.latest_of("ann"),
        tx.check_ins.recent_of("ann", 3),
        tx.check_ins.between(*YEAR),
        tx.check_ins.all(),
        tx.check_ins.any_stored(*YEAR, since=NOW),
        tx.history.effort(*YEAR, words_since=YEAR[0]),
        tx.history.asked(*YEAR),
        tx.history.confidence(*YEAR),
        tx.history.clarity(*YEAR),
        tx.history.done(*YEAR),
        tx.history.priorities(*YEAR),
    ]


def _messages(tx: Transaction) -> list[Any]:
    return [
        tx.outbox.by_key("k1"),
        tx.outbox.about("p1", DeliveryKind.PROMPT),
        tx.outbox.held("ann"),
        tx.outbox.next_due(),
        tx.outbox.troubled(9),
        tx.outbox.counts(),
        tx.digests.find("2026-W45"),
        tx.digests.find("2026-W45", "web"),
        tx.digests.latest(),
        tx.digests.latest_published(),
        tx.digests.count(),
        tx.digests.findings(),
        tx.digests.find_finding("f1"),
    ]


def _empty(answer: Any) -> bool:
    if hasattr(answer, "person") and isinstance(answer.person, list):
        return answer.person == []
    return not answer


def test_a_full_workspace_leaves_its_neighbour_empty(store: Store, globex: Store) -> None:
    with store.transaction() as tx:
        company.fill(tx)
    assert sum(not _empty(answer) for answer in everything(store)) > 35
    workspace, *others = everything(globex)
    assert workspace == Workspace(id="globex", name="Globex")
    assert [answer for answer in others if not _empty(answer)] == []


def test_what_happens_in_one_workspace_leaves_the_other_as_it_was(store: Store, globex: Store) -> None:
    with store.transaction() as tx:
        company.fill(tx)
    before = everything(store)
    with globex.transaction() as tx:
        _turn_upside_down(tx)
    assert everything(store) == before


def _turn_upside_down(tx: Transaction) -> None:
    """Everything that the ports can write, under the ids of the other workspace."""
    company.settle_in(tx)
    company.open_round(tx)
    tx.workspace.save(replace(company.WORKSPACE, id="globex", name="Other", slack_team="T2"))
    tx.people.save(replace(company.ANN, name="Other"))
    tx.people.remove_identity("ann", "slack")
    tx.absences.replace("ann", [])
    tx.teams.save(replace(company.WEB, leads=(), members=()))
    tx.goals.save(replace(company.SHIP, supports=(), weights={}, depends_on=(), contributing_teams=()))
    tx.rounds.save_schedule(replace(company.SCHEDULE, teams=(), next_at=LATER))
    tx.rounds.save_prompt(replace(company.PROMPT, state=PromptState.EXPIRED))
    tx.rounds.close("r1")
    tx.check_ins.save(replace(company.CHECK_IN, items=(), contacts={}), at=NOW)
    tx.check_ins.save(replace(company.CHECK_IN, items=(), priorities=(), revision=2), at=NOW)
    tx.digests.save(replace(company.DIGEST, body={}))
    tx.digests.save_findings([replace(company.FINDING, sentence="Other")])
    assert tx.outbox.add(key="k1", kind=DeliveryKind.PROMPT, subject="p1", not_before=NOW, person="ann")
    assert tx.outbox.add(key="k2", kind=DeliveryKind.PROMPT, subject="p1", not_before=NOW, person="ann")
    (claimed, _) = tx.outbox.claim(now=NOW, lease=HOUR, limit=9)
    tx.outbox.settle(claimed.id, state=DeliveryState.UNREACHABLE)
    tx.outbox.cancel("p1", [DeliveryKind.PROMPT])
    tx.outbox.cancel_followers("k1")
    tx.outbox.cancel_all("ann")


def test_settling_by_the_id_of_another_workspace_settles_nothing(store: Store, globex: Store) -> None:
    with store.transaction() as tx:
        company.fill(tx)
        (claimed,) = tx.outbox.claim(now=NOW, lease=HOUR, limit=1)
    with globex.transaction() as tx:
        tx.outbox.settle(claimed.id, state=DeliveryState.SENT)
        assert not tx.outbox.revise(
            claimed.id, settled=DeliveryState.CLAIMED, state=DeliveryState.PENDING, not_before=NOW
        )
        assert not tx.outbox.move("k1", not_before=NOW)
        assert not tx.outbox.release("k1", not_before=NOW)
        assert tx.outbox.claim(now=LATER, lease=HOUR, limit=1) == []
    with store.snapshot() as tx:
        assert tx.outbox.counts() == {DeliveryState.CLAIMED: 1}


def test_a_delivery_does_not_follow_one_of_another_workspace(store: Store, globex: Store) -> None:
    with globex.transaction() as tx:
        tx.outbox.add(key="parent", kind=DeliveryKind.DIGEST, subject="w", not_before=NOW, channel="C1")
        (parent,) = tx.outbox.claim(now=NOW, lease=HOUR, limit=1)
        tx.outbox.settle(parent.id, state=DeliveryState.SENT)
    with store.transaction() as tx:
        tx.outbox.add(
            key="child", kind=DeliveryKind.DIGEST_THREAD, subject="w/1", not_before=NOW, channel="C1", after="parent"
        )
        assert tx.outbox.claim(now=NOW, lease=HOUR, limit=1) == []
        assert tx.outbox.next_due() is None


def test_a_row_cannot_name_a_row_of_another_workspace(store: Store, globex: Store) -> None:
    with store.transaction() as tx:
        company.settle_in(tx)
    with pytest.raises(Exception, match=r"(?i)foreign key"), globex.transaction() as tx:
        tx.goals.save(replace(company.ALPHA, team="web"))


def test_every_statement_names_the_workspace(store: Store, database: Database) -> None:
    with store.transaction() as tx:
        company.fill(tx)
    with queries(database) as seen:
        everything(store)
    assert len(seen) > 30
    assert [statement for statement in seen if ".workspace = " not in statement] == []
