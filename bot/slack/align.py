"""`/align`: the status, and every word of the others in one place."""

from collections.abc import Awaitable, Callable, Mapping

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape, unescape
from bot.slack import (
    admin,
    blocks,
    direction,
    goal_words,
    home_blocks,
    people,
    privacy,
    prompts,
    publishing,
    team_work,
    teams,
)
from bot.slack.listening import actor, listener
from bot.texts import help as texts
from bot.texts import home as home_texts
from checkins import answering, setup

Word = Callable[[Context, AsyncArgs, str], Awaitable[None]]  # the text is what was typed behind the word


def register(app: AsyncApp, context: Context) -> None:
    app.command(context.settings.align_command)(listener(context, typed))


async def typed(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    word, _, rest = unescape(args.payload["text"]).strip().partition(" ")
    handler = WORDS.get(word.casefold(), unknown)
    await handler(context, args, word if handler is unknown else rest.strip())


async def status(context: Context, args: AsyncArgs, _: str) -> None:
    person = await actor(context, args)
    state = await context.run(setup.checklist, context.store, actor=person.id)
    desk = await context.run(answering.waiting, context.store, actor=person.id)
    said = home_blocks.status(state=state, desk=desk, now=context.clock.now())
    await args.respond(text=home_texts.TITLE, blocks=said, response_type="ephemeral")


async def help_(context: Context, args: AsyncArgs, _: str) -> None:
    """What this person may do, with examples."""
    person = await actor(context, args)
    state = await context.run(setup.checklist, context.store, actor=person.id)
    leads = any(person.id in team.leads for team in state.teams)
    listed = [str(usage) for usage in texts.usages(context.settings, admin=person.admin, leads=leads)]
    said = [blocks.section("\n".join(listed)), blocks.context(texts.also(context.settings))]
    await args.respond(text=home_texts.TITLE, blocks=said, response_type="ephemeral")


async def unknown(context: Context, args: AsyncArgs, word: str) -> None:
    near = texts.nearest(word, filter(None, WORDS))
    said = texts.unknown(escape(word), context.settings.align_command, near)
    await args.respond(said, response_type="ephemeral")


WORDS: Mapping[str, Word] = {
    "": status,
    "help": help_,
    "vision": direction.show,
    "digest": publishing.newest,
    "teams": teams.show,
    "setup": admin.steps,
    "people": people.show,
    "privacy": privacy.show,
    "work": team_work.show,
    "goals": goal_words.show,
    "checkin": prompts.checkin_word,
}
