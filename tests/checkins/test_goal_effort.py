"""Effort by team and goal: each person counts once, lines without a share are equal parts, archived teams stay."""

import pytest

from checkins.goal_effort import effort_between
from checkins.model import CheckIn, Reason, Team, WorkItem
from checkins.ports import Store
from tests.acme import MONDAY, day, settle_in


def item(goal: str | None = None, share: float | None = None) -> WorkItem:
    return WorkItem(text="Work", goal=goal, reason=None if goal else Reason.EXPLORATION, share=share)


def answer(person: str, number: int, *items: WorkItem, team: str = "growth") -> CheckIn:
    return CheckIn(id=f"{person}-{number}", person=person, team=team, date=day(number), items=items)


def test_everybody_counts_once_however_often_they_answered(store: Store) -> None:
    settle_in(store)
    answers = [
        answer("ben", 7, item("signup", 0.8), item("north", 0.2)),
        answer("ben", 14, item("signup", 0.6), item(None, 0.4)),
        answer("cleo", 14, item("north"), item(None)),
        answer("cleo", 28, item("signup")),  # after the days looked at
        answer("kiri", 7, item("speed"), team="platform"),
    ]
    with store.transaction() as tx:
        tx.check_ins.save(*answers, at=MONDAY)
        tx.teams.save(Team(id="platform", name="Platform", archived=True))
        effort = effort_between(tx, day(1), day(27))
    assert effort.keys() == {"growth", "platform"}
    assert effort["growth"].shares == pytest.approx({"signup": 0.35, "north": 0.3})
    assert (effort["growth"].answers, effort["growth"].check_ins) == (3, 2)
