"""Teams that more is asked of than their members can serve."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from checkins import document
from checkins.analysis.detectors import overload
from checkins.analysis.weekly import analyse
from checkins.cadence import Week
from checkins.model import Finding, Goal, Team
from checkins.wording import NBSP
from tests.checkins.analysis.companies import Company
from tests.checkins.analysis.simulated import case_of_panel, panel_of_world
from tests.checkins.analysis.test_weekly import NOW, REAL
from tests.databases import sqlite_store
from tests.evaluation.worlds import dirichlet_world


def found(company: Company) -> list[Finding]:
    return list(overload.detect(company.case()))


def hub(*, depending: int = 0, waiting: int = 0, members: int = 3, others: int = 6) -> Company:
    """Platform, on which goals of other teams depend and for which their people wait."""
    company = Company(teams=[Team(id="platform", name="Platform", members=tuple(f"p{n}" for n in range(members)))])
    company.own("platform", "cost")
    for number in range(others):
        company.own(f"team-{number}", f"goal-{number}")
        for ago in range(4):
            for person in range(2):
                company.answer(f"t{number}-{person}", f"team-{number}", ago=ago, work={f"goal-{number}": 1.0})
    for number in range(depending):
        team = f"team-{number % others}"
        company.own(team, f"need-{number:02}", depends_on=("platform",))
    for number in range(waiting):
        company.answer(f"t{number % others}-{number // others}", f"team-{number % others}", waiting_on=["platform"])
    return company


def test_three_asks_for_each_member_are_too_many() -> None:
    (finding,) = found(hub(depending=6, waiting=3))
    assert (finding.teams, finding.goals, finding.check_ins) == (("platform",), (), ())
    assert finding.evidence["depending_goals"] == [f"need-0{number}" for number in range(6)]
    assert (finding.evidence["depending"], finding.evidence["waiting"], finding.evidence["members"]) == (6, 3, 3)
    assert finding.sentence.replace(NBSP, " ") == (
        "Platform has 3.0 asks for each of its 3 members: 6 goals of other teams depend on it and 3 people of other "
        "teams wait for it. Of 7 teams, 95 % have 2.1 or fewer. From 48 of 48 answers over 4 check-ins."
    )


def test_fewer_asks_or_more_members_are_not() -> None:
    assert found(hub(depending=6, waiting=2)) == []
    assert found(hub(depending=6, waiting=3, members=4)) == []


def test_a_person_who_waits_week_after_week_is_one_ask() -> None:
    company = hub(depending=8)
    for ago in range(4):
        company.answer("t0-0", "team-0", ago=ago, waiting_on=["platform"])
    (finding,) = found(company)
    assert (finding.evidence["waiting"], finding.evidence["asks_per_member"]) == (1, 3.0)
    long_ago = hub(depending=8)
    long_ago.answer("t0-0", "team-0", ago=4, waiting_on=["platform"])
    assert found(long_ago) == []


def test_what_a_team_asks_of_itself_is_no_ask() -> None:
    company = hub(depending=8)
    company.own("platform", "own", depends_on=("platform",))
    assert found(company) == []


def test_a_goal_of_an_archived_team_asks_for_nothing() -> None:
    company = hub(depending=9)
    assert len(found(company)) == 1
    company.teams = [replace(team, archived=team.id == "team-0") for team in company.teams]
    assert found(company) == []


def test_a_team_without_known_members_has_no_figure() -> None:
    assert found(hub(depending=20, members=0)) == []


def test_of_long_lists_of_goals_the_evidence_names_twenty() -> None:
    (finding,) = found(hub(depending=30))
    assert (finding.evidence["depending"], len(finding.evidence["depending_goals"])) == (30, 20)
    assert "From" not in finding.sentence


def test_where_all_teams_are_asked_for_much_none_stands_out() -> None:
    company = hub()
    for team in range(7):
        name = "platform" if team == 6 else f"team-{team}"
        others = tuple(f"team-{other}" for other in range(6) if other != team)
        company.goals += [Goal(id=f"web-{team}-{n}", title="Web", team=name, depends_on=others) for n in range(3)]
    assert found(company) == []


def test_among_fewer_than_five_teams_only_a_single_one_at_twice_the_median_stands_out() -> None:
    (finding,) = found(hub(depending=9, others=2))
    assert finding.sentence.endswith("The median of 3 teams is 0.0.")
    both = hub(depending=9, others=2)
    both.own("team-0", *(f"more-{number}" for number in range(6)), depends_on=("team-1",))
    assert found(both) == []


def test_a_company_of_one_team_or_none_has_no_overload() -> None:
    company = Company(teams=[Team(id="only", name="Only", members=("a",))])
    company.goals += [Goal(id=f"g{number}", title="G", depends_on=("only",)) for number in range(5)]
    assert found(company) == []
    assert found(Company()) == []


def test_teams_that_ask_each_other_now_and_then_are_left_alone() -> None:
    rng = np.random.default_rng(63)
    world = dirichlet_world(rng, sizes=rng.integers(3, 13, 400), periods=8)
    panel = panel_of_world(world)
    periods, rows = np.nonzero(world.answered.T)
    waits = rng.random(len(rows)) < 0.05
    rows, periods = rows[waits], periods[waits]
    other = (world.row_team[rows] + rng.integers(1, 400, len(rows))) % 400
    panel = replace(panel, waiting=np.column_stack([rows, periods, other]))
    assert len(list(overload.detect(case_of_panel(panel)))) <= 2


@pytest.mark.skipif(not REAL.exists(), reason="The real organisation document is not there")
def test_of_the_rust_teams_lang_is_asked_for_too_much(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path / "trueline.db")
    document.apply(store, document.parse(REAL.read_text()), now=NOW)
    with store.snapshot() as tx:
        (finding,) = overload.detect(analyse(tx, week=Week.parse("2025-W22")).case)
    assert (finding.teams, finding.evidence["depending"], finding.evidence["members"]) == (("lang",), 15, 5)
