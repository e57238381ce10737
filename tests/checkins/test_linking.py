"""Messages linked during the week: whose they are, how the next form starts with them, when they are used up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checkins import answering, linking, privacy, retention, rounds
from checkins.answering import NeedsForm
from checkins.errors import BadForm, TruelineError
from checkins.forms import ITEMS, AnswerDraft
from checkins.model import Entered, Goal, GoalStatus, LinkedWork, MessageRef
from checkins.ports import Store
from tests.acme import prompt_of, schedule_mondays, settle_in, work

MONDAY = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def asked(store: Store) -> Store:
    """Everybody was asked on Monday."""
    settle_in(store)
    schedule_mondays(store)
    rounds.open_due_rounds(store, now=MONDAY)
    return store


def message(number: int, channel: str = "C1") -> MessageRef:
    return MessageRef(channel=channel, id=f"{number}.0")


def link(
    store: Store, number: int = 1, text: str = "", *, actor: str = "ben", goal: str | None = "signup"
) -> LinkedWork:
    return linking.link(
        store,
        actor=actor,
        message=message(number),
        text=text or f"Message {number}",
        goal=goal,
        address="",
        now=MONDAY + timedelta(minutes=number),
    )


def waiting(store: Store, person: str = "ben") -> list[str]:
    with store.snapshot() as tx:
        return [each.text for each in tx.linked.of(person)]


def opened(store: Store, person: str = "ben") -> AnswerDraft:
    desk = answering.waiting(store, actor=person)
    assert desk is not None
    return desk.draft


def rows(draft: AnswerDraft) -> list[tuple[str, str | None]]:
    return [(item.text, item.choice) for item in draft.items]


def send(store: Store, draft: AnswerDraft, now: datetime = MONDAY) -> list[str]:
    """Submit a form as it is, with a reason where no goal is chosen; the texts that were stored."""
    items = tuple(replace(item, choice=item.choice or "none:exploration") for item in draft.items)
    receipt = answering.submit(
        store, actor="ben", prompt=prompt_of(store, "ben").id, draft=replace(draft, items=items), now=now
    )
    return [item.text for item in receipt.check_in.items]


def next_week(store: Store, weeks: int = 1) -> datetime:
    now = MONDAY + weeks * WEEK
    rounds.open_due_rounds(store, now=now)
    return now


def test_the_form_starts_with_linked_messages_and_sending_it_uses_them_up(asked: Store) -> None:
    send(asked, work("Signup funnel"))
    now = next_week(asked)
    link(asked, 1, "Fixed the form")
    link(asked, 2, "Looked at logs", goal=None)
    draft = opened(asked)
    assert rows(draft) == [
        ("Fixed the form", "goal:signup"),
        ("Looked at logs", None),
        ("Signup funnel", "goal:signup"),
    ]
    assert send(asked, draft, now) == ["Fixed the form", "Looked at logs", "Signup funnel"]
    assert waiting(asked) == []
    assert rows(opened(asked))[0][0] == "Fixed the form"  # an edit shows the answer, once


def test_they_belong_to_whoever_linked_them(asked: Store) -> None:
    link(asked, 1, actor="ben")
    link(asked, 1, "The same one", actor="cleo")
    assert (waiting(asked, "ben"), waiting(asked, "cleo")) == (["Message 1"], ["The same one"])
    cleos = answering.waiting(asked, actor="cleo")
    assert cleos is not None
    send(asked, replace(opened(asked), linked=(*opened(asked).linked, *cleos.draft.linked)))
    assert (waiting(asked, "ben"), waiting(asked, "cleo")) == ([], ["The same one"])


def test_the_same_message_once_more_takes_the_place_of_the_first(asked: Store) -> None:
    first, again = link(asked, 1, "Once"), link(asked, 1, "Twice")
    assert first.id == again.id
    assert waiting(asked) == ["Twice"]
    before = linking.bench(asked, actor="ben", message=message(1), now=MONDAY).before
    assert before is not None and before.text == "Twice"
    assert linking.bench(asked, actor="ben", message=message(1, "C2"), now=MONDAY).before is None


@pytest.mark.parametrize("number", [0, 1, ITEMS, ITEMS + 2])
def test_five_rows_in_all_and_the_rest_stays_for_the_next_time(asked: Store, number: int) -> None:
    three = AnswerDraft(items=tuple(work(f"Last {n}").items[0] for n in range(3)))
    send(asked, three)
    now = next_week(asked)
    for each in range(number):
        link(asked, each)
    draft = opened(asked)
    shown = [f"Message {each}" for each in range(min(number, ITEMS))]
    assert [text for text, _ in rows(draft)] == [*shown, "Last 0", "Last 1", "Last 2"][:ITEMS]
    send(asked, draft, now)
    assert waiting(asked) == [f"Message {each}" for each in range(ITEMS, number)]


def test_what_was_linked_while_the_form_was_open_stays(asked: Store) -> None:
    link(asked, 1)
    draft = opened(asked)
    link(asked, 2)
    send(asked, draft)
    assert waiting(asked) == ["Message 2"]


def test_an_edit_gets_what_was_linked_since_where_there_is_room(asked: Store) -> None:
    send(asked, AnswerDraft(items=tuple(work(f"Mine {n}").items[0] for n in range(4))))
    link(asked, 1)
    link(asked, 2)
    draft = opened(asked)
    assert [text for text, _ in rows(draft)] == ["Mine 0", "Mine 1", "Mine 2", "Mine 3", "Message 1"]
    send(asked, draft)
    assert waiting(asked) == ["Message 2"]
    assert opened(asked).linked == ()


def test_same_as_last_time_and_a_skip_leave_them_waiting(asked: Store) -> None:
    send(asked, work())
    now = next_week(asked)
    link(asked, 1)
    receipt = answering.same_as_last(asked, actor="ben", prompt=prompt_of(asked, "ben").id, now=now)
    assert receipt.check_in.entered is Entered.SAME
    now = next_week(asked, 2)
    answering.skip(asked, actor="ben", prompt=prompt_of(asked, "ben").id, now=now)
    next_week(asked, 3)
    assert waiting(asked) == ["Message 1"]
    assert rows(opened(asked))[0] == ("Message 1", "goal:signup")


def test_a_form_that_is_refused_uses_nothing_up(asked: Store) -> None:
    link(asked, 1, goal=None)
    with pytest.raises(BadForm):
        answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=opened(asked), now=MONDAY)
    assert waiting(asked) == ["Message 1"]


def test_a_goal_that_has_closed_meanwhile_leaves_the_row_without_one(asked: Store) -> None:
    link(asked, 1)
    with asked.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("signup"), status=GoalStatus.DONE))
    assert rows(opened(asked)) == [("Message 1", None)]
    with pytest.raises(NeedsForm):
        answering.same_as_last(asked, actor="ben", prompt=prompt_of(asked, "ben").id, now=MONDAY)


@pytest.mark.parametrize(
    ("text", "goal", "fields"),
    [
        ("   ", "signup", ["text"]),
        ("x" * 281, "signup", ["text"]),
        ("", "nowhere", ["goal", "text"]),
        ("Fine", "closed", ["goal"]),
    ],
)
def test_a_bad_form_says_so_at_its_fields(asked: Store, text: str, goal: str, fields: list[str]) -> None:
    with asked.transaction() as tx:
        tx.goals.save(Goal(id="closed", title="Closed", status=GoalStatus.DROPPED))
    with pytest.raises(BadForm) as refused:
        linking.link(asked, actor="ben", message=message(1), text=text, goal=goal, address="", now=MONDAY)
    assert sorted(refused.value.problems) == fields
    assert waiting(asked) == []


def test_twenty_wait_at_most_and_an_old_one_can_still_be_changed(asked: Store) -> None:
    for number in range(linking.MOST):
        link(asked, number)
    with pytest.raises(TruelineError, match="20 linked messages wait"):
        linking.bench(asked, actor="ben", message=message(99), now=MONDAY)
    with pytest.raises(TruelineError, match="20 linked messages wait"):
        link(asked, 99)
    link(asked, 7, "Changed")
    assert waiting(asked).count("Changed") == 1 and len(waiting(asked)) == linking.MOST


def test_without_a_team_it_says_who_can_help(asked: Store) -> None:
    with pytest.raises(TruelineError, match=r"You are in no team yet.* Ada can add you"):
        linking.bench(asked, actor="ada", message=message(1), now=MONDAY)


def test_only_goals_that_run_can_be_chosen(asked: Store) -> None:
    with asked.transaction() as tx:
        tx.goals.save(Goal(id="later", title="Later", starts=(MONDAY + WEEK).date()))
    goals = linking.bench(asked, actor="ben", message=message(1), now=MONDAY).goals
    assert [goal.id for goal in goals] == ["north", "signup", "speed"]


def test_retention_and_erasure_take_them(asked: Store) -> None:
    link(asked, 1)
    link(asked, 2, actor="cleo")
    later = MONDAY + timedelta(days=45)
    linking.link(asked, actor="cleo", message=message(3), text="Fresh", goal=None, address="", now=later)
    retention.forget_old(asked, months=1, now=later)
    assert (waiting(asked, "ben"), waiting(asked, "cleo")) == ([], ["Fresh"])
    assert '"linked_messages": [' in privacy.export(asked, platform="slack", user="UCLEO", now=later)
    kept = privacy.stored(asked, platform="slack", user="UCLEO")
    assert kept is not None and kept.linked == 1
    privacy.erase(asked, person="cleo")
    assert waiting(asked, "cleo") == []
    assert "Fresh" not in privacy.export(asked, platform="slack", user="UBEN", now=later)
