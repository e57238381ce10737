"""Rounds through a real database: opened once, reminded of once, closed with their last window."""

from datetime import UTC, datetime, time, timedelta

import pytest

from checkins import answering, deliveries, reminding, rounds, watchdog
from checkins.errors import NotAllowed, TruelineError
from checkins.model import Cadence, Delivery, DeliveryKind, DeliveryState, MessageRef, PromptState
from checkins.ports import Store
from tests.acme import ASKED, MONDAY, day, prompt_of, schedule_mondays, settle_in, work

LEASE = timedelta(minutes=2)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store)
    return store


def send_all(store: Store, now: datetime) -> list[Delivery]:
    """What a sender does, without a platform: claim what is due and say it went out."""
    due = deliveries.claim(store, now=now, lease=LEASE, limit=50)
    for number, delivery in enumerate(due):
        deliveries.sent(store, delivery, MessageRef(channel=f"D-{delivery.person}", id=f"{now:%d%H%M}.{number}"))
    return due


def test_a_round_opens_at_the_earliest_persons_time_and_asks_each_at_their_own(acme: Store) -> None:
    with acme.snapshot() as tx:
        (schedule,) = tx.rounds.schedules()
    # this Monday's 09:30 is over on Kiritimati (UTC+14), where next Monday's comes true on Sunday, UTC
    assert (schedule.next_date, schedule.next_at) == (day(14), datetime(2026, 9, 13, 19, 30, tzinfo=UTC))


def test_only_reachable_members_are_asked_once(acme: Store) -> None:
    start = datetime(2026, 9, 13, 19, 30, tzinfo=UTC)  # Monday 14th, 09:30 on Kiritimati
    assert rounds.open_due_rounds(acme, now=start - timedelta(minutes=1)).rounds == 0
    opened = rounds.open_due_rounds(acme, now=start)
    assert (opened.rounds, opened.prompts) == (1, 3)  # Ben, Cleo, Kiri; Noa has no chat account, Ada no team
    assert rounds.open_due_rounds(acme, now=start).rounds == 0
    assert [d.person for d in send_all(acme, start)] == ["kiri"]
    assert [d.person for d in send_all(acme, datetime(2026, 9, 14, 7, 30, tzinfo=UTC))] == ["ben"]
    assert [d.person for d in send_all(acme, datetime(2026, 9, 14, 13, 30, tzinfo=UTC))] == ["cleo"]
    assert prompt_of(acme, "cleo").due_at == datetime(2026, 9, 14, 13, 30, tzinfo=UTC)


def test_a_round_freezes_wording_and_weights(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=datetime(2026, 9, 14, 12, 0, tzinfo=UTC))
    with acme.snapshot() as tx:
        round_ = tx.rounds.get(prompt_of(acme, "ben").round)
    assert {goal.id: goal.weight for goal in round_.goals} == {"north": None, "signup": 0.5, "speed": 0.6}


def test_each_round_freezes_whose_turn_it_is(acme: Store) -> None:
    frozen = []
    for week in range(5):
        rounds.open_due_rounds(acme, now=datetime(2026, 9, 14, 12, 0, tzinfo=UTC) + week * timedelta(days=7))
        with acme.snapshot() as tx:
            frozen.append(tx.rounds.get(prompt_of(acme, "ben").round).questions)
    kinds = ["done", "confidence", "priorities", "confidence", "clarity"]
    assert [questions[-2:] for questions in frozen] == [(kind, f"turn:{141 + n}") for n, kind in enumerate(kinds)]
    assert {questions[:-2] for questions in frozen} == {rounds.QUESTIONS}


def test_one_reminder_and_none_after_an_answer(acme: Store) -> None:
    monday = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
    rounds.open_due_rounds(acme, now=monday)
    send_all(acme, monday)
    answering.submit(acme, actor="ben", prompt=prompt_of(acme, "ben").id, draft=work(), now=monday)
    for hours in (12, 24, 25, 29.5, 47):
        reminding.remind_due(acme, now=monday + timedelta(hours=hours))
    reminded = [d for d in send_all(acme, monday + timedelta(hours=47)) if d.kind is DeliveryKind.REMINDER]
    assert sorted(d.person or "" for d in reminded) == ["cleo", "kiri"]


def test_no_reminder_where_the_schedule_has_none(store: Store) -> None:
    settle_in(store)
    schedule_mondays(store, reminders=0)
    monday = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
    rounds.open_due_rounds(store, now=monday)
    send_all(store, monday)
    assert reminding.remind_due(store, now=monday + timedelta(hours=40)) == 0


def test_a_round_closes_with_its_last_window_and_the_unanswered_expire(acme: Store) -> None:
    monday = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
    rounds.open_due_rounds(acme, now=monday)
    send_all(acme, monday)
    answering.submit(acme, actor="ben", prompt=prompt_of(acme, "ben").id, draft=work(), now=monday)
    assert rounds.close_due_rounds(acme, now=monday + timedelta(hours=47)) == 0
    assert rounds.close_due_rounds(acme, now=monday + timedelta(hours=48)) == 1
    assert rounds.close_due_rounds(acme, now=monday + timedelta(hours=48)) == 0
    assert prompt_of(acme, "ben").state is PromptState.ANSWERED
    assert prompt_of(acme, "cleo").state is PromptState.EXPIRED


def test_after_an_outage_nobody_is_asked_three_times(acme: Store) -> None:
    late = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)  # a Monday, three rounds later
    opened = rounds.open_due_rounds(acme, now=late)
    assert (opened.rounds, opened.prompts) == (1, 3)
    assert opened.too_late >= 6
    assert len(send_all(acme, late)) == 3


