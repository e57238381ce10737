"""`/checkin away`: days on which somebody is not asked, said by the person, an admin or a lead."""

import re

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.slack.listening import actor, known
from bot.texts import absences as texts
from checkins import absences
from checkins.errors import NotFound
from checkins.model import Person

NONE = "none"
MENTION = re.compile(r"<@(\w+)(?:\|[^>]*)?>\s*")


async def away(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `away`. text: nothing lists, `none` clears, days are added; in front perhaps whom it is about."""
    person = await actor(context, args)
    mention = MENTION.match(text)
    concerned = await _mentioned(context, mention[1]) if mention else person
    said = await _noted(context, person, concerned, text[mention.end() :] if mention else text)
    await args.respond(said, response_type="ephemeral")


async def _noted(context: Context, person: Person, concerned: Person, text: str) -> str:
    """Do what the text says; returns how it stands now."""
    store, now = context.store, context.clock.now()
    other = escape(concerned.name) if concerned != person else None
    if text.casefold() == NONE:
        count = await context.run(absences.clear_absences, store, actor=person.id, person=concerned.id, now=now)
        return texts.cleared_other(other, count) if other else texts.cleared(count)
    if text:
        noted = await context.run(
            absences.set_absence, store, actor=person.id, person=concerned.id, typed=text, now=now
        )
    else:
        noted = await context.run(absences.absences_of, store, actor=person.id, person=concerned.id, now=now)
    return texts.away_other(other, noted) if other else texts.away(noted, context.settings.checkin_command)


async def _mentioned(context: Context, user: str) -> Person:
    found = await context.run(known, context, user)
    if found is None:
        raise NotFound("I do not know them yet: they are in no team.")
    return found
