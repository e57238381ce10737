"""The check-in's messages: the prompt, its reminder, and what the prompt's message turns into."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.escaping import escape
from bot.marking import marked
from bot.slack import blocks, focus_blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import linking as linking_texts
from bot.texts import prompts as texts
from checkins import wording
from checkins.answering import MANY_UNCHANGED, Desk
from checkins.forms import ITEMS, shortened
from checkins.model import CheckIn, Goal, LinkedWork, PromptState, Team, WorkItem
from checkins.references import NO_BASES, Bases

QUOTED = 120
NOTE_QUOTED = 300


class Names(Protocol):
    """What an answer is put into words with. goals: those that run; others are called closed."""

    @property
    def goals(self) -> Sequence[Goal]: ...
    @property
    def goal_titles(self) -> Mapping[str, str]: ...
    @property
    def teams(self) -> Sequence[Team]: ...


def first_name(desk: Desk) -> str:
    return escape((desk.person.name.split() or [""])[0])


def prompt(desk: Desk, *, bases: Bases = NO_BASES) -> list[Block]:
    """The question, the last answer, what can be done, and who will see it."""
    return [
        blocks.section(_opening(desk)),
        *([blocks.section("\n".join([texts.LAST_TIME, *_repeated(desk.last, desk, bases)]))] if desk.last else []),
        *_linked(desk),
        blocks.actions(*answers(desk), _skip(desk), blocks.button(texts.LATER, Action.LATER, value=desk.prompt.id)),
        blocks.context(*_small_print(desk)),
    ]


def _linked(desk: Desk) -> list[Block]:
    """The messages that the form will start with."""
    if not desk.linked:
        return []
    left = len(desk.linked[ITEMS:])
    more = [texts.more(left)] if left else []
    lines = [_line(work, desk) for work in desk.linked[:ITEMS]]
    return [blocks.section("\n".join([linking_texts.LINKED, *lines, *more]))]


def _line(work: LinkedWork, desk: Desk) -> str:
    about = _about(desk, WorkItem(text=work.text, goal=work.goal))
    return linking_texts.linked(escape(shortened(wording.one_line(work.text), QUOTED)), about, work.link)


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
    if desk.linked or desk.unchanged >= MANY_UNCHANGED:
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


def _lines(names: Names, items: Sequence[WorkItem], shares: Sequence[str], *, left: int, bases: Bases) -> str:
    lines = [
        texts.item(marked(shortened(wording.one_line(item.text), QUOTED), bases), _about(names, item), share)
        for item, share in zip(items, shares, strict=True)
    ]
    return "\n".join([*lines, texts.more(left)] if left else lines)


def _about(names: Names, item: WorkItem) -> str:
    """What an item served: its goal or a reason, empty where neither is known."""
    if item.reason:
        return texts.REASONS[item.reason]
    if item.goal is None:
        return ""
    title = escape(wording.title(names.goal_titles.get(item.goal, item.goal)))
    return title if item.goal in {goal.id for goal in names.goals} else texts.closed_goal(title)


def reminder(desk: Desk) -> list[Block]:
    """A short message of its own, with the same buttons as the prompt."""
    last = desk.prompt.remind_at is None
    said = texts.reminder(first_name(desk), blocks.moment(desk.prompt.closes_at), last=last)
    return [blocks.section(said), *_linked(desk), blocks.actions(*answers(desk), _skip(desk))]


def receipt(desk: Desk, *, bases: Bases = NO_BASES) -> list[Block]:
    """What was stored, who sees it, and `Edit` while it can still be changed."""
    if not desk.newest:
        return [*stored(desk, bases=bases), blocks.context(_readers(desk))]
    edit = blocks.button(texts.EDIT, Action.EDIT, value=desk.prompt.id)
    return [*stored(desk, bases=bases), blocks.actions(edit), blocks.context(*_small_print(desk), texts.EDITABLE)]


def stored(desk: Desk, *, bases: Bases = NO_BASES) -> list[Block]:
    """The answer under a line that says it is stored."""
    if desk.last is None:
        return []
    title = texts.STORED_LATE if desk.last.late else texts.STORED
    return [blocks.section("\n".join([title, *answer_lines(desk.last, desk, bases=bases)]))]


def answer_lines(answer: CheckIn, names: Names, *, bases: Bases = NO_BASES) -> list[str]:
    """An answer with the teams it names, its ratings and its note."""
    note = [texts.note(marked(shortened(wording.one_line(answer.note), NOTE_QUOTED), bases))] if answer.note else []
    rest = focus_blocks.lines(answer, titles=names.goal_titles, teams=names.teams)
    return [*_repeated(answer, names, bases), *rest, *note]


def _repeated(answer: CheckIn, names: Names, bases: Bases) -> list[str]:
    """What one click stores again: the items with their shares in percent, and the teams."""
    shares = [item.share if item.share is not None else 1 / len(answer.items) for item in answer.items]
    words = [wording.percent(share) for share in shares[:ITEMS]]
    return [
        _lines(names, answer.items[:ITEMS], words, left=len(answer.items[ITEMS:]), bases=bases),
        *_named(names, texts.WORKED_WITH, answer.worked_with),
        *_named(names, texts.WAITING_ON, answer.waiting_on),
    ]


def _named(names: Names, label: str, teams: Sequence[str]) -> list[str]:
    found = [escape(team.name) for team in names.teams if team.id in teams]
    return [texts.teams(label, found)] if found else []


def standing(desk: Desk, *, bases: Bases = NO_BASES) -> tuple[str, list[Block]]:
    """Text and blocks of a prompt's message once it is done with: answered, skipped, left out, or over."""
    if desk.answered:
        return texts.STORED_SHORT, receipt(desk, bases=bases)
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
