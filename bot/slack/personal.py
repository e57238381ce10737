"""`/checkin reminders`, `pause`, `resume`, `zone`, `country` and `team`: when and how often somebody is asked."""

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.slack.listening import actor
from bot.slack.profiles import profile_of
from bot.texts import personal as texts
from checkins import preferences, reminding, zones
from checkins.errors import NotFound, TruelineError
from checkins.model import Person, Team
from checkins.preferences import Preferences

AUTO = "auto"
OF_TEAM = "team "


async def reminders(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `reminders`. text: nothing shows, a count or `auto` sets it; `team NAME COUNT` sets a team's."""
    person = await actor(context, args)
    words, command = " ".join(text.split()), context.settings.checkin_command
    if words.casefold().startswith(OF_TEAM):
        said = await _team_reminders(context, person, words[len(OF_TEAM) :])
    else:
        if words:
            count = count_of(words, command)
            person = await context.run(reminding.set_own_reminders, context.store, actor=person.id, count=count)
        said = texts.reminders(person, command)
    await args.respond(said, response_type="ephemeral")


async def _team_reminders(context: Context, person: Person, text: str) -> str:
    name, _, number = text.rpartition(" ")
    command = context.settings.checkin_command
    team = await context.run(_team_called, context, name)
    if team is None:
        raise NotFound(texts.which_team(name, command))
    count = count_of(number, command)
    team = await context.run(reminding.set_team_reminders, context.store, actor=person.id, team=team.id, count=count)
    return texts.team_reminders(team, escape(team.name))


def _team_called(context: Context, name: str) -> Team | None:
    with context.store.snapshot() as tx:
        return next((team for team in tx.teams.all() if team.name.casefold() == name.casefold()), None)


def count_of(text: str, command: str) -> int | None:
    """A number of reminders, None for `auto`. Raises TruelineError for anything else."""
    if text.casefold() == AUTO:
        return None
    if not text.isdecimal():
        raise TruelineError(texts.not_a_count(text, command))
    return int(text)


async def pause(context: Context, args: AsyncArgs, _: str) -> None:
    person = await actor(context, args)
    await context.run(reminding.pause, context.store, actor=person.id, now=context.clock.now())
    await args.respond(texts.paused(context.settings.checkin_command), response_type="ephemeral")


async def resume(context: Context, args: AsyncArgs, _: str) -> None:
    person = await actor(context, args)
    await context.run(reminding.resume, context.store, actor=person.id, now=context.clock.now())
    await args.respond(texts.RESUMED, response_type="ephemeral")


async def zone(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `zone`. text: nothing shows, a name chooses, `auto` follows the profile."""
    person = await actor(context, args)
    if text.casefold() == AUTO:
        person = await follow_profile(context, args, person)
    elif text:
        now = context.clock.now()
        person = await context.run(zones.choose_zone, context.store, actor=person.id, zone=text, now=now)
    await args.respond(texts.zone(person, context.settings.checkin_command), response_type="ephemeral")


async def follow_profile(context: Context, args: AsyncArgs, person: Person) -> Person:
    """Back to the zone that the person's Slack profile shows now."""
    now = context.clock.now()
    profile = profile_of((await args.client.users_info(user=args.context.user_id or ""))["user"])
    return await context.run(zones.follow_profile, context.store, actor=person.id, zone=profile.zone, now=now)


async def country(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `country`. text: nothing shows, a code or a name chooses, `auto` follows the time zone."""
    person = await actor(context, args)
    if text:
        wanted = None if text.casefold() == AUTO else text
        await context.run(preferences.set_country, context.store, actor=person.id, country=wanted)
    found = await _preferences(context, person)
    name = escape(preferences.named(found.country)) if found.country else None
    said = texts.country(name, context.settings.checkin_command, own=bool(found.person.country))
    await args.respond(said, response_type="ephemeral")


async def home_team(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `team`. text: nothing shows, a name chooses among the teams that the person is in."""
    person = await actor(context, args)
    if text:
        await context.run(preferences.set_home_team_called, context.store, actor=person.id, name=text)
    found = await _preferences(context, person)
    names = {team.id: escape(team.name) for team in found.teams}
    home = names.pop(found.person.home_team or "", None)
    said = texts.home_team(home, list(names.values()), context.settings.checkin_command)
    await args.respond(said, response_type="ephemeral")


async def _preferences(context: Context, person: Person) -> Preferences:
    return await context.run(preferences.mine, context.store, actor=person.id, now=context.clock.now())
