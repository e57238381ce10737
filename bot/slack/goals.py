"""`/goals`: mine and my team's, everybody's, one team's, or those with certain words."""

from datetime import date

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape, unescape
from bot.slack import blocks, goal_blocks
from bot.slack.blocks import Block
from bot.slack.listening import actor, listener
from bot.texts import goals as texts
from bot.texts import help as help_texts
from checkins import goal_boards
from checkins.cadence import local_date
from checkins.goal_boards import GoalBoard
from checkins.model import Person

WORDS = ("all", "team", "help")
SHORTEST_HINT = 4  # letters of a title's word that is worth suggesting


def register(app: AsyncApp, context: Context) -> None:
    app.command(context.settings.goals_command)(listener(context, typed))


async def typed(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    await show(context, args, unescape(args.payload["text"]))


async def show(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `goals`. text: what was typed behind it."""
    person = await actor(context, args)
    word, _, rest = text.strip().partition(" ")
    if word.casefold() == "help":
        said = [blocks.section("\n".join(map(str, help_texts.goals(context.settings))))]
    else:
        said = await _board(context, person, word.casefold(), rest.strip(), text.strip())
    await args.respond(text=texts.LIST, blocks=said, response_type="ephemeral")


async def _board(context: Context, person: Person, word: str, rest: str, words: str) -> list[Block]:
    store, today = context.store, today_of(context, person)
    if word == "":
        return _shown(context, await context.run(goal_boards.mine, store, actor=person.id, today=today))
    if word == "all" and not rest:
        board = await context.run(goal_boards.everything, store, actor=person.id, today=today)
        return [*goal_blocks.strategy_blocks(board.strategy), *_shown(context, board)]
    if word == "team" and rest:
        return _shown(context, await context.run(goal_boards.of_team, store, actor=person.id, name=rest, today=today))
    board = await context.run(goal_boards.matching, store, actor=person.id, words=words, today=today)
    if board.any_goals and not board.sections[0].lines:
        return [blocks.section(await _nothing(context, person, words))]
    return _shown(context, board)


def _shown(context: Context, board: GoalBoard) -> list[Block]:
    """The list, or what to do where there is none; the button for those who may set goals."""
    command = context.settings.goals_command
    teams = [section.team for section in board.sections if section.team]
    named = next((team.id for team in teams if team in board.can_set), "")
    button = [goal_blocks.set_button(named)] if board.can_set else []
    if not board.any_goals:
        hint = "" if board.can_set else texts.ask_admins([escape(name) for name in board.admins])
        return [blocks.section(f"{texts.NONE_YET} {hint}".strip()), *button]
    if not board.sections:
        return [blocks.section(f"{texts.IN_NO_TEAM} {texts.see_all(command)}"), *button]
    return [*goal_blocks.board_blocks(board, command=command), *button]


async def _nothing(context: Context, person: Person, words: str) -> str:
    board = await context.run(goal_boards.everything, context.store, actor=person.id, today=today_of(context, person))
    lines = [line for section in board.sections for line in section.lines]
    teams = {line.team for line in lines if line.team}
    in_titles = {word for line in lines for word in line.goal.title.split() if len(word) >= SHORTEST_HINT}
    near = help_texts.nearest(words, [*WORDS, *in_titles, *teams])
    hint = f"team {near}" if near in teams else near
    return texts.nothing_with(escape(words), context.settings.goals_command, escape(hint) if hint else None)


async def vision(context: Context, args: AsyncArgs, _: str) -> None:
    """The word `vision`: the strategy, for everybody at any time."""
    person = await actor(context, args)
    board = await context.run(goal_boards.mine, context.store, actor=person.id, today=today_of(context, person))
    said = goal_blocks.strategy_blocks(board.strategy) or [blocks.section(texts.NO_STRATEGY)]
    await args.respond(text=texts.STRATEGY, blocks=said, response_type="ephemeral")


def today_of(context: Context, person: Person) -> date:
    """The date where the person is."""
    return local_date(context.clock.now(), person.zone or "UTC")
