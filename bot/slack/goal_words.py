"""`/goals`: the words behind it. What is none of them is searched for."""

from collections.abc import Awaitable, Callable, Mapping

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import unescape
from bot.slack import blocks, goal_detail, goal_forms, goal_import, goal_review, goals, plan, roadmap
from bot.slack.goal_lists import Asked, Listed
from bot.slack.listening import listener
from bot.texts import goals as texts
from bot.texts import help as help_texts

Word = Callable[[Context, AsyncArgs, str], Awaitable[None]]  # the text is what was typed behind the word


def register(app: AsyncApp, context: Context) -> None:
    app.command(context.settings.goals_command)(listener(context, typed))


async def typed(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    await show(context, args, unescape(args.payload["text"]))


async def show(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `goals` of the other command. text: what was typed behind it."""
    word, _, rest = text.strip().partition(" ")
    handler = (FOLLOWED if rest else ALONE).get(word.casefold())
    if handler:
        await handler(context, args, rest.strip())
    else:
        await goals.search(context, args, text.strip(), known={*ALONE, *FOLLOWED} - {""})


def _list(listed: Listed) -> Word:
    async def show_list(context: Context, args: AsyncArgs, words: str) -> None:
        await goals.show(context, args, Asked(listed=listed, words=words))

    return show_list


async def help_(context: Context, args: AsyncArgs, _: str) -> None:
    said = "\n".join(map(str, help_texts.goals(context.settings)))
    await args.respond(text=texts.LIST, blocks=[blocks.section(said)], response_type="ephemeral")


# Words that mean something by themselves; with more behind them they are searched for, as in "all hands"
ALONE: Mapping[str, Word] = {
    "": _list(Listed.MINE),
    "all": _list(Listed.ALL),
    "team": _list(Listed.MINE),
    "at-risk": _list(Listed.AT_RISK),
    "past": _list(Listed.PAST),
    "show": goal_detail.show,
    "add": goal_forms.add,
    "edit": goal_forms.edit,
    "import": goal_import.show,
    "plan": plan.show,
    "review": goal_review.show,
    "roadmap": roadmap.show,
    "help": help_,
}
# Words that take more behind them
FOLLOWED: Mapping[str, Word] = {
    "team": _list(Listed.TEAM),
    "show": goal_detail.show,
    "add": goal_forms.add,
    "edit": goal_forms.edit,
    "plan": plan.show,
    "review": goal_review.show,
    "roadmap": roadmap.show,
}
