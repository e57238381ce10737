"""`/checkin reminders`, `pause`, `resume` and `zone`: when and how often somebody is asked."""

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.slack.listening import actor
from bot.slack.profiles import profile_of
from bot.texts import personal as texts
from checkins import reminding, zones
from checkins.errors import NotFound, TruelineError
from checkins.model import Person, Team

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
            count = _count(words, command)
            person = await context.run(reminding.set_own_reminders, context.store, actor=person.id, count=count)
        said = texts.reminders(person, command)
    await args.respond(said, response_type="ephemeral")


async def _team_reminders(context: Context, person: Person, text: str) -> str:
    name, _, number = text.rpartition(" ")
    command = context.settings.checkin_command
    team = await context.run(_team_called, context, name)
    if team is None:
        raise NotFound(texts.which_team(name, command))
    count = _count(number, command)
    team = await context.run(reminding.set_team_reminders, context.store, actor=person.id, team=team.id, count=count)
    return texts.team_reminders(team, escape(team.name))


def _team_called(context: Context, name: str) -> Team | None:
    with context.store.snapshot() as tx:
        return next((team for team in tx.teams.all() if team.name.casefold() == name.casefold()), None)


def _count(text: str, command: str) -> int | None:
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
        profile = profile_of((await args.client.users_info(user=args.context.user_id or ""))["user"])
        person = await context.run(zones.follow_profile, context.store, actor=person.id, zone=profile.zone)
    elif text:
        person = await context.run(zones.choose_zone, context.store, actor=person.id, zone=text)
    await args.respond(texts.zone(person, context.settings.checkin_command), response_type="ephemeral")
