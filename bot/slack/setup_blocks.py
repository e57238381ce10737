"""The set-up as blocks: the checklist, shared by `/align` and App Home, and its forms but for the teams'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block, Values, View
from bot.slack.ids import Action, Callback, pack
from bot.texts import setup as texts
from checkins.cadence import WEEKDAYS
from checkins.goals import TITLE_LIMIT, GoalRow, TeamGoals
from checkins.model import Cadence, Schedule, Team
from checkins.setup import Checklist

ROWS = 4
MOST_ROWS = 45  # two blocks each, 100 in a form
MOST_OPTIONS = 100
MONDAY, AT = 0, time(9, 30)
DIGEST_DAY, DIGEST_AT = 3, time(16, 0)
FIELD = "entered"  # action id of fields that are only read on saving
CHECKLIST = "checklist:"
GOAL, NEW = "goal:", "new:"


def checklist(state: Checklist) -> list[Block]:
    """Five lines with their buttons for admins; the admins' names for everybody else."""
    if not state.viewer.admin:
        admins = [escape(admin.name) for admin in state.admins]
        return [blocks.section(texts.others(admins, complete=state.complete))]
    steps = [_team(state), _goals(state), _schedule(state), _digest(state), _ask(state)]
    unlinked = [blocks.context(texts.unlinked(state.unlinked))] if state.unlinked else []
    return [*(_settings(steps) if all(step.done for step in steps) else _set_up(steps)), *unlinked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the checklist. button: None while it cannot be done yet."""

    name: str
    done: bool
    detail: str
    button: Block | None


def _set_up(steps: Sequence[Step]) -> list[Block]:
    """Numbered lines; the first one that can be done has the button to press."""
    following = next((step for step in steps if step.button and not step.done), None)
    lines = [
        _line(number, step, texts.line(number, step.name, done=step.done, detail=step.detail), first=step is following)
        for number, step in enumerate(steps, start=1)
    ]
    return [blocks.header(texts.TITLE), blocks.context(texts.INTRO), *lines]


def _settings(steps: Sequence[Step]) -> list[Block]:
    """The same lines once there is nothing left to do."""
    lines = [
        _line(number, step, texts.setting(step.name, step.detail), first=False)
        for number, step in enumerate(steps, start=1)
    ]
    return [blocks.header(texts.SETTINGS), *lines]


def _line(number: int, step: Step, said: str, *, first: bool) -> Block:
    button = step.button | {"style": "primary"} if step.button and first else step.button
    return blocks.section(said, accessory=button) | {"block_id": f"{CHECKLIST}{number}"}


def is_checklist(block_id: str) -> bool:
    """Whether a click came from the checklist; other lists have buttons that open the same forms."""
    return block_id.startswith(CHECKLIST)


def _team(state: Checklist) -> Step:
    named = [texts.team_line(escape(team.name), len(team.members)) for team in state.teams]
    button = blocks.button(texts.TEAM_AGAIN if named else texts.TEAM_BUTTON, Action.SETUP_TEAM)
    return Step(name=texts.TEAM, done=bool(named), detail=texts.some(named) or texts.NO_TEAM, button=button)


def _goals(state: Checklist) -> Step:
    held = {team for goal in state.goals for team in goal.teams()}
    without = [escape(team.name) for team in state.teams if team.id not in held]
    detail = texts.goals_line(len(state.goals), without) if state.goals else texts.NO_GOALS
    label = texts.GOALS_AGAIN if state.goals else texts.GOALS_BUTTON
    button = blocks.button(label, Action.SETUP_GOALS) if state.teams else None
    return Step(name=texts.GOALS, done=bool(state.goals), detail=detail, button=button)


def _schedule(state: Checklist) -> Step:
    plan = state.schedule
    detail = texts.schedule_line(plan.weekday, plan.at, plan.cadence, plan.reminders) if plan else texts.NO_SCHEDULE
    button = blocks.button(texts.SCHEDULE_AGAIN if plan else texts.SCHEDULE_BUTTON, Action.SETUP_SCHEDULE)
    return Step(name=texts.SCHEDULE, done=plan is not None, detail=detail, button=button)


def _digest(state: Checklist) -> Step:
    plan = state.workspace.digest
    detail = texts.digest_line(plan.channel, plan.weekday, plan.at, plan.zone) if plan else texts.NO_DIGEST
    button = blocks.button(texts.DIGEST_AGAIN if plan else texts.DIGEST_BUTTON, Action.SETUP_DIGEST)
    return Step(name=texts.DIGEST, done=plan is not None, detail=detail, button=button)


def _ask(state: Checklist) -> Step:
    ready = bool(state.teams and state.schedule)
    detail = texts.ASKED if state.asked else texts.NOT_ASKED if ready else texts.NOT_YET
    sure = blocks.confirm(title=texts.ASK_BUTTON, text=texts.CONFIRM_ASK, yes=texts.ASK_AGAIN, no=texts.CANCEL)
    label = texts.ASK_AGAIN if state.asked else texts.ASK_BUTTON
    button = blocks.button(label, Action.SETUP_ASK, confirm=sure) if ready else None
    return Step(name=texts.ASK, done=state.asked, detail=detail, button=button)


def goals_form(state: TeamGoals, *, teams: Sequence[Team], rows: int = ROWS) -> View:
    """Rows of title and weight for one team. rows: at least so many. What was typed stays when rows are added."""
    listed = [*state.rows, *[GoalRow()] * (rows - len(state.rows))][:MOST_ROWS]
    fields = [block for number, row in enumerate(listed, start=1) for block in _row(number, row, state.team)]
    add = blocks.actions(blocks.button(texts.ADD_ROW, Action.GOALS_ROW))
    reserve = blocks.text_input(f"reserve:{state.team.id}", initial=state.reserve, limit=6)
    kept = blocks.field("reserve", texts.RESERVE, reserve, optional=True, hint=texts.RESERVE_HINT)
    more = [add] if len(listed) < MOST_ROWS else []
    return _form(
        Callback.GOALS, texts.GOALS_FORM, [*_chosen_team(state.team, teams), *fields, *more, kept], team=state.team.id
    )


def _chosen_team(team: Team, teams: Sequence[Team]) -> list[Block]:
    if len(teams) < 2:
        return [blocks.section(f"*{escape(team.name)}*")]
    others = [other for other in teams if other.id != team.id][: MOST_OPTIONS - 1]
    options = [blocks.option(each.name, each.id) for each in sorted((team, *others), key=lambda each: each.name)]
    chosen = blocks.select(Action.GOALS_TEAM, options=options, initial=team.id, placeholder=texts.CHOOSE_TEAM)
    note = [blocks.context(texts.MORE_TEAMS)] if len(teams) > MOST_OPTIONS else []
    return [blocks.section(f"*{texts.CHOOSE_TEAM}*", accessory=chosen), *note]


def _row(number: int, row: GoalRow, team: Team) -> list[Block]:
    # Slack keeps what was typed while block and action id stay, so both ids belong to one team's goal or row.
    id = f"{GOAL}{row.goal}" if row.goal else f"{NEW}{team.id}"
    title = blocks.text_input(id, initial=row.title[:TITLE_LIMIT], limit=TITLE_LIMIT)
    weight = blocks.text_input(id, initial=row.weight, limit=6)
    return [
        blocks.field(f"title_{number}", texts.goal_label(number), title, optional=True),
        blocks.field(f"weight_{number}", texts.weight_label(number), weight, optional=True),
    ]


def goal_rows(values: Values) -> list[GoalRow]:
    """The rows of a filled form for goals, each with the goal that it was opened with."""
    rows = []
    for number in range(1, row_count(values) + 1):
        action = next(iter(values[f"title_{number}"]))
        goal = action.removeprefix(GOAL) if action.startswith(GOAL) else None
        title, weight = blocks.text_of(values, f"title_{number}"), blocks.text_of(values, f"weight_{number}")
        rows.append(GoalRow(title=title, weight=weight, goal=goal))
    return rows


def row_count(values: Values) -> int:
    return sum(1 for name in values if name.startswith("title_"))


def schedule_form(plan: Schedule | None) -> View:
    weekday, at = (plan.weekday, plan.at) if plan else (MONDAY, AT)
    cadence, reminders = (plan.cadence, plan.reminders) if plan else (Cadence.WEEKLY, 1)
    often = [blocks.option(label, name) for name, label in texts.CADENCES.items()]
    reminded = [blocks.option(label, str(count)) for count, label in texts.REMINDERS.items()]
    fields = [
        _weekday(weekday),
        blocks.field("at", texts.TIME, blocks.time_picker(FIELD, initial=f"{at:%H:%M}"), hint=texts.TIME_HINT),
        blocks.field("cadence", texts.CADENCE, blocks.select(FIELD, options=often, initial=cadence)),
        blocks.field("reminders", texts.REMIND, blocks.select(FIELD, options=reminded, initial=str(min(reminders, 1)))),
    ]
    return _form(Callback.SCHEDULE, texts.SCHEDULE_FORM, fields)


def digest_form(state: Checklist) -> View:
    plan = state.workspace.digest
    zone = plan.zone if plan else state.viewer.zone or state.workspace.zone
    weekday, at = (plan.weekday, plan.at) if plan else (DIGEST_DAY, DIGEST_AT)
    channel = blocks.channel_select(FIELD, initial=plan.channel if plan else None, placeholder=texts.CHOOSE_CHANNEL)
    zones = blocks.type_ahead(Action.ZONE, initial=zone_option(zone), placeholder=texts.CHOOSE_ZONE)
    fields = [
        blocks.field("channel", texts.CHANNEL, channel, hint=texts.CHANNEL_HINT),
        _weekday(weekday),
        blocks.field("at", texts.TIME, blocks.time_picker(FIELD, initial=f"{at:%H:%M}")),
        blocks.field("zone", texts.ZONE, zones),
    ]
    return _form(Callback.DIGEST, texts.DIGEST_FORM, fields)


def _weekday(initial: int) -> Block:
    days = [blocks.option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    return blocks.field("weekday", texts.DAY, blocks.select(FIELD, options=days, initial=str(initial)))


def zone_option(zone: str) -> Block:
    return blocks.option(zone.replace("_", " "), zone)


def _form(callback: Callback, title: str, fields: Sequence[Block], **ids: str) -> View:
    return blocks.modal(
        callback, title=title, blocks=fields, submit=texts.SAVE, close=texts.CANCEL, metadata=pack(**ids)
    )
