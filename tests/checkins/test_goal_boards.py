"""What people see of goals."""

from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest

from checkins import goal_boards
from checkins.errors import NotFound
from checkins.goal_boards import GoalBoard
from checkins.goal_state import GoalState
from checkins.model import Finding, FindingKind, FindingState, Goal, GoalStatus, Person, Team
from checkins.ports import Store, StoredDigest
from storage.database import Database
from tests.acme import MONDAY, day, settle_in
from tests.storage.watching import queries

TODAY = day(14)


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def add(store: Store, *goals: Goal) -> None:
    with store.transaction() as tx:
        tx.goals.save(*goals)


def shown(board: GoalBoard) -> list[tuple[str, str, list[str]]]:
    return [(section.part, section.title, [line.goal.id for line in section.lines]) for section in board.sections]


def test_mine_are_those_i_own_and_the_others_of_my_teams(acme: Store) -> None:
    board = goal_boards.mine(acme, actor="ben", today=TODAY)
    assert shown(board) == [("", "Goals you own", ["signup"])]
    (line,) = board.lines
    assert (line.owner, line.team, line.weight) == (None, "Growth", 0.5)
    assert line.supports == ("Be the place teams start their day",)
    assert [team.id for team in board.can_set] == ["growth"]


def test_what_is_paused_stays_with_its_team_until_its_period_is_over(acme: Store) -> None:
    paused = Goal(id="rest", title="Rest", team="platform", status=GoalStatus.PAUSED, ends=TODAY)
    add(acme, paused, replace(paused, id="gone", ends=TODAY - timedelta(days=1)))
    board = goal_boards.of_team(acme, actor="kiri", name="platform", today=TODAY)
    assert shown(board) == [("", "Platform", ["speed", "rest"])]
    assert board.lines[1].standing.state is GoalState.PAUSED


def test_all_goals_stand_below_what_they_support_and_the_rest_by_team(acme: Store) -> None:
    add(acme, Goal(id="both", title="Both", team="platform", supports=("signup", "speed")))
    board = goal_boards.everything(acme, actor="kiri", today=TODAY)
    assert shown(board) == [
        ("Running today", "", ["north", "signup", "both"]),
        ("Running today", "Platform", ["speed"]),
    ]
    both = board.lines[2]
    assert (both.depth, both.also, both.team) == (2, ("Pages in under a second",), "Platform")


def test_all_goals_go_on_with_those_to_come_and_those_that_nobody_closed(acme: Store) -> None:
    first, second = {"starts": date(2025, 1, 1), "ends": date(2025, 6, 30)}, {"ends": date(2025, 12, 31)}
    add(
        acme,
        Goal(id="soon", title="Soon", team="growth", starts=date(2026, 10, 1), ends=date(2026, 12, 31)),
        Goal(id="h1", title="Early", team="growth", supports=("north",), **first),
        Goal(id="h2", title="Late", **second),
        Goal(id="done", title="Done", status=GoalStatus.DONE, **first),
        Goal(id="off", title="Off", status=GoalStatus.DROPPED),
        Goal(id="rest", title="Rest", status=GoalStatus.PAUSED),
    )
    board = goal_boards.everything(acme, actor="kiri", today=TODAY)
    assert shown(board)[2:] == [
        ("Coming: October – December 2026", "Growth", ["soon"]),
        ("Over, not closed yet: until 31 December 2025", "Without a team", ["h2"]),
        ("Over, not closed yet: January – June 2025", "Growth", ["h1"]),
    ]
    assert board.closed == 3
    past = goal_boards.past(acme, actor="kiri", today=TODAY)
    assert [part for part, _, _ in shown(past)] == [
        "Paused: no dates",
        "no dates",
        "until 31 December 2025",
        "January – June 2025",
        "January – June 2025",
    ]
    assert {line.goal.id for line in past.lines} == {"h1", "h2", "done", "off", "rest"}


def test_the_past_keeps_the_names_of_archived_teams(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(Team(id="labs", name="Laboratory", archived=True))
        tx.goals.save(Goal(id="old", title="Old", team="labs", owner="cleo", ends=day(1), starts=day(1)))
    assert shown(goal_boards.past(acme, actor="kiri", today=TODAY)) == [
        ("1 September 2026", "Laboratory (archived)", ["old"])
    ]
    (line,) = goal_boards.matching(acme, actor="kiri", words="laboratory", today=TODAY).lines
    assert (line.team, line.owner) == ("Laboratory (archived)", "Cleo")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("WEEKLY sign", ["signup"]),
        ("funnel", ["signup"]),
        ("ben double", ["signup"]),
        ("growth", ["signup"]),
        ("platform", ["speed", "over"]),
        ("nowhere", []),
    ],
)
def test_words_search_titles_descriptions_owners_and_teams(acme: Store, words: str, found: list[str]) -> None:
    with acme.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("signup"), description="Mend the Funnel"))
        tx.goals.save(Goal(id="over", title="Over", contributing_teams=("platform",), ends=day(1)))
    board = goal_boards.matching(acme, actor="kiri", words=words, today=TODAY)
    assert [line.goal.id for line in board.lines] == found


