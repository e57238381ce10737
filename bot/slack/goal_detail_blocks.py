"""The detail of a goal and the form for an update, as views."""

from collections.abc import Sequence

from bot.escaping import escape
from bot.slack import blocks, goal_form_blocks
from bot.slack.blocks import Block, Values, View
from bot.slack.ids import Action, Callback, pack
from bot.texts import goal_detail as texts
from bot.texts import goals as goal_texts
from checkins import measures
from checkins.forms import TEXT_LIMIT, shortened
from checkins.goal_changes import Change
from checkins.goal_detail import GoalDetail
from checkins.model import Goal, GoalStatus, GoalUpdate, Measure
from checkins.wording import one_line, title

MOST_TITLES = 5
MOST_UPDATES = 8
MOST_CHANGES = 10
MOST_TEAMS = 12
MOST_VALUES = 24  # signs of a sparkline
MOST_FOUND = 10
DESCRIPTION_LIMIT = 600
CHANGE_LIMIT = 200
VALUE_LIMIT = 40
TEXT, VALUE = "text", "value"
_ENTERED = "entered"


def detail(found: GoalDetail, *, zone: str, picture: str | None = None) -> View:
    """Everything about one goal. picture: the id of an uploaded file; until it is there the values are signs."""
    shown = [
        blocks.section(_head(found)),
        *_measure(found, picture),
        *_buttons(found),
        *_updates(found, zone),
        *_effort(found),
        *_changes(found.changes, zone),
    ]
    return blocks.modal(
        Callback.GOAL_DETAIL, title=texts.TITLE, blocks=shown, close=texts.CLOSE, metadata=pack(goal=found.goal.id)
    )


def _head(found: GoalDetail) -> str:
    goal = found.goal
    lines = [
        f"*{escape(one_line(goal.title))}*",
        escape(shortened(goal.description.strip(), DESCRIPTION_LIMIT)),
        " · ".join(filter(None, _facts(found))),
        texts.supports(*_some(found.supports)) if found.supports else "",
        texts.supported_by(*_some(found.supported_by)) if found.supported_by else "",
        texts.PAUSED if goal.status is GoalStatus.PAUSED else "",
    ]
    return "\n".join(filter(None, lines))


def _facts(found: GoalDetail) -> list[str]:
    goal = found.goal
    team = escape(found.team) if found.team else None
    return [
        texts.STATUSES[goal.status],
        team or texts.LEVELS[goal.level],
        texts.owner(escape(found.owner)) if found.owner else "",
        texts.period(goal.starts, goal.ends),
        goal_texts.share_of(goal.weight, team) if goal.weight is not None else "",
        texts.ice(goal.ice) if goal.ice else "",
    ]


def _some(goals: Sequence[Goal]) -> tuple[list[str], int]:
    """The first titles, and how many more there are."""
    return [escape(title(goal.title)) for goal in goals[:MOST_TITLES]], len(goals[MOST_TITLES:])


def _measure(found: GoalDetail, picture: str | None) -> list[Block]:
    measure = found.goal.measure
    if measure is None:
        return []
    said = texts.measure(_escaped(measure), found.progress)
    values = [value for _, value in found.values][-MOST_VALUES:]
    if picture is None:
        return [blocks.section("\n".join([*said, *_signs(values, measure)]))]
    alt = texts.picture(title(found.goal.title), values, one_line(measure.unit))
    return [blocks.section("\n".join(said)), blocks.image(picture, alt)]


def _escaped(measure: Measure) -> Measure:
    return Measure(
        name=escape(one_line(measure.name)),
        framework=escape(measure.framework),
        baseline=measure.baseline,
        target=measure.target,
        unit=escape(one_line(measure.unit)),
        current=measure.current,
    )


def _signs(values: Sequence[float], measure: Measure) -> list[str]:
    """The history in a line, from the second value on."""
    if len(values) < 2:
        return []
    unit = escape(one_line(measure.unit))
    return [texts.values(measures.sparkline(values), texts.amount(values[0], unit), texts.amount(values[-1], unit))]


