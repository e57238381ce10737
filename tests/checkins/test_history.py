"""One's own answers, looked back on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from checkins import history
from checkins.model import CheckIn, GoalStatus, WorkItem
from checkins.ports import Store
from tests.acme import ASKED, day, settle_in


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def answered(store: Store, person: str, number: int) -> None:
    """So many answers, a week apart."""
    with store.transaction() as tx:
        for week in range(number):
            answer = CheckIn(
                id=f"{person}-{week:02}",
                person=person,
                team="growth",
                date=day(1) + timedelta(weeks=week),
                items=(WorkItem(text=f"Week {week}", goal="signup"),),
                worked_with=("platform",),
            )
            tx.check_ins.save(answer, at=ASKED)


@pytest.mark.parametrize(("number", "shown", "earlier"), [(0, 0, 0), (1, 1, 0), (8, 8, 0), (11, 8, 3)])
def test_the_newest_come_first_and_the_rest_is_counted(acme: Store, number: int, shown: int, earlier: int) -> None:
    answered(acme, "ben", number)
    answered(acme, "cleo", 2)
    past = history.mine(acme, actor="ben", today=day(1))
    assert [answer.id for answer in past.answers] == [f"ben-{n:02}" for n in range(number - 1, number - 1 - shown, -1)]
    assert past.earlier == earlier


def test_teams_and_goals_keep_their_names_when_they_are_gone(acme: Store) -> None:
    answered(acme, "ben", 1)
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), archived=True))
        tx.goals.save(replace(tx.goals.get("signup"), status=GoalStatus.DONE))
    past = history.mine(acme, actor="ben", today=day(1))
    assert [team.name for team in past.teams] == ["Growth", "Platform"]
    assert past.goal_titles["signup"] == "Double weekly signups"
    assert "signup" not in {goal.id for goal in past.goals}
