"""What `/goals` answers: lists of goals, and their buttons, which put another page or list in the place of one."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.slack import goal_lists
from bot.slack.goal_lists import LEADS_TO, Asked, Listed
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from bot.texts import goals as texts
from bot.texts import help as help_texts
from checkins import goal_boards
from checkins.cadence import local_date
from checkins.goal_boards import GoalBoard
from checkins.model import Person

SHORTEST_HINT = 4  # letters of a title's word that is worth suggesting


def register(app: AsyncApp, context: Context) -> None:
    for action in (*LEADS_TO, Action.GOALS_BACK, Action.GOALS_NEXT):
        app.action(action)(listener(context, turned))


async def turned(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    await show(context, args, Asked.unpacked(args.payload["value"]))


async def show(context: Context, args: AsyncArgs, asked: Asked) -> None:
    """A list that was asked for."""
    await _answer(context, args, asked, await _read(context, await actor(context, args), asked))


async def _answer(context: Context, args: AsyncArgs, asked: Asked, board: GoalBoard) -> None:
    """For a command a new message, for a click in the place of the one that was clicked."""
    said = goal_lists.message(board, asked, command=context.settings.goals_command)
    clicked = "actions" in args.body
    await args.respond(text=texts.LIST, blocks=said, response_type="ephemeral", replace_original=clicked)


async def _read(context: Context, person: Person, asked: Asked) -> GoalBoard:
    return await context.run(_reading(asked), context.store, actor=person.id, today=today_of(context, person))


def _reading(asked: Asked) -> Callable[..., GoalBoard]:
    if asked.listed is Listed.TEAM:
        return partial(goal_boards.of_team, name=asked.words)
    if asked.listed is Listed.FOUND:
        return partial(goal_boards.matching, words=asked.words)
    return {
        Listed.MINE: goal_boards.mine,
        Listed.ALL: goal_boards.everything,
        Listed.AT_RISK: goal_boards.at_risk,
        Listed.PAST: goal_boards.past,
    }[asked.listed]


async def search(context: Context, args: AsyncArgs, words: str, *, known: Iterable[str]) -> None:
    """The goals with these words. known: words of the command, one of which may have been meant."""
    person, asked = await actor(context, args), Asked(listed=Listed.FOUND, words=words)
    board = await _read(context, person, asked)
    if board.lines or not board.any_goals:
        await _answer(context, args, asked, board)
        return
    everything = await _read(context, person, Asked(listed=Listed.ALL))
    said = texts.nothing_with(escape(words), context.settings.goals_command, _meant(words, everything, known))
    await args.respond(said, response_type="ephemeral")


def _meant(words: str, board: GoalBoard, known: Iterable[str]) -> str | None:
    """What to type instead, escaped: one of the command's words, a word of a title, or a team."""
    teams = {line.team for line in board.lines if line.team}
    in_titles = {word for line in board.lines for word in line.goal.title.split() if len(word) >= SHORTEST_HINT}
    near = help_texts.nearest(words, [*known, *in_titles, *teams])
    return escape(f"team {near}" if near in teams else near) if near else None


def today_of(context: Context, person: Person) -> date:
    """The date where the person is."""
    return local_date(context.clock.now(), person.zone or "UTC")