def _buttons(found: GoalDetail) -> list[Block]:
    if not found.may_change:
        return []
    goal = found.goal.id
    post = blocks.button(texts.POST, Action.GOAL_UPDATE, value=goal)
    again = blocks.button(texts.TAKE_UP, Action.GOAL_TAKE_UP, value=goal, style="primary")
    edit = [goal_form_blocks.edit_button(goal)] if found.may_edit else []
    return [blocks.actions(*([again] if found.may_take_up else []), post, *edit)]


def _updates(found: GoalDetail, zone: str) -> list[Block]:
    if not found.updates:
        return [blocks.context(texts.NO_UPDATES)]
    shown = [blocks.section(_update(found, update, zone)) for update in found.updates[:MOST_UPDATES]]
    return [blocks.section(texts.UPDATES), *shown, *_earlier(len(found.updates[MOST_UPDATES:]))]


def _update(found: GoalDetail, update: GoalUpdate, zone: str) -> str:
    unit = found.goal.measure.unit if found.goal.measure else ""
    value = texts.amount(update.value, escape(one_line(unit))) if update.value is not None else ""
    who = found.authors.get(update.person or "")
    return texts.update(blocks.moment(update.at, zone=zone), escape(who) if who else None, escape(update.text), value)


def _effort(found: GoalDetail) -> list[Block]:
    lines = [texts.effort(effort, escape(effort.team)) for effort in found.effort[:MOST_TEAMS]]
    return [blocks.section("\n".join([texts.EFFORT, *lines]))] if lines else []


def _changes(changes: Sequence[Change], zone: str) -> list[Block]:
    if not changes:
        return []
    shown = [blocks.context(_change(change, zone)) for change in changes[:MOST_CHANGES]]
    return [blocks.section(texts.CHANGES), *shown, *_earlier(len(changes[MOST_CHANGES:]))]


def _change(change: Change, zone: str) -> str:
    before, after, why = (
        escape(shortened(one_line(s), CHANGE_LIMIT)) for s in (change.before, change.after, change.why)
    )
    said = texts.change(change.what, escape(change.team) if change.team else None, before, after)
    return texts.changed(blocks.moment(change.at, zone=zone), escape(change.who) if change.who else None, said, why)


def _earlier(count: int) -> list[Block]:
    return [blocks.context(texts.earlier(count))] if count else []


def update_form(goal: Goal) -> View:
    """A sentence, and a value where the goal has a measure."""
    text = blocks.text_input(_ENTERED, multiline=True, limit=TEXT_LIMIT)
    return blocks.modal(
        Callback.GOAL_UPDATE,
        title=texts.POST,
        blocks=[
            blocks.context(texts.about(escape(title(goal.title)))),
            blocks.field(TEXT, texts.TEXT, text, optional=goal.measure is not None, hint=texts.TEXT_HINT),
            *([_value_field(goal.measure)] if goal.measure else []),
        ],
        submit=texts.SAVE,
        close=texts.CANCEL,
        metadata=pack(goal=goal.id),
    )


def _value_field(measure: Measure) -> Block:
    unit = one_line(measure.unit)
    current = texts.amount(measure.current, unit) if measure.current is not None else None
    hint = texts.value_hint(measures.EXAMPLE, current, unit)
    entered = blocks.text_input(_ENTERED, limit=VALUE_LIMIT)
    return blocks.field(VALUE, f"{texts.VALUE}: {one_line(measure.name)}", entered, optional=True, hint=hint)


def typed(values: Values) -> dict[str, str]:
    return {name: blocks.text_of(values, name) for name in (TEXT, VALUE)}


def choice(goals: Sequence[Goal]) -> list[Block]:
    """Several goals that may be meant, each with its button."""
    shown = [named(goal.id, texts.line(escape(title(goal.title)), goal.status)) for goal in goals[:MOST_FOUND]]
    more = len(goals[MOST_FOUND:])
    return [blocks.section(texts.SEVERAL), *shown, *([blocks.context(texts.others(more))] if more else [])]


def named(goal: str, said: str) -> Block:
    """A line about a goal with the button that opens its detail."""
    return blocks.section(said, accessory=blocks.button(texts.DETAILS, Action.GOAL_DETAIL, value=goal))
