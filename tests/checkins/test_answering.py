"""Answering through a real database: whose, when, how often; the message changes, nothing is lost or doubled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checkins import answering, deliveries, reminding, retention, rounds
from checkins.answering import NeedsForm
from checkins.errors import BadForm, NotAllowed, NotFound, RoundClosed, TruelineError
from checkins.forms import AnswerDraft, ItemDraft
from checkins.model import Contact, DeliveryKind, Entered, GoalStatus, MessageRef, PromptState
from checkins.ports import Store
from tests.acme import prompt_of, schedule_mondays, settle_in, work

MONDAY = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def asked(store: Store) -> Store:
    """Everybody was asked on Monday and has the message."""
    settle_in(store)
    schedule_mondays(store)
    ask(store, MONDAY)
    return store


def ask(store: Store, now: datetime) -> None:
    rounds.open_due_rounds(store, now=now)
    send(store, now)


def send(store: Store, now: datetime) -> list[tuple[DeliveryKind, str | None]]:
    due = deliveries.claim(store, now=now, lease=timedelta(minutes=2), limit=50)
    for delivery in due:
        deliveries.sent(store, delivery, MessageRef(channel=f"D-{delivery.person}", id=delivery.key))
    return [(delivery.kind, delivery.person) for delivery in due]


def stored(store: Store, person: str) -> list[tuple[str, int]]:
    with store.snapshot() as tx:
        return [(item.text, c.revision) for c in tx.check_ins.recent_of(person, 10) for item in c.items]


def test_a_form_is_stored_and_the_message_becomes_the_receipt(asked: Store) -> None:
    receipt = answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=work(), now=MONDAY)
    assert receipt.in_place
    assert receipt.check_in.items[0].goal == "signup"
    assert (receipt.check_in.date.isoformat(), receipt.check_in.late) == ("2026-09-14", False)
    assert prompt_of(asked, "ben").state is PromptState.ANSWERED
    assert send(asked, MONDAY) == [(DeliveryKind.RECEIPT, "ben")]
    assert send(asked, MONDAY) == []


def test_an_edit_keeps_the_revision_before(asked: Store) -> None:
    prompt = prompt_of(asked, "ben").id
    answering.submit(asked, actor="ben", prompt=prompt, draft=work("First"), now=MONDAY)
    answering.submit(asked, actor="ben", prompt=prompt, draft=work("Second"), now=MONDAY + timedelta(hours=1))
    assert stored(asked, "ben") == [("Second", 2)]


def test_same_as_last_is_stored_once_however_often_it_is_clicked(asked: Store) -> None:
    answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=work(), now=MONDAY)
    ask(asked, MONDAY + WEEK)
    prompt = prompt_of(asked, "ben").id
    first = answering.same_as_last(asked, actor="ben", prompt=prompt, now=MONDAY + WEEK)
    second = answering.same_as_last(asked, actor="ben", prompt=prompt, now=MONDAY + WEEK)
    assert first.check_in == second.check_in
    assert (first.check_in.entered, first.check_in.revision, first.check_in.note) == (Entered.SAME, 1, "")
    assert stored(asked, "ben") == [("Signup funnel", 1), ("Signup funnel", 1)]
    assert [kind for kind, person in send(asked, MONDAY + WEEK)].count(DeliveryKind.RECEIPT) == 1


def test_same_repeats_the_work_and_nothing_that_was_said_of_its_own_week(asked: Store) -> None:
    platform, rated = {"platform": Contact.YES}, {"signup": 4}
    answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=work(), now=MONDAY)
    with asked.transaction() as tx:
        (answer,) = tx.check_ins.recent_of("ben", 1)
        said = replace(
            answer,
            contacts=platform,
            confidence=rated,
            clarity=rated,
            done={"signup": "Doubled"},
            priorities=("signup",),
        )
        tx.check_ins.save(said, at=MONDAY)
    ask(asked, MONDAY + WEEK)
    desk = answering.waiting(asked, actor="ben")
    assert desk is not None and (desk.draft.focus, desk.draft.contacts) == ({}, {})
    again = answering.same_as_last(asked, actor="ben", prompt=desk.prompt.id, now=MONDAY + WEEK).check_in
    assert (again.items, again.contacts, again.confidence) == (answer.items, {}, {})
    assert (again.clarity, again.done, again.priorities) == ({}, {}, ())


def test_what_was_said_of_a_goal_and_of_ties_is_stored_and_comes_back_in_an_edit(asked: Store) -> None:
    prompt = prompt_of(asked, "ben").id
    said = replace(work(), focus={"confidence:signup": "4"}, contacts={"platform": "no"})
    receipt = answering.submit(asked, actor="ben", prompt=prompt, draft=said, now=MONDAY)
    assert (receipt.check_in.confidence, receipt.check_in.contacts) == ({"signup": 4}, {"platform": Contact.NO})
    desk = answering.mine(asked, actor="ben", prompt=prompt)
    assert (desk.draft.focus, desk.draft.contacts) == (said.focus, said.contacts)
    assert desk.focus is not None and desk.focus.fields == ("confidence:signup",)
    kept = answering.submit(asked, actor="ben", prompt=prompt, draft=work("Other words"), now=MONDAY).check_in
    assert (kept.confidence, kept.contacts) == ({"signup": 4}, {"platform": Contact.NO})
    emptied = replace(work(), focus={"confidence:signup": None}, contacts={"platform": None})
    gone = answering.submit(asked, actor="ben", prompt=prompt, draft=emptied, now=MONDAY).check_in
    assert (gone.confidence, gone.contacts) == ({}, {})


def test_problems_of_ratings_and_ties_are_named_together(asked: Store) -> None:
    said = {"confidence:signup": "7", "clarity:nowhere": "1", "done:signup": "Done"}
    draft = replace(work(), focus=said, contacts={"nowhere": "yes"})
    with pytest.raises(BadForm) as refused:
        answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=draft, now=MONDAY)
    assert refused.value.problems.keys() == {*said, "contact:nowhere"}
    assert stored(asked, "ben") == []


def test_a_round_from_before_the_questions_asks_none(asked: Store) -> None:
    desk = answering.waiting(asked, actor="ben")
    assert desk is not None and desk.focus is not None
    assert replace(desk, round=replace(desk.round, questions=("work", "note"))).focus is None


def test_same_needs_the_form_where_there_is_nothing_to_repeat(asked: Store) -> None:
    with pytest.raises(NeedsForm):
        answering.same_as_last(asked, actor="ben", prompt=prompt_of(asked, "ben").id, now=MONDAY)


def test_same_needs_the_form_once_the_words_are_gone(asked: Store) -> None:
    answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=work(), now=MONDAY)
    retention.forget_old(asked, months=1, now=MONDAY + timedelta(days=70))
    ask(asked, MONDAY + WEEK)
    with pytest.raises(NeedsForm, match="removed"):
        answering.same_as_last(asked, actor="ben", prompt=prompt_of(asked, "ben").id, now=MONDAY + WEEK)


def test_same_needs_the_form_once_a_goal_has_closed(asked: Store) -> None:
    answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=work(), now=MONDAY)
    with asked.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("signup"), status=GoalStatus.DONE))
    ask(asked, MONDAY + WEEK)
    with pytest.raises(NeedsForm, match="closed"):
        answering.same_as_last(asked, actor="ben", prompt=prompt_of(asked, "ben").id, now=MONDAY + WEEK)


def test_a_goal_closed_while_the_form_was_open_is_said_at_its_field(asked: Store) -> None:
    with asked.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("signup"), status=GoalStatus.DROPPED))
    with pytest.raises(BadForm) as refused:
        answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=work(), now=MONDAY)
    assert list(refused.value.problems) == ["goal_1"]
    assert stored(asked, "ben") == []


def test_an_unknown_team_is_refused_at_its_field(asked: Store) -> None:
    draft = AnswerDraft(items=work().items, worked_with=("nowhere",))
    with pytest.raises(BadForm) as refused:
        answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=draft, now=MONDAY)
    assert list(refused.value.problems) == ["worked_with"]


def test_somebody_elses_prompt_is_refused_with_a_sentence(asked: Store) -> None:
    prompt = prompt_of(asked, "ben").id
    for act in (answering.same_as_last, answering.skip, answering.later):
        with pytest.raises(NotAllowed, match="somebody else"):
            act(asked, actor="cleo", prompt=prompt, now=MONDAY)
    with pytest.raises(NotAllowed, match="somebody else"):
        answering.submit(asked, actor="cleo", prompt=prompt, draft=work(), now=MONDAY)
    with pytest.raises(NotFound, match="/checkin"):
        answering.skip(asked, actor="cleo", prompt="forged", now=MONDAY)


def test_a_late_answer_counts_until_the_next_round_opens(asked: Store) -> None:
    friday = MONDAY + timedelta(days=4)
    rounds.close_due_rounds(asked, now=friday)
    prompt = prompt_of(asked, "ben").id
    assert answering.submit(asked, actor="ben", prompt=prompt, draft=work(), now=friday).check_in.late
    ask(asked, MONDAY + WEEK)
    with pytest.raises(RoundClosed, match="/checkin"):
        answering.submit(asked, actor="ben", prompt=prompt, draft=work("Too late"), now=MONDAY + WEEK)
    assert stored(asked, "ben") == [("Signup funnel", 1)]


def test_an_early_answer_leaves_no_prompt_to_send(asked: Store) -> None:
    early = datetime(2026, 9, 20, 20, 0, tzinfo=UTC)  # the round is open on Kiritimati, it is Sunday in Berlin
    rounds.open_due_rounds(asked, now=early)
    receipt = answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=work(), now=early)
    assert not receipt.in_place
    later = MONDAY + WEEK
    assert (DeliveryKind.PROMPT, "ben") not in send(asked, later)
    assert [kind for kind, person in send(asked, later) if person == "ben"] == []


def test_skipping_is_silent_and_can_be_undone_by_answering(asked: Store) -> None:
    prompt = prompt_of(asked, "ben").id
    answering.skip(asked, actor="ben", prompt=prompt, now=MONDAY)
    answering.skip(asked, actor="ben", prompt=prompt, now=MONDAY)
    assert send(asked, MONDAY) == [(DeliveryKind.CLOSED, "ben")]
    cleos_morning, kiris_morning = MONDAY + timedelta(hours=24), MONDAY + timedelta(hours=29.5)
    assert [reminding.remind_due(asked, now=now) for now in (cleos_morning, kiris_morning)] == [1, 1]
    answering.submit(asked, actor="ben", prompt=prompt, draft=work(), now=MONDAY + timedelta(hours=2))
    assert prompt_of(asked, "ben").state is PromptState.ANSWERED


def test_an_answer_is_not_skipped_away(asked: Store) -> None:
    prompt = prompt_of(asked, "ben").id
    answering.submit(asked, actor="ben", prompt=prompt, draft=work(), now=MONDAY)
    assert answering.skip(asked, actor="ben", prompt=prompt, now=MONDAY).answered
    assert prompt_of(asked, "ben").state is PromptState.ANSWERED


def test_later_moves_the_reminder_within_the_window(asked: Store) -> None:
    prompt = prompt_of(asked, "ben")
    assert answering.later(asked, actor="ben", prompt=prompt.id, now=MONDAY) == MONDAY + timedelta(hours=3)
    near_the_end = prompt.closes_at - timedelta(hours=1)
    again = answering.later(asked, actor="ben", prompt=prompt.id, now=near_the_end)
    assert near_the_end < again < prompt.closes_at
    with pytest.raises(TruelineError, match="closes soon"):
        answering.later(asked, actor="ben", prompt=prompt.id, now=prompt.closes_at - timedelta(minutes=10))


def test_the_desk_has_own_goals_first_and_last_weeks_answer(asked: Store) -> None:
    desk = answering.waiting(asked, actor="ben")
    assert desk is not None
    assert desk.first
    assert [goal.id for goal in desk.goals] == ["signup", "north", "speed"]
    assert (desk.added_by, desk.leads) == ("Ada", ("Ben",))
    draft = AnswerDraft(
        items=(*work().items, ItemDraft(text="Fixes", choice="none:technical_debt", size="some")), note="Psst"
    )
    answering.submit(asked, actor="ben", prompt=desk.prompt.id, draft=draft, now=MONDAY)
    ask(asked, MONDAY + WEEK)
    again = answering.waiting(asked, actor="ben")
    assert again is not None
    assert [(row.text, row.size) for row in again.draft.items] == [("Signup funnel", "most"), ("Fixes", "some")]
    assert again.draft.note == ""  # a note belongs to its own week


def test_a_person_who_was_never_asked_has_no_desk(asked: Store) -> None:
    assert answering.waiting(asked, actor="ada") is None
