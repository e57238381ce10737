"""No digest, and no two digests together, tell what fewer than five people said."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checkins.analysis.case import Case
from checkins.analysis.chronicle import Chronicle
from checkins.analysis.detectors import clarity, done, falling_confidence, priority_gap
from checkins.analysis.detectors.blocks import NONE, Groups
from checkins.analysis.engine import Detectors, findings_of
from checkins.analysis.voices import Voices
from checkins.cadence import Period, period_of, recent_periods
from checkins.model import Cadence, Finding, Goal, Team
from tests.checkins.analysis.companies import LAST_MONDAY, Company

WEEKS = 40
FIRST = 10  # the week from which digests are compared
LEAST = 5

Statements = frozenset[tuple[str, Period]]  # who said something, and when
Figure = tuple[str, str]  # kind, and the goal or team that it speaks of

DETECTORS: Detectors = (clarity.detect, done.detect, priority_gap.detect, falling_confidence.detect)
TEAMS = ("design", "growth")


def in_weeks(*ago: int) -> int:
    """Weeks as bits."""
    return sum(1 << week for week in ago)


# The weeks in which each person speaks: those of all, but for a few, or any.
spoken = st.integers(0, 2**WEEKS - 1)
few = st.builds(lambda weeks: in_weeks(*weeks), st.sets(st.integers(0, WEEKS - 1), max_size=2))
people = st.builds(
    lambda together, apart: [together ^ own for own in apart],
    st.one_of(spoken, few),
    st.lists(st.one_of(few, spoken), min_size=5, max_size=14),
)

# Two people speak in the block after the one in which five do.
TWO_LATER = [in_weeks(12)] * 5 + [in_weeks(8)] * 2
# Two people rate before all others begin, and after they end.
TWO_AROUND = [in_weeks(*range(7, 15))] * 5 + [in_weeks(4, *range(7, 16))] * 2


def company_of(speaking: list[int]) -> Company:
    """People of two teams who speak of a goal of both, in every way that is asked for."""
    company = Company(
        teams=[Team(id=team, name=team.title()) for team in TEAMS],
        goals=[
            Goal(id="own", title="Own", team="growth", weight=0.2),
            Goal(id="shared", title="Shared", team="growth", contributing_teams=("design",), weight=0.8),
        ],
    )
    for person, said in enumerate(speaking):
        for ago in (ago for ago in range(WEEKS) if said >> ago & 1):
            rating = 1 + (person + ago) % 3
            company.say(
                f"person-{person}",
                TEAMS[person % 3 > 0],
                ago=ago,
                confidence={"shared": rating},
                clarity={"shared": rating},
                done={"shared": f"statement {rating}"},
                priorities={"own": 1, "shared": 2},
            )
    return company


def cases_of(company: Company) -> list[Case]:
    """One for each week from the first complete block on."""
    periods = recent_periods(period_of(LAST_MONDAY, Cadence.WEEKLY), Cadence.WEEKLY, WEEKS)
    chronicle = Chronicle.of(replace(company.records(), periods=periods))
    return [chronicle.case(last, earlier=()) for last in range(FIRST, WEEKS)]


def statements_in(groups: Groups, voices: Voices, *, case: Case, subject: int) -> Statements:
    entries = groups.entry[groups.subject == subject]
    return frozenset(
        (case.panel.people[person], case.panel.periods[period])
        for person, period in zip(voices.person[entries], voices.period[entries], strict=True)
    )


def figures_of(case: Case) -> dict[Figure, Statements]:
    """What stands behind everything that the digest of a week could tell."""
    goals, teams = [goal.id for goal in case.panel.goals], [team.id for team in case.panel.teams]
    figures: dict[Figure, Statements] = {}
    for kind, groups, voices, names in (
        ("clarity", clarity.groups(case), case.said.clarity, goals),
        ("done", done.groups(case), case.said.done, goals),
        ("priorities", priority_gap.groups(case), case.said.priorities, teams),
    ):
        for subject in np.flatnonzero(groups.block != NONE).tolist():
            figures[kind, names[subject]] = statements_in(groups, voices, case=case, subject=subject)
    return figures | dict(confidence_of(case))


def confidence_of(case: Case) -> Iterator[tuple[Figure, Statements]]:
    for look in falling_confidence.looks(case):
        series = look.series
        used = series.rated & (look.lately | look.before)[series.goal] & look.whole.counted[:, None]
        for goal in np.flatnonzero(look.tested):
            rows, periods = np.nonzero(used & (series.goal == goal)[:, None])
            behind = zip(series.person[rows], periods + look.start, strict=True)
            statements = frozenset((case.panel.people[person], case.confidence.periods[at]) for person, at in behind)
            yield ("confidence", case.panel.goals[goal].id), statements


def people_of(statements: Statements) -> set[str]:
    return {person for person, _ in statements}


def cannot_be_subtracted(one: Statements, other: Statements) -> bool:
    return one == other or not one & other or len(people_of(one ^ other)) >= LEAST


@settings(max_examples=12, deadline=None)
@given(people)
@example(TWO_LATER)
@example(TWO_AROUND)
def test_no_two_digests_tell_what_fewer_than_five_people_said(speaking: list[int]) -> None:
    told: dict[Figure, set[Statements]] = {}
    for case in cases_of(company_of(speaking)):
        for figure, statements in figures_of(case).items():
            told.setdefault(figure, set()).add(statements)
    for versions in told.values():
        assert min(len(people_of(statements)) for statements in versions) >= LEAST
        assert all(cannot_be_subtracted(one, other) for one, other in combinations(versions, 2))


KINDS: Mapping[str, str] = {
    "unclear_goal": "clarity",
    "contested_goal": "clarity",
    "unclear_done": "done",
    "priority_gap": "priorities",
    "falling_confidence": "confidence",
}


def figure_of(finding: Finding) -> Figure:
    return KINDS[finding.kind], (finding.goals or finding.teams)[0]


@settings(max_examples=6, deadline=None)
@given(people)
def test_there_is_one_figure_for_all_audiences_and_it_names_nobody(speaking: list[int]) -> None:
    for case in cases_of(company_of(speaking)):
        figures = figures_of(case)
        found = findings_of(case, DETECTORS)
        assert len({figure_of(finding) for finding in found}) == len(found)
        for finding in found:
            assert finding.evidence["n"] == len(people_of(figures[figure_of(finding)]))
            assert finding.check_ins == ()


def everybody(number: int) -> list[int]:
    return [in_weeks(*range(WEEKS))] * number


def test_a_digest_has_all_these_figures_where_everybody_speaks() -> None:
    figures = figures_of(cases_of(company_of(everybody(14)))[-1])
    assert figures.keys() == {
        ("clarity", "shared"),
        ("done", "shared"),
        ("priorities", "growth"),
        ("confidence", "shared"),
    }


def test_numbers_leave_rounded_to_one_decimal() -> None:
    found = findings_of(cases_of(company_of(everybody(14)))[-1], DETECTORS)
    numbers = [number for finding in found for number in finding.evidence.values() if isinstance(number, float)]
    assert {finding.kind for finding in found} >= {"unclear_goal", "unclear_done", "priority_gap"}
    assert numbers == [round(number, 1) for number in numbers]


def test_a_sixth_person_is_not_the_difference_of_two_weeks() -> None:
    five_then_six = [*everybody(5), in_weeks(6)]
    figures = [figures_of(case) for case in cases_of(company_of(five_then_six))]
    seen = {told["clarity", "shared"] for told in figures}
    assert {len(people_of(statements)) for statements in seen} == {5, 6}
    assert all(not one & other for one, other in combinations(seen, 2))
