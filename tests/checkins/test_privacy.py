"""What is stored about me: shown, handed out, erased; and what is forgotten by itself after some months."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checkins import accounts, answering, deliveries, document, privacy, reminding, rounds
from checkins.errors import NotAllowed, NotFound, TruelineError
from checkins.model import DeliveryKind, DeliveryState, Identity, MessageRef, Person, PromptState, WorkItem
from checkins.ports import Store
from checkins.roster import Profile
from tests import acme
from tests.databases import sqlite_store

WEEK = timedelta(weeks=1)
LEASE = timedelta(minutes=2)
ASKED = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)  # a Monday, 09:30 in New York, and past it everywhere else


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Acme, asked once; Ben has answered twice over, Cleo has not."""
    store = sqlite_store(tmp_path / "trueline.db")
    acme.settle_in(store)
    acme.schedule_mondays(store)
    rounds.open_due_rounds(store, now=ASKED)
    for text, note in (("Funnel", "Tired"), ("Signup funnel", "Better now")):
        draft = replace(acme.work(text), note=note)
        answering.submit(store, actor="ben", prompt=acme.prompt_of(store, "ben").id, draft=draft, now=ASKED)
    return store


def ben_erased(store: Store) -> privacy.Erased:
    return privacy.erase_own(store, platform="slack", user="UBEN")


def test_i_see_what_is_stored_about_me(store: Store) -> None:
    kept = privacy.stored(store, platform="slack", user="UBEN")
    assert kept is not None
    assert (kept.person.name, kept.accounts, kept.teams) == ("Ben", ("slack",), ("Growth",))
    assert (kept.answers, kept.since, kept.revisions, kept.notes, kept.ratings) == (1, acme.day(14), 1, 1, 0)
    assert kept.prompts == 1


def test_looking_does_not_make_somebody_known(store: Store) -> None:
    assert privacy.stored(store, platform="slack", user="UNEW") is None
    with pytest.raises(NotFound, match="Nothing is stored about you"):
        privacy.export(store, platform="slack", user="UNEW", now=ASKED)
    with pytest.raises(NotFound, match="Nothing is stored about you"):
        privacy.erase_own(store, platform="slack", user="UNEW")


def test_the_export_holds_everything_of_mine_and_nothing_of_others(store: Store) -> None:
    answering.submit(
        store,
        actor="cleo",
        prompt=acme.prompt_of(store, "cleo").id,
        draft=replace(acme.work("Billing"), note="Secret"),
        now=ASKED,
    )
    text = privacy.export(store, platform="slack", user="UBEN", now=ASKED)
    mine = json.loads(text)
    assert (mine["format"], mine["workspace"], mine["person"]["name"]) == ("trueline-personal-data", "Acme", "Ben")
    assert [account["user"] for account in mine["accounts"]] == ["UBEN"]
    (answer,) = mine["check_ins"]
    assert (answer["items"][0]["text"], answer["note"]) == ("Signup funnel", "Better now")
    assert [(old["items"][0]["text"], old["note"]) for old in answer["revisions"]] == [("Funnel", "Tired")]
    assert [prompt["state"] for prompt in mine["prompts"]] == ["answered"]
    assert {row["role"] for row in mine["memberships"]} == {"lead", "member"}
    assert [goal["title"] for goal in mine["goals_owned"]] == ["Double weekly signups"]
    assert {message["person"] for message in mine["messages"]} == {"ben"}
    assert not any(other in text for other in ("Cleo", "cleo", "UCLEO", "Billing", "Secret"))


def test_erasing_leaves_numbers_without_a_name(store: Store) -> None:
    done = ben_erased(store)
    assert (done.name, done.answers, done.asking) == ("Ben", 1, None)
    with store.snapshot() as tx:
        (answer,) = tx.check_ins.all()
        team, goal = tx.teams.get("growth"), tx.goals.get("signup")
        assert tx.people.find("ben") is None and tx.people.by_identity("slack", "UBEN") is None
    assert answer.items == (WorkItem(text="", goal="signup", share=1.0),)
    assert (team.members, team.leads, goal.owner) == (("cleo",), (), None)


