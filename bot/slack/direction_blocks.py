"""The strategy as blocks, and its form."""

from dataclasses import asdict

from bot.escaping import escape
from bot.slack import blocks, goal_blocks
from bot.slack.blocks import Block, Values, View
from bot.slack.ids import Action, Callback, pack
from bot.texts import direction as texts
from checkins.direction import LIMIT, Direction
from checkins.forms import TEXT_LIMIT
from checkins.model import Strategy
from checkins.wording import one_line

WHY = "why"
_ENTERED = "entered"


def shown(direction: Direction, *, zone: str) -> list[Block]:
    """What is written down, when it was last changed, and the button for those who may edit it."""
    nothing = texts.NOTHING if direction.may_edit else f"{texts.NOTHING} {texts.ASK}"
    written = goal_blocks.strategy_blocks(direction.strategy) or [blocks.section(nothing)]
    edit = blocks.actions(blocks.button(texts.EDIT, Action.STRATEGY_EDIT))
    return [*written, *_last(direction, zone), *([edit] if direction.may_edit else [])]


def _last(direction: Direction, zone: str) -> list[Block]:
    last = direction.last
    if last is None:
        return []
    who = escape(one_line(last.who)) if last.who else None
    return [blocks.context(texts.changed(blocks.moment(last.at, zone=zone), who, escape(last.why)))]


def form(strategy: Strategy) -> View:
    """One field for each part, and one for the reason."""
    fields = [
        blocks.field(part, texts.label(part), _text(text, LIMIT), optional=True, hint=texts.HINTS[part])
        for part, text in asdict(strategy).items()
    ]
    why = blocks.field(WHY, texts.WHY, _text("", TEXT_LIMIT), optional=True, hint=texts.WHY_HINT)
    return blocks.modal(
        Callback.STRATEGY,
        title=texts.TITLE,
        blocks=[*fields, why],
        submit=texts.SAVE,
        close=texts.CANCEL,
        metadata=pack(),
    )


def _text(text: str, limit: int) -> Block:
    """A part that was longer already may stay so."""
    return blocks.text_input(_ENTERED, initial=text, limit=max(limit, blocks.length(text)), multiline=True)


def typed(values: Values) -> tuple[Strategy, str]:
    """The strategy, and why."""
    parts = {part: blocks.text_of(values, part) for part in asdict(Strategy())}
    return Strategy(**parts), blocks.text_of(values, WHY)
