"""App Home's settings of when one is asked: each click or choice is stored at once, and App Home drawn anew."""

from collections.abc import Awaitable, Callable
from functools import wraps

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import home, personal
from bot.slack import home_settings_blocks as parts
from bot.slack.blocks import choice_of
from bot.slack.ids import Action, Callback
from bot.slack.listening import Work, actor, listener
from checkins import absences, preferences, reminding, zones
from checkins.model import Person

MOST_OPTIONS = 99  # Slack takes 100; the one that follows something comes on top

Change = Callable[[Context, AsyncArgs, Person], Awaitable[None]]


def register(app: AsyncApp, context: Context) -> None:
    for action, change in (
        (Action.ABSENCE_REMOVE, remove_absence),
        (Action.MY_ZONE, choose_zone),
        (Action.MY_COUNTRY, choose_country),
        (Action.MY_REMINDERS, choose_reminders),
        (Action.MY_TEAM, choose_team),
        (Action.PAUSE, pause),
        (Action.RESUME, resume),
    ):
        app.action(action)(listener(context, _at_once(change)))
    app.action(Action.ABSENCE_ADD)(listener(context, open_form))
    app.view(Callback.ABSENCE)(listener(context, add_absence))
    app.options(Action.MY_ZONE)(listener(context, suggest_zones))
    app.options(Action.MY_COUNTRY)(listener(context, suggest_countries))


def _at_once(change: Change) -> Work:
    """Make the change and show what holds now; a refusal too, for the screen may be older than what is stored."""

    @wraps(change)
    async def work(context: Context, args: AsyncArgs) -> None:
        await args.ack()
        person = await actor(context, args)
        try:
            await change(context, args, person)
        finally:
            await home.redraw(context, args, person)

    return work


async def open_form(_: Context, args: AsyncArgs) -> None:
    await args.ack()
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=parts.absence_form())


async def add_absence(context: Context, args: AsyncArgs) -> None:
    """Stored before it is acknowledged, so that a problem is said at its field."""
    person, values = await actor(context, args), args.payload["state"]["values"]
    first, last = choice_of(values, parts.FIRST) or "", choice_of(values, parts.LAST) or ""
    now = context.clock.now()
    await context.run(absences.add_own_absence, context.store, actor=person.id, first=first, last=last, now=now)
    await args.ack()
    await home.redraw(context, args, person)


async def remove_absence(context: Context, args: AsyncArgs, person: Person) -> None:
    days, now = args.payload["value"], context.clock.now()
    store, id = context.store, person.id
    await context.run(absences.remove_absence, store, actor=id, person=id, typed=days, now=now)


async def choose_zone(context: Context, args: AsyncArgs, person: Person) -> None:
    zone, now = _chosen(args), context.clock.now()
    if zone is None:
        await personal.follow_profile(context, args, person)
    else:
        await context.run(zones.choose_zone, context.store, actor=person.id, zone=zone, now=now)


async def choose_country(context: Context, args: AsyncArgs, person: Person) -> None:
    await context.run(preferences.set_country, context.store, actor=person.id, country=_chosen(args))


async def choose_reminders(context: Context, args: AsyncArgs, person: Person) -> None:
    count = personal.count_of(_chosen(args) or personal.AUTO, context.settings.checkin_command)
    await context.run(reminding.set_own_reminders, context.store, actor=person.id, count=count)


async def choose_team(context: Context, args: AsyncArgs, person: Person) -> None:
    if team := _chosen(args):
        await context.run(preferences.set_home_team, context.store, actor=person.id, team=team)


async def pause(context: Context, _: AsyncArgs, person: Person) -> None:
    await context.run(reminding.pause, context.store, actor=person.id, now=context.clock.now())


async def resume(context: Context, _: AsyncArgs, person: Person) -> None:
    await context.run(reminding.resume, context.store, actor=person.id, now=context.clock.now())


def _chosen(args: AsyncArgs) -> str | None:
    """The value of the option that was taken; None where the choice follows something else or was cleared."""
    option = args.payload.get("selected_option") or {}
    return None if option.get("value") in (None, parts.AUTO) else str(option["value"])


async def suggest_zones(context: Context, args: AsyncArgs) -> None:
    """Zones whose name has what was typed; before that those of the region where the person is."""
    person = await actor(context, args)
    region = (person.zone or "").partition("/")[0]
    found = zones.like(str(args.payload["value"]).strip() or f"{region}/")
    await args.ack(options=parts.zone_options(found[:MOST_OPTIONS]))


async def suggest_countries(_: Context, args: AsyncArgs) -> None:
    """Countries whose name or code was typed; before that the first of them."""
    found = preferences.countries_like(str(args.payload["value"]))
    await args.ack(options=parts.country_options(found[:MOST_OPTIONS]))
