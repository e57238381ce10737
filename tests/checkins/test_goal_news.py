"""Whom a change concerns, and that each of them hears of it once."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkins import document, goal_voices, privacy
from checkins.errors import NotFound
from checkins.goal_news import SETTLED, concerned, keep_and_tell
from checkins.model import Delivery, DeliveryKind, DeliveryState, Goal, GoalChange, GoalStatus, Strategy, Team
from checkins.ports import Store
from checkins.wording import NBSP
from tests.acme import MONDAY, settle_in

NOON = MONDAY + timedelta(hours=6)
LEASE = timedelta(minutes=2)
PEOPLE = ("ada", "ben", "cleo", "kiri")


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def change(store: Store, goal: str = "signup", *, by: str | None = "ada", at: datetime = NOON, **fields: Any) -> None:
    with store.transaction() as tx:
        why = fields.pop("why", "")
        keep_and_tell(tx, replace(tx.goals.get(goal), **fields), by=by, now=at, why=why)


def news(store: Store, person: str, kind: DeliveryKind = DeliveryKind.NEWS) -> list[Delivery]:
    """What a person is to be told, or was."""
    with store.snapshot() as tx:
        told = tx.outbox.about(f"{kind}:{person}", kind)
    return [each for each in told if each.state is not DeliveryState.CANCELLED]


def send(store: Store, at: datetime) -> list[Delivery]:
    """Have everything sent that is due."""
    with store.transaction() as tx:
        due = tx.outbox.claim(now=at, lease=LEASE, limit=50)
        for each in due:
            tx.outbox.settle(each.id, state=DeliveryState.SENT)
    return due


def changed(what: str, goal: str | None = "goal", **parts: str) -> GoalChange:
    given = {"before": "", "after": "", "person": "editor"} | parts
    return GoalChange(id="c", goal=goal, at=NOON, what=what, **given)


GOAL = Goal(
    id="goal",
    title="Goal",
    owner="owner",
    team="own",
    contributing_teams=("contributing",),
    depends_on=("needed",),
    supports=("above",),
)
AROUND = [
    GOAL,
    Goal(id="above", title="Above", owner="owner-above"),
    Goal(id="below", title="Below", owner="owner-below", supports=("goal",)),
    Goal(id="closed", title="Closed", owner="owner-closed", supports=("goal",), status=GoalStatus.DROPPED),
    Goal(id="needing", title="Needing", owner="owner-needing", team="waiting", depends_on=("own",)),
    Goal(id="other", title="Other", owner="owner-other", team="elsewhere"),
    Goal(id="once-above", title="Once above", owner="owner-once-above"),
]
TEAMS = [
    Team(id=id, name=id, leads=(f"lead-{id}",), members=("somebody",))
    for id in ("own", "contributing", "needed", "waiting", "elsewhere", "left")
]
ALWAYS = {"owner", "lead-own", "lead-contributing", "lead-needed", "lead-waiting", "owner-above", "owner-below"}


@pytest.mark.parametrize(
    ("what", "parts", "more"),
    [
        ("weight", {}, set()),
        ("weight:left", {}, {"lead-left"}),
        ("owner", {"before": "owner-before"}, {"owner-before"}),
        ("supports", {"before": "once-above"}, {"owner-once-above"}),
        ("title", {"person": "owner"}, set()),
    ],
)
def test_a_goal_concerns_those_around_it(what: str, parts: dict[str, str], more: set[str]) -> None:
    found = concerned([changed(what, **parts)], goals=AROUND, teams=TEAMS)
    assert found.keys() == (ALWAYS | more) - set(parts.get("person", "editor").split())


def test_the_strategy_concerns_leads_and_owners() -> None:
    found = concerned([changed("vision", None)], goals=AROUND, teams=TEAMS)
    leads = {lead for team in TEAMS for lead in team.leads}
    assert found.keys() == leads | {goal.owner for goal in AROUND} - {"owner-closed"}


def test_a_message_waits_until_things_have_settled(acme: Store) -> None:
    change(acme, weight=0.1)
    change(acme, weight=0.3, at=NOON + SETTLED - timedelta(seconds=1))
    (owed,) = news(acme, "ben")
    assert owed.not_before == NOON + 2 * SETTLED - timedelta(seconds=1)
    (weight,) = goal_voices.read(acme, owed)[owed.id].about[0].changes
    assert (weight.before, weight.after) == (f"50{NBSP}%", f"30{NBSP}%")


def test_what_was_sent_is_not_told_again(acme: Store) -> None:
    change(acme, weight=0.1)
    send(acme, NOON + SETTLED)
    change(acme, title="Triple signups", at=NOON + SETTLED)
    first, second = news(acme, "ben")
    assert set(first.body["changes"]).isdisjoint(second.body["changes"])


def test_whoever_is_erased_leaves_neither_name_nor_reason(acme: Store) -> None:
    change(acme, by="cleo", weight=0.1, why="Cleo said so")
    (owed,) = news(acme, "ben")
    goal_voices.concerns_me(acme, actor="ben", key=owed.key, now=NOON)
    privacy.erase(acme, person="cleo")
    told = goal_voices.read(acme, owed)[owed.id]
    assert (told.who, told.about[0].changes[0].why, told.said) == (None, "", True)


def test_a_voice_that_was_erased_says_nothing(acme: Store) -> None:
    change(acme, by="cleo", weight=0.1)
    (owed,) = news(acme, "ben")
    goal_voices.concerns_me(acme, actor="ben", key=owed.key, now=NOON)
    (passed_on,) = news(acme, "cleo", DeliveryKind.CONCERN)
    assert [voice.name for voice in goal_voices.read(acme, passed_on)[passed_on.id].voices] == ["Ben"]
    privacy.erase(acme, person="ben")
    assert goal_voices.read(acme, passed_on) == {}


def test_only_whoever_was_told_says_that_it_changes_their_work(acme: Store) -> None:
    change(acme, weight=0.1)
    (owed,) = news(acme, "ben")
    with pytest.raises(NotFound):
        goal_voices.concerns_me(acme, actor="cleo", key=owed.key, now=NOON)
    with pytest.raises(NotFound):
        goal_voices.concerns_me(acme, actor="ben", key="unknown", now=NOON)


def test_a_message_that_was_read_in_app_home_makes_room_for_the_next(acme: Store) -> None:
    change(acme, by="cleo", weight=0.1)
    (owed,) = news(acme, "ben")
    goal_voices.concerns_me(acme, actor="ben", key=owed.key, now=NOON)
    (first,) = news(acme, "cleo", DeliveryKind.CONCERN)
    with acme.transaction() as tx:
        tx.outbox.settle(first.id, state=DeliveryState.CANCELLED)
        tx.teams.save(replace(tx.teams.get("platform"), leads=("kiri",)))
        tx.goals.save(replace(tx.goals.get("signup"), contributing_teams=("platform",)))
    change(acme, by="cleo", weight=0.2, at=NOON + timedelta(minutes=1))
    (owed,) = news(acme, "kiri")
    goal_voices.concerns_me(acme, actor="kiri", key=owed.key, now=NOON)
    assert len(news(acme, "cleo", DeliveryKind.CONCERN)) == 1


ORGANISATION: dict[str, Any] = {
    "format": "trueline-organisation",
    "version": 1,
    "strategy": {"vision": "Calm"},
    "goals": [{"id": f"new-{n}", "title": f"New {n}", "team": "growth", "owner": "ben"} for n in range(9)],
}


def imported(store: Store, at: datetime, **changes: Any) -> None:
    document.apply(store, document.parse(json.dumps(ORGANISATION | changes)), now=at)


def test_a_first_import_tells_nobody_and_a_second_tells_once(acme: Store) -> None:
    imported(acme, NOON)
    assert [news(acme, person) for person in PEOPLE] == [[], [], [], []]
    heavier = [goal | {"weight": 0.1} for goal in ORGANISATION["goals"]]
    imported(acme, NOON + timedelta(days=1), goals=heavier, strategy={"vision": "Calmer"})
    (owed,) = news(acme, "ben")
    told = goal_voices.read(acme, owed)[owed.id]
    assert (told.who, told.about[0].goal, len(told.about)) == (None, None, 10)
    with acme.snapshot() as tx:
        assert tx.workspace.get().strategy == Strategy(vision="Calmer")
        assert [change.after for change in tx.goal_log.changes(None)] == ["Calm", "Calmer"]


TEAM_IDS, GOAL_IDS = ("growth", "platform"), ("north", "signup", "speed")
PERSON = st.none() | st.sampled_from(PEOPLE)
SOME_TEAMS = st.lists(st.sampled_from(TEAM_IDS), unique=True).map(tuple)
COMPANY = st.fixed_dictionaries(
    {
        "leads": st.tuples(*(st.lists(st.sampled_from(PEOPLE), unique=True).map(tuple) for _ in TEAM_IDS)),
        "goals": st.tuples(
            *(
                st.fixed_dictionaries(
                    {
                        "owner": PERSON,
                        "team": st.none() | st.sampled_from(TEAM_IDS),
                        "contributing_teams": SOME_TEAMS,
                        "depends_on": SOME_TEAMS,
                        "supports": st.lists(st.sampled_from(GOAL_IDS), unique=True).map(tuple),
                    }
                )
                for _ in GOAL_IDS
            )
        ),
        "editor": PERSON,
    }
)
DAYS = count(1)


@given(before=COMPANY, after=COMPANY, weights=st.tuples(*(st.sampled_from([0.1, 0.2]) for _ in GOAL_IDS)))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_is_told_twice_of_one_save_and_the_editor_never(
    store: Store, before: dict[str, Any], after: dict[str, Any], weights: Sequence[float]
) -> None:
    with store.snapshot() as tx:
        settled = tx.goals.find("signup") is not None
    if not settled:  # every example goes on where the one before has stopped, a week later
        settle_in(store)
    now, editor = NOON + timedelta(weeks=next(DAYS)), after["editor"]
    with store.transaction() as tx:
        for team, leads in zip(TEAM_IDS, before["leads"], strict=True):
            tx.teams.save(replace(tx.teams.get(team), leads=leads))
        tx.goals.save(
            *(replace(tx.goals.get(id), **fields) for id, fields in zip(GOAL_IDS, before["goals"], strict=True))
        )
    known = {person: {each.id for each in news(store, person)} for person in PEOPLE}
    with store.transaction() as tx:
        wanted = [
            replace(tx.goals.get(id), weight=weight, **fields)
            for id, weight, fields in zip(GOAL_IDS, weights, after["goals"], strict=True)
        ]
        changes = keep_and_tell(tx, *wanted, by=editor, now=now)
    told = {person: [each for each in news(store, person) if each.id not in known[person]] for person in PEOPLE}
    assert all(len(each) <= 1 for each in told.values())
    assert not told.get(editor or "")
    assert {id for each in told.values() for one in each for id in one.body["changes"]} <= {c.id for c in changes}
    with store.transaction() as tx:
        for person in PEOPLE:
            tx.outbox.cancel_all(person)
