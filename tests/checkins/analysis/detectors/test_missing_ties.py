"""Ties that are declared, asked about by name and denied."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from checkins.analysis.detectors import missing_ties
from checkins.analysis.reading import ANSWERS
from checkins.model import Contact, Finding, Goal, Level, Team
from tests.checkins.analysis.companies import Company
from tests.checkins.analysis.simulated import case_of_panel, panel_of_world
from tests.evaluation.worlds import dirichlet_world

SIGNUP = Goal(id="signup", title="Signup", team="growth", depends_on=("platform",))
NO, YES, NOT_NEEDED = "no", "yes", "not_needed"
SIGNUP_ENDED = date(2026, 11, 1)


def found(company: Company) -> list[Finding]:
    return list(missing_ties.detect(company.case()))


def asked(said: Sequence[str], *goals: Goal, first_ago: int = 0) -> Company:
    """Growth, asked by name about Platform one person a week, beside Platform; both have eight check-ins."""
    company = Company(teams=[Team(id=name, name=name.title()) for name in ("growth", "money", "platform")])
    company.goals += goals or (SIGNUP,)
    for ago in range(8):
        for team in ("growth", "platform"):
            company.answer(f"{team}-other", team, ago=ago)
    for ago, word in enumerate(said, start=first_ago):
        company.answer(f"growth-{ago % 2}", "growth", ago=ago, contacts={"platform": word})
    return company


def test_an_expected_tie_that_three_answers_deny_is_missing() -> None:
    (finding,) = found(asked([NO, NO, NO]))
    assert (finding.teams, finding.goals) == (("growth", "platform"), ())
    assert finding.sentence == (
        "Growth and Platform should be in touch (“Signup” of Growth depends on Platform): asked by name, "
        "3 of 3 answers over 8 check-ins say they were not."
    )
    assert finding.evidence["effect"] == 1.0
    assert (finding.evidence["why"], finding.evidence["goal"]) == ("depends_on", "signup")
    assert (finding.evidence["answers"], finding.evidence["people"], finding.evidence["check_ins"]) == (3, 2, 8)
    assert all(name.startswith("growth") for name in finding.check_ins)


def test_two_are_too_few_and_so_are_three_of_which_one_is_too_old() -> None:
    assert found(asked([NO, NO])) == []
    assert found(asked([NO, NO, NO], first_ago=6)) == []
    assert len(found(asked([NO, NO, NO], first_ago=5))) == 1


def test_answers_of_both_teams_count() -> None:
    company = asked([NO, NO])
    company.answer("platform-0", "platform", contacts={"growth": NO})
    (finding,) = found(company)
    assert finding.evidence["people"] == 3


def test_a_tie_that_is_not_needed_is_not_missing() -> None:
    (finding,) = found(asked([NO, NO, NO, NOT_NEEDED]))
    assert finding.evidence["effect"] == 0.75
    assert "3 of 4 answers" in finding.sentence
    assert found(asked([NO, NO, NO, NOT_NEEDED, NOT_NEEDED, NOT_NEEDED])) == []


@pytest.mark.parametrize(
    "named",
    [{"ties": ["growth"]}, {"waiting_on": ["growth"]}, {"contacts": {"growth": YES}}, {"work": {"signup": 0.1}}],
)
def test_a_tie_that_either_team_names_is_there(named: dict[str, list[str]]) -> None:
    company = asked([NO, NO, NO])
    company.answer("platform-0", "platform", ago=7, **named)
    assert found(company) == []


def test_a_tie_that_was_named_long_ago_is_missing_now() -> None:
    company = asked([NO, NO, NO])
    company.answer("platform-other", "platform", ago=8, ties=["growth"])
    assert len(found(company)) == 1


def test_open_answers_that_name_nobody_claim_nothing() -> None:
    assert found(asked([])) == []


def test_a_tie_that_nothing_declares_is_not_missed() -> None:
    assert found(asked([NO, NO, NO], replace(SIGNUP, depends_on=("money",)))) == []
    assert found(asked([NO, NO, NO], replace(SIGNUP, ends=SIGNUP_ENDED))) == []


def test_the_reason_is_said() -> None:
    (depending,) = found(asked([NO] * 3, replace(SIGNUP, team="platform", depends_on=("growth",))))
    assert "(“Signup” of Platform depends on Growth)" in depending.sentence
    shared = replace(SIGNUP, depends_on=(), contributing_teams=("platform",))
    (sharing,) = found(asked([NO] * 3, shared))
    assert "(both work on “Signup”)" in sharing.sentence
    calm = Goal(id="calm", title="A calm day", level=Level.PRODUCT, team="money")
    below = [Goal(id=team, title=team, team=team, supports=("calm",)) for team in ("growth", "platform")]
    (supporting,) = found(asked([NO] * 3, calm, *below))
    assert "(both support “A calm day”)" in supporting.sentence


def test_archived_teams_and_companies_without_answers_are_left_alone() -> None:
    company = asked([NO, NO, NO])
    company.teams[2] = replace(company.teams[2], archived=True)
    assert found(company) == []
    assert found(Company()) == []
    assert found(Company(teams=[Team(id="only", name="Only")], goals=[replace(SIGNUP, team="only")])) == []


def test_live_ties_that_go_unnamed_now_and_then_are_left_alone() -> None:
    """Each team depends on the next; somebody who is asked knows of the tie in 7 of 10 weeks, where it lives."""
    rng = np.random.default_rng(64)
    teams = 400
    panel = panel_of_world(dirichlet_world(rng, sizes=rng.integers(3, 13, teams), periods=8))
    names = [team.id for team in panel.teams]
    goals = tuple(
        replace(goal, depends_on=(names[(index // 4 + 1) % teams],)) if index % 4 == 0 else goal
        for index, goal in enumerate(panel.goals)
    )
    dead = np.arange(teams) < 40
    periods, rows = np.nonzero(panel.answered.T & (rng.random(panel.answered.T.shape) < 0.3))
    team = panel.row_team[rows]
    lives = ~dead[team] & (rng.random(len(rows)) < 0.7)
    word = np.where(lives, ANSWERS.index(Contact.YES), ANSWERS.index(Contact.NO))
    contacts = np.column_stack([rows, periods, (team + 1) % teams, word])
    panel = replace(panel, goals=goals, contacts=contacts, ties=contacts[lives, :3])
    claimed = {finding.teams for finding in missing_ties.detect(case_of_panel(panel))}
    pairs = [tuple(sorted((names[index], names[(index + 1) % teams]))) for index in range(teams)]
    flagged = np.array([pair in claimed for pair in pairs])
    assert flagged[~dead].mean() <= 0.01
    assert flagged[dead].mean() >= 0.9
    assert len(claimed) == flagged.sum()
