"""Which lines of work read alike, and which pairs are held against each other at all."""

from collections.abc import Sequence

import numpy as np

from checkins.analysis.detectors.likeness import RARE, Alike, alike, all_alike, folded

PUSH = "push notifications for overdue invoices"
REMINDERS = "push notifications about overdue invoices"
UNRELATED = ["rotate the signing certificates", "interview churned customers", "tidy the onboarding checklist"]


def pairs(texts: Sequence[str], found: Alike) -> list[tuple[str, str]]:
    return [(texts[left], texts[right]) for left, right, _ in found]


def every(texts: Sequence[str], *, floor: float) -> Alike:
    chosen = np.ones(len(texts), dtype=np.bool_)
    return alike(texts, new=chosen, compared=chosen, floor=floor)


def made_up(count: int) -> list[str]:
    rng = np.random.default_rng(11)
    weights = 1 / np.arange(1, 901)
    words = ["".join(rng.choice(list("abdeiklmnorstu"), 7)) for _ in weights]
    drawn = (rng.choice(900, 6, replace=False, p=weights / weights.sum()) for _ in range(count))
    return sorted({" ".join(words[place] for place in places) for places in drawn})


def test_case_and_white_space_do_not_make_another_text() -> None:
    assert folded("  Push\tNotifications \n for Straße") == folded("push notifications for STRASSE")


def test_two_wordings_of_one_work_are_a_pair_and_other_work_is_none() -> None:
    texts = [*UNRELATED, PUSH, REMINDERS]
    assert pairs(texts, every(texts, floor=0.6)) == [(PUSH, REMINDERS)]


def test_the_cosine_has_to_be_above_the_floor() -> None:
    texts = [PUSH, REMINDERS, *UNRELATED]
    ((_, _, cosine),) = every(texts, floor=0.6)
    assert 0.6 < cosine < 1
    assert not list(every(texts, floor=cosine))


def test_what_was_said_before_is_not_held_against_itself_again() -> None:
    texts = [PUSH, REMINDERS, *UNRELATED]
    everything, nothing = np.ones(5, dtype=np.bool_), np.zeros(5, dtype=np.bool_)
    assert not list(alike(texts, new=nothing, compared=everything, floor=0.6))


def test_a_new_text_stands_left_of_the_older_one_whatever_their_order() -> None:
    texts = [PUSH, REMINDERS, *UNRELATED]
    new = np.array([False, True, False, False, False])
    found = alike(texts, new=new, compared=~new, floor=0.6)
    assert pairs(texts, found) == [(REMINDERS, PUSH)]


def test_texts_of_earlier_weeks_weigh_words_and_are_not_compared() -> None:
    texts = [PUSH, REMINDERS, *UNRELATED]
    new = np.array([True, False, False, False, False])
    assert not list(alike(texts, new=new, compared=np.zeros(5, dtype=np.bool_), floor=0.6))


def test_a_word_that_too_many_texts_have_makes_no_pair() -> None:
    many = [f"quarterly {word}" for word in sorted({text.split()[0] for text in made_up(900)})]
    assert len(many) > RARE
    assert not list(every(many, floor=0.1))


def test_nothing_vanishes_in_a_small_organisation() -> None:
    texts = [PUSH, REMINDERS]
    assert pairs(texts, every(texts, floor=0.6)) == [(PUSH, REMINDERS)]


def test_texts_without_a_word_are_like_nothing() -> None:
    for texts in ([], ["?"], ["…", "!"], ["", PUSH]):
        assert not list(every(texts, floor=0.1))


def test_the_most_alike_come_first_and_each_pair_once() -> None:
    texts = made_up(600)
    texts = sorted({*texts, *(f"{text} again" for text in texts[::20])})
    found = every(texts, floor=0.3)
    assert len(found.cosine) > 20
    assert (np.diff(found.cosine) <= 0).all()
    assert len({frozenset(pair) for pair in pairs(texts, found)}) == len(found.cosine)


def test_the_same_texts_give_the_same_bytes() -> None:
    texts = made_up(300)
    first, second = every(texts, floor=0.2), every(texts, floor=0.2)
    assert first.cosine.tobytes() == second.cosine.tobytes()
    assert first.left.tobytes() == second.left.tobytes() and first.right.tobytes() == second.right.tobytes()


def test_the_rule_of_the_rare_word_finds_nothing_that_all_pairs_do_not_and_weighs_alike() -> None:
    texts = made_up(600)
    texts = sorted({*texts, *(f"{text} again" for text in texts[::20])})
    chosen = np.ones(len(texts), dtype=np.bool_)
    everything = all_alike(texts, new=chosen, compared=chosen, floor=0.6)
    complete = {(left, right): cosine for left, right, cosine in everything}
    found = {(left, right): cosine for left, right, cosine in every(texts, floor=0.6)}
    assert len(found) >= 0.98 * len(complete) > 10
    assert all(np.isclose(complete[pair], cosine) for pair, cosine in found.items())
