"""The form in which the owner of a goal says what "done" means, and the button that opens it."""

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block, Values, View
from bot.slack.ids import Action, Callback, pack
from bot.texts import done_means as texts
from checkins import wording
from checkins.focus import STATEMENT_LIMIT, STATEMENTS
from checkins.model import Goal

FIELD = "statement_"
_ENTERED = "entered"


def button(goal: Goal) -> Block:
    return blocks.button(texts.OPEN, Action.DONE_MEANS, value=goal.id)


def form(goal: Goal) -> View:
    """One field for each statement that a goal may have."""
    said = [*goal.done, *[""] * STATEMENTS][:STATEMENTS]
    fields = [
        blocks.field(f"{FIELD}{number}", texts.label(number), _statement(text), optional=True)
        for number, text in enumerate(said, start=1)
    ]
    about = blocks.context(texts.about(escape(wording.title(goal.title))))
    return blocks.modal(
        Callback.DONE_MEANS,
        title=texts.TITLE,
        blocks=[about, *fields],
        submit=texts.SAVE,
        close=texts.CANCEL,
        metadata=pack(goal=goal.id),
    )


def _statement(text: str) -> Block:
    return blocks.text_input(_ENTERED, initial=text, limit=max(STATEMENT_LIMIT, blocks.length(text)))


def typed(values: Values) -> list[str]:
    """What stands in the fields, in their order."""
    return [blocks.text_of(values, f"{FIELD}{number}") for number in range(1, STATEMENTS + 1)]
