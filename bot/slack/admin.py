"""Setting Trueline up by clicks: a checklist, a form behind each of its lines, and asking the teams at once."""

from collections.abc import Sequence
from datetime import time

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack import setup_blocks
from bot.slack.blocks import Values, View, choice_of, text_of
from bot.slack.checklists import Checklists
from bot.slack.goals import today_of
from bot.slack.ids import Action, Callback, unpack
from bot.slack.listening import actor, listener, message_view
from bot.slack.manifest import BOT_NAME
from bot.texts import setup as texts
from checkins import goal_boards, goals, rounds, setup, zones
from checkins.errors import BadForm, TruelineError
from checkins.model import Cadence, Person, Team

MOST_ZONES = 50
UNSEEN = ("channel_not_found", "not_in_channel")


def register(app: AsyncApp, context: Context) -> None:
    forms = Forms()
    for action, work in (
        (Action.SETUP_GOALS, forms.open_goals),
        (Action.SETUP_SCHEDULE, forms.open_schedule),
        (Action.SETUP_DIGEST, forms.open_digest),
        (Action.SETUP_ASK, forms.ask_now),
        (Action.GOALS_TEAM, change_team),
        (Action.GOALS_ROW, add_row),
    ):
        app.action(action)(listener(context, work))
    app.options(Action.ZONE)(listener(context, suggest_zones))
    app.view(Callback.GOALS)(listener(context, forms.save_goals))
    app.view(Callback.SCHEDULE)(listener(context, forms.save_schedule))
    app.view(Callback.DIGEST)(listener(context, forms.save_digest))


