"""The digest of a week from a real store: a made-up company week by week, and the Rust project's goals."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from checkins import document
from checkins.analysis.declared import frozen_goals
from checkins.analysis.weekly import analyse, digest_of
from checkins.cadence import Week, period_of, recent_periods
from checkins.digest import Digest, from_json, to_json
from checkins.errors import NotFound
from checkins.model import Cadence, CheckIn, FindingKind, FrozenGoal, Goal, Person, Round, Team, WorkItem
from checkins.ports import Store
from checkins.wording import NBSP
from tests.databases import sqlite_store

REAL = Path(__file__).parents[4] / "shared" / "data" / "rust-goals-2024h2-2025h1.json"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
FIRST = date(2026, 10, 26)
WEEK = Week.of(FIRST + timedelta(weeks=3))
PLAN = {"growth": {"signup": 0.6, "speed": 0.4}, "platform": {"uptime": 0.5, "cost": 0.5}}


@pytest.fixture
def company(tmp_path: Path) -> Store:
    """Growth and Platform, five people each, with two goals each."""
    store = sqlite_store(tmp_path / "trueline.db")
    with store.transaction() as tx:
        people = [Person(id=f"{team}-{n}", name=f"{team} {n}") for team in PLAN for n in range(5)]
        tx.people.save(*people)
        for team, goals in PLAN.items():
            members = tuple(f"{team}-{n}" for n in range(5))
            tx.teams.save(Team(id=team, name=team.title(), members=members))
            tx.goals.save(
                *(
                    Goal(id=goal, title=goal.title(), team=team, owner=members[0], weight=weight)
                    for goal, weight in goals.items()
                )
            )
    return store


def answer(
    store: Store, team: str, split: dict[str, float], *, weeks: Sequence[int] = range(4), people: int = 5
) -> None:
    other = next(name for name in PLAN if name != team)
    with store.transaction() as tx:
        for week in weeks:
            for number in range(people):
                tx.check_ins.save(
                    CheckIn(
                        id=f"{team}-{number}-{week}",
                        person=f"{team}-{number}",
                        team=team,
                        date=FIRST + timedelta(weeks=week),
                        items=tuple(WorkItem(text=goal, goal=goal, share=share) for goal, share in split.items()),
                        worked_with=(other,) if number == 1 else (),
                    ),
                    at=NOW,
                )


def digest(store: Store, *, week: Week = WEEK, team: str | None = None) -> Digest:
    with store.snapshot() as tx:
        return digest_of(tx, week=week, team=team)


def test_a_healthy_company_has_numbers_and_no_findings(company: Store) -> None:
    for team, split in PLAN.items():
        answer(company, team, split)
    whole = digest(company)
    assert (whole.week, whole.period, whole.team) == ("2026-W47", "2026-W47", None)
    assert (whole.answers.expected, whole.answers.received) == (10, 10)
    assert (whole.aligned_share, whole.plan_gap) == (1.0, 0.0)
    assert [(row.goal, row.declared, row.actual) for row in whole.goals] == [
        ("cost", 0.25, 0.25),
        ("signup", 0.3, 0.3),
        ("speed", 0.2, 0.2),
        ("uptime", 0.25, 0.25),
    ]
    assert (whole.findings, whole.notes) == ((), ())


def test_a_teams_digest_is_about_that_team(company: Store) -> None:
    answer(company, "growth", {"signup": 0.3, "speed": 0.7})
    answer(company, "platform", PLAN["platform"])
    growth, platform = digest(company, team="growth"), digest(company, team="platform")
    assert [(row.goal, row.declared, row.actual) for row in growth.goals] == [
        ("signup", 0.6, 0.3),
        ("speed", 0.4, 0.7),
    ]
    assert growth.plan_gap == pytest.approx(0.3)
    assert [finding.kind for finding in growth.findings] == [FindingKind.DRIFT, FindingKind.DRIFT]
    assert (platform.plan_gap, platform.findings) == (0.0, ())
    assert digest(company).plan_gap == pytest.approx(0.15)


def plan_note(store: Store, team: str | None = None) -> str | None:
    note = digest(store, team=team).plan_note
    return note and note.replace(NBSP, " ")


def declare(store: Store, team: str, *, reserve: float | None, **weights: float) -> None:
    with store.transaction() as tx:
        tx.teams.save(replace(tx.teams.get(team), reserve=reserve))
        tx.goals.save(*(replace(tx.goals.get(goal), weight=weight) for goal, weight in weights.items()))


def test_planned_shares_that_are_what_people_typed_need_no_note(company: Store) -> None:
    for team, split in PLAN.items():
        answer(company, team, split)
    declare(company, "platform", reserve=0.5, uptime=0.3, cost=0.2)
    assert [plan_note(company, team) for team in (None, *PLAN)] == [None, None, None]


def test_planned_shares_after_scaling_are_explained_by_an_example(company: Store) -> None:
    for team, split in PLAN.items():
        answer(company, team, split)
    declare(company, "growth", reserve=0.1, signup=0.5, speed=0.5)
    declare(company, "platform", reserve=None, uptime=0.6, cost=0.3)
    assert plan_note(company, "growth") == "Planned shares leave 10 % for the reserve: 50 % counts as 45 %."
    assert plan_note(company, "platform") == (
        "Shares of planned goals are of the work on planned goals alone: 60 % counts as 67 %."
    )
    assert plan_note(company) == (
        "Planned shares leave room for the teams' reserves. "
        "In teams without a reserve, shares of planned goals are of the work on planned goals alone."
    )


def test_work_beside_the_planned_goals_is_counted_where_their_shares_are_of_planned_work(company: Store) -> None:
    answer(company, "growth", {"signup": 0.3, "speed": 0.2})
    with company.transaction() as tx:
        for check_in in tx.check_ins.all():
            items = (*check_in.items, WorkItem(text="a fire", share=0.5))
            tx.check_ins.save(replace(check_in, items=items, revision=2), at=NOW)
    growth = digest(company, team="growth")
    assert [row.actual for row in growth.goals] == [0.6, 0.4]
    assert growth.off_goals == 0.5
    assert plan_note(company, "growth") == "Shares of planned goals are of the work on planned goals alone."


def test_work_on_no_goal_is_not_aligned(company: Store) -> None:
    answer(company, "growth", {"signup": 0.5})
    with company.transaction() as tx:
        first = tx.check_ins.find("growth-0-3")
        assert first
        tx.check_ins.save(replace(first, items=(WorkItem(text="a fire"),), revision=2), at=NOW)
    assert digest(company).aligned_share == pytest.approx(0.8)


def test_a_goal_that_no_longer_runs_does_not_count(company: Store) -> None:
    answer(company, "growth", PLAN["growth"])
    with company.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("speed"), ends=FIRST + timedelta(weeks=2)))
    assert digest(company).aligned_share == pytest.approx(0.6)


def test_work_on_a_goal_that_ended_within_the_window_is_shown_as_such_and_not_as_work_on_none(company: Store) -> None:
    answer(company, "growth", PLAN["growth"], weeks=range(2))
    answer(company, "growth", {"signup": 1.0}, weeks=range(2, 4))
    with company.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("speed"), ends=FIRST + timedelta(days=13)))
    growth = digest(company, team="growth")
    assert {row.goal: row.actual for row in growth.goals if row.declared is None} == {"speed": pytest.approx(0.2)}
    assert growth.off_goals == 0
    assert growth.aligned_share == 1


def test_before_the_window_is_full_it_says_when_findings_start(company: Store) -> None:
    answer(company, "growth", {"speed": 1.0}, weeks=range(2))
    early = digest(company, week=WEEK.plus(-2))
    assert (early.findings, early.plan_gap) == ((), None)
    assert early.notes == ("Findings start after 4 check-ins: this is number 2.",)


def test_too_few_answers_carry_no_level(company: Store) -> None:
    answer(company, "growth", PLAN["growth"], weeks=range(3))
    answer(company, "growth", PLAN["growth"], weeks=[3], people=2)
    thin = digest(company, team="growth")
    assert thin.aligned_share is None
    assert "2 of 5 answers came in: too few to say where the effort went." in thin.notes


def test_findings_are_joined_with_those_of_earlier_digests(company: Store) -> None:
    answer(company, "growth", {"signup": 0.3, "speed": 0.7}, weeks=range(5))
    with company.transaction() as tx:
        tx.digests.save_findings(analyse(tx, week=WEEK).findings)
    with company.snapshot() as tx:
        later = analyse(tx, week=WEEK.plus(1))
    assert {(finding.weeks, finding.shown) for finding in later.digest().findings} == {(2, False)}
    assert all("memory" in finding.evidence for finding in later.findings)
    assert not any("memory" in finding.evidence for finding in later.digest().findings)


def test_a_week_that_is_analysed_again_says_the_same(company: Store) -> None:
    answer(company, "growth", {"signup": 0.3, "speed": 0.7}, weeks=range(5))
    made = []
    for week in (WEEK, WEEK.plus(1), WEEK.plus(1)):
        with company.transaction() as tx:
            analysis = analyse(tx, week=week)
            tx.digests.save_findings(analysis.findings)
        made.append(analysis)
    first, second, again = made
    assert {finding.weeks for finding in second.findings} == {2}
    assert (to_json(again.digest()), again.findings) == (to_json(second.digest()), second.findings)
    assert first.digest().findings != second.digest().findings


def test_a_week_without_answers_says_so(company: Store) -> None:
    answer(company, "growth", PLAN["growth"])
    answer(company, "platform", PLAN["platform"], weeks=range(3))
    silent = digest(company, team="platform")
    assert (silent.answers.expected, silent.answers.received, silent.aligned_share) == (5, 0, None)
    assert silent.notes == ("Nobody has answered yet. Late answers still count.",)


def test_a_week_in_which_nobody_was_asked_explains_nothing(company: Store) -> None:
    empty = digest(company)
    assert (empty.answers.expected, empty.aligned_share, empty.goals) == (0, None, ())
    assert empty.notes == ()


def test_before_the_window_is_full_it_speaks_of_check_ins_and_not_of_weeks(company: Store) -> None:
    with company.transaction() as tx:
        tx.workspace.save(replace(tx.workspace.get(), cadence=Cadence.MONTHLY))
    answer(company, "growth", PLAN["growth"], weeks=(0, 4))
    november = digest(company, week=Week.of(date(2026, 11, 26)))
    assert (november.period, november.notes) == ("2026-11", ("Findings start after 4 check-ins: this is number 2.",))


def test_the_same_data_give_the_same_digest(company: Store) -> None:
    answer(company, "growth", {"signup": 0.3, "speed": 0.7})
    assert json.dumps(to_json(digest(company))) == json.dumps(to_json(digest(company)))


def test_what_the_rounds_of_a_period_froze_is_kept_period_by_period() -> None:
    def asked(day: date, weight: float) -> Round:
        goal = FrozenGoal(id="signup", title="Signup", team="growth", weight=weight)
        return Round(id=str(day), schedule="s", date=day, opens_at=NOW, closes_at=NOW, goals=(goal,))

    periods = recent_periods(period_of(FIRST, Cadence.WEEKLY), Cadence.WEEKLY, 3)
    rounds = [asked(FIRST, 0.3), asked(FIRST - timedelta(weeks=2), 0.1), asked(FIRST + timedelta(days=1), 0.4)]
    frozen = frozen_goals(rounds, periods=periods, cadence=Cadence.WEEKLY)
    assert [{name: goal.weight for name, goal in goals.items()} for goals in frozen] == [
        {"signup": 0.1},
        {},
        {"signup": 0.4},
    ]


def test_an_unknown_team_is_refused(company: Store) -> None:
    with pytest.raises(NotFound):
        digest(company, team="nobody")


@pytest.fixture(scope="module")
def rust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if not REAL.exists():
        pytest.skip(f"The real organisation document is not there: {REAL}")
    store = sqlite_store(tmp_path_factory.mktemp("rust") / "trueline.db")
    document.apply(store, document.parse(REAL.read_text()), now=NOW)
    yield store


@pytest.fixture(scope="module")
def may(rust: Store) -> Digest:
    return digest(rust, week=Week.parse("2025-W22"))


def test_the_rust_project_in_may_2025(may: Digest) -> None:
    assert may.period == "2025-05"
    assert (may.answers.expected, may.answers.received) == (33, 20)
    assert "34 check-ins were joined into one answer per person." in may.notes
    assert (may.aligned_share, may.plan_gap) == (1.0, None)
    assert all(row.declared is None for row in may.goals)


def test_nothing_is_invented_about_the_rust_project(may: Digest) -> None:
    assert {finding.kind for finding in may.findings} == {FindingKind.ORPHAN_GOAL, FindingKind.OVERLOAD}
    assert [finding.teams for finding in may.findings if finding.kind is FindingKind.OVERLOAD] == [("lang",)]
    assert any(note.startswith("Too few answers to say whether") for note in may.notes)


def test_goals_whose_team_answered_but_never_for_them_are_orphans(may: Digest) -> None:
    unworked = {f.goals[0]: f.teams[0] for f in may.findings if f.evidence.get("decay") == "no_work"}
    assert unworked == {"2025h1/macro-improvements": "compiler", "2025h1/spec-testing": "spec"}
    unowned = {f.goals[0] for f in may.findings if f.evidence.get("missing")}
    assert unowned == {"2025h1/theme:Unblocking dormant traits", "2025h1/theme:Yes"}


def test_every_team_of_the_rust_project_has_a_digest(rust: Store) -> None:
    with rust.snapshot() as tx:
        analysis = analyse(tx, week=Week.parse("2025-W22"))
        teams = [team.id for team in tx.teams.all()]
    for team in teams:
        one = analysis.digest(team)
        assert from_json(json.loads(json.dumps(to_json(one)))) == one
        assert all(0 <= row.low <= row.actual <= row.high <= 1 for row in one.goals)
