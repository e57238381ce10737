"""Any organisation: its export changes nothing where it comes from and restores it elsewhere; a preview tells both."""

import string
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkins.document import apply, dumps, export, parse, parse_for, preview
from checkins.focus import NONE_OF_THESE, STATEMENT_LIMIT, STATEMENTS
from checkins.model import Cadence, Contact, GoalStatus, Level, Reason
from tests.databases import sqlite_store

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TEAMS, PEOPLE, GOALS = ("t1", "t 2", 'te"am'), ("ann", "bo", "=cy"), ("g1", "g;2", "'g3", "g4")

text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
share = st.none() | st.floats(0, 1)
number = st.none() | st.floats(allow_nan=False, allow_infinity=False)
day = st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 30)).map(str)
later = st.none() | st.dates(date(2026, 7, 1), date(2026, 12, 31)).map(str)


def some(ids: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True) if ids else st.just([])


def teams() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Each below one before it, if any."""
    made = [
        st.fixed_dictionaries(
            {
                "id": st.just(id),
                "name": text.filter(bool),
                "parent": st.sampled_from([None, *TEAMS[:place]]),
                "leads": some(PEOPLE),
                "members": some(PEOPLE),
                "reserve": share,
            }
        )
        for place, id in enumerate(TEAMS)
    ]
    return st.tuples(*made).map(list)


def people() -> st.SearchStrategy[list[dict[str, Any]]]:
    made = [
        st.fixed_dictionaries(
            {
                "id": st.just(id),
                "name": text.filter(bool),
                "email": st.sampled_from([None, f"p{place}@example.org"]),
                "timezone": st.sampled_from([None, "Europe/Berlin", "Pacific/Kiritimati"]),
                "country": st.sampled_from([None, "NO"]),
                "slack": st.sampled_from([None, f"U0{string.ascii_uppercase[place]}1"]),
                "home_team": st.sampled_from([None, *TEAMS]),
            }
        )
        for place, id in enumerate(PEOPLE)
    ]
    return st.tuples(*made).map(list)


measure = st.fixed_dictionaries(
    {"name": text.filter(bool), "framework": text, "baseline": number, "unit": text, "current": number}
)
tenth = st.integers(1, 10)
statement = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=STATEMENT_LIMIT)


def goals() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Each supports some before it."""
    made = [
        st.fixed_dictionaries(
            {
                "id": st.just(id),
                "title": text.map(f"{place} {{}}".format),
                "description": text,
                "level": st.sampled_from([level.value for level in Level]),
                "supports": some(GOALS[:place]),
                "owner": st.sampled_from([None, *PEOPLE]),
                "team": st.sampled_from([None, *TEAMS]),
                "contributing_teams": some(TEAMS),
                "depends_on": some(TEAMS),
                "starts": day,
                "ends": later,
                "weight": share,
                "weights": st.dictionaries(st.sampled_from(TEAMS), st.floats(0, 1)),
                "measure": st.none() | measure,
                "status": st.sampled_from([status.value for status in GoalStatus]),
                "done": st.lists(
                    statement.filter(lambda said: said != NONE_OF_THESE), unique=True, max_size=STATEMENTS
                ),
                "ice": st.none() | st.fixed_dictionaries({"impact": tenth, "confidence": tenth, "ease": tenth}),
            }
        )
        for place, id in enumerate(GOALS)
    ]
    return st.tuples(*made).map(list)


item = st.one_of(
    st.fixed_dictionaries(
        {"text": text, "share": st.none() | st.floats(0.1, 1), "goal": st.sampled_from([None, *GOALS])}
    ),
    st.fixed_dictionaries({"text": text, "reason": st.sampled_from([reason.value for reason in Reason])}),
)
ratings = st.dictionaries(st.sampled_from(GOALS), st.integers(1, 5))
check_in = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "person": st.sampled_from(PEOPLE),
        "team": st.sampled_from(TEAMS),
        "date": st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(str),
        "items": st.lists(item, max_size=3),
        "worked_with": some(TEAMS),
        "waiting_on": some(TEAMS),
        "contacts": st.dictionaries(st.sampled_from(TEAMS), st.sampled_from([contact.value for contact in Contact])),
        "confidence": ratings,
        "clarity": ratings,
        "done": st.dictionaries(st.sampled_from(GOALS), text),
        "priorities": some(GOALS),
        "late": st.booleans(),
        "note": text,
    }
)
organisation = st.fixed_dictionaries(
    {
        "format": st.just("trueline-organisation"),
        "version": st.just(1),
        "name": text.filter(bool),
        "cadence": st.sampled_from([cadence.value for cadence in Cadence]),
        "strategy": st.fixed_dictionaries({"vision": text, "mission": text}),
        "teams": teams(),
        "people": people(),
        "goals": goals(),
        "check_ins": st.lists(check_in, max_size=3),
    }
)


@given(organisation)
@settings(max_examples=40, deadline=None)
def test_import_export_import_changes_nothing(tmp_path_factory: pytest.TempPathFactory, made: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("organisation")
    here, there = sqlite_store(folder / "here.db"), sqlite_store(folder / "there.db")
    document = parse_for(here, dumps(made))
    foreseen = preview(here, document)
    assert apply(here, document, now=NOW) == foreseen
    exported = dumps(export(here))
    assert preview(here, parse(exported)).changes == 0
    assert apply(here, parse(exported), now=NOW).changes == 0
    apply(there, parse(exported), now=NOW)
    assert dumps(export(there)) == exported
