"""Absences: what can be typed, who may say it, and what it does to rounds that are open or to come."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import absences, answering, deliveries, reminding, rounds, watchdog
from checkins.errors import BadForm, NotAllowed, TruelineError
from checkins.model import Absence, Cadence, Delivery, DeliveryKind, DeliveryState, MessageRef, PromptState
from checkins.ports import Store
from tests.acme import MONDAY, day, prompt_of, schedule_mondays, settle_in, work

NEXT_MONDAY = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)  # everybody's 09:30 has come
EARLY, DAY = day(1), timedelta(days=1)
CHRISTMAS = (date(2026, 12, 20), date(2027, 1, 3))


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store)
    return store


def away(store: Store, typed: str, *, person: str = "ben", actor: str = "ben", now: datetime = MONDAY) -> list[Absence]:
    return absences.set_absence(store, actor=actor, person=person, typed=typed, now=now)


def sent(store: Store, now: datetime) -> list[Delivery]:
    """What goes out now, to whom."""
    due = deliveries.claim(store, now=now, lease=timedelta(minutes=2), limit=50)
    for number, delivery in enumerate(due):
        deliveries.sent(store, delivery, MessageRef(channel=f"D-{delivery.person}", id=f"{now:%d%H%M}.{number}"))
    return due


def days(absences: list[Absence]) -> set[date]:
    return {a.first + timedelta(days=n) for a in absences for n in range((a.last - a.first).days + 1)}


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-12-20..2027-01-03", *CHRISTMAS),
        ("2026-12-20 to 2027-01-03", *CHRISTMAS),
        ("2026-12-20 – 2027-01-03", *CHRISTMAS),
        ("2026-12-24", date(2026, 12, 24), date(2026, 12, 24)),
        ("until 2026-09-11", day(7), day(11)),
        ("Today", day(7), day(7)),
        ("tomorrow", day(8), day(8)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, first: date, last: date) -> None:
    assert absences.parse(typed, today=day(7)) == (first, last)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2026-02-30", "There is no 2026-02-30 in the calendar."),
        ("2027-01-03..2026-12-20", "That runs backwards: the last day, 2026-12-20, is before the first, 2027-01-03."),
        ("2026-08-01..2026-08-07", "2026-08-07 is over already."),
        ("2026-10-01..2027-10-03", "That is more than a year."),
        ("9999-12-31", "9999-12-31 is too far away. Choose days up to 2028-09-08."),
        ("next week", "“next week” is no day I can read. Write days like 2026-12-20..2027-01-03"),
        ("until whenever", "“whenever” is no day"),
        ("2026-12-20..", "is no day"),
        ("9999-12-31..9999-12-32", "There is no 9999-12-32"),
    ],
)
def test_days_that_make_no_sense_are_refused_with_a_remedy(acme: Store, typed: str, says: str) -> None:
    with pytest.raises(TruelineError, match=says.replace(".", r"\.")):
        away(acme, typed)
    assert absences.absences_of(acme, actor="ben", person="ben", now=MONDAY) == []


def test_absences_that_touch_are_one(acme: Store) -> None:
    away(acme, "2026-10-05..2026-10-09")
    away(acme, "2026-10-20")
    noted = away(acme, "2026-10-08..2026-10-12")
    assert [(a.first, a.last) for a in noted] == [
        (date(2026, 10, 5), date(2026, 10, 12)),
        (date(2026, 10, 20), date(2026, 10, 20)),
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
            lambda drawn: Absence(
                person="ann",
                first=day(1) + timedelta(days=drawn[0]),
                last=day(1) + timedelta(days=sum(drawn)),
            )
        )
    )
)
def test_merging_keeps_every_day_and_leaves_gaps(given_: list[Absence]) -> None:
    whole = absences.merged(given_)
    assert days(whole) == days(given_)
    assert all(one.last + timedelta(days=1) < other.first for one, other in pairwise(whole))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=5), st.integers(0, 70), st.integers(0, 20))
def test_taking_days_out_leaves_every_other_day(noted: list[tuple[int, int]], start: int, length: int) -> None:
    spans = [(EARLY + n * DAY, EARLY + (n + more) * DAY) for n, more in noted]
    whole = absences.merged(Absence(person="ann", first=first, last=last) for first, last in spans)
    first, last = EARLY + start * DAY, EARLY + (start + length) * DAY
    left = absences.without(whole, first, last)
    assert days(left) == {each for each in days(whole) if not first <= each <= last}
    assert absences.merged(left) == left


def test_removing_days_keeps_those_that_are_over_and_does_nothing_the_second_time(acme: Store) -> None:
    away(acme, "2026-09-07..2026-09-20")
    away(acme, "2026-10-05")
    thursday = MONDAY + timedelta(days=3)
    for _ in range(2):
        left = absences.remove_absence(acme, actor="ben", person="ben", typed="2026-09-07..2026-09-20", now=thursday)
        assert [(a.first, a.last) for a in left] == [(date(2026, 10, 5), date(2026, 10, 5))]
    with acme.snapshot() as tx:
        assert tx.absences.of("ben")[0] == Absence(person="ben", first=day(7), last=day(9))
    absences.remove_absence(acme, actor="ben", person="ben", typed="2026-09-07", now=thursday)
    with acme.snapshot() as tx:
        assert tx.absences.of("ben")[0].first == day(7), "what is over stays"
    with pytest.raises(NotAllowed, match="Only Ben"):
        absences.remove_absence(acme, actor="kiri", person="ben", typed="2026-10-05", now=thursday)


def test_days_from_a_form_are_noted_as_typed_ones_are(acme: Store) -> None:
    def add(first: str, last: str = "") -> list[Absence]:
        return absences.add_own_absence(acme, actor="ben", first=first, last=last, now=MONDAY)

    assert [(a.first, a.last) for a in add("2026-12-20", "2027-01-03")] == [CHRISTMAS]
    assert [(a.first, a.last) for a in add("2026-09-14")] == [(day(14), day(14)), CHRISTMAS]
    for first, last, field in (("", "", "first"), ("2026-10-05", "2026-10-01", "last"), ("x", "", "first")):
        with pytest.raises(BadForm) as refused:
            add(first, last)
        assert refused.value.problems.keys() == {field}


def test_two_devices_may_note_the_same_days_at_once(acme: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(away, acme, f"2026-10-{5 + n // 2:02}") for n in range(8)]
    assert all(each.result() for each in done)
    assert [(a.first.day, a.last.day) for a in away(acme, "2026-10-05")] == [(5, 8)]


def test_a_person_a_lead_and_an_admin_may_say_it_and_nobody_else(acme: Store) -> None:
    for actor in ("cleo", "ben", "ada"):
        assert away(acme, "2026-10-05", person="cleo", actor=actor)
    for act in (absences.clear_absences, absences.absences_of):
        with pytest.raises(NotAllowed, match="Only Ben, their lead or an admin"):
            act(acme, actor="kiri", person="ben", now=MONDAY)
    with pytest.raises(NotAllowed, match="Only Ben"):
        away(acme, "2026-10-05", actor="kiri")


def test_who_is_away_is_not_asked_and_does_not_count_as_asked(acme: Store) -> None:
    away(acme, "2026-09-14..2026-09-18")
    assert rounds.open_due_rounds(acme, now=NEXT_MONDAY).prompts == 2
    assert sorted(d.person or "" for d in sent(acme, NEXT_MONDAY)) == ["cleo", "kiri"]
    prompt = prompt_of(acme, "ben")
    assert (prompt.state, prompt.remind_at) == (PromptState.AWAY, None)
    rounds.close_due_rounds(acme, now=NEXT_MONDAY + timedelta(days=3))
    assert prompt_of(acme, "ben").state is PromptState.AWAY
    with acme.snapshot() as tx:
        assert sorted(tx.history.asked(day(14), day(14)).person) == ["cleo", "kiri"]


def test_whoever_is_away_may_answer_all_the_same(acme: Store) -> None:
    away(acme, "2026-09-14")
    rounds.open_due_rounds(acme, now=NEXT_MONDAY)
    answering.submit(acme, actor="ben", prompt=prompt_of(acme, "ben").id, draft=work(), now=NEXT_MONDAY)
    assert prompt_of(acme, "ben").state is PromptState.ANSWERED


def test_a_public_holiday_is_a_day_off_and_the_round_does_not_move(acme: Store) -> None:
    labour_day = datetime(2026, 9, 7, 13, 30, tzinfo=UTC)
    with acme.transaction() as tx:
        tx.people.save(replace(tx.people.get("cleo"), zone="America/New_York"))
        (schedule,) = tx.rounds.schedules()
        tx.rounds.save_schedule(replace(schedule, next_date=day(7), next_at=MONDAY))
    assert rounds.open_due_rounds(acme, now=labour_day).prompts == 2
    assert prompt_of(acme, "cleo").state is PromptState.AWAY
    assert sorted(d.person or "" for d in sent(acme, labour_day)) == ["ben", "kiri"]
    with acme.snapshot() as tx:
        assert [round_.date for round_ in tx.rounds.between(day(1), day(30))] == [day(7)]


def test_the_country_in_the_profile_counts_more_than_the_zone(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.people.save(replace(tx.people.get("ben"), country="US"), replace(tx.people.get("cleo"), country="DE"))
        (schedule,) = tx.rounds.schedules()
        tx.rounds.save_schedule(replace(schedule, next_date=day(7), next_at=MONDAY))
    rounds.open_due_rounds(acme, now=datetime(2026, 9, 7, 13, 30, tzinfo=UTC))
    assert prompt_of(acme, "ben").state is PromptState.AWAY
    assert prompt_of(acme, "cleo").state is PromptState.PENDING


def test_a_round_on_everybodys_day_off_exists_and_asks_nobody(acme: Store) -> None:
    for person in ("ben", "cleo", "kiri"):
        away(acme, "2026-09-14", person=person, actor="ada")
    opened = rounds.open_due_rounds(acme, now=NEXT_MONDAY)
    assert (opened.rounds, opened.prompts) == (1, 0)
    assert sent(acme, NEXT_MONDAY) == []
    assert watchdog.warn_of_silence(acme, now=NEXT_MONDAY + timedelta(hours=3)) == 0


def test_an_absence_takes_back_a_prompt_that_waits(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=NEXT_MONDAY - timedelta(hours=12))
    away(acme, "2026-09-14", now=NEXT_MONDAY - timedelta(hours=11))
    assert prompt_of(acme, "ben").state is PromptState.AWAY
    assert sorted(d.person or "" for d in sent(acme, NEXT_MONDAY)) == ["cleo", "kiri"]


def test_an_absence_takes_the_buttons_off_a_prompt_that_stands_and_ends_its_reminders(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=NEXT_MONDAY)
    sent(acme, NEXT_MONDAY)
    away(acme, "today", now=NEXT_MONDAY)
    assert [(d.kind, d.person) for d in sent(acme, NEXT_MONDAY)] == [(DeliveryKind.CLOSED, "ben")]
    reminding.remind_due(acme, now=NEXT_MONDAY + timedelta(hours=30))
    assert "ben" not in {d.person for d in sent(acme, NEXT_MONDAY + timedelta(hours=30))}


def test_an_absence_leaves_answers_and_other_days_alone(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=NEXT_MONDAY)
    sent(acme, NEXT_MONDAY)
    answering.submit(acme, actor="ben", prompt=prompt_of(acme, "ben").id, draft=work(), now=NEXT_MONDAY)
    away(acme, "today", now=NEXT_MONDAY)
    away(acme, "2026-09-15..2026-09-18", person="cleo", actor="cleo", now=NEXT_MONDAY)
    assert prompt_of(acme, "ben").state is PromptState.ANSWERED
    assert prompt_of(acme, "cleo").state is PromptState.SENT


def test_today_is_the_persons_own(acme: Store) -> None:
    evening = datetime(2026, 9, 6, 20, tzinfo=UTC)  # Monday morning on Kiritimati
    assert away(acme, "today", person="kiri", actor="kiri", now=evening)[0].first == day(7)
    assert away(acme, "today", now=evening)[0].first == day(6)


def test_clearing_keeps_the_days_that_are_over(acme: Store) -> None:
    away(acme, "2026-09-07..2026-09-20")
    thursday = MONDAY + timedelta(days=3)
    assert absences.clear_absences(acme, actor="ben", person="ben", now=thursday) == 1
    assert absences.absences_of(acme, actor="ben", person="ben", now=thursday) == []
    with acme.snapshot() as tx:
        assert tx.absences.of("ben") == [Absence(person="ben", first=day(7), last=day(9))]
    assert absences.clear_absences(acme, actor="ben", person="ben", now=thursday) == 0
    rounds.open_due_rounds(acme, now=NEXT_MONDAY)
    assert prompt_of(acme, "ben").state is PromptState.PENDING


def test_asking_now_leaves_out_who_is_off_and_refuses_when_all_are(acme: Store) -> None:
    away(acme, "today")
    assert rounds.ask_now(acme, actor="ada", now=MONDAY + timedelta(hours=2)) == 2
    saturday = datetime(2026, 9, 12, 9, tzinfo=UTC)
    with pytest.raises(TruelineError, match="has the day off"):
        rounds.ask_now(acme, actor="ada", now=saturday)
    with acme.snapshot() as tx:
        assert tx.rounds.between(day(12), day(12)) == []


def test_after_an_outage_a_prompt_waits_for_a_working_day_or_is_left_out(store: Store) -> None:
    settle_in(store)
    rounds.set_schedule(store, actor="ada", weekday=4, at=time(16), cadence=Cadence.WEEKLY, reminders=1, now=MONDAY)
    saturday = datetime(2026, 9, 12, 9, tzinfo=UTC)
    assert rounds.open_due_rounds(store, now=saturday).prompts == 0  # the windows close on Sunday
    assert sent(store, saturday) == []
    with store.transaction() as tx:
        (schedule,) = tx.rounds.schedules()
        tx.rounds.save_schedule(replace(schedule, window=timedelta(days=4)))
    saturday += timedelta(weeks=1)
    rounds.open_due_rounds(store, now=saturday)
    assert sent(store, saturday) == []
    assert [d.person for d in sent(store, datetime(2026, 9, 21, 7, tzinfo=UTC))] == ["kiri", "ben"]


def test_a_weekend_is_no_day_to_ask_on(acme: Store) -> None:
    with pytest.raises(BadForm, match="Nobody who is asked works on a Saturday"):
        rounds.set_schedule(
            acme, actor="ada", weekday=5, at=MONDAY.time(), cadence=Cadence.WEEKLY, reminders=1, now=MONDAY
        )


def test_a_reminder_of_a_prompt_that_was_taken_back_is_not_sent(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=NEXT_MONDAY)
    sent(acme, NEXT_MONDAY)
    reminding.remind_due(acme, now=NEXT_MONDAY + timedelta(hours=24))
    away(acme, "2026-09-14..2026-09-18", now=NEXT_MONDAY + timedelta(hours=24))
    assert "ben" not in {
        d.person for d in sent(acme, NEXT_MONDAY + timedelta(hours=24)) if d.kind is DeliveryKind.REMINDER
    }
    with acme.snapshot() as tx:
        (reminder,) = tx.outbox.about(prompt_of(acme, "ben").id, DeliveryKind.REMINDER)
    assert reminder.state is DeliveryState.CANCELLED
