"""Chat accounts: who arrives, who is linked, whose profile changed."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from checkins import accounts, deliveries, privacy, rounds
from checkins.errors import NotAllowed, TruelineError
from checkins.model import DeliveryKind, Person, PromptState
from checkins.ports import Store
from checkins.roster import Profile
from tests.acme import ASKED, MONDAY, prompt_of, schedule_mondays, settle_in
from tests.storage.watching import together

WEEK = timedelta(weeks=1)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def profile(user: str, name: str = "Somebody", **details: object) -> Profile:
    return Profile(platform="slack", user=user, name=name, **details)  # type: ignore[arg-type]


def test_a_stranger_becomes_a_person_once(acme: Store) -> None:
    first = accounts.arrive(acme, profile("UNEW", "Dara", zone="Asia/Tokyo", email="dara@acme.example"))
    again = accounts.arrive(acme, profile("UNEW", "Dara", zone="Europe/Paris", email="dara@acme.example"))
    assert (first.id, first.zone, again.zone) == (again.id, "Asia/Tokyo", "Europe/Paris")


def test_an_imported_person_is_linked_by_e_mail_and_never_by_name(acme: Store) -> None:
    assert accounts.arrive(acme, profile("UNOA2", "Noa")).id != "noa"
    assert accounts.arrive(acme, profile("UNOA", "N. Levi", email="Noa@Acme.example")).id == "noa"


def test_bots_and_guests_do_not_arrive(acme: Store) -> None:
    with pytest.raises(NotAllowed, match="full members"):
        accounts.arrive(acme, profile("UBOT", member=False))


def test_connecting_links_imported_people_and_adds_nobody(acme: Store) -> None:
    with acme.snapshot() as tx:
        before = len(tx.people.all())
    everybody = [profile("UNOA", email="noa@acme.example"), profile("UX", email="x@acme.example"), profile("UBEN")]
    assert accounts.connect(acme, everybody, now=MONDAY) == 1
    assert accounts.connect(acme, everybody, now=MONDAY) == 0
    with acme.snapshot() as tx:
        assert len(tx.people.all()) == before
        assert tx.people.identity("noa", "slack") is not None


def test_who_is_deactivated_is_asked_no_more(acme: Store) -> None:
    accounts.follow(acme, profile("UBEN", member=False), now=MONDAY)
    with acme.snapshot() as tx:
        assert not tx.people.get("ben").active


def person(store: Store, id: str) -> Person:
    with store.snapshot() as tx:
        return tx.people.get(id)


def test_two_people_with_one_address_are_nobodys_account(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.people.save(Person(id="noa-2", name="Noa", email="NOA@acme.example"))
        before = len(tx.people.all())
    assert accounts.connect(acme, [profile("UNOA", email="noa@acme.example")], now=MONDAY) == 0
    with acme.snapshot() as tx:
        assert len(tx.people.all()) == before


def test_a_name_from_the_chat_is_followed_and_a_documents_is_not(acme: Store) -> None:
    dara = accounts.arrive(acme, profile("UDARA", "Dara"))
    for user in ("UDARA", "UBEN"):
        accounts.follow(acme, profile(user, "New Name", email=f"{user}@acme.example"), now=MONDAY)
    assert (person(acme, dara.id).name, person(acme, "ben").name) == ("New Name", "Ben")
    assert person(acme, "ben").email == "UBEN@acme.example"
    accounts.follow(acme, profile("UBEN", email="other@acme.example"), now=MONDAY)
    assert person(acme, "ben").email == "UBEN@acme.example"


@pytest.mark.parametrize("through", ["follow", "connect"])
def test_who_is_deactivated_hears_nothing_and_is_asked_again_on_return(acme: Store, through: str) -> None:
    def changed(*, member: bool) -> None:
        account = profile("UBEN", zone="Europe/Berlin", member=member)
        if through == "follow":
            accounts.follow(acme, account, now=ASKED)
        else:
            accounts.connect(acme, [account], now=ASKED)

    schedule_mondays(acme)
    rounds.open_due_rounds(acme, now=ASKED + WEEK)
    with acme.transaction() as tx:
        tx.outbox.add(key="n", kind=DeliveryKind.NOTICE, subject="n", person="ben", not_before=ASKED)
    changed(member=False)
    owed = deliveries.claim(acme, now=ASKED + 2 * WEEK, lease=timedelta(minutes=2), limit=99)
    assert {one.person for one in owed} == {"cleo", "kiri"}
    assert (person(acme, "ben").active, prompt_of(acme, "ben").state) == (False, PromptState.AWAY)

    rounds.open_due_rounds(acme, now=ASKED + 2 * WEEK)
    assert prompt_of(acme, "ben").state is PromptState.AWAY, "not asked"
    changed(member=True)
    rounds.open_due_rounds(acme, now=ASKED + 3 * WEEK)
    assert (person(acme, "ben").active, prompt_of(acme, "ben").state) == (True, PromptState.PENDING)


def test_who_comes_back_far_in_the_east_is_asked_in_time(acme: Store) -> None:
    schedule_mondays(acme)
    kiri = profile("UKIRI", zone="Pacific/Kiritimati")
    accounts.follow(acme, replace(kiri, member=False), now=ASKED)
    with acme.snapshot() as tx:
        (without,) = tx.rounds.schedules()
    accounts.arrive(acme, kiri)
    with acme.snapshot() as tx:
        (with_kiri,) = tx.rounds.schedules()
    assert without.next_at - with_kiri.next_at == timedelta(hours=12)


def test_only_admins_arrive_by_themselves_when_the_bot_connects(acme: Store) -> None:
    accounts.connect(acme, [profile("UX", "X"), profile("UY", "Y", admin=True)], now=MONDAY)
    with acme.snapshot() as tx:
        assert tx.people.by_identity("slack", "UX") is None
        assert tx.people.by_identity("slack", "UY") in tx.people.admins()


def erased(store: Store) -> Profile:
    """Ben, an admin of the workspace whom a document knew by address, had himself erased."""
    ben = profile("UBEN", "Ben", email="ben@acme.example", admin=True)
    accounts.follow(store, ben, now=MONDAY)
    privacy.erase_own(store, platform="slack", user="UBEN")
    return ben


def test_who_was_erased_is_brought_back_by_no_list_and_no_change(acme: Store) -> None:
    ben = erased(acme)
    with acme.transaction() as tx:
        tx.people.save(Person(id="imported", name="B. Ode", email="ben@acme.example", home_team="growth"))
    assert accounts.connect(acme, [ben], now=MONDAY) == 0
    accounts.follow(acme, ben, now=MONDAY)
    with acme.snapshot() as tx:
        assert tx.people.by_identity("slack", "UBEN") is None
        assert "Ben" not in {each.name for each in tx.people.all()}
    assert accounts.is_erased(acme, platform="slack", user="UBEN")


def test_who_was_erased_comes_back_by_what_they_do(acme: Store) -> None:
    ben = erased(acme)
    again = accounts.arrive(acme, ben)
    assert (again.name, again.admin, again.home_team) == ("Ben", True, None)
    assert not accounts.is_erased(acme, platform="slack", user="UBEN")


def test_who_is_erased_while_their_profile_changes_stays_erased(store: Store) -> None:
    settle_in(store)

    def change_or_erase(number: int) -> None:
        if number == 0:
            privacy.erase(store, person="cleo")
            return
        with suppress(TruelineError):  # the database gave one of the two up
            accounts.follow(store, profile("UCLEO", zone="Asia/Tokyo", email=f"{number}@acme.example"), now=MONDAY)

    together(change_or_erase, threads=4)
    with store.snapshot() as tx:
        assert tx.people.find("cleo") is None and tx.people.by_identity("slack", "UCLEO") is None
