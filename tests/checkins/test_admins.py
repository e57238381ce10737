"""Admins named in chat; somebody always is one."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from checkins import accounts, admins, privacy
from checkins.errors import NotAllowed, NotFound, TruelineError
from checkins.ports import Store
from checkins.roster import Profile
from tests.acme import settle_in
from tests.storage.watching import together

BEN = Profile(platform="slack", user="UBEN", name="Ben")


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def names(store: Store) -> list[str]:
    with store.snapshot() as tx:
        return [admin.name for admin in tx.people.admins()]


def test_an_admin_names_another_and_either_may_go(acme: Store) -> None:
    admins.name_admin(acme, actor="ada", profile=BEN)
    assert names(acme) == ["Ada", "Ben"]
    admins.remove_admin(acme, actor="ben", person="ada", profile=None)
    assert names(acme) == ["Ben"]


def test_somebody_new_may_be_named_and_somebody_erased(acme: Store) -> None:
    admins.name_admin(acme, actor="ada", profile=replace(BEN, user="UNEW", name="Dara"))
    privacy.erase_own(acme, platform="slack", user="UBEN")
    named = admins.name_admin(acme, actor="ada", profile=BEN)
    assert (named.name, named.home_team) == ("Ben", None)
    assert set(names(acme)) == {"Ada", "Ben", "Dara"}


def test_only_admins_name_and_remove_and_only_full_members_are_named(acme: Store) -> None:
    with pytest.raises(NotAllowed, match="Ask Ada"):
        admins.name_admin(acme, actor="ben", profile=BEN)
    with pytest.raises(NotAllowed, match="Ask Ada"):
        admins.remove_admin(acme, actor="ben", person="ada", profile=None)
    with pytest.raises(NotAllowed, match="full members"):
        admins.name_admin(acme, actor="ada", profile=replace(BEN, member=False))


def test_the_last_one_stays(acme: Store) -> None:
    with pytest.raises(NotAllowed, match="Ada is the only admin"):
        admins.remove_admin(acme, actor="ada", person="ada", profile=None)
    admins.remove_admin(acme, actor="ada", person="ben", profile=None)
    assert names(acme) == ["Ada"]


def test_an_admin_by_account_is_changed_there(acme: Store) -> None:
    admins.name_admin(acme, actor="ada", profile=BEN)
    with pytest.raises(TruelineError, match=r"Ben is an admin or owner of the Slack workspace.*Change it there"):
        admins.remove_admin(acme, actor="ada", person="ben", profile=replace(BEN, admin=True))


def remove(store: Store, actor: str, other: str) -> None:
    admins.remove_admin(store, actor=actor, person=other, profile=None)


def erase(store: Store, actor: str, _: str) -> None:
    privacy.erase_own(store, platform="slack", user=f"U{actor.upper()}")


@pytest.mark.parametrize("jobs", [(remove, remove), (erase, erase), (remove, erase)])
def test_of_two_who_go_at_once_one_stays(acme: Store, jobs: tuple[Callable[[Store, str, str], None], ...]) -> None:
    admins.name_admin(acme, actor="ada", profile=BEN)
    pairs = (("ada", "ben"), ("ben", "ada"))

    def go(number: int) -> None:
        with suppress(NotAllowed, NotFound):
            jobs[number](acme, *pairs[number])

    together(go, threads=2)
    assert len(names(acme)) == 1


def test_naming_twice_changes_nothing(acme: Store) -> None:
    for _ in range(2):
        admins.name_admin(acme, actor="ada", profile=BEN)
    accounts.arrive(acme, BEN)
    assert names(acme) == ["Ada", "Ben"]
