"""The card that asks whether words were read rightly, and the draft that its buttons carry."""

import json
from collections.abc import Mapping
from typing import Any

from bot.escaping import escape
from bot.slack import blocks, goal_choice
from bot.slack.blocks import Block, Values
from bot.slack.ids import Action
from bot.texts import free_text as texts
from bot.texts import prompts as prompt_texts
from checkins.answering import Desk
from checkins.errors import TruelineError
from checkins.forms import GOAL, AnswerDraft, ItemDraft
from checkins.model import Entered
from checkins.phrases import Reading

VALUE_LIMIT = 2000  # of a button's value
GOAL_OF = "goal_"


def draft_of(reading: Reading) -> AnswerDraft:
    """What was read as a filled form; the proposed goals are chosen until somebody chooses others."""
    return AnswerDraft(
        items=tuple(
            ItemDraft(
                text=line.text,
                size=line.size,
                choice=f"{GOAL}{line.goal}" if line.goal else None,
                proposed=line.goal,
            )
            for line in reading.lines
        ),
        worked_with=reading.worked_with,
        waiting_on=reading.waiting_on,
        entered=Entered.TEXT,
    )


def card(desk: Desk, reading: Reading) -> list[Block]:
    """Each line with its goal to choose, the teams named, and the three answers. Raises TruelineError when too long."""
    value = packed(desk.prompt.id, draft_of(reading))
    lines = [_line(desk, number, item) for number, item in enumerate(draft_of(reading).items, start=1)]
    teams = {team.id: escape(team.name) for team in desk.teams}
    named = [
        prompt_texts.teams(label, [teams[team] for team in chosen])
        for label, chosen in (
            (prompt_texts.WORKED_WITH, reading.worked_with),
            (prompt_texts.WAITING_ON, reading.waiting_on),
        )
        if chosen
    ]
    remarks = [*named, *([texts.left_out(reading.left_out)] if reading.left_out else [])]
    return [
        blocks.section(texts.READ),
        *lines,
        *([blocks.context(*remarks)] if remarks else []),
        blocks.actions(
            blocks.button(texts.LOOKS_RIGHT, Action.TEXT_RIGHT, value=value, style="primary"),
            blocks.button(texts.CHANGE, Action.TEXT_CHANGE, value=value),
            blocks.button(texts.NOT_MEANT, Action.TEXT_NOT_MEANT, value=desk.prompt.id),
        ),
    ]


def _line(desk: Desk, number: int, item: ItemDraft) -> Block:
    said = texts.line(number, escape(item.text), prompt_texts.SIZES[item.size or "some"])
    if not desk.goals:
        return blocks.section(said)
    goal = goal_choice.select(desk, Action.TEXT_GOAL, chosen=item.choice)
    return blocks.section(said, accessory=goal) | {"block_id": f"{GOAL_OF}{number}"}


def packed(prompt: str, draft: AnswerDraft) -> str:
    """The draft as a button's value. Raises TruelineError where it does not fit."""
    items = [[item.text, item.size, item.proposed] for item in draft.items]
    value = json.dumps(
        {"p": prompt, "i": items, "w": draft.worked_with, "b": draft.waiting_on},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if blocks.length(value) > VALUE_LIMIT:
        raise TruelineError(texts.TOO_LONG)
    return value


def unpacked(value: str, values: Values) -> tuple[str, AnswerDraft]:
    """The prompt's id and the draft with the goals as they were chosen on the card. values: the message's state."""
    data: Mapping[str, Any] = json.loads(value)
    items = tuple(
        ItemDraft(text=text, size=size, proposed=goal, choice=_chosen(values, number, goal))
        for number, (text, size, goal) in enumerate(data["i"], start=1)
    )
    draft = AnswerDraft(items=items, worked_with=tuple(data["w"]), waiting_on=tuple(data["b"]), entered=Entered.TEXT)
    return data["p"], draft


def _chosen(values: Values, number: int, proposed: str | None) -> str | None:
    name = f"{GOAL_OF}{number}"
    if name in values:
        return blocks.choice_of(values, name)
    return f"{GOAL}{proposed}" if proposed else None
