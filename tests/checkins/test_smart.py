"""Advice on goals: one point for each letter of the word."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checkins.model import Goal, Level, Measure
from checkins.smart import Smart, lacking

MEASURE = Measure(name="Signups", baseline=100, target=200)
SHARP = Goal(
    id="g",
    title="Double weekly signups",
    description="Those who come back a week later",
    supports=("north",),
    measure=MEASURE,
    ends=date(2026, 12, 31),
)


@pytest.mark.parametrize(
    ("fields", "advice"),
    [
        ({}, []),
        ({"title": "Double signups"}, [Smart.SPECIFIC]),
        ({"description": "  "}, [Smart.SPECIFIC]),
        ({"measure": None}, [Smart.MEASURABLE, Smart.ACHIEVABLE]),
        ({"measure": replace(MEASURE, baseline=None)}, [Smart.ACHIEVABLE]),
        ({"measure": replace(MEASURE, target=100)}, [Smart.ACHIEVABLE]),
        ({"measure": replace(MEASURE, baseline=0)}, []),
        ({"supports": ()}, [Smart.RELEVANT]),
        ({"supports": (), "level": Level.ORGANISATION}, []),
        ({"ends": None}, [Smart.TIME_BOUND]),
    ],
)
def test_what_is_lacking(fields: dict[str, Any], advice: list[Smart]) -> None:
    assert lacking(replace(SHARP, **fields)) == advice


def test_a_bare_goal_gets_five() -> None:
    assert lacking(Goal(id="g", title="Fly")) == list(Smart)
