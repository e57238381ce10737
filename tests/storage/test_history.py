"""Effort and prompts as columns that fit together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checkins.model import Contact, PromptState, Reason, WorkItem
from checkins.ports import EffortColumns, PromptColumns, Store, VoiceColumns
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
        # Its own team is no tie.
        tie_of=[0, 1, 1, 1, 1, 1, 2],
        tie_team=["old", "old", "company", "company", "old", "company", "old"],
        tie_word=["no", "not_needed", "yes", "waiting_on", "worked_with", "worked_with", "no"],
    )


def test_effort_keeps_to_its_dates(answered: Store) -> None:
    with answered.snapshot() as tx:
        assert tx.history.effort(MONDAY, MONDAY).check_in == ["c1"]
        assert tx.history.effort(MONDAY + 2 * DAY, MONDAY + 9 * DAY) == EffortColumns()


def test_early_check_ins_come_without_their_work_where_only_their_people_count(answered: Store) -> None:
    with answered.snapshot() as tx:
        whole = tx.history.effort(MONDAY - DAY, MONDAY + DAY)
        effort = tx.history.effort(MONDAY - DAY, MONDAY + DAY, work_since=MONDAY)
    assert effort.person == whole.person
    assert (effort.item_of, effort.goal) == (whole.item_of[2:], whole.goal[2:])
    assert (effort.tie_of, effort.tie_team) == (whole.tie_of[1:], whole.tie_team[1:])


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


def said(goals: list[str], words: list[str]) -> VoiceColumns:
    """What Ann said on Monday."""
    many = len(goals)
    return VoiceColumns(person=["ann"] * many, team=["web"] * many, day=[MONDAY] * many, goal=goals, said=words)


def test_voices_are_one_entry_per_statement_about_a_goal(answered: Store) -> None:
    with answered.snapshot() as tx:
        history = tx.history
        assert history.confidence(MONDAY, MONDAY) == said(["ship", "grow"], ["5", "1"])
        assert history.clarity(MONDAY, MONDAY) == said(["grow"], ["3"])
        assert history.done(MONDAY, MONDAY) == said(["ship"], ["Everybody uses it"])
        assert history.priorities(MONDAY, MONDAY) == said(["ship", "alpha", "grow"], ["1", "2", "3"])
        assert history.clarity(MONDAY + 2 * DAY, MONDAY + 9 * DAY) == VoiceColumns()


@pytest.mark.parametrize(
    ("since", "texts"),
    [
        (MONDAY - 9 * DAY, ["One", "Two", CHECK_IN.items[0].text, "Pager", "Unsaid"]),
        (MONDAY, [CHECK_IN.items[0].text, "Pager", "Unsaid"]),
        (MONDAY + DAY, []),
        (MONDAY + 9 * DAY, []),
        (None, []),
    ],
)
def test_the_last_items_come_with_their_words_where_these_are_wanted(
    answered: Store, since: date | None, texts: list[str]
) -> None:
    with answered.snapshot() as tx:
        whole = tx.history.effort(MONDAY - DAY, MONDAY + DAY)
        effort = tx.history.effort(MONDAY - DAY, MONDAY + DAY, words_since=since)
        late = tx.history.effort(MONDAY - DAY, MONDAY + DAY, work_since=MONDAY, words_since=MONDAY - DAY)
    assert effort == replace(whole, text=texts)
    assert late.text == [CHECK_IN.items[0].text, "Pager", "Unsaid"]