def test_what_is_at_risk_comes_before_what_nobody_speaks_of(acme: Store) -> None:
    told = Finding(
        id="f1",
        kind=FindingKind.FALLING_CONFIDENCE,
        basis=None,
        teams=(),
        goals=("signup",),
        since="2026-W36",
        weeks=1,
        severity=0.5,
        evidence={},
        check_ins=(),
        sentence="",
    )
    untold = replace(told, id="f2", goals=("north",))
    decided = replace(told, id="f3", goals=("speed",), state=FindingState.DELIBERATE)
    body = {"findings": [{"id": "f1"}, {"id": "f3"}]}
    with acme.transaction() as tx:
        tx.goals.save(*(replace(goal, updated_at=MONDAY) for goal in tx.goals.all() if goal.id != "speed"))
        tx.digests.save_findings([told, untold, decided])
        tx.digests.save(StoredDigest(week="2026-W37", team=None, body=body, built_at=MONDAY))
    assert shown(goal_boards.at_risk(acme, actor="kiri", today=TODAY)) == [("", "Without an update", ["speed"])]
    with acme.transaction() as tx:
        tx.digests.save(StoredDigest(week="2026-W37", team=None, body=body, built_at=MONDAY, published=True))
    board = goal_boards.at_risk(acme, actor="kiri", today=TODAY)
    assert shown(board) == [("", "At risk", ["signup"]), ("", "Without an update", ["speed"])]
    assert board.lines[0].standing.trouble is FindingKind.FALLING_CONFIDENCE


def test_leads_may_set_goals_of_the_teams_below_theirs_too(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(
            Team(id="ads", name="Ads", parent="growth"),
            Team(id="web", name="Web", parent="ads"),
            Team(id="x", name="X"),
        )
    board = goal_boards.mine(acme, actor="ben", today=TODAY)
    assert [team.id for team in board.can_set] == ["ads", "growth", "web"]
    assert len(goal_boards.mine(acme, actor="ada", today=TODAY).can_set) == 5


def test_an_unknown_team_names_the_teams(acme: Store) -> None:
    with pytest.raises(NotFound, match="Growth, Platform"):
        goal_boards.of_team(acme, actor="kiri", name="grwth", today=TODAY)
    assert goal_boards.of_team(acme, actor="kiri", name=" GROWTH ", today=TODAY).sections[0].title == "Growth"


def test_the_shell_lists_the_same_without_a_viewer(acme: Store) -> None:
    add(acme, Goal(id="done", title="Done", team="growth", status=GoalStatus.DONE))
    board = goal_boards.everything(acme, actor="kiri", today=TODAY)
    assert goal_boards.overview(acme, today=TODAY, team=None, closed=False) == list(board.sections)
    of_growth = goal_boards.overview(acme, today=TODAY, team="growth", closed=True)
    assert [(section.part, section.lines[0].goal.id) for section in of_growth] == [
        ("Running today", "signup"),
        ("Done: no dates", "done"),
    ]
    with pytest.raises(NotFound):
        goal_boards.overview(acme, today=TODAY, team="nope", closed=False)


def test_a_thousand_goals_take_as_many_queries_as_three(acme: Store, database: Database) -> None:
    with queries(database) as few:
        goal_boards.everything(acme, actor="kiri", today=TODAY)
    people = [Person(id=f"p{n}", name=f"P{n}") for n in range(100)]
    with acme.transaction() as tx:
        tx.people.save(*people)
        tx.teams.save(*(Team(id=f"t{n}", name=f"T{n}", archived=n % 2 == 0) for n in range(100)))
        tx.goals.save(
            *(
                Goal(
                    id=f"g{n}",
                    title=f"G{n}",
                    team=f"t{n % 100}",
                    owner=f"p{n % 100}",
                    supports=(f"g{n - 1}",) * (n > 0),
                )
                for n in range(1000)
            )
        )
    started = perf_counter()
    with queries(database) as many:
        board = goal_boards.everything(acme, actor="kiri", today=TODAY)
    assert perf_counter() - started < 1
    assert (len(board.lines), len(many)) == (1003, len(few))
