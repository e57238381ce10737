"""A document is read whole or refused whole, every fault named by its path."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.document import Document, parse, parse_for
from checkins.errors import BadDocument
from tests import northwind

HEAD = "format: trueline-organisation\nversion: 1\n"


def faults(text: str) -> list[str]:
    with pytest.raises(BadDocument) as refused:
        parse_for(None, text)
    return [str(fault) for fault in refused.value.faults]


def fault_in(**changes: Any) -> str:
    found = faults(northwind.text(**changes))
    assert len(found) == 1, found
    return found[0]


def goal(**fields: Any) -> list[dict[str, Any]]:
    return [{"id": "grow", "title": "Grow"}, {"id": "fast", "title": "Fast"} | fields]


def check_in(**fields: Any) -> list[dict[str, Any]]:
    return [{"id": "c", "person": "ana", "team": "app", "date": "2026-11-16"} | fields]


def test_a_sound_document_is_read_as_json_and_as_yaml() -> None:
    as_yaml = HEAD + "people:\n- id: ana\n  name: Ana\n  country: NO\n  slack: U0ANA\n"
    assert isinstance(parse_for(None, northwind.text()), Document)
    assert parse(as_yaml).people[0].country == "NO"  # Norway, not false


def test_yaml_words_and_dates_mean_what_they_say() -> None:
    document = parse(
        HEAD
        + "check_ins:\n- {id: c, person: ana, team: app, date: 2026-11-16, contacts: {pay: yes, ops: no}, late: true}\n"
    )
    assert document.check_ins[0].contacts == {"pay": "yes", "ops": "no"}
    assert str(document.check_ins[0].date) == "2026-11-16"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "an organisation document is one object that starts with its format and version"),
        ("[1]", "an organisation document is one object that starts with its format and version"),
        ('{"format": ', "line 1, column 12: expecting value"),
        ("a: [1", "line 1, column 6"),
        ('{"format": "x", "format": "y"}', 'an object names "format" twice'),
        ("a: 1\na: 2", 'line 2: an object names "a" twice'),
        ("1: x", "line 1: the name of a field must be text"),
        ("? [a]\n: 3", "line 1: the name of a field must be text"),
        ("a: &x [1]\nb: *x", 'the alias "*x" is not read; write the value again'),
        ("a: !!python/object:os.system x", "line 1, column 4"),
        ('{"a":' * 100_000, "the values are nested too deeply"),
        ("[" * 20_000, "the values are nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "Exceeds the limit"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place(text: str, problem: str) -> None:
    (found,) = faults(text)
    assert found.startswith(problem)


def test_every_fault_is_named_at_once_in_the_order_of_the_document() -> None:
    assert faults(
        json.dumps(
            {
                "format": "trueline-organisation",
                "version": 1,
                "goals": [
                    {"id": "a", "title": "A", "weight": 1.5, "supports": ["growth"]},
                    {"id": "a", "title": "A again", "wieght": 0.5},
                    {"id": "b", "level": "squad"},
                ],
                "teams": [{"id": "t", "name": "T", "members": ["nobody"], "parent": "t"}],
            }
        )
    ) == [
        'goals[0].supports[0]: no goal "growth"',
        "goals[0].weight: is 1.5; allowed is 0 to 1",
        'goals[1].id: "a" is used twice, first in goals[0]',
        'goals[1].wieght: no such field; did you mean "weight"?',
        'goals[2].level: is "squad"; allowed is organisation, product or team',
        "goals[2].title: is missing",
        'teams[0].members[0]: no person "nobody"',
        "teams[0].parent: goes round in a circle: t → t",
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"format": "other"}, 'format: is "other"; allowed is trueline-organisation'),
        ({"version": 2}, "version: is 2; allowed is 1"),
        ({"version": True}, "version: must be a whole number, not true"),
        ({"cadence": "daily"}, 'cadence: is "daily"; allowed is weekly, fortnightly or monthly'),
        ({"name": ""}, "name: must not be empty"),
        ({"name": None}, "name: must be text, not null"),
        ({"name": "a\x00b"}, "name: holds a character that cannot be stored"),
        ({"nmae": "x"}, 'nmae: no such field; did you mean "name"?'),
        ({"strategy": {"visio": "x"}}, 'strategy.visio: no such field; did you mean "vision"?'),
        ({"check_ins": None}, "check_ins: must be a list, not null"),
    ],
)
def test_faults_of_the_document_itself(changes: dict[str, Any], fault: str) -> None:
    assert fault_in(**changes) == fault


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"id": ""}, "people[3].id: must not be empty"),
        ({"id": "x" * 121}, "people[3].id: is too long; at most 120 characters are allowed"),
        ({"id": 7}, "people[3].id: must be text, not 7"),
        ({"email": "nope"}, 'people[3].email: "nope" is no e-mail address'),
        ({"email": "ANA@northwind.example"}, 'people[3].email: "ANA@northwind.example" belongs to the person "ana"'),
        ({"slack": "U0ANA"}, 'people[3].slack: "U0ANA" belongs to the person "ana"'),
        ({"slack": "bob"}, 'people[3].slack: "bob" is no Slack user id; they look like U012AB3CD'),
        ({"timezone": "Mars/One"}, 'people[3].timezone: "Mars/One" is no time zone; write one like Europe/Berlin'),
        (
            {"timezone": "../etc/passwd"},
            'people[3].timezone: "../etc/passwd" is no time zone; write one like Europe/Berlin',
        ),
        ({"country": "de"}, 'people[3].country: "de" is no country code; write two capital letters like DE'),
        ({"home_team": "sales"}, 'people[3].home_team: no team "sales"'),
    ],
)
def test_faults_of_people(fields: dict[str, Any], fault: str) -> None:
    people = [*northwind.company()["people"], {"id": "zoe", "name": "Zoe"} | fields]
    assert fault_in(people=people) == fault


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"done": ["x" * 76]}, "goals[1].done[0]: is too long; at most 75 characters are allowed"),
        ({"done": [""]}, "goals[1].done[0]: must not be empty"),
        ({"done": [*"abcde"]}, "goals[1].done: holds 5; at most 4 are allowed"),
        ({"done": ["a", "a"]}, 'goals[1].done: names "a" twice'),
        ({"done": ["none_of_these"]}, 'goals[1].done: "none_of_these" is offered with every goal; leave it out'),
        ({"done": "a"}, 'goals[1].done: must be a list, not "a"'),
        ({"weight": float("nan")}, "goals[1].weight: must be a number, not nan"),
        ({"weight": "0.5"}, 'goals[1].weight: must be a number, not "0.5"'),
        ({"weight": True}, "goals[1].weight: must be a number, not true"),
        ({"weights": {"app": -0.1}}, 'goals[1].weights["app"]: is -0.1; allowed is 0 to 1'),
        ({"weights": {"sales": 0.1}}, 'goals[1].weights["sales"]: no team "sales"'),
        ({"owner": "zoe"}, 'goals[1].owner: no person "zoe"'),
        ({"depends_on": ["app", "app"]}, 'goals[1].depends_on[1]: "app" is listed twice'),
        ({"starts": "2026-02-30"}, 'goals[1].starts: "2026-02-30" is no date; write one like 2026-11-16'),
        (
            {"starts": "2026-02-01", "ends": "2026-01-01"},
            "goals[1].ends: 2026-01-01 lies before the start, 2026-02-01",
        ),
        ({"measure": {"target": 3}}, "goals[1].measure.name: is missing"),
        ({"status": "open"}, 'goals[1].status: is "open"; allowed is active, paused, done or dropped'),
        ({"supports": "grow"}, 'goals[1].supports: must be a list, not "grow"'),
    ],
)
def test_faults_of_goals(fields: dict[str, Any], fault: str) -> None:
    assert fault_in(goals=goal(**fields)) == fault


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"person": "zoe"}, 'check_ins[0].person: no person "zoe"'),
        ({"items": [{"text": "x", "goal": "slow"}]}, 'check_ins[0].items[0].goal: no goal "slow"'),
        ({"items": [{"text": "x", "reason": "fun"}]}, None),
        (
            {"items": [{"text": "x", "goal": "fast", "reason": "exploration"}]},
            "check_ins[0].items[0]: names a goal and a reason why there is none; keep one of them",
        ),
        ({"items": [{"text": "x", "share": 0}]}, "check_ins[0].items: the shares add up to nothing"),
        ({"confidence": {"fast": 6}}, 'check_ins[0].confidence["fast"]: is 6; allowed is 1 to 5'),
        ({"clarity": {"fast": 2.5}}, 'check_ins[0].clarity["fast"]: must be a whole number, not 2.5'),
        ({"contacts": {"pay": "maybe"}}, 'check_ins[0].contacts["pay"]: is "maybe"; allowed is yes, not_needed or no'),
        ({"late": "yes"}, 'check_ins[0].late: must be true or false, not "yes"'),
        ({"entered": "fax"}, 'check_ins[0].entered: is "fax"; allowed is form, same, text or import'),
    ],
)
def test_faults_of_check_ins(fields: dict[str, Any], fault: str | None) -> None:
    found = fault_in(check_ins=check_in(**fields))
    assert found == fault if fault else found.startswith('check_ins[0].items[0].reason: is "fun"; allowed is keeping')


def test_goals_must_not_support_each_other_in_a_circle() -> None:
    circle = [{"id": one, "title": one, "supports": [other]} for one, other in ("ab", "bc", "ca", "da")]
    assert fault_in(goals=circle, check_ins=[]) == "goals[0].supports: goes round in a circle: a → b → c → a"


def test_without_a_store_ids_may_point_to_rows_that_are_stored_already() -> None:
    text = northwind.text(teams=[], people=[], goals=[{"id": "fast", "supports": ["known"]}])
    assert parse(text).goals[0].supports == ("known",)
    assert 'goals[0].supports[0]: no goal "known"' in faults(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.sampled_from(["ana", "fast", "pay", "c1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "goal"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
def test_whatever_a_field_holds_the_answer_is_a_document_or_faults(data: st.DataObject) -> None:
    document = northwind.company()
    kind = data.draw(st.sampled_from(["teams", "people", "goals", "check_ins"]))
    row = document[kind][-1]
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(json_values)
    try:
        assert isinstance(parse_for(None, json.dumps(document)), Document)
    except BadDocument as refused:
        assert all(fault.problem for fault in refused.faults)
