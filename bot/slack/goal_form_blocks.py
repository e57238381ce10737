"""The form for one goal, and the choice of the goal to edit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.slack import blocks, goal_choice
from bot.slack.blocks import Block, Values, View, choice_of, choices_of, text_of
from bot.slack.ids import Action, Callback, pack
from bot.texts import goal_forms as texts
from checkins import measures
from checkins.forms import GOAL
from checkins.goal_draft import DESCRIPTION_LIMIT, GoalDraft, shown_description, shown_title
from checkins.goal_form import WHY_LIMIT, GoalForm
from checkins.goal_periods import Period, period_of
from checkins.goals import TITLE_LIMIT
from checkins.measure_draft import FRAMEWORKS, NAME_LIMIT, UNIT_LIMIT, MeasureDraft, as_typed
from checkins.model import Goal, GoalStatus, Level, Measure, Team
from checkins.roster import Profile
from checkins.wording import one_line

ENTERED = "entered"  # action id of fields that are only read on saving
NUMBER_LIMIT = 30
NO_TEAM, TEAM = "none", "team:"
MOST_OPTIONS = blocks.MOST_OPTIONS


def add_button() -> Block:
    return blocks.button(texts.ADD, Action.GOAL_ADD)


def edit_button(goal: str) -> Block:
    return blocks.button(texts.EDIT, Action.GOAL_EDIT, value=goal)


def choice(goals: Sequence[Goal]) -> list[Block]:
    """A list of goals to choose the one to edit from."""
    if not goals:
        return [blocks.section(texts.NONE_OPEN)]
    options = [blocks.option(goal_choice.titled(goal), goal.id) for goal in goals[:MOST_OPTIONS]]
    select = blocks.select(Action.GOAL_EDIT, options=options, placeholder=texts.CHOOSE_GOAL)
    left = len(goals) - MOST_OPTIONS
    return [
        blocks.section(texts.WHICH, accessory=select),
        *([blocks.context(texts.more(left))] if left > 0 else []),
    ]


def form(state: GoalForm, *, title: str = "", period: Period | None = None) -> View:
    """A goal as it stands, or a new one with a title. period: the one chosen in the open form, if it was changed."""
    goal = state.goal
    start = goal or Goal(id="", title=title)
    fields = [
        _text(
            "title", texts.TITLE, shown_title(start), limit=TITLE_LIMIT, placeholder=texts.TITLE_HINT, optional=False
        ),
        _text(
            "description",
            texts.DESCRIPTION,
            shown_description(start),
            limit=DESCRIPTION_LIMIT,
            placeholder=texts.DESCRIPTION_HINT,
            multiline=True,
        ),
        _choice("level", texts.LEVEL, _options(texts.LEVELS), start.level),
        _supports(state.supports),
        *_owner(state),
        *_teams(state, start),
        *_period(state, start, period),
        *_measure(start.measure),
        *(_kept(goal) if goal else []),
    ]
    return blocks.modal(
        Callback.GOAL,
        title=texts.EDIT_FORM if goal else texts.ADD_FORM,
        blocks=fields,
        submit=texts.SAVE,
        close=texts.CANCEL,
        metadata=pack(goal=goal.id if goal else ""),
    )


def _text(
    name: str,
    label: str,
    initial: str,
    *,
    limit: int,
    placeholder: str = "",
    multiline: bool = False,
    optional: bool = True,
    hint: str = "",
) -> Block:
    room = max(limit, blocks.length(initial))
    entry = blocks.text_input(ENTERED, initial=initial, limit=room, multiline=multiline, placeholder=placeholder)
    return blocks.field(name, label, entry, optional=optional, hint=hint)


def _options(names: dict[Level, str] | dict[GoalStatus, str] | dict[Period, str]) -> list[Block]:
    return [blocks.option(name, value) for value, name in names.items()]


def _choice(name: str, label: str, options: Sequence[Block], initial: str | None) -> Block:
    return blocks.field(name, label, blocks.select(ENTERED, options=options, initial=initial))


def _supports(chosen: Sequence[Goal]) -> Block:
    initial = [goal_choice.goal_option(goal) for goal in chosen]
    select = blocks.multi_type_ahead(Action.GOAL_SUPPORTS, initial=initial, placeholder=texts.CHOOSE_GOALS, letters=0)
    return blocks.field("supports", texts.SUPPORTS, select, optional=True)


def goal_groups(goals: Sequence[Goal], query: str) -> list[Block]:
    """What a goal can support and has every word of the query, level by level."""
    found, groups, room = goal_choice.fitting(goals, query), [], MOST_OPTIONS
    for level, label in texts.LEVELS.items():
        some = [goal for goal in found if goal.level is level][:room]
        groups += [blocks.group(label, map(goal_choice.goal_option, some))] if some else []
        room -= len(some)
    return groups


def _owner(state: GoalForm) -> list[Block]:
    select = blocks.user_select(ENTERED, initial=state.owner, placeholder=texts.CHOOSE_OWNER)
    hint = texts.owner_without(state.owner_without) if state.owner_without else ""
    return [blocks.field("owner", texts.OWNER, select, optional=True, hint=hint)]


def _teams(state: GoalForm, start: Goal) -> list[Block]:
    """Whose goal it is, and who else has to do with it; nothing where there is no team."""
    if not state.teams:
        return []
    owning = [_team_option(team) for team in state.owning]
    nobody = [blocks.option(texts.NO_TEAM, NO_TEAM)] if state.no_team else []
    initial = f"{TEAM}{start.team}" if start.team else NO_TEAM if state.goal else owning[0]["value"]
    some = [_team_option(team) for team in state.teams]
    contributing, depends_on = (
        blocks.multi_select(ENTERED, options=some, initial=[f"{TEAM}{t}" for t in ids], placeholder=texts.CHOOSE_TEAMS)
        for ids in (start.contributing_teams, start.depends_on)
    )
    return [
        _choice("team", texts.TEAM, [*owning, *nobody], initial),
        blocks.field(
            "contributing_teams", texts.CONTRIBUTING, contributing, optional=True, hint=texts.CONTRIBUTING_HINT
        ),
        blocks.field("depends_on", texts.DEPENDS_ON, depends_on, optional=True, hint=texts.DEPENDS_ON_HINT),
    ]


def _team_option(team: Team) -> Block:
    return blocks.option(team.name, f"{TEAM}{team.id}")


def _period(state: GoalForm, start: Goal, chosen: Period | None) -> list[Block]:
    stored = period_of(start.starts, start.ends, state.today) if state.goal else Period.THIS_QUARTER
    shown = chosen or stored
    select = blocks.select(Action.GOAL_PERIOD, options=_options(texts.PERIODS), initial=shown)
    row = blocks.section(texts.PERIOD, accessory=select) | {"block_id": "period"}
    if shown is not Period.FREE:
        return [row]
    days = (("starts", texts.STARTS, start.starts), ("ends", texts.ENDS, start.ends))
    pickers = [
        blocks.field(name, label, blocks.date_picker(ENTERED, initial=day, placeholder=texts.CHOOSE_DAY), optional=True)
        for name, label, day in days
    ]
    return [row, *pickers]


def _measure(stored: Measure | None) -> list[Block]:
    measure = stored or Measure(name="")
    held = measure.framework or MeasureDraft().framework
    known = {choice: measures.name_of(choice) for choice in dict.fromkeys((*FRAMEWORKS, held))}
    frameworks = [blocks.option(name, choice) for choice, name in known.items()]
    now = as_typed(measure.current)
    return [
        _text("measure", texts.MEASURE, one_line(measure.name), limit=NAME_LIMIT, hint=texts.MEASURE_HINT),
        _choice("framework", texts.FRAMEWORK, frameworks, held),
        _number("baseline", texts.BASELINE, as_typed(measure.baseline)),
        _number("target", texts.TARGET, as_typed(measure.target)),
        _text("unit", texts.UNIT, one_line(measure.unit), limit=UNIT_LIMIT, placeholder=texts.UNIT_HINT),
        _number("current", texts.CURRENT, "", hint=texts.value_now(now, measure.unit) if now else ""),
    ]


def _number(name: str, label: str, initial: str, *, hint: str = "") -> Block:
    return _text(name, label, initial, limit=NUMBER_LIMIT, placeholder=texts.NUMBER_HINT, hint=hint)


def _kept(goal: Goal) -> list[Block]:
    """What only a goal that is there already has."""
    return [
        _choice("status", texts.STATUS, _options(texts.STATUSES), goal.status),
        _text("why", texts.WHY, "", limit=WHY_LIMIT, hint=texts.WHY_HINT),
    ]


def period_in(values: Values) -> Period:
    return Period(choice_of(values, "period") or Period.THIS_QUARTER)


def draft(values: Values, *, owner: Profile | None) -> GoalDraft:
    """What the form says. owner: the account that ``owner_in`` names."""
    return GoalDraft(
        title=text_of(values, "title"),
        description=text_of(values, "description"),
        level=Level(choice_of(values, "level") or Level.TEAM),
        supports=tuple(choice.removeprefix(GOAL) for choice in choices_of(values, "supports")),
        owner=owner,
        team=next(_team_ids([choice_of(values, "team") or NO_TEAM]), None),
        contributing_teams=tuple(_team_ids(choices_of(values, "contributing_teams"))),
        depends_on=tuple(_team_ids(choices_of(values, "depends_on"))),
        period=period_in(values),
        starts=_day(values, "starts"),
        ends=_day(values, "ends"),
        measure=_typed_measure(values),
        status=GoalStatus(choice_of(values, "status") or GoalStatus.ACTIVE),
    )


def owner_in(values: Values) -> tuple[str, ...]:
    """The account that was chosen, if any was."""
    chosen = choice_of(values, "owner")
    return (chosen,) if chosen else ()


def why_in(values: Values) -> str:
    return text_of(values, "why")


def _team_ids(choices: Iterable[str]) -> Iterator[str]:
    return (choice.removeprefix(TEAM) for choice in choices if choice.startswith(TEAM))


def _day(values: Values, name: str) -> date | None:
    chosen = choice_of(values, name)
    return date.fromisoformat(chosen) if chosen else None


def _typed_measure(values: Values) -> MeasureDraft:
    name, baseline, target, unit, current = (
        text_of(values, field) for field in ("measure", "baseline", "target", "unit", "current")
    )
    framework = choice_of(values, "framework") or MeasureDraft().framework
    return MeasureDraft(name=name, framework=framework, baseline=baseline, target=target, unit=unit, current=current)
