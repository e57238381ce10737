"""Effort and prompts as columns that fit together."""

from dataclasses import replace
from datetime import timedelta

import pytest

from checkins.model import Contact, PromptState, Reason, WorkItem
from checkins.ports import EffortColumns, PromptColumns, Store
from tests.storage import company
from tests.storage.company import BOB, CHECK_IN, MONDAY, NOW, PROMPT

DAY = timedelta(days=1)
EARLY = replace(
    CHECK_IN,
    id="z",
    person="bob",
    date=MONDAY - DAY,
    items=(WorkItem(text="One", goal="grow"), WorkItem(text="Two", reason=Reason.EXPLORATION, share=0.25)),
    worked_with=("web",),
    waiting_on=(),
    contacts={"old": Contact.NO},
    prompt=None,
)


@pytest.fixture
def answered(store: Store) -> Store:
    with store.transaction() as tx:
        company.fill(tx)
        tx.check_ins.save(EARLY, replace(EARLY, id="silent", items=(), date=MONDAY + DAY, worked_with=()), at=NOW)
    return store


def test_effort_is_one_entry_per_check_in_item_and_named_team(answered: Store) -> None:
    with answered.snapshot() as tx:
        effort = tx.history.effort(MONDAY - DAY, MONDAY + DAY)
    assert effort == EffortColumns(
        check_in=["z", "c1", "silent"],
        person=["bob", "ann", "bob"],
        team=["web", "web", "web"],
        day=[MONDAY - DAY, MONDAY, MONDAY + DAY],
        item_of=[0, 0, 1, 1, 1],
        goal=["grow", None, "ship", None, None],
        reason=[None, "exploration", None, "keeping_the_lights_on", None],
        share=[None, 0.25, 1 / 3, 2 / 3, None],
        # Its own team is no tie; a team that is named twice is one; contacts count when the answer is yes.
        tie_of=[1, 1],
        tie_team=["company", "old"],
    )


def test_effort_keeps_to_its_dates(answered: Store) -> None:
    with answered.snapshot() as tx:
        assert tx.history.effort(MONDAY, MONDAY).check_in == ["c1"]
        assert tx.history.effort(MONDAY + 2 * DAY, MONDAY + 9 * DAY) == EffortColumns()


def test_asked_is_everybody_prompted_who_was_not_away(answered: Store) -> None:
    cleo = replace(BOB, id="cleo")
    with answered.transaction() as tx:
        tx.people.save(cleo)
        away = replace(PROMPT, id="p2", person="bob", state=PromptState.AWAY)
        tx.rounds.add_prompts([away, replace(PROMPT, id="p3", person="cleo", team="old", state=PromptState.EXPIRED)])
        assert tx.history.asked(MONDAY, MONDAY) == PromptColumns(
            person=["ann", "cleo"], team=["web", "old"], day=[MONDAY, MONDAY]
        )
        assert tx.history.asked(MONDAY + DAY, MONDAY + DAY) == PromptColumns()
