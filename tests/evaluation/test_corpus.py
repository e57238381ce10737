"""The labelled work items are what their README says they are, and stay it."""

import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from tests.evaluation.corpus import PAIRS, UNRELATED, Pair, pairs, unrelated

# Frozen: changing them means evaluating anew.
DIGESTS = {
    PAIRS: "2308a9e65de41c056c6d6d9275e9ee398eec8a2d84aad9ffdd0abdb9c5c7efc2",
    UNRELATED: "c0b7d85632896a3a40115ebda79e7d2474f0d9e4b62ddfccf722791ddcce104d",
}
LEAST = {"duplicate": 220, "numbered": 30, "negation": 30, "collaboration": 30, "sequential": 30}


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
    assert len(unlike) >= max(80, len(duplicates()) / 3)
    assert len(unlike) < len(duplicates())


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
