"""Teams as blocks: the list, page by page, the overview for admins, and the form."""

from collections.abc import Mapping, Sequence

from bot.escaping import escape
from bot.slack import blocks, team_merging
from bot.slack.blocks import Block, Values, View, choice_of
from bot.slack.ids import Action, Callback, pack
from bot.texts import teams as texts
from checkins.following import CHANNEL, USERGROUP, kind_of, source_id
from checkins.model import Team
from checkins.roster import NAME_LIMIT
from checkins.setup import Checklist
from checkins.teams import TeamLine, TeamState

PAGE = 20  # teams in a message of at most 50 blocks
MOST_PEOPLE = 100  # that a field can start with
FIELD = "entered"  # action id of fields that are only read on saving
LIST = "teams:"
PEOPLE = "people"
KINDS = {PEOPLE: texts.PEOPLE, USERGROUP: texts.USERGROUP, CHANNEL: texts.CHANNEL}
MEMBERS = "members"  # the field of people chosen by hand; the other two are named as their source is
TOP, UNDER = "top", "team:"
AS_SCHEDULED = "schedule"


def overview(state: Checklist) -> list[Block]:
    """The first teams with how many people they have and who leads them; nobody's membership is listed."""
    if not state.teams:
        return [blocks.section(texts.NONE)]
    lines = [
        texts.detail(
            escape(team.name),
            len(team.members),
            [escape(state.names[lead]) for lead in team.leads if lead in state.names],
        )
        for team in state.teams[:PAGE]
    ]
    left = len(state.teams) - PAGE
    return [blocks.section("\n".join([*lines, *([texts.more(left)] if left > 0 else [])]))]


def listing(lines: Sequence[TeamLine], *, page: int, words: str, command: str) -> list[Block]:
    """One page of teams, those that the viewer may change with their button."""
    if not lines:
        return [blocks.section(texts.no_such(escape(words)) if words else texts.NONE)]
    first = page * PAGE if 0 <= page * PAGE < len(lines) else 0
    shown = [_line(line) for line in lines[first : first + PAGE]]
    if len(lines) <= PAGE:
        return shown
    last = min(first + PAGE, len(lines))
    following = 0 if last == len(lines) else first // PAGE + 1
    turn = blocks.button(texts.MORE if following else texts.FIRST, Action.TEAM_PAGE, value=f"{following}:{words}")
    return [*shown, blocks.context(texts.shown(first + 1, last, len(lines), command)), blocks.actions(turn)]


def _line(line: TeamLine) -> Block:
    team = line.team
    said = texts.line(
        escape(team.name),
        len(team.members),
        [escape(lead) for lead in line.leads],
        parent=escape(line.parent) if line.parent else None,
        source=texts.followed(source_id(team.source) if kind_of(team.source) == CHANNEL else None)
        if team.source
        else None,
        reminders=team.reminders,
    )
    button = blocks.button(texts.CHANGE, Action.TEAM_CHANGE, value=team.id) if line.changeable else None
    return blocks.section(said, accessory=button) | {"block_id": f"{LIST}{team.id}"}


def is_list(block_id: str) -> bool:
    """Whether a click came from the list of teams."""
    return block_id.startswith(LIST)


def form(state: TeamState, *, groups: Mapping[str, str], kind: str | None = None) -> View:
    """A new team, or one as it stands. groups: user groups, id to name. kind: where members come from, if changed."""
    team = state.team
    kind = kind or (kind_of(team.source) if team and team.source else PEOPLE)
    name = blocks.text_input(FIELD, initial=team.name if team else "", limit=NAME_LIMIT, placeholder=texts.NAME_HINT)
    leads = blocks.people_select(FIELD, initial=state.leads[:MOST_PEOPLE], placeholder=texts.CHOOSE_PEOPLE)
    fields = [
        blocks.field("name", texts.NAME, name),
        *_members(state, groups, PEOPLE if kind == USERGROUP and not groups else kind),
        blocks.field("leads", texts.LEADS, leads, optional=True, hint=texts.LEADS_HINT),
        _reminders(team),
        *_parent(state),
        *([_archive(team)] if team and state.archivable else []),
    ]
    title = texts.CHANGE_FORM if team else texts.ADD_FORM
    metadata = pack(team=team.id if team else "")
    return blocks.modal(
        Callback.TEAM, title=title, blocks=fields, submit=texts.SAVE, close=texts.CANCEL, metadata=metadata
    )


