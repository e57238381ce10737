"""The check-in's form: rows of text, goal and share, the teams named, the note; and what was typed into it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.escaping import escape
from bot.slack import blocks, focus_blocks, goal_choice
from bot.slack.blocks import Block, Values, View
from bot.slack.ids import Action, Callback, pack, unpack
from bot.texts import prompts as texts
from checkins import wording
from checkins.answering import Desk
from checkins.forms import (
    ITEMS,
    NOTE_LIMIT,
    SIZES,
    TEXT_LIMIT,
    AnswerDraft,
    ItemDraft,
    shortened,
)
from checkins.model import Team

FEWEST_ROWS = 2
MOST_TEAMS = 100
ENTERED = "entered"  # action id of fields that are only read on sending


def form(desk: Desk, draft: AnswerDraft, *, rows: int | None = None, notice: str = "", place: str = "") -> View:
    """The modal as it opens.

    rows: how many to show, else those of the draft and an empty one.  notice: said on top.  place: where it was
    opened, which comes back with what was typed.
    """
    shown = min(ITEMS, max(FEWEST_ROWS, rows or len(draft.items) + 1))
    filled = [*draft.items, *(ItemDraft(),) * ITEMS][:shown]
    made = [blocks.section(escape(notice))] if notice else []
    for number, item in enumerate(filled, start=1):
        made += _row(desk, number, item)
    made += [_add_row()] if shown < ITEMS else []
    return blocks.modal(
        Callback.CHECK_IN,
        title=texts.TITLE,
        blocks=[*made, blocks.divider(), *_teams(desk, draft), *focus_blocks.fields(desk, draft), _note(desk, draft)],
        submit=texts.SEND,
        close=texts.CANCEL,
        metadata=pack(prompt=desk.prompt.id, place=place, linked=" ".join(draft.linked)),
    )


def _row(desk: Desk, number: int, item: ItemDraft) -> list[Block]:
    optional = number > 1
    goal = goal_choice.select(desk, Action.GOAL, chosen=item.choice) if desk.goals else None
    size = blocks.select(ENTERED, options=_sizes(), initial=item.size, placeholder=texts.CHOOSE_SIZE)
    # A text of several lines would lose its line breaks in a field of one line.
    text = blocks.text_input(ENTERED, initial=item.text, limit=_room_for(item.text), multiline="\n" in item.text)
    return [
        *([blocks.divider()] if optional else []),
        blocks.field(f"text_{number}", texts.text_label(number), text, optional=optional),
        *([blocks.field(f"goal_{number}", texts.GOAL_LABEL, goal, optional=optional)] if goal else []),
        blocks.field(f"size_{number}", texts.SIZE_LABEL, size, optional=True),
    ]


def _room_for(text: str) -> int:
    """What came in longer than a row holds stays whole until its writer has shortened it."""
    return min(max(TEXT_LIMIT, blocks.length(text)), blocks.SECTION_LIMIT)


def _sizes() -> list[Block]:
    return [blocks.option(texts.SIZE_CHOICES[size], size) for size in SIZES]


def _add_row() -> Block:
    return blocks.actions(blocks.button(texts.ADD_ROW, Action.ROW))


def _teams(desk: Desk, draft: AnswerDraft) -> list[Block]:
    asked = (("worked_with", texts.WORKED_WITH, draft.worked_with), ("waiting_on", texts.WAITING_ON, draft.waiting_on))
    return [
        blocks.field(
            name,
            label,
            blocks.multi_select(
                ENTERED, options=_team_options(desk.teams, chosen), initial=chosen, placeholder=texts.CHOOSE_TEAMS
            ),
            optional=True,
        )
        for name, label, chosen in asked
        if desk.teams
    ]


def _team_options(teams: Sequence[Team], chosen: Sequence[str]) -> list[Block]:
    """As many teams as fit, those chosen before among them, in order of name."""
    kept = {team.id for team in sorted(teams, key=lambda team: team.id not in chosen)[:MOST_TEAMS]}
    return [blocks.option(wording.one_line(team.name) or team.id, team.id) for team in teams if team.id in kept]


def _note(desk: Desk, draft: AnswerDraft) -> Block:
    text = blocks.text_input(ENTERED, initial=shortened(draft.note, NOTE_LIMIT), limit=NOTE_LIMIT, multiline=True)
    return blocks.field("note", texts.NOTE, text, optional=True, hint=texts.note_hint(desk.leads))


def typed(values: Values) -> AnswerDraft:
    """What stands in the form, row by row."""
    return AnswerDraft(
        items=tuple(
            ItemDraft(
                text=blocks.text_of(values, f"text_{number}"),
                choice=blocks.choice_of(values, f"goal_{number}"),
                size=blocks.choice_of(values, f"size_{number}"),
            )
            for number in range(1, _rows_in(values) + 1)
        ),
        worked_with=blocks.choices_of(values, "worked_with"),
        waiting_on=blocks.choices_of(values, "waiting_on"),
        note=blocks.text_of(values, "note"),
        focus=focus_blocks.typed(values),
        contacts=focus_blocks.typed_contacts(values),
    )


def returned(view: View) -> AnswerDraft:
    """What stands in a form that came back, and which linked messages it showed. Raises OutOfDate as ``unpack``."""
    (linked,) = unpack(view["private_metadata"], "linked")
    return replace(typed(view["state"]["values"]), linked=tuple(linked.split()))


def _rows_in(values: Values) -> int:
    """How many rows the form shows."""
    return sum(1 for name in values if name.startswith("text_"))
