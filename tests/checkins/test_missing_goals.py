"""Work whose goal is missing reaches those who can add it, through a real database; who wrote it stays unsaid."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checkins import answering, missing_goals, privacy, rounds
from checkins.forms import AnswerDraft, ItemDraft
from checkins.model import Delivery, DeliveryKind, Goal, Team
from checkins.ports import Store
from tests.acme import prompt_of, schedule_mondays, settle_in, work

MONDAY = datetime(2026, 9, 14, 13, 30, tzinfo=UTC)
CLOSED = MONDAY + timedelta(days=3)  # Thursday, 15:30 in Berlin


@pytest.fixture
def asked(store: Store) -> Store:
    settle_in(store)
    schedule_mondays(store)
    rounds.open_due_rounds(store, now=MONDAY)
    return store


def answer(store: Store, person: str, *lines: str, reason: str = "goal_missing", now: datetime = MONDAY) -> None:
    items = tuple(ItemDraft(text=line, choice=f"none:{reason}") for line in lines)
    answering.submit(store, actor=person, prompt=prompt_of(store, person).id, draft=AnswerDraft(items=items), now=now)


def notices(store: Store, now: datetime = CLOSED) -> list[Delivery]:
    with store.transaction() as tx:
        due = tx.outbox.claim(now=now, lease=timedelta(minutes=2), limit=50)
    return sorted((each for each in due if each.kind is DeliveryKind.NOTICE), key=lambda notice: str(notice.person))


def close(store: Store, now: datetime = CLOSED) -> list[Delivery]:
    rounds.close_due_rounds(store, now=now)
    return notices(store, now)


def quotes(store: Store, notice: Delivery) -> Sequence[str]:
    return missing_goals.quoted(store, reader=str(notice.person), check_ins=notice.body["check_ins"])


def change_team(store: Store, team: str, **changes: object) -> None:
    with store.transaction() as tx:
        tx.teams.save(replace(tx.teams.get(team), **changes))  # type: ignore[arg-type]


def own(store: Store, goal: str, owner: str | None) -> None:
    with store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get(goal), owner=owner))


def test_the_owner_of_the_teams_goal_hears_of_it_once_the_round_has_closed(asked: Store) -> None:
    answer(asked, "cleo", "Moved the ledger", "Wrote a runbook")
    assert notices(asked, MONDAY) == []
    (notice,) = close(asked)
    assert notice.person == "ben"
    assert notice.body["text"] == (
        "1 answer of Growth names work whose goal is missing from the list. "
        "If it belongs there, add it: `/goals`, then “Set goals”."
    )
    assert list(quotes(asked, notice)) == ["Moved the ledger", "Wrote a runbook"]
    assert "Cleo" not in str(notice.body) and "cleo" not in str(notice.body)
    assert close(asked) == []


def test_at_most_three_texts_are_quoted_each_cut_and_on_one_line(asked: Store) -> None:
    answer(asked, "cleo", "word " * 50, "two\nlines", "three", "four")
    (notice,) = close(asked)
    long, *others = quotes(asked, notice)
    assert len(long) <= 120 and long.endswith("word…")
    assert others == ["two lines", "three"]


def test_an_owner_from_elsewhere_gets_the_number_and_no_words(asked: Store) -> None:
    own(asked, "signup", "kiri")
    answer(asked, "cleo", "Moved the ledger")
    answer(asked, "ben", "Moved it back")
    assert close(asked) == []  # the middle of Kiri's night
    (notice,) = notices(asked, CLOSED + timedelta(hours=6))
    assert notice.person == "kiri"
    assert notice.body["text"] == (
        "2 answers of Growth name work whose goal is missing from the list. "
        "If it belongs there, a lead of Growth can add it: `/goals`, then “Set goals”."
    )
    assert list(quotes(asked, notice)) == []


def test_without_an_owner_the_leads_hear_of_it_and_without_those_the_admins(asked: Store) -> None:
    own(asked, "signup", None)
    answer(asked, "cleo", "Moved the ledger")
    answer(asked, "kiri", "Moved a server")
    admin, lead = close(asked)
    assert (admin.person, lead.person) == ("ada", "ben")
    assert "1 answer of Platform" in admin.body["text"] and "1 answer of Growth" in lead.body["text"]
    assert (list(quotes(asked, admin)), list(quotes(asked, lead))) == (["Moved a server"], ["Moved the ledger"])


def test_an_owner_who_cannot_be_reached_is_passed_by(asked: Store) -> None:
    own(asked, "speed", "noa")  # no chat account
    with asked.transaction() as tx:
        tx.people.save(replace(tx.people.get("ben"), active=False))
    answer(asked, "cleo", "Moved the ledger")
    answer(asked, "kiri", "Moved a server")
    assert [notice.person for notice in close(asked)] == ["ada"]


def test_who_is_concerned_with_two_teams_reads_one_notice(asked: Store) -> None:
    own(asked, "speed", "ben")
    answer(asked, "cleo", "Moved the ledger")
    answer(asked, "kiri", "Moved a server")
    (notice,) = close(asked)
    assert notice.body["text"].startswith("1 answer of Growth and 1 answer of Platform name work")
    assert list(quotes(asked, notice)) == ["Moved the ledger"]  # Ben is not of Platform
    change_team(asked, "platform", parent="growth")  # now he leads the team above it
    assert sorted(quotes(asked, notice)) == ["Moved a server", "Moved the ledger"]


def test_nobody_is_told_of_their_own_line_alone(asked: Store) -> None:
    answer(asked, "ben", "Moved the ledger")
    assert close(asked) == []


def test_beside_others_ones_own_answer_counts_and_is_not_quoted(asked: Store) -> None:
    answer(asked, "ben", "Moved the ledger")
    answer(asked, "cleo", "Moved it back")
    (notice,) = close(asked)
    assert notice.body["text"].startswith("2 answers of Growth name work")
    assert list(quotes(asked, notice)) == ["Moved it back"]


def test_other_reasons_and_goals_are_told_to_nobody(asked: Store) -> None:
    answer(asked, "cleo", "Pager", reason="keeping_the_lights_on")
    answering.submit(asked, actor="ben", prompt=prompt_of(asked, "ben").id, draft=work(), now=MONDAY)
    assert close(asked) == []


def test_a_late_answer_tells_by_itself_and_its_edit_does_not(asked: Store) -> None:
    assert close(asked) == []
    answer(asked, "cleo", "Moved the ledger", now=CLOSED)
    (notice,) = notices(asked)
    assert (notice.person, list(quotes(asked, notice))) == ("ben", ["Moved the ledger"])
    answer(asked, "cleo", "Moved the ledger, all of it", now=CLOSED)
    assert notices(asked) == []
    assert list(quotes(asked, notice)) == ["Moved the ledger, all of it"]


def test_every_late_answer_is_told_of(asked: Store) -> None:
    with asked.transaction() as tx:
        tx.teams.save(Team(id="ops", name="Ops", leads=("ada",)))
        tx.goals.save(Goal(id="pager", title="Quiet nights", team="growth", owner="ada"))
    close(asked)
    answer(asked, "cleo", "Moved the ledger", now=CLOSED)
    answer(asked, "ben", "Moved it back", now=CLOSED)
    assert [notice.person for notice in notices(asked)] == ["ada", "ada", "ben"]


def test_an_edit_after_closing_of_an_answer_that_was_told_of_is_not_told_again(asked: Store) -> None:
    answer(asked, "cleo", "Moved the ledger")
    assert len(close(asked)) == 1
    answer(asked, "cleo", "Moved the ledger twice", now=CLOSED)
    assert notices(asked) == []


def test_an_edit_after_closing_that_first_lacks_a_goal_is_told(asked: Store) -> None:
    answer(asked, "cleo", "Pager", reason="exploration")
    assert close(asked) == []
    answer(asked, "cleo", "Pager", now=CLOSED)
    assert [notice.person for notice in notices(asked)] == ["ben"]


def test_a_notice_waits_for_working_hours(asked: Store) -> None:
    answer(asked, "cleo", "Moved the ledger")
    night = datetime(2026, 9, 18, 22, 0, tzinfo=UTC)  # Friday
    assert close(asked, night) == []
    assert notices(asked, datetime(2026, 9, 21, 6, 59, tzinfo=UTC)) == []
    assert len(notices(asked, datetime(2026, 9, 21, 7, 0, tzinfo=UTC))) == 1  # Monday, nine in Berlin


def test_words_erased_before_the_notice_goes_out_are_not_in_it(asked: Store) -> None:
    answer(asked, "cleo", "Moved the ledger")
    (notice,) = close(asked)
    privacy.erase(asked, person="cleo")
    assert list(quotes(asked, notice)) == []
