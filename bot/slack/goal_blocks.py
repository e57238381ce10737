"""Goals as blocks: one compact block each, a long list cut with a word on how to narrow it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.escaping import escape
from bot.slack import blocks, done_means_blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import goals as texts
from checkins.forms import shortened
from checkins.goal_boards import GoalBoard, GoalLine, GoalSection
from checkins.goals import TITLE_LIMIT
from checkins.model import Measure, Strategy

MOST_BLOCKS = 44  # of the 50 that a message may have; strategy and button come on top
STRATEGY_LIMIT = 600
INDENT = "\u2003"  # an em space: Slack drops ordinary spaces at the start of a line


def board_blocks(board: GoalBoard, *, command: str, most: int = MOST_BLOCKS) -> list[Block]:
    """A list of goals under their headings; ``most`` blocks, and one that says how many goals are left out."""
    made, left_out = list[Block](), 0
    for section in board.sections:
        room = max(most - len(made) - 1, 0)
        shown = section.lines[:room]
        left_out += len(section.lines) - len(shown)
        made += _section(board, section, shown) if room else []
    return [*made, blocks.context(texts.more(left_out, command))] if left_out else made


def _section(board: GoalBoard, section: GoalSection, shown: Sequence[GoalLine]) -> list[Block]:
    title = escape(section.title)
    if not shown:
        return [blocks.section(f"*{title}*\n{texts.team_without(title)}")]
    team = section.team.name if section.team else None
    return [blocks.section(f"*{title}*"), *(_line(board, line, team) for line in shown)]


def _line(board: GoalBoard, line: GoalLine, team: str | None) -> Block:
    button = done_means_blocks.button(line.goal) if board.says_done(line.goal) else None
    return blocks.section(line_text(line, team=team), accessory=button)


def line_text(line: GoalLine, *, team: str | None = None) -> str:
    """One goal as mrkdwn. team: the name of the team whose list this is, so that it is not said again."""
    margin = INDENT * 2 * line.depth
    title = f"{margin}{'↳ ' if line.depth else ''}*{escape(shortened(line.goal.title, TITLE_LIMIT))}*"
    rest = [part for part in (_facts(line, team), _supports(line), _measure(line.goal.measure)) if part]
    return "\n".join([title, *(f"{margin}{part}" for part in rest)])


def _facts(line: GoalLine, team: str | None) -> str:
    about = team or line.team
    said = team if line.weight is None else about  # the share names its team
    facts = [
        escape(line.team) if line.team and line.team != said else "",
        texts.owner(escape(line.owner)) if line.owner else "",
        texts.share_of(line.weight, escape(about) if about else None) if line.weight is not None else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _supports(line: GoalLine) -> str:
    return texts.supports([escape(shortened(title, 80)) for title in line.supports[:3]]) if line.supports else ""


def _measure(measure: Measure | None) -> str:
    return texts.progress(replace(measure, name=escape(measure.name), unit=escape(measure.unit))) if measure else ""


def strategy_blocks(strategy: Strategy) -> list[Block]:
    """What the organisation is for; empty where nothing is written down."""
    lines = texts.strategy_lines(strategy)
    if not lines:
        return []
    said = "\n".join(f"*{name}:* {escape(shortened(text, STRATEGY_LIMIT))}" for name, text in lines)
    return [blocks.section(f"*{texts.STRATEGY}*\n{said}")]


def set_button(team: str = "") -> Block:
    """Opens the form for a team's goals; without a team the form asks which."""
    return blocks.actions(blocks.button(texts.SET, Action.SETUP_GOALS, value=team))
