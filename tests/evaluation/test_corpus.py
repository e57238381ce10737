"""The labelled work items and goals are what their README says they are, and stay it."""

import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from tests.evaluation.corpus import (
    GOALS,
    GOALS_ALONE,
    PAIRS,
    UNRELATED,
    Pair,
    goal_pairs,
    goals_alone,
    pairs,
    unrelated,
)

# Frozen: changing them means evaluating anew.
DIGESTS = {
    PAIRS: "3119f8236a5b288958c3542a60bba451b03306db4f535215edaa993f78e9fd4e",
    UNRELATED: "c0b7d85632896a3a40115ebda79e7d2474f0d9e4b62ddfccf722791ddcce104d",
    GOALS: "2327188ba8542b3a20086608c60e59a9a29d991b12f410ee9c1f1b74c3625b18",
    GOALS_ALONE: "5e73348ea5ce891635a8264e58693cb823a4cc7bbb23e34c07376bc9c2fd31c1",
}
LEAST = {"duplicate": 390, "numbered": 30, "negation": 30, "collaboration": 30, "sequential": 30}
LEAST_GOALS = {"duplicate": 80, "distinct": 60}


def long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.lower()) if len(word) >= 4}


def share_words(pair: Pair) -> bool:
    return bool(long_words(pair.a.text) & long_words(pair.b.text))


def duplicates() -> list[Pair]:
    return [pair for pair in pairs() if pair.kind == "duplicate"]


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.name)
def test_the_texts_are_frozen(path: Path) -> None:
    assert sha256(path.read_bytes()).hexdigest() == DIGESTS[path]


def test_every_kind_has_enough_pairs() -> None:
    counts: Counter[str] = Counter(pair.kind for pair in pairs())
    assert set(counts) == set(LEAST)
    assert all(counts[kind] >= least for kind, least in LEAST.items())


def test_a_third_of_the_duplicates_share_no_word_of_four_letters() -> None:
    unlike = [pair for pair in duplicates() if not share_words(pair)]
    assert 0.32 <= len(unlike) / len(duplicates()) <= 0.35


def test_each_pair_has_a_name_of_its_own_and_two_teams() -> None:
    assert len({pair.name for pair in pairs()}) == len(pairs())
    assert all(pair.a.team != pair.b.team for pair in pairs())


def test_only_collaborators_share_a_goal() -> None:
    assert all((pair.a.goal == pair.b.goal) == (pair.kind == "collaboration") for pair in pairs())


def test_no_text_stands_twice() -> None:
    texts = Counter(item.text.lower() for pair in pairs() for item in (pair.a, pair.b))
    texts.update(item.text.lower() for item in unrelated())
    assert [text for text, count in texts.items() if count > 1] == []


def test_lines_are_as_long_as_people_type_them() -> None:
    items = [item for pair in pairs() for item in (pair.a, pair.b)]
    assert all(3 <= len(item.text.split()) <= 15 for item in (*items, *unrelated()))


def test_five_thousand_unrelated_items_come_from_forty_teams_of_twelve() -> None:
    people = {(item.team, item.person) for item in unrelated()}
    assert len(unrelated()) == 5_000
    assert set(Counter(team for team, _ in people).values()) == {12}
    assert len({team for team, _ in people}) == 40


def test_pairs_are_among_the_teams_of_the_unrelated_items() -> None:
    teams = {item.team for item in unrelated()}
    assert {item.team for pair in pairs() for item in (pair.a, pair.b)} <= teams


def test_every_kind_has_enough_pairs_of_goals() -> None:
    counts: Counter[str] = Counter(pair.kind for pair in goal_pairs())
    assert set(counts) == set(LEAST_GOALS)
    assert all(counts[kind] >= least for kind, least in LEAST_GOALS.items())


def test_most_duplicate_goals_keep_some_of_the_wording() -> None:
    duplicate_goals = [pair for pair in goal_pairs() if pair.kind == "duplicate"]
    kept = [pair for pair in duplicate_goals if long_words(pair.a.title) & long_words(pair.b.title)]
    assert len(duplicate_goals) / 2 < len(kept) < len(duplicate_goals) * 5 / 6


def test_each_pair_of_goals_has_a_name_of_its_own_and_two_teams() -> None:
    assert len({pair.name for pair in goal_pairs()}) == len(goal_pairs())
    assert all(pair.a.team != pair.b.team for pair in goal_pairs())


def test_no_goal_title_stands_twice() -> None:
    titles = Counter(goal.title.lower() for pair in goal_pairs() for goal in (pair.a, pair.b))
    titles.update(goal.title.lower() for goal in goals_alone())
    assert [title for title, count in titles.items() if count > 1] == []


def test_goal_titles_are_as_long_as_in_quarterly_lists() -> None:
    goals = [goal for pair in goal_pairs() for goal in (pair.a, pair.b)]
    assert all(3 <= len(goal.title.split()) <= 12 for goal in (*goals, *goals_alone()))


def test_forty_teams_have_ten_goals_each_that_stand_alone() -> None:
    assert set(Counter(goal.team for goal in goals_alone()).values()) == {10}
    assert {goal.team for goal in goals_alone()} == {item.team for item in unrelated()}


def test_pairs_of_goals_are_among_the_teams_of_the_goals_that_stand_alone() -> None:
    teams = {goal.team for goal in goals_alone()}
    assert {goal.team for pair in goal_pairs() for goal in (pair.a, pair.b)} <= teams
