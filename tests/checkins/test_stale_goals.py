"""Goals that nobody has a word for: one reminder a week, three in all, never on days off; then they pause."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checkins import absences, goal_updates, stale_goals
from checkins.model import Delivery, DeliveryKind, DeliveryState, Goal, GoalStatus
from checkins.ports import Store
from checkins.stale_goals import PAUSED, QUIET, Tended
from tests.acme import MONDAY, settle_in
from tests.storage.watching import together

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
FIRST = MONDAY + QUIET  # a Monday
NEVER = Tended()


@pytest.fixture
def acme(store: Store) -> Store:
    """Ben owns "signup", which supports Ada's "north"; nobody owns or leads "speed". All set up on a Monday."""
    settle_in(store)
    with store.transaction() as tx:
        tx.goals.save(*(replace(goal, updated_at=MONDAY) for goal in tx.goals.all()))
        tx.goals.save(replace(tx.goals.get("north"), owner="ada", updated_at=MONDAY + 1000 * DAY))
    return store


def goal(store: Store, id: str = "signup") -> Goal:
    with store.snapshot() as tx:
        return tx.goals.get(id)


def change_goal(store: Store, id: str = "signup", **changed: object) -> None:
    with store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(id), **changed))  # type: ignore[arg-type]


def reminders(store: Store, person: str = "ben", about: str = "stale-goals") -> list[Delivery]:
    with store.snapshot() as tx:
        return tx.outbox.about(f"{about}:{person}", DeliveryKind.NOTICE)


def run(store: Store, *, days: int, first: datetime = FIRST) -> Tended:
    """The job, once a day; what it did in all."""
    done = [stale_goals.tend(store, now=first + n * DAY) for n in range(days)]
    return Tended(reminded=sum(each.reminded for each in done), paused=sum(each.paused for each in done))


def test_nobody_is_reminded_before_two_weeks_without_a_word(acme: Store) -> None:
    assert stale_goals.tend(acme, now=FIRST - timedelta(minutes=1)) == NEVER
    assert stale_goals.tend(acme, now=FIRST) == Tended(reminded=1)
    (told,) = reminders(acme)
    assert told.person == "ben" and told.body["goals"] == {"signup": "Double weekly signups"}
    assert "“Double weekly signups” for two weeks" in told.body["text"]


def test_three_reminders_a_week_apart_then_the_goal_pauses_with_word_to_those_above(acme: Store) -> None:
    for week in range(3):
        assert run(acme, days=7, first=FIRST + week * WEEK) == Tended(reminded=1)
        assert goal(acme).nudges == week + 1
    assert [told.not_before.date() for told in reminders(acme)] == [(FIRST + week * WEEK).date() for week in range(3)]
    assert ["three times" in told.body["text"] for told in reminders(acme)] == [False, False, True]
    assert run(acme, days=7, first=FIRST + 3 * WEEK) == Tended(paused=1)
    assert goal(acme).status is GoalStatus.PAUSED
    with acme.snapshot() as tx:
        (change,) = tx.goal_log.changes("signup")
    assert (change.person, change.after, change.why) == (None, "paused", PAUSED)
    (own,), (above,) = reminders(acme, about="paused-goals"), reminders(acme, "ada", about="paused-goals")
    assert own.body["text"].startswith("“Double weekly signups” is paused")
    assert "which supports “Be the place teams start their day”" in above.body["text"]
    assert run(acme, days=60, first=FIRST + 4 * WEEK) == NEVER
    assert goal_updates.take_up(acme, actor="ben", goal="signup", now=FIRST + 20 * WEEK).status is GoalStatus.ACTIVE
    assert run(acme, days=14, first=FIRST + 20 * WEEK) == NEVER
    assert stale_goals.tend(acme, now=FIRST + 22 * WEEK).reminded == 1


def test_an_update_starts_the_count_anew(acme: Store) -> None:
    run(acme, days=15)
    assert goal(acme).nudges == 3
    goal_updates.post_update(acme, actor="ben", goal="signup", text="Fine", value="", now=FIRST + 15 * DAY)
    assert run(acme, days=14, first=FIRST + 15 * DAY) == NEVER
    assert goal(acme).nudges == 0
    assert stale_goals.tend(acme, now=FIRST + 29 * DAY + WEEK).reminded == 1