class Forms:
    """The forms of the set-up but for the teams'."""

    def __init__(self) -> None:
        self._checklists = Checklists()

    async def open_goals(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        person = await self._checklists.clicked(context, args)
        teams = await _settable(context, person)
        view = await _goals_view(context, person, args.payload.get("value") or teams[0].id, teams)
        await _open(args, view)

    async def open_schedule(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        person = await self._checklists.clicked(context, args)
        state = await context.run(setup.form, context.store, actor=person.id)
        await _open(args, setup_blocks.schedule_form(state.schedule))

    async def open_digest(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        person = await self._checklists.clicked(context, args)
        state = await context.run(setup.form, context.store, actor=person.id)
        await _open(args, setup_blocks.digest_form(state))

    async def ask_now(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        person = await self._checklists.clicked(context, args)
        count = await context.run(rounds.ask_now, context.store, actor=person.id, now=context.clock.now())
        await _open(args, message_view(texts.asked(count)))
        await self._checklists.refresh(context, args, person)

    async def save_goals(self, context: Context, args: AsyncArgs) -> None:
        person, values = await actor(context, args), _values(args)
        (team,) = unpack(args.payload["private_metadata"], "team")
        rows, reserve = setup_blocks.goal_rows(values), text_of(values, "reserve")
        await context.run(
            goals.set_team_goals,
            context.store,
            actor=person.id,
            team=team,
            rows=rows,
            reserve=reserve,
            now=context.clock.now(),
        )
        await args.ack()
        await self._checklists.refresh(context, args, person)

    async def save_schedule(self, context: Context, args: AsyncArgs) -> None:
        person, values = await actor(context, args), _values(args)
        weekday, at, cadence, reminders = _required(values, "weekday", "at", "cadence", "reminders")
        await context.run(
            rounds.set_schedule,
            context.store,
            actor=person.id,
            weekday=int(weekday),
            at=time.fromisoformat(at),
            cadence=Cadence(cadence),
            reminders=int(reminders),
            now=context.clock.now(),
        )
        await args.ack()
        await self._checklists.refresh(context, args, person)

    async def save_digest(self, context: Context, args: AsyncArgs) -> None:
        person, values = await actor(context, args), _values(args)
        channel, weekday, at, zone = _required(values, "channel", "weekday", "at", "zone")
        await context.run(setup.form, context.store, actor=person.id)
        await _check_channel(args.client, channel)
        await context.run(
            setup.choose_digest,
            context.store,
            actor=person.id,
            channel=channel,
            weekday=int(weekday),
            at=time.fromisoformat(at),
            zone=zone,
            now=context.clock.now(),
        )
        await args.ack()
        await self._checklists.refresh(context, args, person)


async def change_team(context: Context, args: AsyncArgs) -> None:
    """Another team was chosen in the form for goals."""
    await args.ack()
    person = await actor(context, args)
    team = args.payload["selected_option"]["value"]
    view = await _goals_view(context, person, team, await _settable(context, person))
    await args.client.views_update(view_id=args.body["view"]["id"], view=view)


async def add_row(context: Context, args: AsyncArgs) -> None:
    """One more row in the form for goals; Slack keeps what was typed into the others."""
    await args.ack()
    person, shown = await actor(context, args), args.body["view"]
    (team,) = unpack(shown["private_metadata"], "team")
    rows = setup_blocks.row_count(shown["state"]["values"]) + 1
    view = await _goals_view(context, person, team, await _settable(context, person), rows=rows)
    await args.client.views_update(view_id=shown["id"], view=view)


async def suggest_zones(_: Context, args: AsyncArgs) -> None:
    """Time zones whose name has what was typed."""
    found = zones.like(str(args.payload["value"]))
    await args.ack(options=[setup_blocks.zone_option(zone) for zone in found[:MOST_ZONES]])


async def steps(context: Context, args: AsyncArgs, _: str) -> None:
    """The word `setup`: the checklist, also when all is done."""
    person = await actor(context, args)
    state = await context.run(setup.checklist, context.store, actor=person.id)
    await args.respond(text=texts.TITLE, blocks=setup_blocks.checklist(state), response_type="ephemeral")


async def _settable(context: Context, person: Person) -> Sequence[Team]:
    """The teams whose goals the person may set, those without goals first. Raises TruelineError where there is none."""
    board = await context.run(goal_boards.mine, context.store, actor=person.id, today=today_of(context, person))
    if not board.can_set:
        await context.run(setup.form, context.store, actor=person.id)
        raise TruelineError(texts.TEAM_FIRST)
    state = await context.run(setup.checklist, context.store, actor=person.id)
    held = {team for goal in state.goals for team in goal.teams()}
    return sorted(board.can_set, key=lambda team: team.id in held)


async def _goals_view(
    context: Context, person: Person, team: str, teams: Sequence[Team], *, rows: int = setup_blocks.ROWS
) -> View:
    today = today_of(context, person)
    state = await context.run(goals.team_goals, context.store, actor=person.id, team=team, today=today)
    return setup_blocks.goals_form(state, teams=teams, rows=rows)


async def _check_channel(client: AsyncWebClient, channel: str) -> None:
    """Raises BadForm at the channel when the bot could not post there."""
    try:
        found = (await client.conversations_info(channel=channel))["channel"]
    except SlackApiError as error:
        if error.response.get("error") not in UNSEEN:
            raise
        raise BadForm({"channel": texts.not_in("that channel", BOT_NAME)}) from None
    if found.get("is_archived"):
        raise BadForm({"channel": texts.ARCHIVED})
    if not found.get("is_member"):
        raise BadForm({"channel": texts.not_in(f"#{found['name']}", BOT_NAME)})


async def _open(args: AsyncArgs, view: View) -> None:
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)


def _values(args: AsyncArgs) -> Values:
    values: Values = args.payload["state"]["values"]
    return values


def _required(values: Values, *names: str) -> list[str]:
    """What was chosen in each field. Raises BadForm naming the empty ones."""
    chosen = {name: choice_of(values, name) for name in names}
    missing = {name: "Choose one." for name, value in chosen.items() if value is None}
    if missing:
        raise BadForm(missing)
    return [value for value in chosen.values() if value is not None]
