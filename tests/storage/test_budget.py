"""The weekly budget: what the bot starts finds a place in a person's week or is held; a prompt always finds one."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkins.cadence import Week
from checkins.model import DeliveryKind, DeliveryState, Person, Workspace
from checkins.ports import Store, Transaction
from storage.budget import week_of
from storage.database import Database
from tests.databases import ACME, sqlite_database
from tests.storage.company import HOUR, NOW
from tests.storage.watching import together

K, S = DeliveryKind, DeliveryState
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
SUNDAY_LATE = NOW.replace(hour=0, minute=0, second=0, microsecond=0) + WEEK - timedelta(microseconds=1)
STARTED = (K.PROMPT, K.REMINDER, K.NOTICE)


@pytest.fixture
def store(database: Database) -> Store:
    """Ann and Bob, who get at most three messages a week."""
    store = database.store(ACME.id)
    with store.transaction() as tx:
        tx.people.save(Person(id="ann", name="Ann"), Person(id="bob", name="Bob"))
    return store


def owe(tx: Transaction, key: str, kind: DeliveryKind = K.NOTICE, **changes: Any) -> DeliveryState:
    """Owe Ann something; what became of it."""
    owed: dict[str, Any] = {"subject": key, "not_before": NOW, "person": "ann"}
    assert tx.outbox.add(key=key, kind=kind, **(owed | changes))
    return state(tx, key)


def state(tx: Transaction, key: str) -> DeliveryState:
    found = tx.outbox.by_key(key)
    assert found is not None
    return found.state


def owe_all(tx: Transaction, kinds: Sequence[DeliveryKind]) -> str:
    """Owe Ann these, one after the other: "p" for each that is to be sent, "h" for each that is held."""
    return "".join(owe(tx, f"k{number}", kind)[0] for number, kind in enumerate(kinds))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("budget", "kinds", "becomes"),
    [
        (3, [K.PROMPT, K.REMINDER, K.NOTICE, K.NOTICE], "ppph"),
        (3, [K.NOTICE, K.NOTICE, K.NOTICE, K.PROMPT, K.REMINDER], "pphph"),
        (3, [K.PROMPT, K.PROMPT, K.PROMPT, K.PROMPT], "ppph"),
        (3, [K.PROMPT, K.PROMPT, K.NOTICE, K.REMINDER], "ppph"),
        (3, [K.DIGEST_PREVIEW, K.DOUBT, K.DIGEST_PREVIEW], "pph"),
        (2, [K.NOTICE, K.NOTICE, K.PROMPT, K.NOTICE], "phph"),
        (1, [K.NOTICE, K.PROMPT, K.REMINDER], "hph"),
        (1, [K.PROMPT, K.PROMPT], "ph"),
    ],
)
def test_a_week_takes_so_many_messages_and_a_prompt_finds_its_place(
    database: Database, budget: int, kinds: list[DeliveryKind], becomes: str
) -> None:
    with database.store(ACME.id, weekly_messages=budget).transaction() as tx:
        assert owe_all(tx, kinds) == becomes


def test_what_changes_a_message_or_goes_to_a_channel_takes_no_place(store: Store) -> None:
    with store.transaction() as tx:
        assert owe_all(tx, [K.RECEIPT, K.CLOSED] * 3) == "pppppp"
        for number in range(4):
            assert owe(tx, f"digest{number}", K.DIGEST, person=None, channel="C1") is S.PENDING
        assert owe(tx, "notice") is owe(tx, "another") is S.PENDING
        assert owe(tx, "no room") is S.HELD
        assert owe(tx, "receipt", K.RECEIPT) is S.PENDING


def test_weeks_begin_on_monday_and_belong_to_one_person_of_one_workspace(database: Database, store: Store) -> None:
    database.create_workspace(Workspace(id="globex", name="Globex"))
    with database.store("globex").transaction() as tx:
        tx.people.save(Person(id="ann", name="Ann"))
        assert owe_all(tx, [K.NOTICE] * 3) == "pph"
    with store.transaction() as tx:
        assert owe_all(tx, [K.NOTICE] * 3) == "pph"
        assert owe(tx, "sunday", not_before=SUNDAY_LATE) is S.HELD
        assert owe(tx, "monday", not_before=SUNDAY_LATE + timedelta(microseconds=1)) is S.PENDING
        assert owe(tx, "before", not_before=NOW - DAY) is S.PENDING
        assert owe(tx, "bob", person="bob") is S.PENDING


@pytest.mark.parametrize("settled", [S.SENT, S.UNREACHABLE, S.UNCERTAIN, S.CANCELLED])
def test_only_what_is_not_sent_after_all_frees_its_place(store: Store, settled: DeliveryState) -> None:
    with store.transaction() as tx:
        assert owe_all(tx, [K.NOTICE, K.NOTICE]) == "pp"
        for delivery in tx.outbox.claim(now=NOW, lease=HOUR, limit=1):
            tx.outbox.settle(delivery.id, state=settled)
        assert owe(tx, "next") is (S.PENDING if settled is S.CANCELLED else S.HELD)


def test_what_is_held_is_owed_once_and_never_sent_by_itself(store: Store) -> None:
    with store.transaction() as tx:
        owe_all(tx, [K.NOTICE] * 3)
        assert not tx.outbox.add(key="k2", kind=K.NOTICE, subject="s", person="ann", not_before=NOW + WEEK)
        sent = tx.outbox.claim(now=NOW + 4 * WEEK, lease=HOUR, limit=9)
        assert sorted(delivery.key for delivery in sent) == ["k0", "k1"]
        assert tx.outbox.next_due() is None
        assert tx.outbox.troubled(9) == []
        assert tx.outbox.counts() == {S.CLAIMED: 2, S.HELD: 1}


def test_what_is_held_is_found_by_person_newest_first(store: Store) -> None:
    with store.transaction() as tx:
        owe_all(tx, [K.NOTICE, K.NOTICE])
        owe(tx, "old")
        owe(tx, "new", K.DIGEST_PREVIEW, not_before=NOW + HOUR)
        assert [delivery.key for delivery in tx.outbox.held("ann")] == ["new", "old"]
        assert tx.outbox.held("bob") == []


def test_what_is_held_can_be_taken_back(store: Store) -> None:
    with store.transaction() as tx:
        owe_all(tx, [K.NOTICE, K.NOTICE])
        owe(tx, "reminder", K.REMINDER, subject="p1")
        owe(tx, "follower", K.NOTICE, after="prompt")
        owe(tx, "read")
        tx.outbox.cancel("p1", [K.REMINDER])
        tx.outbox.cancel_followers("prompt")
        tx.outbox.settle(tx.outbox.held("ann")[0].id, state=S.CANCELLED)
        assert [state(tx, key) for key in ("reminder", "follower", "read")] == [S.CANCELLED] * 3


def test_what_its_person_asks_for_goes_out_in_a_full_week_and_takes_no_place(store: Store) -> None:
    with store.transaction() as tx:
        owe_all(tx, [K.NOTICE, K.NOTICE])
        owe(tx, "preview", K.DIGEST_PREVIEW)
        assert tx.outbox.release("preview", not_before=NOW + HOUR)
        assert not tx.outbox.release("preview", not_before=NOW)
        assert not tx.outbox.release("k0", not_before=NOW)
        assert owe(tx, "prompt", K.PROMPT) is S.PENDING
        assert len(tx.outbox.claim(now=NOW, lease=DAY, limit=9)) == 3
        (released,) = tx.outbox.claim(now=NOW + HOUR, lease=HOUR, limit=1)
        tx.outbox.settle(released.id, state=S.RETRY, not_before=NOW + WEEK)
        assert state(tx, "preview") is S.RETRY


@pytest.mark.parametrize("full", [False, True])
def test_a_message_that_goes_on_in_another_week_needs_a_place_there(store: Store, full: bool) -> None:
    with store.transaction() as tx:
        if full:
            owe(tx, "there", not_before=NOW + WEEK)
            owe(tx, "and there", not_before=NOW + WEEK)
        owe(tx, "late")
        (late,) = tx.outbox.claim(now=NOW, lease=HOUR, limit=1)
        tx.outbox.settle(late.id, state=S.RETRY, not_before=SUNDAY_LATE)
        assert state(tx, "late") is S.RETRY
        tx.outbox.claim(now=SUNDAY_LATE, lease=HOUR, limit=1)
        tx.outbox.settle(late.id, state=S.RETRY, not_before=NOW + WEEK)
        assert state(tx, "late") is (S.HELD if full else S.RETRY)


def test_a_prompt_that_moves_is_held_or_held_no_longer_as_its_new_week_has_it(store: Store) -> None:
    with store.transaction() as tx:
        assert owe_all(tx, [K.PROMPT] * 4) == "ppph"
        owe(tx, "there", K.PROMPT, not_before=NOW + WEEK)
        assert tx.outbox.move("k3", not_before=NOW + DAY)
        assert state(tx, "k3") is S.HELD
        assert tx.outbox.move("k3", not_before=NOW + WEEK)
        assert state(tx, "k3") is S.PENDING
        assert tx.outbox.move("there", not_before=NOW)
        assert state(tx, "there") is S.HELD


def test_what_is_revived_needs_a_place_again(store: Store) -> None:
    with store.transaction() as tx:
        owe(tx, "gone")
        gone = tx.outbox.by_key("gone")
        assert gone is not None
        tx.outbox.cancel("gone", [K.NOTICE])
        owe_all(tx, [K.NOTICE, K.NOTICE])
        assert tx.outbox.revise(gone.id, settled=S.CANCELLED, state=S.PENDING, not_before=NOW)
        assert state(tx, "gone") is S.HELD


def test_those_who_owe_at_the_same_time_find_one_place_once(store: Store) -> None:
    kinds = (K.NOTICE, K.REMINDER, K.PROMPT)

    def add(number: int) -> None:
        for turn in range(4):
            with store.transaction() as tx:
                owe(tx, f"{number}/{turn}", kinds[(number + turn) % 3])

    together(add, threads=4)
    with store.snapshot() as tx:
        assert tx.outbox.counts() == {S.PENDING: 3, S.HELD: 13}


days = st.sampled_from([0, 6, 7])  # from a Monday
steps = st.one_of(
    st.tuples(st.sampled_from([K.PROMPT, K.REMINDER, K.NOTICE, K.RECEIPT]), days),
    st.tuples(st.sampled_from(["cancel", "move", "put off", "send"]), days),
)


@settings(max_examples=25, deadline=None)
@given(budget=st.integers(1, 3), taken=st.lists(steps, min_size=5, max_size=20))
def test_no_week_ever_holds_more_than_the_budget(budget: int, taken: list[tuple[DeliveryKind | str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, sqlite_database(Path(folder) / "t.db") as database:
        with database.store(ACME.id, weekly_messages=budget).transaction() as tx:
            tx.people.save(Person(id="ann", name="Ann"))
            for number, (act, day) in enumerate(taken):
                at, before = NOW + day * DAY, _placed(tx, number)
                if isinstance(act, DeliveryKind):
                    became = owe(tx, f"k{number}", act, not_before=at)
                    first = act is K.PROMPT and not before[week_of(at), K.PROMPT]
                    assert became is S.PENDING or not first
                else:
                    _change(tx, act, at)
                _check(_placed(tx, number + 1), budget)


def _change(tx: Transaction, act: str, at: datetime) -> None:
    """Something happens to whatever is due first."""
    for delivery in tx.outbox.claim(now=NOW + 30 * DAY, lease=HOUR, limit=1):
        later = max(at, delivery.not_before)
        if act == "send":
            tx.outbox.settle(delivery.id, state=S.SENT)
            return
        tx.outbox.settle(delivery.id, state=S.RETRY, not_before=later)
        if act == "move":
            tx.outbox.move(delivery.key, not_before=at)
        elif act == "cancel":
            tx.outbox.cancel(delivery.subject, [delivery.kind])


def _placed(tx: Transaction, count: int) -> Counter[tuple[Week, DeliveryKind]]:
    """What is sent or going to be, by week and kind."""
    found = filter(None, (tx.outbox.by_key(f"k{number}") for number in range(count)))
    sendable = (each for each in found if each.kind in STARTED and each.state not in (S.HELD, S.CANCELLED))
    return Counter((week_of(each.not_before), each.kind) for each in sendable)


def _check(placed: Counter[tuple[Week, DeliveryKind]], budget: int) -> None:
    for week in {week for week, _ in placed}:
        of_week = {kind: placed[week, kind] for kind in STARTED}
        assert sum(of_week.values()) <= budget
        assert sum(of_week.values()) - of_week[K.PROMPT] < budget
