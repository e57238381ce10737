"""Goals with an owner and a team that decay: work without a word from the owner, or all of it by one person."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

import numpy as np
import pytest

from checkins.analysis.detectors import orphans
from checkins.model import Finding, Goal, GoalChange, GoalUpdate
from checkins.wording import NBSP
from tests.checkins.analysis.companies import Company, monday
from tests.checkins.analysis.simulated import case_of_panel, panel_of_world
from tests.evaluation.worlds import World, dirichlet_world


def found(company: Company) -> list[Finding]:
    return list(orphans.detect(company.case()))


def decays(company: Company) -> list[str]:
    return [finding.evidence["decay"] for finding in found(company)]


def growth(
    *, by: Sequence[int], owner: str = "growth-0", share: float = 0.2, people: int = 5, weeks: int = 4
) -> Company:
    """Growth, where some people work on a side goal beside the main one, which has nothing to complain of."""
    company = Company()
    company.own("growth", "main", owner="growth-0")
    company.own("growth", "side", owner=owner)
    for ago in range(weeks):
        for number in range(people):
            part = share if number in by else 0.0
            work = {"main": 1 - part, "side": part} if part else {"main": 1.0}
            company.answer(f"growth-{number}", "growth", ago=ago, work=work)
    return company


def test_a_goal_that_its_owner_and_others_work_on_does_not_decay() -> None:
    assert found(growth(by=(0, 1))) == []


def test_work_without_a_word_from_the_owner_is_said() -> None:
    (finding,) = found(growth(by=(1, 2)))
    assert (finding.teams, finding.goals) == (("growth",), ("side",))
    assert (finding.evidence["decay"], finding.evidence["effect"]) == ("silent_owner", 0.5)
    assert finding.sentence == (
        "“Side” gets work, but neither work nor an update from its owner. "
        "From 20 of 20 answers over 4 check-ins of Growth."
    )
    assert "growth-0" not in str(finding.evidence)


def test_an_update_or_work_below_the_goal_is_a_word_of_the_owner() -> None:
    told = growth(by=(1, 2))
    told.updates += updates("growth-0", agos=[3])
    assert found(told) == []
    long_ago = growth(by=(1, 2))
    long_ago.updates += updates("growth-0", agos=[4])
    assert decays(long_ago) == ["silent_owner"]
    somebody_else = growth(by=(1, 2))
    somebody_else.updates += updates("growth-1", agos=[0])
    assert decays(somebody_else) == ["silent_owner"]
    below = growth(by=(1, 2))
    below.goals[0] = replace(below.goals[0], supports=("side",))
    assert found(below) == []


def updates(person: str, *, agos: Iterable[int]) -> list[GoalUpdate]:
    at = {ago: datetime.combine(monday(ago), time(12), tzinfo=UTC) for ago in agos}
    return [GoalUpdate(id=f"u{ago}", goal="side", person=person, at=when, text="On") for ago, when in at.items()]


def test_an_owner_who_works_on_it_in_another_team_is_not_silent() -> None:
    company = growth(by=(1, 2), owner="design-0")
    company.own("design", "look", owner="design-0")
    for ago in range(4):
        company.answer("design-0", "design", ago=ago, work={"look": 1.0})
    assert decays(company) == ["silent_owner"]
    company.answer("design-0", "design", work={"side": 0.1, "look": 0.9})
    assert found(company) == []


def test_nothing_is_said_of_owners_who_were_not_asked_or_hardly_answer() -> None:
    assert found(growth(by=(1, 2), owner="somebody")) == []
    away = growth(by=(1, 2), owner="growth-9")
    away.answer("growth-9", "growth", work={"main": 1.0})
    assert found(away) == []
    away.answer("growth-9", "growth", ago=3, work={"main": 1.0})
    assert decays(away) == ["silent_owner"]


def test_a_new_owner_has_the_window_to_speak() -> None:
    company = growth(by=(1, 2))
    at = datetime.combine(monday(2), time(12), tzinfo=UTC)
    company.changes.append(
        GoalChange(id="c", goal="side", at=at, person=None, what="owner", before="growth-1", after="growth-0")
    )
    assert found(company) == []


def test_a_new_plan_of_the_team_changes_nothing_about_other_teams_goals() -> None:
    company = growth(by=(1, 2))
    company.own("design", "look", owner="design-0")
    at = datetime.combine(monday(2), time(12), tzinfo=UTC)
    company.changes.append(GoalChange(id="c", goal="look", at=at, person=None, what="weight", before="", after="1.0"))
    assert decays(company) == ["silent_owner"]


def test_work_of_a_single_week_does_not_go_on_without_the_owner() -> None:
    company = growth(by=())
    company.answer("growth-1", "growth", ago=1, work={"side": 0.1})
    company.answer("growth-2", "growth", ago=1, work={"side": 0.1})
    assert found(company) == []


def test_a_goal_that_one_of_five_carries_is_said_without_a_name() -> None:
    (finding,) = found(growth(by=(0,), share=0.6))
    assert (finding.teams, finding.goals) == (("growth",), ("side",))
    assert (finding.evidence["decay"], finding.evidence["effect"]) == ("one_person", 0.5)
    assert (finding.evidence["actual"], finding.evidence["people"]) == (0.12, 5)
    low, high = (round(100 * finding.evidence[end]) for end in ("low", "high"))
    assert finding.sentence.replace(NBSP, " ") == (
        "One person carries “Side”: nobody else works on it, while 5 people of Growth answered. "
        f"It takes 12 % of the team's work (likely {low}–{high} %). From 20 of 20 answers over 4 check-ins."
    )
    assert "growth-0" not in finding.sentence + str(finding.evidence)


def test_small_goals_and_small_teams_may_well_be_one_persons() -> None:
    assert found(growth(by=(0,), share=0.4)) == []
    assert found(growth(by=(0,), share=0.6, people=3)) == []
    planned = growth(by=(0,), share=0.4)
    planned.goals[1] = replace(planned.goals[1], weight=0.1)
    assert decays(planned) == ["one_person"]


def test_help_from_another_team_is_a_second_person() -> None:
    company = growth(by=(0,), share=0.6)
    company.own("design", "look", owner="design-0")
    company.answer("design-0", "design", work={"side": 0.1, "look": 0.9})
    assert found(company) == []


def test_a_goal_has_one_decay_and_the_worst() -> None:
    assert decays(growth(by=(1,), share=0.6)) == ["silent_owner"]
    assert decays(growth(by=())) == ["no_work"]


@pytest.mark.parametrize("by", [(1, 2), (0,)], ids=["silent owner", "one person"])
def test_nothing_is_said_where_the_team_answers_too_little(by: tuple[int, ...]) -> None:
    assert found(growth(by=by, share=0.6, weeks=3)) == []
    silent = growth(by=by, share=0.6)
    for ago in range(4):
        for number in range(4):
            silent.prompt(f"silent-{number}", "growth", ago=ago)
    assert found(silent) == []
    archived = growth(by=by, share=0.6)
    archived.teams[0] = replace(archived.teams[0], archived=True)
    assert not any("decay" in finding.evidence for finding in found(archived))
    assert found(Company()) == []
    assert decays_of_goals_without_teams() == []


def decays_of_goals_without_teams() -> list[Finding]:
    company = Company(
        goals=[Goal(id="above", title="Above", owner="ceo"), Goal(id="below", title="B", supports=("above",))]
    )
    return [finding for finding in found(company) if "decay" in finding.evidence]


def owned_by_those_who_do_most(goals: Sequence[Goal], world: World) -> tuple[Goal, ...]:
    first = np.searchsorted(world.row_team, np.arange(len(world.sizes)))
    owners = [
        start + world.truth[start : start + size].argmax(axis=0) for start, size in zip(first, world.sizes, strict=True)
    ]
    return tuple(
        replace(goal, owner=f"person-{owner:05}") for goal, owner in zip(goals, np.concatenate(owners), strict=True)
    )


def test_goals_of_teams_that_share_their_work_are_left_alone() -> None:
    rng = np.random.default_rng(65)
    world = dirichlet_world(rng, sizes=rng.integers(4, 13, 300), periods=4)
    panel = panel_of_world(world)
    panel = replace(panel, goals=owned_by_those_who_do_most(panel.goals, world))
    told = [finding.evidence["decay"] for finding in orphans.detect(case_of_panel(panel))]
    assert told.count("no_work") + told.count("silent_owner") <= 6
    assert told.count("one_person") <= 3
