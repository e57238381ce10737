"""People without a chat account: an account proposed for each, linked by an admin, never by name alone."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain

import pytest

from checkins import absences, accounts, admins, answering, goal_updates, linking_people, privacy, rounds, setup
from checkins.errors import NotAllowed, TruelineError
from checkins.linking_people import PAGE
from checkins.model import LinkedWork, Person
from checkins.ports import Store
from checkins.roster import Profile
from tests.acme import ASKED, MONDAY, day, prompt_of, schedule_mondays, settle_in, work

WEEK = timedelta(weeks=1)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def profile(user: str, name: str = "Somebody", **details: object) -> Profile:
    return Profile(platform="slack", user=user, name=name, **details)  # type: ignore[arg-type]


NOA = profile("UNOA", "Noa Levi", email="n.levi@elsewhere.example", zone="Asia/Tokyo")


def shown(store: Store, *profiles: Profile, page: int = 0) -> linking_people.People:
    return linking_people.people(store, actor="ada", platform="slack", profiles=profiles, page=page)


def proposal(store: Store, person: Person, *profiles: Profile) -> str | None:
    """The account proposed for somebody new without one."""
    with store.transaction() as tx:
        tx.people.save(replace(person, home_team="growth"))
    (found,) = [one for one in shown(store, *profiles).unlinked if one.person.id == person.id]
    return found.proposal.user if found.proposal else None


ADA = profile("U1", "ada.l", email="ada.lovelace@acme.example")
ANN = profile("U2", "Anna Berg", email="anna@acme.example")
ZOE = profile("U3", "Zoë Müller")


@pytest.mark.parametrize(
    ("name", "email", "user"),
    [
        ("Ada Lovelace", None, "U1"),
        ("Lovelace, Ada", None, "U1"),
        ("A. L.", "Ada_Lovelace@old.example", "U1"),
        ("Ana Berg", None, "U2"),
        ("Anna", "anna@old.example", "U2"),
        ("ZOE MULLER", None, "U3"),
        ("Ben Ode", None, None),
        ("渡辺", None, None),
        ("!", "", None),
    ],
)
def test_the_account_with_the_nearest_name_or_address_is_proposed(
    acme: Store, name: str, email: str | None, user: str | None
) -> None:
    assert proposal(acme, Person(id="new", name=name, email=email), ADA, ANN, ZOE) == user


def test_accounts_that_are_taken_or_no_full_members_or_erased_are_not_proposed(acme: Store) -> None:
    wanted = Person(id="new", name="Ben")
    ben = profile("UBEN", "Ben")
    assert proposal(acme, wanted, ben) is None
    privacy.erase_own(acme, platform="slack", user="UBEN")
    assert proposal(acme, wanted, ben) is None
    assert proposal(acme, wanted, profile("UX", "Ben", member=False)) is None
    assert proposal(acme, wanted, profile("UX", "Ben")) == "UX"


def test_whoever_is_in_a_team_is_listed_and_counted(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.people.save(Person(id="idle", name="Idle"), Person(id="left", name="Left", home_team="growth", active=False))
        tx.people.save(Person(id="lead", name="Lead"))
        tx.teams.save(replace(tx.teams.get("growth"), leads=("ben", "lead")))
    state = shown(acme)
    assert [one.person.id for one in state.unlinked] == ["lead", "noa"]
    assert setup.checklist(acme, actor="ada").unlinked == state.total == 2


def test_long_lists_have_pages(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.people.save(*(Person(id=f"p{n}", name=f"Person {n:03}", home_team="growth") for n in range(24)))
    pages = [[one.person.name for one in shown(acme, page=page).unlinked] for page in range(3)]
    assert [len(page) for page in pages] == [PAGE, PAGE, 5]
    assert list(chain.from_iterable(pages)) == ["Noa", *(f"Person {n:03}" for n in range(24))]
    assert [shown(acme, page=page).page for page in (-1, 9)] == [0, 2], "there is no other page"
    assert shown(acme).pages == 3


def test_who_is_linked_is_asked_in_time_from_the_next_round_on(acme: Store) -> None:
    schedule_mondays(acme)
    with acme.transaction() as tx:
        tx.people.save(replace(tx.people.get("kiri"), active=False))
        tx.people.save(replace(tx.people.get("noa"), zone=None))
    rounds.open_due_rounds(acme, now=ASKED + WEEK)
    linked = linking_people.link(acme, actor="ada", person="noa", profile=NOA, now=MONDAY)
    assert (linked.name, linked.email, linked.zone) == ("Noa", "noa@acme.example", "Asia/Tokyo")
    assert shown(acme).total == 0
    rounds.open_due_rounds(acme, now=ASKED + 2 * WEEK - timedelta(hours=7))
    assert prompt_of(acme, "noa").due_at == ASKED + 2 * WEEK - timedelta(hours=7), "09:30 in Tokyo"
    assert linking_people.link(acme, actor="ada", person="noa", profile=NOA, now=MONDAY) == linked, "a second click"


def test_only_admins_look_and_link(acme: Store) -> None:
    with pytest.raises(NotAllowed, match="Ask Ada"):
        linking_people.people(acme, actor="ben", platform="slack", profiles=[])
    with pytest.raises(NotAllowed, match="Ask Ada"):
        linking_people.link(acme, actor="ben", person="noa", profile=NOA, now=MONDAY)
    with pytest.raises(NotAllowed, match="full members"):
        linking_people.link(acme, actor="ada", person="noa", profile=replace(NOA, member=False), now=MONDAY)


def test_nobody_gets_somebody_elses_account(acme: Store) -> None:
    with pytest.raises(TruelineError, match=r"This account is Ben's already"):
        linking_people.link(acme, actor="ada", person="noa", profile=profile("UBEN"), now=MONDAY)
    linking_people.link(acme, actor="ada", person="noa", profile=NOA, now=MONDAY)
    with pytest.raises(TruelineError, match="Noa has another account already"):
        linking_people.link(acme, actor="ada", person="noa", profile=profile("UX"), now=MONDAY)


def test_who_was_put_in_a_team_stays_somebody_else(acme: Store) -> None:
    arrived = accounts.arrive(acme, NOA)
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("growth"), members=("ben", arrived.id)))
    with pytest.raises(TruelineError, match="This account is Noa Levi's already"):
        linking_people.link(acme, actor="ada", person="noa", profile=NOA, now=MONDAY)


def test_who_came_by_themselves_becomes_the_person_of_the_document(acme: Store) -> None:
    arrived = accounts.arrive(acme, NOA)
    absences.set_absence(acme, actor=arrived.id, person=arrived.id, typed="2026-09-10", now=MONDAY)
    admins.name_admin(acme, actor="ada", profile=NOA)
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), added_by=arrived.id))
        tx.goals.save(replace(tx.goals.get("speed"), owner=arrived.id))
        tx.linked.save(LinkedWork(id="l", person=arrived.id, text="Work", goal=None, link="", at=MONDAY))
    goal_updates.post_update(acme, actor=arrived.id, goal="speed", text="Half way", value="", now=MONDAY)
    linked = linking_people.link(acme, actor="ada", person="noa", profile=NOA, now=MONDAY)
    assert (linked.id, linked.name, linked.admin, linked.home_team) == ("noa", "Noa", True, "platform")
    with acme.snapshot() as tx:
        assert tx.people.by_identity("slack", "UNOA") == linked
        assert tx.people.find(arrived.id) is None
        assert (tx.teams.get("platform").added_by, tx.goals.get("speed").owner) == ("noa", "noa")
        assert [one.first for one in tx.absences.of("noa")] == [day(10)]
        assert [one.text for one in tx.linked.of("noa")] == ["Work"]
        assert [(update.person, update.text) for update in tx.goal_log.updates("speed")] == [("noa", "Half way")]
        (change,) = tx.goal_log.changes("speed")
        assert (change.what, change.before, change.after, change.person) == ("owner", "…", "noa", "ada")
    assert not accounts.is_erased(acme, platform="slack", user="UNOA")


@pytest.mark.parametrize("answered", [True, False])
def test_the_answers_of_two_are_not_put_together(acme: Store, answered: bool) -> None:
    arrived = accounts.arrive(acme, NOA)
    with acme.transaction() as tx:
        tx.people.save(replace(arrived, home_team="growth"))
    schedule_mondays(acme)
    rounds.open_due_rounds(acme, now=ASKED + WEEK)
    if answered:
        prompt = prompt_of(acme, arrived.id).id
        answering.submit(acme, actor=arrived.id, prompt=prompt, draft=work(), now=ASKED + WEEK)
    with pytest.raises(TruelineError, match="what two people were asked is not put together"):
        linking_people.link(acme, actor="ada", person="noa", profile=NOA, now=MONDAY)


def test_an_erased_account_is_linked_only_when_an_admin_chooses_it(acme: Store) -> None:
    privacy.erase_own(acme, platform="slack", user="UBEN")
    linking_people.link(acme, actor="ada", person="noa", profile=profile("UBEN"), now=MONDAY)
    assert not accounts.is_erased(acme, platform="slack", user="UBEN")


def test_admins_by_their_account_are_marked(acme: Store) -> None:
    admins.name_admin(acme, actor="ada", profile=profile("UBEN", "Ben"))
    state = shown(acme, profile("UADA", admin=True), profile("UBEN"))
    assert [(one.person.name, one.by_account) for one in state.admins] == [("Ada", True), ("Ben", False)]
