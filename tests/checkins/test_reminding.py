"""Reminders: how many, when, and when not; pausing; rounds and reminders in any zone and on any calendar."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from checkins import answering, deliveries, reminding, rounds
from checkins.absences import TimeOff, time_off
from checkins.agenda import agenda
from checkins.errors import BadForm, NotAllowed, TruelineError
from checkins.model import Absence, Cadence, Delivery, DeliveryKind, Identity, MessageRef, Person, PromptState, Team
from checkins.ports import Store
from checkins.workdays import BEGIN, END
from tests.acme import MONDAY, prompt_of, schedule_mondays, settle_in, work
from tests.checkins.test_cadence import ZONES
from tests.databases import sqlite_store

BERLIN = datetime(2026, 9, 14, 7, 30, tzinfo=UTC)  # Monday, 09:30 in Berlin
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
AUTUMN = date(2026, 8, 1), date(2026, 12, 1)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store, reminders=2)
    return store


def send(store: Store, now: datetime) -> list[Delivery]:
    due = deliveries.claim(store, now=now, lease=timedelta(minutes=2), limit=50)
    for number, delivery in enumerate(due):
        deliveries.sent(store, delivery, MessageRef(channel=f"D-{delivery.person}", id=f"{now:%d%H%M}.{number}"))
    return due


def play(store: Store, until: datetime) -> list[tuple[datetime, Delivery]]:
    """What goes out, and when, while everything happens at the instant it falls due."""
    gone: list[tuple[datetime, Delivery]] = []
    while (now := agenda(store).next) and now <= until:
        for job in (rounds.open_due_rounds, reminding.remind_due, rounds.close_due_rounds):
            job(store, now=now)
        gone += [(now, delivery) for delivery in send(store, now)]
        assert len(gone) < 100
    return gone


def reminded(store: Store, person: str = "ben", *, until: datetime = BERLIN + 3 * DAY) -> list[datetime]:
    """When somebody is reminded."""
    gone = play(store, until)
    return [now for now, delivery in gone if delivery.kind is DeliveryKind.REMINDER and delivery.person == person]


def settle(store: Store, *, team: int | None = None, person: int | None = None) -> None:
    reminding.set_team_reminders(store, actor="ada", team="growth", count=team)
    reminding.set_own_reminders(store, actor="ben", count=person)


@pytest.mark.parametrize(
    ("team", "person", "count"),
    [(None, None, 2), (0, None, 0), (1, None, 1), (2, 1, 1), (2, 0, 0), (1, 2, 1), (0, 2, 0)],
)
def test_the_team_says_how_many_and_a_person_may_have_fewer(
    acme: Store, team: int | None, person: int | None, count: int
) -> None:
    settle(acme, team=team, person=person)
    assert len(reminded(acme)) == count


def test_the_first_comes_after_a_day_and_the_last_before_the_window_closes(acme: Store) -> None:
    assert reminded(acme) == [BERLIN + 24 * HOUR, BERLIN + 2 * DAY - HOUR / 2]


def test_a_wish_for_fewer_counts_at_once(acme: Store) -> None:
    play(acme, BERLIN)
    settle(acme, person=0)
    assert reminded(acme) == []


def test_none_after_an_answer_or_a_skip(acme: Store) -> None:
    now = BERLIN + 7 * HOUR
    play(acme, now)
    answering.submit(acme, actor="ben", prompt=prompt_of(acme, "ben").id, draft=work(), now=now)
    answering.skip(acme, actor="cleo", prompt=prompt_of(acme, "cleo").id, now=now)
    gone = play(acme, BERLIN + 3 * DAY)
    assert {d.person for _, d in gone if d.kind is DeliveryKind.REMINDER} == {"kiri"}


def test_none_at_night_after_an_outage(acme: Store) -> None:
    play(acme, BERLIN)
    night = datetime(2026, 9, 15, 20, 0, tzinfo=UTC)  # 22:00 in Berlin
    reminding.remind_due(acme, now=night)
    assert reminded(acme) == [datetime(2026, 9, 16, 7, 0, tzinfo=UTC)]


def test_none_on_a_day_off_within_the_window(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.absences.replace("ben", [Absence(person="ben", first=date(2026, 9, 15), last=date(2026, 9, 15))])
    assert reminded(acme) == [datetime(2026, 9, 16, 7, 0, tzinfo=UTC)]


def test_none_where_no_working_hour_is_left_in_the_window(store: Store) -> None:
    settle_in(store)
    rounds.set_schedule(store, actor="ada", weekday=4, at=time(9, 30), cadence=Cadence.WEEKLY, reminders=2, now=MONDAY)
    assert reminded(store, until=BERLIN) == []  # asked on a Friday, closed on Sunday


def test_later_is_when_the_person_said_and_counts_as_a_reminder(acme: Store) -> None:
    settle(acme, team=1)
    afternoon = BERLIN + 8 * HOUR
    play(acme, afternoon)
    evening = answering.later(acme, actor="ben", prompt=prompt_of(acme, "ben").id, now=afternoon)
    assert evening == BERLIN + 11 * HOUR  # half past eight
    assert reminded(acme) == [evening]


def test_later_works_where_there_are_no_reminders(acme: Store) -> None:
    settle(acme, team=0)
    play(acme, BERLIN)
    again = answering.later(acme, actor="ben", prompt=prompt_of(acme, "ben").id, now=BERLIN)
    assert reminded(acme) == [again]


def test_only_leads_and_admins_say_it_for_a_team_and_two_are_the_most(acme: Store) -> None:
    with pytest.raises(NotAllowed):
        reminding.set_team_reminders(acme, actor="cleo", team="growth", count=0)
    assert reminding.set_team_reminders(acme, actor="ben", team="growth", count=0).reminders == 0
    with pytest.raises(TruelineError, match="0, 1 or 2 reminders, not 3"):
        reminding.set_own_reminders(acme, actor="ben", count=3)


def test_who_pauses_is_asked_no_more_until_resumed(acme: Store) -> None:
    play(acme, BERLIN)
    reminding.pause(acme, actor="ben", now=BERLIN)
    assert prompt_of(acme, "ben").state is PromptState.AWAY
    rounds.open_due_rounds(acme, now=BERLIN + WEEK)
    assert prompt_of(acme, "ben").due_at == BERLIN
    reminding.resume(acme, actor="ben", now=BERLIN + WEEK)
    rounds.open_due_rounds(acme, now=BERLIN + 2 * WEEK)
    assert prompt_of(acme, "ben").due_at == BERLIN + 2 * WEEK


def weeks_of_silence(store: Store, weeks: range) -> list[Delivery]:
    """Notices that go out while nobody answers."""
    gone = []
    for week in weeks:
        start = BERLIN + week * WEEK
        rounds.open_due_rounds(store, now=start + 6 * HOUR)
        send(store, start + 6 * HOUR)
        rounds.close_due_rounds(store, now=start + 60 * HOUR)
        gone += send(store, start + 80 * HOUR)
    return [delivery for delivery in gone if delivery.kind is DeliveryKind.NOTICE]


def test_after_three_silent_rounds_the_bot_asks_once_and_then_is_silent(acme: Store) -> None:
    assert weeks_of_silence(acme, range(2)) == []
    (to_ben,) = (notice for notice in weeks_of_silence(acme, range(2, 3)) if notice.person == "ben")
    assert "Shall I pause?" in to_ben.body["text"]
    assert weeks_of_silence(acme, range(3, 8)) == []
    assert prompt_of(acme, "ben").due_at == BERLIN + 2 * WEEK


def test_rounds_that_one_was_away_from_neither_count_nor_break_the_row(acme: Store) -> None:
    week = (BERLIN + WEEK).date()
    with acme.transaction() as tx:
        tx.absences.replace("ben", [Absence(person="ben", first=week, last=week)])
    asked = [notice.person for notice in weeks_of_silence(acme, range(3))]
    assert sorted(asked) == ["cleo", "kiri"]
    assert [notice.person for notice in weeks_of_silence(acme, range(3, 4))] == ["ben"]


def test_an_answer_ends_the_pause_and_the_row_begins_anew(acme: Store) -> None:
    weeks_of_silence(acme, range(3))
    now = BERLIN + 3 * WEEK - 24 * HOUR
    answering.submit(acme, actor="ben", prompt=prompt_of(acme, "ben").id, draft=work(), now=now)
    reminding.resume(acme, actor="cleo", now=now)
    assert weeks_of_silence(acme, range(3, 5)) == []
    assert prompt_of(acme, "ben").due_at == BERLIN + 4 * WEEK
    assert sorted(notice.person or "" for notice in weeks_of_silence(acme, range(5, 6))) == ["ben", "cleo"]


def test_the_question_whether_to_pause_comes_in_working_hours(acme: Store) -> None:
    weeks_of_silence(acme, range(2))
    rounds.open_due_rounds(acme, now=BERLIN + 2 * WEEK + 6 * HOUR)
    send(acme, BERLIN + 2 * WEEK + 6 * HOUR)
    night = BERLIN + 2 * WEEK + 61 * HOUR  # half past ten in the evening
    rounds.close_due_rounds(acme, now=night)
    with acme.snapshot() as tx:
        (notice,) = tx.outbox.about("ben", DeliveryKind.NOTICE)
    assert notice.not_before == datetime(2026, 10, 1, 7, 0, tzinfo=UTC)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Person, Absence]:
    """Somebody somewhere who is away for some time."""
    person = Person(
        id="ann",
        name="Ann",
        home_team="growth",
        zone=draw(st.sampled_from(ZONES)),
        country=draw(st.sampled_from([None, "DE", "US", "IN", "IL", "JP"])),
        reminders=draw(st.sampled_from([None, 0, 1, 2])),
    )
    first = date(2026, 9, 1) + draw(st.integers(0, 40)) * DAY
    return person, Absence(person=person.id, first=first, last=first + draw(st.integers(0, 12)) * DAY)


@settings(max_examples=20, deadline=None)
@given(
    calendar=calendars(),
    weekday=st.integers(0, 4),
    at=st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)),
    cadence=st.sampled_from(Cadence),
    team=st.sampled_from([None, 0, 1, 2]),
)
def test_on_any_calendar_each_date_has_one_round_and_nobody_is_bothered(
    calendar: tuple[Person, Absence], weekday: int, at: time, cadence: Cadence, team: int | None
) -> None:
    person, absence = calendar
    with TemporaryDirectory() as folder:
        store = sqlite_store(Path(folder) / "trueline.db")
        _furnish(store, person, absence, team=team)
        try:
            rounds.set_schedule(store, actor="ada", weekday=weekday, at=at, cadence=cadence, reminders=2, now=MONDAY)
        except BadForm:
            reject()  # a weekend where they live
        gone = play(store, MONDAY + 37 * DAY)
        with store.snapshot() as tx:
            off = time_off(tx, *AUTUMN)
            dates = [round_.date for round_ in tx.rounds.between(*AUTUMN)]
    assert dates == sorted(set(dates))
    assert all(day.weekday() == weekday for day in dates)
    _check_quiet(gone, person, off, limit=min(count for count in (2, team, person.reminders) if count is not None))


def _check_quiet(gone: list[tuple[datetime, Delivery]], person: Person, off: TimeOff, *, limit: int) -> None:
    reminders = Counter(delivery.subject for _, delivery in gone if delivery.kind is DeliveryKind.REMINDER)
    assert all(count <= limit for count in reminders.values())
    for now, delivery in gone:
        local = now.astimezone(ZoneInfo(off.zone_of(person)))
        if delivery.kind is not DeliveryKind.CLOSED:  # which changes a message and is none
            assert not off.is_off(person, local.date())
        if delivery.kind in (DeliveryKind.REMINDER, DeliveryKind.NOTICE):
            assert BEGIN <= local.time() < END


def _furnish(store: Store, person: Person, absence: Absence, *, team: int | None) -> None:
    with store.transaction() as tx:
        tx.people.save(person, Person(id="ada", name="Ada", admin=True))
        tx.teams.save(Team(id="growth", name="Growth", members=(person.id,), reminders=team))
        tx.people.save_identity(Identity(person=person.id, platform="slack", user="U1"))
        tx.absences.replace(person.id, [absence])
