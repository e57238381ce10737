"""The review: what is due, what each decision does, who is told, and that nothing is done twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from checkins import goal_review, review_reminders
from checkins.errors import BadForm, NotAllowed
from checkins.goal_review import Decision, Review, Settled
from checkins.model import (
    CheckIn,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Goal,
    GoalStatus,
    GoalUpdate,
    Measure,
    Team,
    WorkItem,
)
from checkins.ports import Store
from tests.acme import MONDAY, settle_in
from tests.storage.watching import together

DAY = timedelta(days=1)
JULY, SEPTEMBER, DECEMBER = date(2026, 7, 1), date(2026, 9, 30), date(2026, 12, 31)
NOW = datetime(2026, 9, 23, 8, 0, tzinfo=UTC)  # a Wednesday, a week before the quarter ends
TODAY = NOW.date()


@pytest.fixture
def acme(store: Store) -> Store:
    """Growth's "signup" and "refer" end with the quarter, and "speed" of Platform, which nobody leads."""
    settle_in(store)
    with store.transaction() as tx:
        quarter = {"starts": JULY, "ends": SEPTEMBER}
        tx.goals.save(
            replace(tx.goals.get("signup"), **quarter),
            replace(tx.goals.get("speed"), **quarter),
            Goal(id="refer", title="Referrals", team="growth", supports=("signup",), **quarter),
            Goal(id="next", title="Next year", team="growth", ends=date(2027, 12, 31)),
        )
    return store


def goal(store: Store, id: str = "signup") -> Goal:
    with store.snapshot() as tx:
        return tx.goals.get(id)


def settle(store: Store, decisions: dict[str, Decision], *, actor: str = "ben", team: str = "growth") -> Settled:
    return goal_review.settle(store, actor=actor, team=team, decisions=decisions, why="Quarter is over", now=NOW)


def due(store: Store, actor: str, today: date = TODAY) -> dict[str, list[str]]:
    return {each.id: [goal.id for goal in each.goals] for each in goal_review.due(store, actor=actor, today=today)}


def review(store: Store, *, team: str = "growth", actor: str = "ben", after: str = "", most: int = 20) -> Review:
    return goal_review.of_team(store, actor=actor, team=team, after=after, most=most, today=TODAY)


def notices(store: Store, person: str) -> list[Delivery]:
    with store.snapshot() as tx:
        return tx.outbox.about(f"goal-review:{person}", DeliveryKind.NOTICE)


def archive(store: Store, team: str) -> None:
    with store.transaction() as tx:
        tx.teams.save(replace(tx.teams.get(team), archived=True))


# What is due


def test_leads_see_what_ends_in_their_teams_and_admins_all(acme: Store) -> None:
    assert due(acme, "ben") == {"growth": ["refer", "signup"]}
    assert due(acme, "ada") == {"growth": ["refer", "signup"], "platform": ["speed"]}
    assert due(acme, "cleo") == {}
    assert due(acme, "ben", SEPTEMBER - 15 * DAY) == {}
    assert due(acme, "ben", SEPTEMBER + 450 * DAY) == {"growth": ["next", "refer", "signup"]}


def test_goals_without_a_team_and_of_archived_teams_wait_for_admins(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("north"), ends=SEPTEMBER), Goal(id="idea", title="Idea", team="platform"))
    archive(acme, "platform")
    found = goal_review.due(acme, actor="ada", today=TODAY)
    assert [(each.id, each.archived) for each in found] == [("growth", False), ("", False), ("platform", True)]
    assert [goal.id for goal in found[2].goals] == ["idea", "speed"]  # all that is open, so that it can be moved
    assert "platform" not in due(acme, "ben")
    for team in ("", "platform"):
        with pytest.raises(NotAllowed, match="Only an admin"):
            review(acme, team=team)
        with pytest.raises(NotAllowed, match="Only an admin"):
            settle(acme, {"idea": Decision.DONE}, team=team)


