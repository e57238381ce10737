"""The form: every problem by field, shares that sum to one, nothing cut that was not changed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.errors import BadForm
from checkins.forms import (
    SIZES,
    TEXT_LIMIT,
    AnswerDraft,
    ItemDraft,
    choice_of,
    prefill,
    shortened,
    sizes_of,
    work_items,
)
from checkins.model import CheckIn, Reason, WorkItem

GOALS = {"growth", "billing"}
good = ItemDraft(text="Signup funnel", choice="goal:growth", size="most")


def problems(*items: ItemDraft, note: str = "") -> dict[str, str]:
    with pytest.raises(BadForm) as refused:
        work_items(AnswerDraft(items=items, note=note), goals=GOALS)
    return refused.value.problems


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (ItemDraft(), "text_1"),
        (ItemDraft(text="   "), "text_1"),
        (ItemDraft(choice="goal:growth"), "text_1"),
        (ItemDraft(text="x" * 281, choice="goal:growth"), "text_1"),
        (ItemDraft(text="x" * 10_000, choice="goal:growth"), "text_1"),
        (ItemDraft(text="Work"), "goal_1"),
        (ItemDraft(text="Work", choice="goal:closed"), "goal_1"),
        (ItemDraft(text="Work", choice="none:because"), "goal_1"),
        (ItemDraft(text="Work", choice="goal:growth", size="huge"), "size_1"),
    ],
)
def test_each_problem_stands_at_its_field(item: ItemDraft, field: str) -> None:
    assert list(problems(item)) == [field]


def test_every_problem_is_named_at_once() -> None:
    found = problems(good, ItemDraft(text="No goal"), ItemDraft(choice="goal:growth"), note="n" * 1001)
    assert set(found) == {"goal_2", "text_3", "note"}


def test_shares_follow_the_words() -> None:
    items = work_items(
        AnswerDraft(items=(good, ItemDraft(text="Bugs", choice="none:technical_debt", size="some"))), goals=GOALS
    )
    assert [item.share for item in items] == [0.75, 0.25]
    assert items[1] == WorkItem(text="Bugs", reason=Reason.TECHNICAL_DEBT, share=0.25)


def test_without_any_goals_work_is_stored_unmapped() -> None:
    (item,) = work_items(AnswerDraft(items=(ItemDraft(text="Moving house"),)), goals=())
    assert item == WorkItem(text="Moving house", share=1.0)


def test_a_long_text_left_as_it_was_stays_whole() -> None:
    whole = "word " * 100
    last = CheckIn(
        id="c", person="p", team="t", date=date(2026, 1, 5), items=(WorkItem(text=whole, goal="growth", share=1.0),)
    )
    opened = prefill(last)
    assert len(opened.items[0].text) <= TEXT_LIMIT
    assert work_items(opened, goals=GOALS, before=last.items)[0].text == whole


@given(st.lists(st.sampled_from(sorted(SIZES)), min_size=1, max_size=5))
def test_the_form_opens_with_the_shares_it_was_sent_with(sizes: list[str]) -> None:
    rows = tuple(ItemDraft(text=f"Row {n}", choice="goal:growth", size=size) for n, size in enumerate(sizes))
    items = work_items(AnswerDraft(items=rows), goals=GOALS)
    assert sum(item.share or 0 for item in items) == pytest.approx(1)
    total = sum(SIZES[size] for size in sizes)
    again = sizes_of(items)
    assert [SIZES[a] / sum(SIZES[x] for x in again) for a in again] == pytest.approx([SIZES[s] / total for s in sizes])
    assert [choice_of(item) for item in items] == ["goal:growth"] * len(sizes)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([1.0], ["most"]),
        ([0.5, 0.5], ["half", "half"]),
        ([0.75, 0.25], ["most", "some"]),
        ([1 / 3, 1 / 3, 1 / 3], ["some"] * 3),
        ([0.25] * 4, ["some"] * 4),
        ([0.2] * 5, ["some"] * 5),
        ([None, None], ["half", "half"]),
    ],
)
def test_of_words_with_the_same_shares_the_usual_ones_are_taken(shares: list[float | None], words: list[str]) -> None:
    assert sizes_of([WorkItem(text="Work", share=share) for share in shares]) == words


@given(st.text(max_size=400), st.integers(5, 300))
def test_shortening_keeps_the_limit_and_the_beginning(text: str, limit: int) -> None:
    cut = shortened(text, limit)
    assert len(cut) <= limit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
