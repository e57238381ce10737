"""The check-in's messages: the prompt, its reminder, and what the prompt's message turns into."""

from collections.abc import Sequence

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import prompts as texts
from checkins import wording
from checkins.answering import MANY_UNCHANGED, Desk
from checkins.forms import ITEMS, shortened
from checkins.model import CheckIn, PromptState, WorkItem

QUOTED = 120
NOTE_QUOTED = 300


def first_name(desk: Desk) -> str:
    return escape((desk.person.name.split() or [""])[0])


def prompt(desk: Desk) -> list[Block]:
    """The question, the last answer, what can be done, and who will see it."""
    return [
        blocks.section(_opening(desk)),
        *([blocks.section("\n".join([texts.LAST_TIME, *_repeated(desk.last, desk)]))] if desk.last else []),
        blocks.actions(*answers(desk), _skip(desk), blocks.button(texts.LATER, Action.LATER, value=desk.prompt.id)),
        blocks.context(*_small_print(desk)),
    ]


def _opening(desk: Desk) -> str:
    question = texts.QUESTION if desk.last else texts.FIRST_QUESTION
    if not desk.newcomer:
        return f"{texts.greeting(first_name(desk))} {question}"
    added_by = escape(desk.added_by) if desk.added_by else None
    return f"{texts.welcome(first_name(desk), team=escape(desk.team.name), added_by=added_by)}\n\n{question}"


def answer_button(desk: Desk) -> Block:
    """Opens the form, wherever it stands."""
    return blocks.actions(blocks.button(texts.ANSWER, Action.UPDATE, value=desk.prompt.id, style="primary"))


def answers(desk: Desk) -> list[Block]:
    """The buttons that answer, the one to press first in front."""
    if desk.first:
        return [blocks.button(texts.ANSWER, Action.UPDATE, value=desk.prompt.id, style="primary")]
    both = [(texts.SAME, Action.SAME), (texts.UPDATE, Action.UPDATE)]
    if desk.unchanged >= MANY_UNCHANGED:
        both.reverse()
    styles = ("primary", None)
    return [
        blocks.button(label, action, value=desk.prompt.id, style=style)
        for (label, action), style in zip(both, styles, strict=True)
    ]


def _skip(desk: Desk) -> Block:
    return blocks.button(texts.SKIP, Action.SKIP, value=desk.prompt.id)


def _small_print(desk: Desk) -> list[str]:
    return [_readers(desk), texts.next_digest(blocks.moment(desk.digest_at))] if desk.digest_at else [_readers(desk)]


def _readers(desk: Desk) -> str:
    return texts.who_sees(escape(desk.team.name))


def _lines(desk: Desk, items: Sequence[WorkItem], shares: Sequence[str], *, left: int) -> str:
    lines = [
        texts.item(escape(shortened(wording.one_line(item.text), QUOTED)), _about(desk, item), share)
        for item, share in zip(items, shares, strict=True)
    ]
    return "\n".join([*lines, texts.more(left)] if left else lines)


def _about(desk: Desk, item: WorkItem) -> str:
    """What an item served: its goal or a reason, empty where neither is known."""
    if item.reason:
        return texts.REASONS[item.reason]
    if item.goal is None:
        return ""
    title = escape(wording.title(desk.goal_titles.get(item.goal, item.goal)))
    return title if item.goal in {goal.id for goal in desk.goals} else texts.closed_goal(title)


def reminder(desk: Desk) -> list[Block]:
    """A short message of its own, with the same buttons as the prompt."""
    last = desk.prompt.remind_at is None
    said = texts.reminder(first_name(desk), blocks.moment(desk.prompt.closes_at), last=last)
    return [blocks.section(said), blocks.actions(*answers(desk), _skip(desk))]


def receipt(desk: Desk) -> list[Block]:
    """What was stored, who sees it, and `Edit` while it can still be changed."""
    if not desk.newest:
        return [*stored(desk), blocks.context(_readers(desk))]
    edit = blocks.button(texts.EDIT, Action.EDIT, value=desk.prompt.id)
    return [*stored(desk), blocks.actions(edit), blocks.context(*_small_print(desk), texts.EDITABLE)]


def stored(desk: Desk) -> list[Block]:
    """The answer under a line that says it is stored."""
    if desk.last is None:
        return []
    title = texts.STORED_LATE if desk.last.late else texts.STORED
    return [blocks.section("\n".join([title, *answer_lines(desk.last, desk)]))]


def answer_lines(answer: CheckIn, desk: Desk) -> list[str]:
    """An answer with the teams it names and its note."""
    note = [texts.note(escape(shortened(wording.one_line(answer.note), NOTE_QUOTED)))] if answer.note else []
    return [*_repeated(answer, desk), *note]


def _repeated(answer: CheckIn, desk: Desk) -> list[str]:
    """What one click stores again: the items with their shares in percent, and the teams."""
    shares = [item.share if item.share is not None else 1 / len(answer.items) for item in answer.items]
    words = [wording.percent(share) for share in shares[:ITEMS]]
    return [
        _lines(desk, answer.items[:ITEMS], words, left=len(answer.items[ITEMS:])),
        *_named(desk, texts.WORKED_WITH, answer.worked_with),
        *_named(desk, texts.WAITING_ON, answer.waiting_on),
    ]


def _named(desk: Desk, label: str, teams: Sequence[str]) -> list[str]:
    names = [escape(team.name) for team in desk.teams if team.id in teams]
    return [texts.teams(label, names)] if names else []


def standing(desk: Desk) -> tuple[str, list[Block]]:
    """Text and blocks of a prompt's message once it is done with: answered, skipped, left out, or over."""
    if desk.answered:
        return texts.STORED_SHORT, receipt(desk)
    said = {PromptState.SKIPPED: texts.SKIPPED, PromptState.AWAY: texts.LEFT_OUT}.get(desk.prompt.state)
    if said:
        anyway = blocks.actions(blocks.button(texts.ANSWER_ANYWAY, Action.UPDATE, value=desk.prompt.id))
        return said, [blocks.section(said), *([anyway] if desk.newest else [])]
    return texts.CLOSED, [blocks.section(texts.CLOSED)]


def reminder_done(desk: Desk) -> str:
    """What a reminder turns into: a word, since the prompt's message above it says the rest."""
    if desk.answered:
        return texts.REMINDER_ANSWERED
    return texts.REMINDER_SKIPPED if desk.prompt.state is PromptState.SKIPPED else texts.REMINDER_CLOSED
