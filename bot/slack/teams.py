"""`/align teams`: the teams, and for their leads and admins the form that makes, changes and archives them."""

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack import team_blocks, team_merging, team_sync
from bot.slack.blocks import Block, Values, choices_of, text_of
from bot.slack.checklists import Checklists
from bot.slack.ids import Action, Callback, unpack
from bot.slack.listening import actor, listener, message_view
from bot.slack.manifest import BOT_NAME
from bot.texts import setup as setup_texts
from bot.texts import teams as texts
from checkins import merging, teams
from checkins.errors import BadForm
from checkins.following import CHANNEL, kind_of, source_id
from checkins.model import Person, Team
from checkins.roster import Profile
from checkins.teams import TeamDraft

log = structlog.get_logger()


def register(app: AsyncApp, context: Context) -> None:
    forms = TeamForms()
    app.action(Action.SETUP_TEAM)(listener(context, forms.open_new))
    app.action(Action.TEAM_CHANGE)(listener(context, forms.open))
    app.action(Action.TEAM_SOURCE)(listener(context, choose_source))
    app.action(Action.TEAM_ARCHIVE)(listener(context, forms.archive))
    app.action(Action.TEAM_MERGE)(listener(context, merge_opened))
    app.action(Action.TEAM_PAGE)(listener(context, turn_page))
    app.view(Callback.TEAM)(listener(context, forms.save))
    app.view(Callback.TEAM_MERGE)(listener(context, forms.merge))


