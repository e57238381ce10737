"""Goals of two teams that read alike are asked about, unless the plan says how they belong together."""

from dataclasses import replace

import pytest

from checkins.analysis.detectors import duplicate_goals
from checkins.model import Finding, Goal, GoalStatus, Level, Team
from tests.checkins.analysis.companies import Company

MINE, THEIRS = "Cut checkout abandonment by a third", "Cut abandonment in checkout by a third"


def company(mine: str = MINE, theirs: str = THEIRS) -> Company:
    built = Company(teams=[Team(id="growth", name="Growth"), Team(id="platform", name="Platform")])
    built.goals = [
        Goal(id="a", title=mine, team="growth"),
        Goal(id="b", title=theirs, team="platform"),
        Goal(id="c", title="Answer every ticket within a day", team="growth"),
        Goal(id="d", title="Pay suppliers on time", team="platform"),
    ]
    return built


def change(built: Company, goal: str, **fields: object) -> Company:
    built.goals = [replace(one, **fields) if one.id == goal else one for one in built.goals]  # type: ignore[arg-type]
    return built


def found(built: Company) -> list[Finding]:
    return list(duplicate_goals.detect(built.case()))


def test_goals_of_two_teams_that_read_alike_are_asked_about() -> None:
    (question,) = found(company())
    assert question.sentence == (f"“{MINE}” (Growth) and “{THEIRS}” (Platform) read like the same goal. Are they?")
    assert (question.teams, question.goals) == (("growth", "platform"), ("a", "b"))
    assert question.evidence["cosine"] > 0.6


def test_the_same_title_is_asked_about_once() -> None:
    (question,) = found(company(theirs=MINE.upper()))
    assert question.evidence["cosine"] == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"supports": ("a",)},
        {"contributing_teams": ("growth",)},
        {"team": "growth"},
        {"level": Level.PRODUCT},
        {"status": GoalStatus.DONE},
        {"title": "Cut checkout abandonment by half in 2027"},
    ],
)
def test_goals_that_belong_together_or_are_not_to_be_compared_are_not(fields: dict[str, object]) -> None:
    assert found(change(company(mine=f"{MINE} in 2026"), "b", **fields)) == []


def test_an_archived_team_has_no_goals_to_compare() -> None:
    built = company()
    built.teams[1] = replace(built.teams[1], archived=True)
    assert found(built) == []


def test_one_goal_is_like_no_other() -> None:
    built = company()
    built.goals = built.goals[:1]
    assert found(built) == []