def test_one_notice_names_all_the_goals_of_a_person(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.goals.save(*(Goal(id=f"g{n}", title=f"Goal {n}", owner="ben", updated_at=MONDAY) for n in range(8)))
    assert stale_goals.tend(acme, now=FIRST) == Tended(reminded=1)
    (told,) = reminders(acme)
    assert "9 goals" in told.body["text"] and "and 4 more" in told.body["text"]
    assert len(told.body["goals"]) == 5
    assert Counter(goal(acme, id).nudges for id in ("g0", "g7", "signup")) == {1: 3}


def test_days_off_and_absences_are_left_in_peace(acme: Store) -> None:
    saturday = FIRST + 5 * DAY
    change_goal(acme, updated_at=saturday - QUIET)
    assert run(acme, days=2, first=saturday) == NEVER
    absences.set_absence(acme, actor="ben", person="ben", typed="2026-09-28..2026-10-11", now=FIRST)
    assert run(acme, days=16, first=saturday) == NEVER
    back = datetime(2026, 10, 12, 6, 0, tzinfo=UTC)
    assert stale_goals.tend(acme, now=back) == Tended(reminded=1)
    assert reminders(acme)[0].not_before == back + timedelta(hours=1)  # nine in Berlin


def test_time_away_does_not_use_up_the_time_to_answer(acme: Store) -> None:
    run(acme, days=15)  # the third reminder goes out on the last of these days
    absences.set_absence(acme, actor="ben", person="ben", typed="2026-10-06..2026-10-23", now=FIRST)
    assert run(acme, days=24, first=FIRST + 15 * DAY) == NEVER
    assert goal(acme).status is GoalStatus.ACTIVE
    assert run(acme, days=1, first=FIRST + 39 * DAY) == Tended(paused=1)


def test_leads_are_reminded_of_goals_without_an_owner(acme: Store) -> None:
    change_goal(acme, owner=None)
    assert stale_goals.tend(acme, now=FIRST) == Tended(reminded=1)
    assert len(reminders(acme, "ben")) == 1


@pytest.mark.parametrize("changed", [{"active": False}, {"paused": True}])
def test_goals_whose_people_cannot_be_asked_are_left_alone(acme: Store, changed: dict[str, bool]) -> None:
    with acme.transaction() as tx:
        tx.people.save(replace(tx.people.get("ben"), **changed))
    assert run(acme, days=60) == NEVER
    assert (goal(acme).status, goal(acme, "speed").status) == (GoalStatus.ACTIVE, GoalStatus.ACTIVE)


def test_an_imported_goal_counts_from_the_day_it_is_first_looked_at(acme: Store) -> None:
    change_goal(acme, updated_at=None)
    assert run(acme, days=14) == NEVER
    assert goal(acme).updated_at == FIRST
    assert stale_goals.tend(acme, now=FIRST + QUIET) == Tended(reminded=1)


def test_only_running_goals_count(acme: Store) -> None:
    change_goal(acme, ends=MONDAY.date())
    assert run(acme, days=30) == NEVER
    change_goal(acme, ends=None, status=GoalStatus.DONE)
    assert run(acme, days=30) == NEVER


def test_a_reminder_that_had_no_place_in_the_week_does_not_count(acme: Store) -> None:
    with acme.transaction() as tx:
        for n in range(3):
            tx.outbox.add(key=f"n{n}", kind=DeliveryKind.NOTICE, subject="s", person="ben", not_before=FIRST)
    assert stale_goals.tend(acme, now=FIRST) == Tended(reminded=1)
    assert [told.state for told in reminders(acme)] == [DeliveryState.HELD]
    assert goal(acme).nudges == 0
    assert run(acme, days=6, first=FIRST + DAY) == NEVER
    assert stale_goals.tend(acme, now=FIRST + WEEK) == Tended(reminded=1)
    assert sorted(told.state for told in reminders(acme)) == [DeliveryState.CANCELLED, DeliveryState.PENDING]
    assert goal(acme).nudges == 1


def test_two_runs_at_once_remind_once(acme: Store) -> None:
    together(lambda _: stale_goals.tend(acme, now=FIRST), threads=4)
    assert len(reminders(acme)) == 1
    assert goal(acme).nudges == 1


def test_somebody_who_owns_both_is_told_once(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("north"), owner="ben"))
    run(acme, days=22)
    (told,) = reminders(acme, about="paused-goals")
    assert told.body["text"].startswith("“Double weekly signups” is paused: ")