def _members(state: TeamState, groups: Mapping[str, str], kind: str) -> list[Block]:
    kinds = [blocks.option(label, each) for each, label in KINDS.items() if each != USERGROUP or groups]
    chosen = blocks.section(texts.WHO, accessory=blocks.select(Action.TEAM_SOURCE, options=kinds, initial=kind))
    source = state.team.source if state.team and state.team.source else ""
    followed = source_id(source) if kind_of(source) == kind else None
    if kind == USERGROUP:
        return [chosen, _group(groups, followed)]
    if kind == CHANNEL:
        channel = blocks.channel_select(FIELD, initial=followed, placeholder=texts.CHOOSE_CHANNEL)
        return [chosen, blocks.field(CHANNEL, texts.FROM_CHANNEL, channel, hint=texts.FROM_CHANNEL_HINT)]
    return [chosen, *_people(state)]


def _group(groups: Mapping[str, str], followed: str | None) -> Block:
    options = [blocks.option(name, id) for id, name in groups.items()]
    select = blocks.select(FIELD, options=options, initial=followed, placeholder=texts.CHOOSE_GROUP)
    return blocks.field(USERGROUP, texts.FROM_GROUP, select, hint=texts.FROM_GROUP_HINT)


def _people(state: TeamState) -> list[Block]:
    if len(state.members) > MOST_PEOPLE:
        return [blocks.context(texts.too_many(len(state.members), MOST_PEOPLE))]
    people = blocks.people_select(FIELD, initial=state.members, placeholder=texts.CHOOSE_PEOPLE)
    optional = state.without_account > 0
    field = blocks.field(MEMBERS, texts.MEMBERS, people, optional=optional, hint=texts.MEMBERS_HINT)
    return [field, *([blocks.context(texts.without_account(state.without_account))] if optional else [])]


def _reminders(team: Team | None) -> Block:
    counts = [blocks.option(label, str(count)) for count, label in texts.REMINDER_COUNTS.items()]
    options = [blocks.option(texts.AS_SCHEDULED, AS_SCHEDULED), *counts]
    initial = AS_SCHEDULED if team is None or team.reminders is None else str(team.reminders)
    return blocks.field("reminders", texts.REMINDERS, blocks.select(FIELD, options=options, initial=initial))


def _parent(state: TeamState) -> list[Block]:
    if not state.parents:
        return []
    options = [blocks.option(texts.NO_PARENT, TOP), *(blocks.option(t.name, f"{UNDER}{t.id}") for t in state.parents)]
    initial = f"{UNDER}{state.team.parent}" if state.team and state.team.parent else TOP
    select = blocks.select(FIELD, options=options, initial=initial, placeholder=texts.PARENT)
    return [blocks.field("parent", texts.PARENT, select, hint=texts.PARENT_HINT)]


def _archive(team: Team) -> Block:
    sure = blocks.confirm(title=team.name, text=texts.CONFIRM_ARCHIVE, yes=texts.ARCHIVE, no=texts.CANCEL)
    archive = blocks.button(texts.ARCHIVE, Action.TEAM_ARCHIVE, value=team.id, style="danger", confirm=sure)
    return blocks.actions(archive, team_merging.button(team))


def entered_source(values: Values) -> str | None:
    """The user group or channel that was chosen in a filled form, None where people are chosen by hand."""
    for kind in (USERGROUP, CHANNEL):
        if kind in values:
            return f"{kind}:{choice_of(values, kind) or ''}"
    return None


def entered_reminders(values: Values) -> int | None:
    chosen = choice_of(values, "reminders")
    return int(chosen) if chosen and chosen.isdecimal() else None


def entered_parent(values: Values) -> str | None:
    chosen = choice_of(values, "parent") or TOP
    return chosen.removeprefix(UNDER) if chosen.startswith(UNDER) else None
