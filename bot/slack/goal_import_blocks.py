"""The windows through which goals come in from a file: choose it, see what it does, read what became of it."""

from collections.abc import Iterator, Sequence

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block, View
from bot.slack.ids import Action, Callback, pack
from bot.texts import goal_import as texts
from checkins.document import Preview
from checkins.errors import Fault
from checkins.forms import shortened
from checkins.importing import Look
from checkins.wording import one_line

FILE = "file"
MOST_FAULTS = 20
MOST_NAMES = 20  # of one list
NAME_LIMIT = 100
FAULTS_TOGETHER, FAULT_LIMIT = 10, 250  # in one section; characters of each, so that all fit it
_CHOSEN = "chosen"


def form(*, notice: str = "", faults: Sequence[Fault] = ()) -> View:
    """Asks for a file. notice, faults: what became of the last one."""
    told = [blocks.section(escape(notice))] if notice else []
    told += _faults(faults) if faults else []
    return blocks.modal(
        Callback.IMPORT,
        title=texts.TITLE,
        blocks=[
            *(told or [blocks.section(texts.ABOUT)]),
            blocks.field(FILE, texts.FILE, blocks.file_input(_CHOSEN), hint=texts.HINT),
            blocks.context(texts.TABLES),
            blocks.actions(blocks.button(texts.TEMPLATE, Action.IMPORT_TEMPLATE)),
        ],
        submit=texts.LOOK,
        close=texts.CANCEL,
    )


def _faults(faults: Sequence[Fault]) -> Iterator[Block]:
    yield blocks.section(texts.faults(len(faults)))
    lines = [f"• {escape(shortened(one_line(str(fault)), FAULT_LIMIT))}" for fault in faults[:MOST_FAULTS]]
    for start in range(0, len(lines), FAULTS_TOGETHER):
        yield blocks.section("\n".join(lines[start : start + FAULTS_TOGETHER]))
    if len(faults) > MOST_FAULTS:
        yield blocks.context(texts.and_more(len(faults) - MOST_FAULTS))


def preview(look: Look, *, file: str, notice: str = "") -> View:
    """What a file would do, with the button that does it; without one where it would do nothing. file: Slack's id."""
    if not look.preview.changes:
        return said(texts.NOTHING_NEW)
    notes = [blocks.context(texts.ignored([escape(one_line(name)) for name in look.ignored]))] if look.ignored else []
    return blocks.modal(
        Callback.IMPORT_CONFIRM,
        title=texts.TITLE,
        blocks=[
            *([blocks.section(escape(notice))] if notice else []),
            *_parts(look.preview),
            *notes,
            blocks.context(texts.NOT_STORED),
        ],
        submit=texts.IMPORT,
        close=texts.CANCEL,
        metadata=pack(file=file, seen=look.preview.fingerprint),
    )


def _parts(preview: Preview) -> Iterator[Block]:
    for kind, part in preview.parts.items():
        if summary := texts.summary(kind, part.counts):
            yield blocks.section(f"*{summary}*")
            for word, names in (("added", part.added), ("changed", part.changed), ("closed", part.closed)):
                if names:
                    yield blocks.section(_names(texts.LISTS[word], names))


def _names(word: str, names: Sequence[str]) -> str:
    shown = [escape(shortened(one_line(name), NAME_LIMIT)) for name in names[:MOST_NAMES]]
    return texts.names(word, shown, max(len(names) - MOST_NAMES, 0))


def done(preview: Preview) -> View:
    summaries = (texts.summary(kind, counts) for kind, counts in preview.counts.items())
    return said(texts.done([summary for summary in summaries if summary]))


def said(text: str) -> View:
    """A window that only says something."""
    return blocks.modal(Callback.MESSAGE, title=texts.TITLE, blocks=[blocks.section(text)], close=texts.CLOSE)