def test_each_goal_comes_with_what_speaks_for_it(acme: Store) -> None:
    with acme.transaction() as tx:
        measure = Measure(name="Signups", baseline=100, target=200, current=150)
        tx.goals.save(replace(tx.goals.get("signup"), measure=measure))
        tx.goal_log.add_update(
            GoalUpdate(id="u", goal="signup", person="ben", at=NOW - DAY, text="Half way", value=150)
        )
        items = (WorkItem(text="Funnel", goal="signup"), WorkItem(text="Desk"))
        for id, day in (("c1", MONDAY.date()), ("old", JULY - DAY)):
            tx.check_ins.save(CheckIn(id=id, person="ben", team="growth", date=day, items=items), at=NOW)
    refer, signup = review(acme).goals
    assert (signup.progress, signup.share, signup.keep_until) == (0.5, 0.5, DECEMBER)
    assert signup.effort is not None and (signup.effort.answers, signup.effort.check_ins) == (1, 1)
    assert signup.update is not None and signup.update.text == "Half way"
    assert (refer.progress, refer.share, refer.update, refer.findings) == (None, 0.0, None, ())
    assert (
        goal_review.of_team(acme, actor="ada", team="platform", after="", most=9, today=TODAY).goals[0].effort is None
    )


def test_long_reviews_go_on_after_the_last_goal_shown(acme: Store) -> None:
    first = review(acme, most=1)
    assert ([each.goal.id for each in first.goals], first.waiting, first.after) == (["refer"], 2, 1)
    settle(acme, {"refer": Decision.DONE})
    assert [each.goal.id for each in review(acme, after="refer", most=1).goals] == ["signup"]


# What is decided


def test_a_kept_goal_is_the_same_goal_for_another_quarter(acme: Store) -> None:
    before = goal(acme)
    done = settle(acme, {"signup": Decision.KEEP})
    assert [each.id for each in done.kept] == ["signup"] and done.left == 1
    kept = goal(acme)
    assert kept == replace(before, ends=DECEMBER, updated_at=NOW)
    with acme.snapshot() as tx:
        (change,) = tx.goal_log.changes("signup")
    assert (change.what, change.before, change.after) == ("ends", "2026-09-30", "2026-12-31")
    assert (change.person, change.why) == ("ben", "Quarter is over")
    assert review(acme, after="refer").goals == ()
    later = datetime(2026, 12, 20, tzinfo=UTC)
    goal_review.settle(acme, actor="ben", team="growth", decisions={"signup": Decision.KEEP}, why="", now=later)
    assert goal(acme).ends == date(2027, 3, 31)  # a quarter again


def test_a_goal_reviewed_late_is_kept_until_the_quarter_that_runs(acme: Store) -> None:
    late = datetime(2027, 5, 10, tzinfo=UTC)
    assert not goal(acme).runs_between(late.date(), late.date())
    goal_review.settle(acme, actor="ben", team="growth", decisions={"signup": Decision.KEEP}, why="", now=late)
    assert goal(acme).ends == date(2027, 6, 30)


def test_goals_are_closed_with_their_days_and_their_supporters_are_named(acme: Store) -> None:
    done = settle(acme, {"signup": Decision.DONE})
    assert (goal(acme).status, goal(acme).ends) == (GoalStatus.DONE, SEPTEMBER)
    assert [(above.id, [each.id for each in below]) for above, below in done.supporters] == [("signup", ["refer"])]
    assert settle(acme, {"refer": Decision.DROP}).supporters == ()
    assert goal(acme, "refer").status is GoalStatus.DROPPED
    assert due(acme, "ben") == {}


def test_goals_closed_together_leave_nobody_behind(acme: Store) -> None:
    assert settle(acme, {"signup": Decision.DONE, "refer": Decision.DROP}).supporters == ()


def test_what_is_to_be_changed_is_kept_meanwhile(acme: Store) -> None:
    done = settle(acme, {"signup": Decision.CHANGE})
    assert [each.id for each in done.to_change] == ["signup"]
    assert goal(acme).ends == DECEMBER


def test_a_goal_of_an_archived_team_keeps_its_days_until_they_are_over(acme: Store) -> None:
    archive(acme, "growth")
    done = settle(acme, {"next": Decision.CHANGE, "refer": Decision.CHANGE}, actor="ada")
    assert [each.ends for each in done.to_change] == [date(2027, 12, 31), DECEMBER]
    assert done.left == 3  # until they are moved or closed


def test_sending_twice_decides_once(acme: Store) -> None:
    settle(acme, {"signup": Decision.KEEP})
    again = settle(acme, {"signup": Decision.KEEP})
    assert (again.kept, [each.id for each in again.settled_before]) == ((), ["signup"])
    assert goal(acme).ends == DECEMBER


