"""Forms and cards whose check-in is over: what was typed is shown again, to be sent for the newest one or copied."""

from bot.context import Context
from bot.escaping import escape
from bot.slack import blocks, form_blocks
from bot.slack.blocks import Block, View
from bot.slack.ids import Callback, OutOfDate
from bot.texts import prompts as texts
from checkins import answering
from checkins.errors import NotFound, RoundClosed, TruelineError
from checkins.forms import AnswerDraft
from checkins.model import Person

EXPIRED = (RoundClosed, NotFound, OutOfDate)


async def again(context: Context, person: Person, draft: AnswerDraft, why: TruelineError) -> View:
    """The newest check-in's form with what was typed; where that one is answered or there is none, the words alone."""
    desk = await context.run(answering.waiting, context.store, actor=person.id)
    if desk is None:
        return _to_copy(draft, notice=texts.NONE_TO_ANSWER)
    if desk.answered:
        return _to_copy(draft, notice=texts.ANSWERED_SINCE)
    notice = texts.OPENED_SINCE if isinstance(why, RoundClosed) else texts.NOT_STORED
    return form_blocks.form(desk, draft, rows=len(draft.items), notice=notice)


def typed(view: View) -> AnswerDraft:
    """What stands in a form, also in one whose metadata cannot be read."""
    try:
        return form_blocks.returned(view)
    except OutOfDate:
        return form_blocks.typed(view["state"]["values"])


def _to_copy(draft: AnswerDraft, *, notice: str) -> View:
    said = [text for text in (*(item.text for item in draft.items), draft.note) if text.strip()]
    words = [blocks.section(escape(notice)), *map(_word_for_word, said)]
    return blocks.modal(Callback.MESSAGE, title=texts.TITLE, blocks=words)


def _word_for_word(text: str) -> Block:
    """Plain text, in which no sign of what was typed becomes a format."""
    return {"type": "section", "text": blocks.plain(text, blocks.SECTION_LIMIT)}