async def show(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `teams`. text: words of the names to look for."""
    person = await actor(context, args)
    shown = await _listing(context, person, words=text)
    await args.respond(text=texts.TEAMS, blocks=shown, response_type="ephemeral")


async def turn_page(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person = await actor(context, args)
    page, _, words = args.payload["value"].partition(":")
    shown = await _listing(context, person, words=words, page=int(page) if page.isdecimal() else 0)
    await args.respond(text=texts.TEAMS, blocks=shown, response_type="ephemeral", replace_original=True)


async def _listing(context: Context, person: Person, *, words: str = "", page: int = 0) -> list[Block]:
    lines = await context.run(teams.listed, context.store, actor=person.id, words=words)
    return team_blocks.listing(lines, page=page, words=words, command=context.settings.align_command)


async def choose_source(context: Context, args: AsyncArgs) -> None:
    """Members come from somewhere else: the form shows that field. Slack keeps what was typed into the others."""
    await args.ack()
    person, view = await actor(context, args), args.body["view"]
    (team,) = unpack(view["private_metadata"], "team")
    state = await context.run(teams.form, context.store, actor=person.id, team=team or None, platform="slack")
    kind, groups = args.payload["selected_option"]["value"], await user_groups(args.client)
    shown = team_blocks.form(state, groups=groups, kind=kind)
    await args.client.views_update(view_id=view["id"], view=shown)


async def merge_opened(context: Context, args: AsyncArgs) -> None:
    """In the place of the form for the team, which will be gone."""
    await args.ack()
    person, team = await actor(context, args), args.payload["value"]
    state = await context.run(merging.form, context.store, actor=person.id, team=team)
    await args.client.views_update(view_id=args.body["view"]["id"], view=team_merging.form(state))


class TeamForms:
    """The form for a team. Remembers the list or checklist in which each person clicked last, and draws it anew."""

    def __init__(self) -> None:
        self._checklists = Checklists()
        self._lists: dict[str, AsyncRespond] = {}

    async def open_new(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        await self._open(context, args, await self._clicked(context, args), team=None)

    async def open(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        await self._open(context, args, await self._clicked(context, args), team=args.payload["value"])

    async def _open(self, context: Context, args: AsyncArgs, person: Person, *, team: str | None) -> None:
        state = await context.run(teams.form, context.store, actor=person.id, team=team, platform="slack")
        view = team_blocks.form(state, groups=await user_groups(args.client))
        await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)

    async def save(self, context: Context, args: AsyncArgs) -> None:
        person, values = await actor(context, args), args.payload["state"]["values"]
        (id,) = unpack(args.payload["private_metadata"], "team")
        source = team_blocks.entered_source(values)
        if source:
            await _check_source(args, source)
        draft, outsiders = await _draft(context, args.client, values)
        team = await _save(context, person, id or None, draft)
        note = message_view(texts.left_out(team.name, outsiders))
        await (args.ack(response_action="update", view=note) if outsiders else args.ack())
        if source:
            await team_sync.follow(context, args.client, source)
        await self._refresh(context, args, person, team)

    async def archive(self, context: Context, args: AsyncArgs) -> None:
        """After the confirmation that the button asks for."""
        await args.ack()
        person, view = await actor(context, args), args.body["view"]
        team = await context.run(teams.archive_team, context.store, actor=person.id, team=args.payload["value"])
        await args.client.views_update(view_id=view["id"], view=message_view(texts.archived(team.name)))
        await self._refresh(context, args, person, team)

    async def merge(self, context: Context, args: AsyncArgs) -> None:
        person, view = await actor(context, args), args.body["view"]
        (team,) = unpack(view["private_metadata"], "team")
        into, now = team_merging.chosen(view["state"]["values"]), context.clock.now()
        done = await context.run(merging.merge, context.store, actor=person.id, team=team, into=into, now=now)
        result = team_merging.result(done, command=context.settings.goals_command)
        await args.ack(response_action="update", view=result)
        await self._refresh(context, args, person, done.into)

    async def _clicked(self, context: Context, args: AsyncArgs) -> Person:
        person = await self._checklists.clicked(context, args)
        self._lists.pop(person.id, None)
        if team_blocks.is_list(args.payload["block_id"]):
            self._lists[person.id] = args.respond
        return person

    async def _refresh(self, context: Context, args: AsyncArgs, person: Person, team: Team) -> None:
        await self._checklists.refresh(context, args, person)
        respond = self._lists.pop(person.id, None)
        if respond:
            shown = await _listing_around(context, person, team)
            await respond(text=texts.TEAMS, blocks=shown, response_type="ephemeral", replace_original=True)


async def _listing_around(context: Context, person: Person, team: Team) -> list[Block]:
    """The page of the list on which a team stands."""
    lines = await context.run(teams.listed, context.store, actor=person.id)
    place = next((number for number, line in enumerate(lines) if line.team.id == team.id), 0)
    return team_blocks.listing(lines, page=place // team_blocks.PAGE, words="", command=context.settings.align_command)


async def _draft(context: Context, client: AsyncWebClient, values: Values) -> tuple[TeamDraft, list[str]]:
    """What the form says, and the names of those who were chosen but cannot be asked."""
    members: list[Profile] | None = None
    if team_blocks.MEMBERS in values:
        members = await team_sync.look_up(context, client, choices_of(values, team_blocks.MEMBERS))
    leads = await team_sync.look_up(context, client, choices_of(values, "leads"))
    draft = TeamDraft(
        name=text_of(values, "name"),
        members=members,
        leads=leads,
        source=team_blocks.entered_source(values),
        reminders=team_blocks.entered_reminders(values),
        parent=team_blocks.entered_parent(values),
    )
    return draft, list(dict.fromkeys(each.name for each in (*(members or ()), *leads) if not each.member))


async def _save(context: Context, person: Person, team: str | None, draft: TeamDraft) -> Team:
    if team is None:
        return await context.run(teams.add_team, context.store, actor=person.id, draft=draft)
    return await context.run(teams.change_team, context.store, actor=person.id, team=team, draft=draft)


async def _check_source(args: AsyncArgs, source: str) -> None:
    """Raises BadForm at the field for what cannot be followed, or is a private channel that the person is not in."""
    kind, id = kind_of(source), source_id(source)
    if not id:
        raise BadForm({kind: texts.CHOOSE_ONE})
    unseen = setup_texts.not_in("that channel", BOT_NAME) if kind == CHANNEL else texts.NO_SUCH_GROUP
    try:
        users = await team_sync.members_of(args.client, source)
    except team_sync.OutOfReach as reason:
        archived = str(reason) == "is_archived"
        raise BadForm({kind: setup_texts.ARCHIVED if archived else unseen}) from None
    if kind == CHANNEL and args.context.user_id not in users and await _is_private(args.client, id):
        raise BadForm({kind: unseen})


async def _is_private(client: AsyncWebClient, channel: str) -> bool:
    return bool((await client.conversations_info(channel=channel))["channel"].get("is_private"))


async def user_groups(client: AsyncWebClient) -> dict[str, str]:
    """User groups by id, in order of name; none where the workspace's plan has no user groups."""
    try:
        answer = await client.usergroups_list(include_disabled=False)
    except SlackApiError as error:
        log.info("no_user_groups", slack=error.response.get("error"))
        return {}
    groups = sorted(answer["usergroups"], key=lambda group: group["name"].casefold())
    return {group["id"]: group["name"] for group in groups}
