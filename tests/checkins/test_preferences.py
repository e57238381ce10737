"""What people choose about being asked: their country, their home team, and all of it at a glance."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import absences, preferences, reminding, rounds, zones
from checkins.errors import NotAllowed, NotFound, TruelineError
from checkins.model import PromptState
from checkins.ports import Store
from checkins.workdays import country_names, country_of, is_day_off
from tests.acme import MONDAY, day, prompt_of, schedule_mondays, settle_in

NEXT_MONDAY = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)  # everybody's 09:30 has come


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store)
    return store


def join_platform(store: Store, person: str = "ben") -> None:
    """A second team for somebody."""
    with store.transaction() as tx:
        platform = tx.teams.get("platform")
        tx.teams.save(replace(platform, members=(*platform.members, person)))


def test_what_holds_without_a_word(acme: Store) -> None:
    found = preferences.mine(acme, actor="ben", now=MONDAY, then=NEXT_MONDAY)
    assert (found.zone, found.country, found.reminders, found.off_then) == ("Europe/Berlin", "DE", 1, False)
    assert [team.id for team in found.teams] == ["growth"]
    assert (found.absences, found.today) == ((), day(7))
    nobody = preferences.mine(acme, actor="ada", now=MONDAY)
    assert (nobody.teams, nobody.reminders, nobody.off_then) == ((), None, False)
    assert preferences.mine(acme, actor="noa", now=MONDAY).zone == "UTC", "the workspace's"


def test_what_holds_after_some_choices(acme: Store) -> None:
    reminding.set_team_reminders(acme, actor="ada", team="growth", count=2)
    reminding.set_own_reminders(acme, actor="ben", count=0)
    zones.choose_zone(acme, actor="ben", zone="Pacific/Kiritimati", now=MONDAY)
    absences.set_absence(acme, actor="ben", person="ben", typed="2026-09-14..2026-09-18", now=MONDAY)
    found = preferences.mine(acme, actor="ben", now=datetime(2026, 9, 13, 12, tzinfo=UTC), then=NEXT_MONDAY)
    assert (found.country, found.reminders, found.person.reminders) == ("KI", 2, 0)
    assert (found.today, found.off_then) == (day(14), True)
    assert [(a.first, a.last) for a in found.absences] == [(day(14), day(18))]


@pytest.mark.parametrize(
    ("said", "code"), [("DE", "DE"), ("de", "DE"), (" Germany ", "DE"), ("uk", "GB"), ("United States", "US")]
)
def test_a_country_is_known_by_code_and_by_name(acme: Store, said: str, code: str) -> None:
    assert preferences.set_country(acme, actor="ben", country=said).country == code
    assert preferences.set_country(acme, actor="ben", country=None).country is None


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("Germny", "I know no country “Germny”. Did you mean Germany (DE)?"),
        ("qqqqqq", "Write a code like DE or a name like Germany."),
        ("", "I know no country “”."),
    ],
)
def test_an_unknown_country_gets_the_nearest(acme: Store, said: str, says: str) -> None:
    with pytest.raises(TruelineError) as refused:
        preferences.set_country(acme, actor="ben", country=said)
    assert says in str(refused.value)


def test_the_chosen_country_decides_whose_holidays_count(acme: Store) -> None:
    labour_day = datetime(2026, 9, 7, 13, 30, tzinfo=UTC)
    preferences.set_country(acme, actor="ben", country="US")
    assert preferences.mine(acme, actor="ben", now=MONDAY, then=labour_day).off_then
    with acme.transaction() as tx:
        (schedule,) = tx.rounds.schedules()
        tx.rounds.save_schedule(replace(schedule, next_date=day(7), next_at=MONDAY))
    rounds.open_due_rounds(acme, now=labour_day)
    assert prompt_of(acme, "ben").state is PromptState.AWAY


def test_every_country_has_a_name_and_a_calendar() -> None:
    names = country_names()
    assert names["DE"] == "Germany"
    assert len(names) > 240
    for zone in ("Europe/Berlin", "America/La_Paz", "Pacific/Kiritimati", "US/Eastern"):
        assert country_of(zone) in names
    days = [date(2026, month, number) for month in (1, 5, 12) for number in (1, 25, 26)]
    assert sum(any(is_day_off(each, country=code) for each in days) for code in names) == len(names)


@given(st.text(max_size=12))
def test_searching_a_country_never_fails_and_finds_what_was_typed(text: str) -> None:
    found = preferences.countries_like(text)
    assert len(set(found)) == len(found)
    assert set(found) <= country_names().keys()


def test_the_home_team_is_one_that_the_person_is_in(acme: Store) -> None:
    join_platform(acme)
    assert preferences.set_home_team(acme, actor="ben", team="platform").home_team == "platform"
    rounds.open_due_rounds(acme, now=NEXT_MONDAY)
    assert prompt_of(acme, "ben").team == "platform"
    assert preferences.set_home_team_called(acme, actor="ben", name="  GROWTH ").home_team == "growth"
    assert prompt_of(acme, "ben").team == "platform", "a check-in that was asked stays where it was"


def test_a_team_of_others_is_refused(acme: Store) -> None:
    with pytest.raises(NotAllowed, match=r"You are not a member of Platform\. You are in Growth\."):
        preferences.set_home_team(acme, actor="ben", team="platform")
    with pytest.raises(NotAllowed, match="Its lead or an admin can add you"):
        preferences.set_home_team(acme, actor="ada", team="growth")
    with pytest.raises(NotFound, match=r"There is no team called “Grwth”\. Did you mean Growth\?"):
        preferences.set_home_team_called(acme, actor="ben", name="Grwth")
    with pytest.raises(NotFound, match="`/align teams` lists them"):
        preferences.set_home_team_called(acme, actor="ben", name="qqqq")
    with pytest.raises(NotFound):
        preferences.set_home_team(acme, actor="ben", team="gone")


def test_an_archived_team_is_no_home(acme: Store) -> None:
    join_platform(acme)
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), archived=True))
    with pytest.raises(NotAllowed):
        preferences.set_home_team(acme, actor="ben", team="platform")
    assert [team.id for team in preferences.mine(acme, actor="ben", now=MONDAY).teams] == ["growth"]


def test_a_schedule_for_some_teams_opens_in_time_for_whoever_joins_it(acme: Store) -> None:
    join_platform(acme, "cleo")
    with acme.transaction() as tx:
        (schedule,) = tx.rounds.schedules()
        tx.rounds.save_schedule(replace(schedule, teams=("growth",)))
    zones.choose_zone(acme, actor="cleo", zone="Asia/Tokyo", now=MONDAY)
    preferences.set_home_team(acme, actor="cleo", team="platform")
    with acme.snapshot() as tx:
        (schedule,) = tx.rounds.schedules()
    assert schedule.next_at == datetime(2026, 9, 14, 7, 30, tzinfo=UTC), "only Ben is asked, in Berlin"
