"""Who ought to be in touch with whom by what is declared, and whom a person is asked about by name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import expected_ties
from checkins.expected_ties import MOST_ASKED, NOT_NEEDED_HOLDS
from checkins.model import CheckIn, Contact, Goal, Level, Team

TEAMS = tuple(Team(id=id, name=id.title()) for id in ("growth", "money", "platform", "search", "design", "ops", "web"))
CALM = Goal(id="calm", title="A calm day", level=Level.PRODUCT, team="web")


def goal(id: str, team: str, *contributing: str, depends_on: tuple[str, ...] = (), above: str = "") -> Goal:
    supports = (above,) if above else ()
    return Goal(id=id, title=id, team=team, contributing_teams=contributing, depends_on=depends_on, supports=supports)


def ties(team: str, *goals: Goal) -> list[str]:
    return [other.id for other in expected_ties.expected(team, teams=TEAMS, goals=goals)]


@pytest.mark.parametrize(
    ("team", "others"),
    [("growth", ["platform", "money"]), ("platform", ["growth", "money"]), ("money", ["platform", "growth"])],
)
def test_dependencies_tie_both_ways_and_shared_goals_too(team: str, others: list[str]) -> None:
    assert ties(team, goal("signup", "growth", "money", depends_on=("platform",))) == others


def test_teams_behind_one_product_goal_are_tied_unless_they_are_many() -> None:
    few = [goal(team, team, above="calm") for team in ("growth", "money", "platform", "search", "design")]
    assert ties("growth", CALM, *few) == ["money", "platform", "search", "design"]
    assert ties("growth", CALM, *few, goal("ops", "ops", above="calm")) == []
    assert ties("growth", replace(CALM, level=Level.ORGANISATION), *few) == []


def test_teams_that_are_gone_and_the_team_itself_are_no_ties() -> None:
    assert ties("growth", goal("signup", "growth", "gone", depends_on=("growth", "left"))) == []


def said(*weeks: dict[str, Contact]) -> list[CheckIn]:
    """Check-ins with these contacts, newest first."""
    return [
        CheckIn(id=f"c{n}", person="ann", team="growth", date=date(2026, 11, 16), contacts=contacts)
        for n, contacts in enumerate(weeks)
    ]


def asked(history: list[CheckIn], named: tuple[str, ...] = (), given: tuple[str, ...] = ()) -> list[str]:
    return [team.id for team in expected_ties.to_ask(TEAMS[1:5], history=history, named=named, given=given)]


def test_two_are_asked_least_recently_asked_first() -> None:
    assert asked([]) == ["money", "platform"]
    last = {"money": Contact.YES, "platform": Contact.NO}
    assert asked(said(last)) == ["search", "design"]
    assert asked(said({"search": Contact.YES, "design": Contact.YES}, last)) == ["money", "platform"]


def test_a_team_that_the_form_names_is_not_asked_about() -> None:
    assert asked([], named=("money", "search")) == ["platform", "design"]


def test_not_needed_holds_for_a_while_and_no_longer_after_another_answer() -> None:
    not_needed, yes = {"money": Contact.NOT_NEEDED}, {"money": Contact.YES}

    def is_asked(*weeks: dict[str, Contact]) -> bool:
        return bool(expected_ties.to_ask(TEAMS[1:2], history=said(*weeks)))

    assert not is_asked(*[{}] * (NOT_NEEDED_HOLDS - 1), not_needed)
    assert is_asked(*[{}] * NOT_NEEDED_HOLDS, not_needed)
    assert is_asked(yes, not_needed)


def test_an_edited_answer_shows_what_it_said() -> None:
    assert asked([], named=("design",), given=("design",)) == ["design", "money"]


def test_what_cannot_be_stored_is_named_by_its_field() -> None:
    problems = expected_ties.problems({"gone": "yes", "money": "perhaps", "ops": None}, teams=TEAMS)
    assert list(problems) == ["contact:gone", "contact:money"]
    assert expected_ties.problems({"gone": None, "money": "not_needed"}, teams=TEAMS) == {}


def test_what_the_form_did_not_ask_stays_and_what_was_emptied_goes() -> None:
    before = {"money": Contact.YES, "ops": Contact.NO}
    assert expected_ties.answered({"money": None, "web": "no"}, before=before) == {"ops": "no", "web": "no"}


NAMES = st.sampled_from([team.id for team in TEAMS])
HISTORIES = st.lists(st.dictionaries(NAMES, st.sampled_from(Contact), max_size=3), max_size=8)


@given(HISTORIES, st.lists(NAMES, max_size=3), st.lists(st.sampled_from(TEAMS), unique_by=lambda team: team.id))
def test_whatever_was_said_two_at_most_are_asked_and_none_that_is_known(
    weeks: list[dict[str, Contact]], named: list[str], expected: list[Team]
) -> None:
    chosen = expected_ties.to_ask(expected, history=said(*weeks), named=named)
    assert len(chosen) <= MOST_ASKED
    for team in chosen:
        told = [week[team.id] for week in weeks if team.id in week]
        assert team.id not in named
        assert not told or told[0] is not Contact.NOT_NEEDED