def test_a_prompt_whose_window_is_over_is_passed_by(acme: Store) -> None:
    wednesday = datetime(2026, 9, 16, 12, 0, tzinfo=UTC)  # Kiri's and Ben's 48 hours are over, Cleo's are not
    opened = rounds.open_due_rounds(acme, now=wednesday)
    assert (opened.prompts, opened.too_late) == (1, 2)
    assert [d.person for d in send_all(acme, wednesday)] == ["cleo"]


def test_the_next_round_takes_the_buttons_off_the_last_one(acme: Store) -> None:
    monday = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
    rounds.open_due_rounds(acme, now=monday)
    send_all(acme, monday)
    answering.submit(acme, actor="ben", prompt=prompt_of(acme, "ben").id, draft=work(), now=monday)
    send_all(acme, monday)
    rounds.close_due_rounds(acme, now=monday + timedelta(days=3))
    rounds.open_due_rounds(acme, now=monday + timedelta(days=7))
    kinds = [(d.kind, d.person) for d in send_all(acme, monday + timedelta(days=7))]
    closed = [person for kind, person in kinds if kind is DeliveryKind.CLOSED]
    assert sorted(map(str, closed)) == ["ben", "cleo", "kiri"]  # one change each, whether answered or not
    assert [kind for kind, _ in kinds].count(DeliveryKind.PROMPT) == 3


def test_a_prompt_that_was_never_sent_is_not_sent_beside_the_next_one(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=datetime(2026, 9, 14, 13, 30, tzinfo=UTC))  # the sender is down this week
    rounds.open_due_rounds(acme, now=datetime(2026, 9, 21, 13, 30, tzinfo=UTC))
    sent = send_all(acme, datetime(2026, 9, 21, 13, 30, tzinfo=UTC))
    assert sorted(d.person or "" for d in sent) == ["ben", "cleo", "kiri"]


def test_ask_now_asks_everybody_at_once_and_only_once_a_day(acme: Store) -> None:
    assert rounds.ask_now(acme, actor="ada", now=ASKED) == 3
    assert len(send_all(acme, ASKED)) == 3
    with pytest.raises(TruelineError, match="asked today already"):
        rounds.ask_now(acme, actor="ada", now=ASKED + timedelta(hours=1))


def test_ask_now_on_the_day_of_the_round_takes_its_place(acme: Store) -> None:
    sunday_night = datetime(2026, 9, 14, 0, 5, tzinfo=UTC)
    rounds.open_due_rounds(acme, now=datetime(2026, 9, 13, 12, 0, tzinfo=UTC))
    rounds.ask_now(acme, actor="ada", now=sunday_night)
    assert rounds.open_due_rounds(acme, now=datetime(2026, 9, 14, 20, 0, tzinfo=UTC)).rounds == 0


def test_only_admins_ask_and_schedule(acme: Store) -> None:
    with pytest.raises(NotAllowed, match="Ask Ada"):
        rounds.ask_now(acme, actor="ben", now=MONDAY)
    with pytest.raises(NotAllowed, match="Ask Ada"):
        rounds.set_schedule(acme, actor="ben", weekday=0, at=time(9), cadence=Cadence.WEEKLY, reminders=1, now=MONDAY)


def test_a_schedule_edited_in_its_wording_keeps_its_fortnights(acme: Store) -> None:
    def fortnightly(reminders: int, now: datetime) -> None:
        rounds.set_schedule(
            acme, actor="ada", weekday=0, at=time(9, 30), cadence=Cadence.FORTNIGHTLY, reminders=reminders, now=now
        )

    fortnightly(1, MONDAY)
    with acme.snapshot() as tx:
        first = tx.rounds.schedules()[0].next_date
    rounds.open_due_rounds(acme, now=datetime(first.year, first.month, first.day, 20, tzinfo=UTC))
    fortnightly(0, datetime(first.year, first.month, first.day, 21, tzinfo=UTC))
    with acme.snapshot() as tx:
        assert tx.rounds.schedules()[0].next_date == first + timedelta(days=14)


def test_admins_hear_once_of_a_round_that_reached_nobody(acme: Store) -> None:
    monday = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
    rounds.open_due_rounds(acme, now=monday)  # the sender is down
    late = monday + timedelta(hours=2)
    assert watchdog.warn_of_silence(acme, now=late) == 1
    watchdog.warn_of_silence(acme, now=late + timedelta(minutes=1))
    notices = [d for d in send_all(acme, late) if d.kind is DeliveryKind.NOTICE]
    assert [(d.person, "nobody was asked" in d.body["text"]) for d in notices] == [("ada", True)]
    assert watchdog.warn_of_silence(acme, now=late + timedelta(hours=1)) == 0  # the prompts went out after all


def test_a_round_that_is_under_way_is_no_silence(acme: Store) -> None:
    start = datetime(2026, 9, 13, 19, 30, tzinfo=UTC)
    rounds.open_due_rounds(acme, now=start)
    send_all(acme, start)  # Kiri was asked; Ben and Cleo are not due yet
    assert watchdog.warn_of_silence(acme, now=start + timedelta(hours=2)) == 0


def test_delivery_states_are_counted(acme: Store) -> None:
    rounds.open_due_rounds(acme, now=datetime(2026, 9, 14, 13, 30, tzinfo=UTC))
    send_all(acme, datetime(2026, 9, 14, 13, 30, tzinfo=UTC))
    with acme.snapshot() as tx:
        assert tx.outbox.counts() == {DeliveryState.SENT: 3}