def test_two_who_send_at_a_time_keep_a_goal_for_one_quarter(acme: Store) -> None:
    together(lambda _: settle(acme, {"signup": Decision.KEEP}), threads=4)
    assert goal(acme).ends == DECEMBER


def test_only_goals_of_the_team_are_touched(acme: Store) -> None:
    assert settle(acme, {"speed": Decision.DROP, "gone": Decision.DROP}).closed == ()
    assert goal(acme, "speed").status is GoalStatus.ACTIVE
    with pytest.raises(NotAllowed, match="Platform"):
        settle(acme, {"speed": Decision.DROP}, team="platform")


def test_every_fault_is_said_at_its_field(acme: Store) -> None:
    with acme.transaction() as tx:
        autumn = Goal(id="twin", title="referrals", team="growth", starts=date(2026, 10, 1), ends=DECEMBER)
        tx.goals.save(autumn)
    long = "x" * 300
    with pytest.raises(BadForm) as refused:
        decisions = {"refer": Decision.KEEP, "signup": Decision.DONE}
        goal_review.settle(acme, actor="ben", team="growth", decisions=decisions, why=long, now=NOW)
    assert refused.value.problems.keys() == {"goal:refer", "why"}
    assert goal(acme).status is GoalStatus.ACTIVE
    with pytest.raises(BadForm, match="at least one"):
        settle(acme, {})


# Who is told


def test_each_lead_is_told_once_a_week_before_the_end(acme: Store) -> None:
    assert review_reminders.remind(acme, now=NOW - DAY) == 0
    assert review_reminders.remind(acme, now=NOW) == 2
    (told,), (admin,) = notices(acme, "ben"), notices(acme, "ada")
    assert told.body["text"].startswith("2 goals of Growth end on 30 September 2026. Keep, change, done or drop?")
    assert told.body["reviews"] == {"growth": "Growth"}
    assert admin.body["reviews"] == {"platform": "Platform"}  # which nobody leads
    assert [review_reminders.remind(acme, now=NOW + n * DAY) for n in range(40)] == [0] * 40


def test_what_has_ended_is_said_to_count_as_over(acme: Store) -> None:
    assert review_reminders.remind(acme, now=NOW + 20 * DAY) == 2
    assert "ended on 30 September 2026. What is over and not reviewed" in notices(acme, "ben")[0].body["text"]


def test_one_message_for_all_the_teams_of_a_lead(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(*(Team(id=f"t{n}", name=f"Team {n}", leads=("ben",)) for n in range(7)))
        tx.goals.save(*(Goal(id=f"g{n}", title=f"G {n}", team=f"t{n}", ends=SEPTEMBER) for n in range(7)))
    review_reminders.remind(acme, now=NOW)
    (told,) = notices(acme, "ben")
    assert len(told.body["reviews"]) == 5 and "and more in 3 periods" in told.body["text"]


def test_a_later_end_of_the_same_team_is_told_of(acme: Store) -> None:
    review_reminders.remind(acme, now=NOW)
    with acme.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("refer"), ends=date(2026, 10, 10)))
    assert review_reminders.remind(acme, now=NOW + 10 * DAY) == 1
    assert "1 goal of Growth ends on 10 October 2026" in notices(acme, "ben")[1].body["text"]


def test_nobody_is_told_on_a_day_off_or_of_what_was_reviewed_meanwhile(acme: Store) -> None:
    saturday = NOW + 3 * DAY
    review_reminders.remind(acme, now=saturday)
    (told,) = notices(acme, "ben")
    assert told.not_before == datetime(2026, 9, 28, 7, 0, tzinfo=UTC)  # Monday at nine in Berlin
    settle(acme, {"signup": Decision.KEEP})
    assert notices(acme, "ben")[0].state is DeliveryState.PENDING
    settle(acme, {"refer": Decision.DROP})
    assert notices(acme, "ben")[0].state is DeliveryState.CANCELLED


def test_goals_of_archived_teams_wait_in_silence(acme: Store) -> None:
    archive(acme, "growth")
    archive(acme, "platform")
    assert review_reminders.remind(acme, now=NOW) == 0
