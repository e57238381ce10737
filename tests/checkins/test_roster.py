"""Who arrives, who is linked, who may do what."""

from dataclasses import replace

import pytest

from checkins import roster
from checkins.errors import BadForm, NotAllowed
from checkins.ports import Store
from checkins.roster import Profile
from tests.acme import settle_in


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def profile(user: str, name: str = "Somebody", **details: object) -> Profile:
    return Profile(platform="slack", user=user, name=name, **details)  # type: ignore[arg-type]


def test_a_stranger_becomes_a_person_once(acme: Store) -> None:
    first = roster.arrive(acme, profile("UNEW", "Dara", zone="Asia/Tokyo", email="dara@acme.example"))
    again = roster.arrive(acme, profile("UNEW", "Dara", zone="Europe/Paris", email="dara@acme.example"))
    assert (first.id, first.zone, again.zone) == (again.id, "Asia/Tokyo", "Europe/Paris")


def test_an_imported_person_is_linked_by_e_mail_and_never_by_name(acme: Store) -> None:
    assert roster.arrive(acme, profile("UNOA2", "Noa")).id != "noa"
    assert roster.arrive(acme, profile("UNOA", "N. Levi", email="Noa@Acme.example")).id == "noa"


def test_bots_and_guests_do_not_arrive(acme: Store) -> None:
    with pytest.raises(NotAllowed, match="full members"):
        roster.arrive(acme, profile("UBOT", member=False))


def test_connecting_links_imported_people_and_adds_nobody(acme: Store) -> None:
    with acme.snapshot() as tx:
        before = len(tx.people.all())
    everybody = [profile("UNOA", email="noa@acme.example"), profile("UX", email="x@acme.example"), profile("UBEN")]
    assert roster.connect(acme, everybody) == 1
    assert roster.connect(acme, everybody) == 0
    with acme.snapshot() as tx:
        assert len(tx.people.all()) == before
        assert tx.people.identity("noa", "slack") is not None


def test_who_is_deactivated_is_asked_no_more(acme: Store) -> None:
    roster.follow(acme, profile("UBEN", member=False))
    with acme.snapshot() as tx:
        assert not tx.people.get("ben").active


def test_a_team_is_made_of_chat_accounts(acme: Store) -> None:
    members = [profile("UBEN"), profile("UDARA", "Dara"), profile("UBOT", member=False)]
    team = roster.add_team(
        acme, actor="ada", name="  Sales & Söhne ", members=members, leads=[profile("UDARA", "Dara")]
    )
    with acme.snapshot() as tx:
        dara = tx.people.by_identity("slack", "UDARA")
        assert dara is not None
        assert (team.id, team.name, team.added_by) == ("sales-sohne", "Sales & Söhne", "ada")
        assert (team.members, team.leads) == (("ben", dara.id), (dara.id,))
        assert dara.home_team == "sales-sohne"
        assert tx.people.get("ben").home_team == "growth"  # the first home stays


@pytest.mark.parametrize(
    ("name", "users", "fields"),
    [
        ("", ["UX"], {"name"}),
        ("growth", ["UX"], {"name"}),
        ("x" * 61, ["UX"], {"name"}),
        ("Ops", [], {"members"}),
        (" ", [], {"name", "members"}),
    ],
)
def test_every_problem_of_a_team_is_said_at_its_field(
    acme: Store, name: str, users: list[str], fields: set[str]
) -> None:
    with pytest.raises(BadForm) as refused:
        roster.add_team(acme, actor="ada", name=name, members=[profile(user) for user in users], leads=[])
    assert set(refused.value.problems) == fields


def test_only_admins_make_teams(acme: Store) -> None:
    with pytest.raises(NotAllowed, match="Ask Ada"):
        roster.add_team(acme, actor="ben", name="Ops", members=[profile("UX")], leads=[])


def test_leads_lead_the_teams_below(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), parent="growth"))
    with acme.snapshot() as tx:
        assert roster.leads_team(tx, "ben", "platform")
        assert not roster.leads_team(tx, "kiri", "platform")
        roster.require_lead(tx, "ben", tx.teams.get("platform"))
        with pytest.raises(NotAllowed, match="Ask Ben"):
            roster.require_lead(tx, "cleo", tx.teams.get("growth"))