def test_erasing_again_says_that_nothing_is_stored(store: Store) -> None:
    ben_erased(store)
    with pytest.raises(NotFound):
        ben_erased(store)
    with store.snapshot() as tx:
        assert len(tx.people.all()) == 5


def test_who_is_erased_with_a_check_in_open_is_asked_no_more(store: Store) -> None:
    prompt = acme.prompt_of(store, "cleo")
    message = MessageRef(channel="DCLEO", id="1.1")
    with store.transaction() as tx:
        tx.rounds.save_prompt(replace(prompt, state=PromptState.SENT, message=message))
    assert privacy.erase(store, person="cleo").asking == message
    assert reminding.remind_due(store, now=ASKED + timedelta(hours=40)) == 0
    with store.transaction() as tx:
        owed = tx.outbox.claim(now=ASKED + WEEK, lease=LEASE, limit=99)
    assert {delivery.person for delivery in owed} == {"kiri"}, "Ben has answered"
    rounds.close_due_rounds(store, now=ASKED + 3 * timedelta(days=1))
    rounds.open_due_rounds(store, now=ASKED + WEEK)
    with store.snapshot() as tx:
        assert {prompt.person for prompt in tx.rounds.prompts(tx.rounds.between(acme.day(21), acme.day(21))[0].id)} == {
            "ben",
            "kiri",
        }


def test_a_message_on_its_way_while_its_reader_is_erased_does_no_harm(store: Store) -> None:
    claimed = deliveries.claim(store, now=ASKED + WEEK, lease=LEASE, limit=99)
    (mine,) = [one for one in claimed if one.person == "cleo" and one.kind is DeliveryKind.PROMPT]
    privacy.erase(store, person="cleo")
    assert not deliveries.wanted(store, mine)
    deliveries.sent(store, mine, MessageRef(channel="DCLEO", id="1.1"))
    with store.snapshot() as tx:
        assert DeliveryState.SENT not in tx.outbox.counts()


def test_the_account_is_not_linked_again_and_who_comes_back_is_somebody_new(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.save(replace(tx.people.get("ben"), email="ben@acme.example"))
    ben_erased(store)
    ben = Profile(platform="slack", user="UBEN", name="Ben", email="ben@acme.example")
    assert accounts.connect(store, [ben], now=ASKED) == 0
    accounts.follow(store, ben, now=ASKED)
    assert privacy.stored(store, platform="slack", user="UBEN") is None
    new = accounts.arrive(store, ben)
    kept = privacy.stored(store, platform="slack", user="UBEN")
    assert kept is not None and (kept.answers, kept.teams, kept.prompts, new.home_team) == (0, (), 0, None)


def test_the_last_admin_cannot_go(store: Store) -> None:
    with pytest.raises(NotAllowed, match=r"Ada is the only admin.*Name another admin first"):
        privacy.erase(store, person="ada")
    with store.transaction() as tx:
        tx.people.save(replace(tx.people.get("ben"), admin=True))
    privacy.erase(store, person="ada")
    with store.snapshot() as tx:
        assert tx.teams.get("growth").added_by is None


def test_what_is_left_can_be_exported_and_imported_elsewhere(store: Store, tmp_path: Path) -> None:
    ben_erased(store)
    written = document.dumps(document.export(store))
    assert "Signup funnel" not in written and "Ben" not in written
    elsewhere = sqlite_store(tmp_path / "elsewhere.db")
    document.apply(elsewhere, document.parse(written), now=ASKED)
    assert document.dumps(document.export(elsewhere)) == written


@pytest.mark.parametrize("who", ["noa", " NOA@acme.example ", "Noa"])
def test_people_are_found_by_id_address_or_name(store: Store, who: str) -> None:
    assert privacy.find(store, who=who).id == "noa"


def test_nobody_is_guessed(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.save(Person(id="noa-2", name="Noa"))
        tx.people.save_identity(Identity(person="noa-2", platform="slack", user="UNOA2"))
    with pytest.raises(TruelineError, match=r'called "Noa": noa \(noa@acme.example\), noa-2 \(no e-mail address\)'):
        privacy.find(store, who="Noa")
    with pytest.raises(NotFound, match='nobody with the id, e-mail address or name "No"'):
        privacy.find(store, who="No")
    assert privacy.find(store, who="noa").id == "noa", "an id is meant before a name"
