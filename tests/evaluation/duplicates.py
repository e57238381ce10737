"""Duplicated effort: goals and work items that read alike, against labels given by people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial

import numpy as np

from checkins.analysis.detectors.likeness import alike, folded
from checkins.analysis.panel import WINDOW
from checkins.analysis.records import Records
from checkins.analysis.weekly import READ, analysis_of
from checkins.cadence import period_of, recent_periods
from checkins.model import Cadence, FindingKind, Goal, Team
from checkins.ports import EffortColumns, TextColumns
from tests.evaluation.cells import Experiment
from tests.evaluation.corpus import Item, Pair, goal_pairs, goals_alone, pairs, unrelated
from tests.evaluation.measures import AtLeast, Cell, Target
from tests.evaluation.public_goals import DOCUMENT, continued, titles
from tests.evaluation.stored import LAST, LAST_MONDAY

FIRST = 5  # partners looked at
LETTERS = 4  # of a word that says something
COMPANY = 200  # other lines of the last four weeks


def goals(rng: np.random.Generator, scale: float) -> list[Cell]:  # noqa: ARG001 - texts are not drawn
    """All labelled goals in one organisation, nearly half of whose look-alikes are different goals: which pairs are
    called the same, and which are.
    """
    titles = [goal for pair in goal_pairs() for goal in (pair.a, pair.b)]
    same = {
        frozenset((f"goal-{2 * at}", f"goal-{2 * at + 1}"))
        for at, pair in enumerate(goal_pairs())
        if pair.kind == "duplicate"
    }
    listed = tuple(
        Goal(id=f"goal-{at}", title=goal.title, team=goal.team, owner="somebody")
        for at, goal in enumerate([*titles, *goals_alone()])
    )
    return _goal_cells("hard titles", listed, same, targets=(None, None))


def real_goals(rng: np.random.Generator, scale: float) -> list[Cell]:  # noqa: ARG001 - texts are not drawn
    """Public goals of two half-years, each with a team of its own: those that go on are the same."""
    listed = tuple(Goal(id=goal, title=title, team=goal, owner="somebody") for goal, title in titles().items())
    return _goal_cells("public titles", listed, continued(), targets=(AtLeast(0.9), AtLeast(0.7)))


def _goal_cells(
    titles: str,
    listed: tuple[Goal, ...],
    same: set[frozenset[str]],
    *,
    targets: tuple[Target | None, Target | None],
) -> list[Cell]:
    findings = analysis_of(_records(teams=[goal.team or "" for goal in listed], goals=listed), week=LAST).findings
    told = {frozenset(found.goals) for found in findings if found.kind is FindingKind.DUPLICATE_GOAL}
    cell = partial(Cell, detector="duplicate goals", size="–", noise=titles, hits=len(told & same))
    return [
        cell(effect="precision", of=len(told), target=targets[0]),
        cell(effect="recall", of=len(same), target=targets[1]),
    ]


def partners(rng: np.random.Generator, scale: float) -> list[Cell]:  # noqa: ARG001 - texts are not drawn
    """Every duplicate among all labelled items and the unrelated ones: is its partner among the five most alike of
    other teams?
    """
    same = [pair for pair in pairs() if pair.kind == "duplicate"]
    items = [*(item for pair in pairs() for item in (pair.a, pair.b)), *unrelated()]
    nearest = _nearest(items)
    found = {pair: _hits(pair, nearest) for pair in same}
    alike_in_words = [pair for pair in same if _share_a_word(pair)]
    cell = partial(Cell, detector="duplicate work", size="–")
    return [
        cell(
            effect="partner among the first five",
            noise=noise,
            hits=sum(found[pair] for pair in chosen),
            of=2 * len(chosen),
            target=target,
        )
        for noise, chosen, target in (
            ("all duplicates", same, AtLeast(0.6)),
            ("those that share a word", alike_in_words, None),
        )
    ]


def _nearest(items: Iterable[Item]) -> dict[str, list[str]]:
    """The most alike texts of other teams by text, the first five."""
    team = {folded(item.text): item.team for item in items}
    texts = sorted(team)
    everything = np.ones(len(texts), dtype=np.bool_)
    nearest: dict[str, list[str]] = defaultdict(list)
    for left, right, _ in alike(texts, new=everything, compared=everything, floor=0.0):
        one, other = texts[left], texts[right]
        if team[one] != team[other]:
            nearest[one].append(other)
            nearest[other].append(one)
    return {text: found[:FIRST] for text, found in nearest.items()}


def _hits(pair: Pair, nearest: dict[str, list[str]]) -> int:
    """Of two: each item has the other."""
    one, other = folded(pair.a.text), folded(pair.b.text)
    return (other in nearest.get(one, ())) + (one in nearest.get(other, ()))


def _share_a_word(pair: Pair) -> bool:
    one, other = ({word for word in folded(item.text).split() if len(word) >= LETTERS} for item in (pair.a, pair.b))
    return bool(one & other)


def questions(rng: np.random.Generator, scale: float) -> list[Cell]:
    """Each labelled pair among lines of other teams, new and by two people on either side: is it asked about?"""
    others = unrelated()
    asked: dict[str, list[bool]] = defaultdict(list)
    for pair in pairs()[:: max(1, round(1 / scale))]:
        chosen = [others[index] for index in rng.choice(len(others), COMPANY, replace=False)]
        asked[pair.kind].append(_is_asked(pair, chosen))
    return [
        Cell(
            detector="duplicate work",
            effect=f"asked about: {kind}",
            size="–",
            noise=f"{COMPANY} other lines",
            hits=sum(told),
            of=len(told),
        )
        for kind, told in asked.items()
    ]


def _is_asked(pair: Pair, others: Sequence[Item]) -> bool:
    findings = analysis_of(_last_weeks([*others, pair.a, pair.a, pair.b, pair.b]), week=LAST).findings
    between = tuple(sorted((pair.a.team, pair.b.team)))
    return any(found.kind is FindingKind.DUPLICATE_WORK and found.teams == between for found in findings)


def _last_weeks(items: Sequence[Item]) -> Records:
    """Four weeks, one person for each line; the last lines are of the last week."""
    check_ins = [f"check-in-{index}" for index in range(len(items))]
    people = [item.person or f"somebody-{index}" for index, item in enumerate(items)]
    teams = [item.team for item in items]
    days = [LAST_MONDAY - timedelta(weeks=WINDOW - 1 - WINDOW * index // len(items)) for index in range(len(items))]
    own = {item.goal: sorted({each.team for each in items if each.goal == item.goal}) for item in items if item.goal}
    named: list[str | None] = [item.goal or None for item in items]
    return _records(
        teams=teams,
        goals=tuple(
            Goal(id=goal, title=goal, team=of[0], contributing_teams=tuple(of[1:])) for goal, of in own.items()
        ),
        effort=EffortColumns(
            check_in=check_ins,
            person=people,
            team=teams,
            day=days,
            item_of=list(range(len(items))),
            goal=named,
            reason=[None] * len(items),
            share=[1.0] * len(items),
        ),
        texts=TextColumns(
            check_in=check_ins, person=people, team=teams, day=days, goal=named, text=[item.text for item in items]
        ),
    )


def _records(
    *,
    teams: Iterable[str],
    goals: tuple[Goal, ...],
    effort: EffortColumns | None = None,
    texts: TextColumns | None = None,
) -> Records:
    return Records(
        cadence=Cadence.WEEKLY,
        periods=recent_periods(period_of(LAST_MONDAY, Cadence.WEEKLY), Cadence.WEEKLY, READ),
        teams=tuple(Team(id=team, name=team) for team in sorted(set(teams))),
        goals=tuple(sorted(goals, key=lambda goal: goal.id)),
        effort=effort or EffortColumns(),
        texts=texts or TextColumns(),
    )


EXPERIMENTS: list[Experiment] = [
    Experiment("duplicate goals", goals),
    *([Experiment("public goals", real_goals)] if DOCUMENT.exists() else []),
    Experiment("partners of work items", partners),
    Experiment("questions about work items", questions),
]
