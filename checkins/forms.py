"""The check-in form: its fields, what they mean, and every problem of a filled one by field."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from checkins.errors import BadForm
from checkins.model import CheckIn, Entered, Reason, WorkItem
from checkins.references import found

ITEMS = 5
TEXT_LIMIT = 280
NOTE_LIMIT = 1000
SIZES: Mapping[str, int] = {"most": 6, "half": 4, "some": 2, "little": 1}
USUAL_TOTAL = 8  # "about half" twice, "most" and "some"
NO_GOAL = "none:"
GOAL = "goal:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """A row of the form as it was filled: free text, a goal choice (see ``choice_of``) and one of SIZES."""

    text: str = ""
    choice: str | None = None
    size: str | None = None
    proposed: str | None = None  # the goal that was offered when the row was read from free text

    @property
    def empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """A filled form, not yet believed.

    focus, contacts: what was chosen, None for a field that was left empty; what is not among them was not asked.
    """

    items: tuple[ItemDraft, ...] = ()
    worked_with: tuple[str, ...] = ()
    waiting_on: tuple[str, ...] = ()
    note: str = ""
    focus: Mapping[str, str | None] = field(default_factory=dict)  # by field of ``focus.Question``
    contacts: Mapping[str, str | None] = field(default_factory=dict)  # by team id
    entered: Entered = Entered.FORM
    linked: tuple[str, ...] = ()  # ids of the linked messages that the form showed


def choice_of(item: WorkItem) -> str | None:
    """How a work item's goal or reason is written as one choice."""
    if item.goal:
        return f"{GOAL}{item.goal}"
    return f"{NO_GOAL}{item.reason}" if item.reason else None


def work_items(draft: AnswerDraft, *, goals: Collection[str], before: Sequence[WorkItem] = ()) -> tuple[WorkItem, ...]:
    """The work items of a filled form, shares summing to 1.

    goals: ids of the goals that can be chosen; without any a row needs no choice.  before: the items the form was
    prefilled with; a row whose shortened text was left as it was keeps the whole text.
    Raises BadForm with every problem, by field: ``text_1`` … ``size_5``, ``note``.
    """
    whole = {shortened(item.text, TEXT_LIMIT): item.text for item in before}
    problems: dict[str, str] = {}
    for number, item in enumerate(draft.items, start=1):
        problems |= _problems(number, item, goals)
    rows = [item for item in draft.items if not item.empty]
    if not rows and not problems:
        problems["text_1"] = "Write at least one line about your work, or cancel and press Skip."
    if len(draft.note) > NOTE_LIMIT:
        problems["note"] = f"Keep the note under {NOTE_LIMIT} characters; this is {len(draft.note)}."
    if problems:
        raise BadForm(problems)
    return _weighed([(item, whole.get(item.text, item.text.strip())) for item in rows])


def _problems(number: int, item: ItemDraft, goals: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if item.empty:
        if item.choice or item.size:
            found[f"text_{number}"] = "Say in a few words what this was, or clear the row."
        return found
    if len(item.text) > TEXT_LIMIT:
        found[f"text_{number}"] = f"Keep it under {TEXT_LIMIT} characters; this is {len(item.text)}."
    if goals and item.choice is None:
        found[f"goal_{number}"] = "Choose the goal this served, or a reason under “None of our goals”."
    elif item.choice and not _known(item.choice, goals):
        found[f"goal_{number}"] = "This goal has closed since the form was opened. Choose another one."
    if item.size is not None and item.size not in SIZES:
        found[f"size_{number}"] = "Choose how much of your time it took."
    return found


def _known(choice: str, goals: Collection[str]) -> bool:
    if choice.startswith(NO_GOAL):
        return choice.removeprefix(NO_GOAL) in set(Reason)
    return choice.removeprefix(GOAL) in goals


def _weighed(rows: Sequence[tuple[ItemDraft, str]]) -> tuple[WorkItem, ...]:
    sizes = [SIZES[item.size or "some"] for item, _ in rows]
    return tuple(
        WorkItem(
            text=text,
            goal=_goal(item),
            reason=_reason(item),
            share=size / sum(sizes),
            proposed=item.proposed,
            references=found(text),
        )
        for (item, text), size in zip(rows, sizes, strict=True)
    )


def _goal(item: ItemDraft) -> str | None:
    return item.choice.removeprefix(GOAL) if item.choice and item.choice.startswith(GOAL) else None


def _reason(item: ItemDraft) -> Reason | None:
    return Reason(item.choice.removeprefix(NO_GOAL)) if item.choice and item.choice.startswith(NO_GOAL) else None


def sizes_of(items: Sequence[WorkItem]) -> list[str]:
    """The words whose shares come nearest to the items' own: the way back from shares to the form.

    Words with the same shares are many; those whose SIZES sum up nearest to USUAL_TOTAL are taken.
    """
    shares = [item.share if item.share is not None else 1 / len(items) for item in items[:ITEMS]]

    def distance(words: tuple[str, ...]) -> tuple[float, int]:
        total = sum(SIZES[word] for word in words)
        off = sum(abs(share - SIZES[word] / total) for share, word in zip(shares, words, strict=True))
        return round(off, 6), abs(total - USUAL_TOTAL)

    nearest = min(product(tuple(SIZES), repeat=len(shares)), key=distance)
    return list(nearest)


def prefill(last: CheckIn | None) -> AnswerDraft:
    """The form as it opens: the last answer's rows, long texts cut at a word with "…"."""
    if last is None:
        return AnswerDraft()
    items = last.items[:ITEMS]
    rows = tuple(
        ItemDraft(text=shortened(item.text, TEXT_LIMIT), choice=choice_of(item), size=size)
        for item, size in zip(items, sizes_of(items), strict=True)
    )
    return AnswerDraft(items=rows, worked_with=last.worked_with, waiting_on=last.waiting_on, note=last.note)


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words, ending in "…" where something was left out."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:.") + "…"
