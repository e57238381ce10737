"""A list of goals as a message: a page of it, the way to the other pages and lists, and what one may do."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.escaping import escape
from bot.slack import blocks, goal_blocks, goal_form_blocks, plan_blocks
from bot.slack.blocks import Block
from bot.slack.goal_pages import Page
from bot.slack.ids import Action, pack, unpack
from bot.texts import goals as texts
from checkins.goal_boards import GoalBoard
from checkins.goal_state import RUNNING

WORDS_LIMIT = 300  # characters of what was searched for that a button carries on


class Listed(StrEnum):
    """The lists there are."""

    MINE = "mine"
    ALL = "all"
    TEAM = "team"
    AT_RISK = "at_risk"
    PAST = "past"
    FOUND = "found"


# What a button says, and the list that it leads to
LEADS_TO = {
    Action.GOALS_MINE: (texts.MINE, Listed.MINE),
    Action.GOALS_ALL: (texts.ALL, Listed.ALL),
    Action.GOALS_AT_RISK: (texts.AT_RISK, Listed.AT_RISK),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which list, of which team or with which words, and which page of it."""

    listed: Listed
    words: str = ""
    page: int = 0

    def packed(self) -> str:
        return pack(listed=self.listed, words=self.words[:WORDS_LIMIT], page=str(self.page))

    @classmethod
    def unpacked(cls, value: str) -> "Asked":
        """Raises OutOfDate for the button of another version."""
        listed, words, page = unpack(value, "listed", "words", "page")
        return cls(listed=Listed(listed), words=words, page=int(page))


def message(board: GoalBoard, asked: Asked, *, command: str) -> list[Block]:
    """At most 50 blocks: the page that was asked for, or the last one where the list has become shorter."""
    if not board.any_goals:
        hint = "" if board.can_set else texts.ask_admins([escape(name) for name in board.admins])
        return [blocks.section(f"{texts.NONE_YET} {hint}".strip()), *_doing(board)]
    pages = goal_blocks.board_pages(board)
    asked = replace(asked, page=min(max(asked.page, 0), len(pages) - 1))
    page = pages[asked.page]
    return [
        *(_head(board) if asked.listed is Listed.ALL and asked.page == 0 else []),
        *(goal_blocks.page_blocks(board, page) or _nothing(asked.listed, command)),
        *_foot(board, asked, len(pages), command),
        *_ways(page, asked, len(pages)),
        *_doing(board),
    ]


def _head(board: GoalBoard) -> list[Block]:
    """The strategy at a glance, and a word where no goal runs."""
    strategy = goal_blocks.strategy_blocks(board.strategy, limit=goal_blocks.STRATEGY_AT_A_GLANCE)
    running = any(line.standing.state in RUNNING for line in board.lines)
    return [*strategy, *([] if running else [blocks.section(texts.NOTHING_RUNS)])]


def _nothing(listed: Listed, command: str) -> list[Block]:
    """Where a list of its own is empty; an empty list of all goals has said so at its head."""
    said = {
        Listed.MINE: f"{texts.IN_NO_TEAM} {texts.see_all(command)}",
        Listed.AT_RISK: texts.NONE_AT_RISK,
        Listed.PAST: texts.NONE_PAST,
    }
    return [blocks.section(said[listed])] if listed in said else []


def _foot(board: GoalBoard, asked: Asked, pages: int, command: str) -> list[Block]:
    said = [
        texts.page_of(asked.page + 1, pages, goals=len(board.lines)) if pages > 1 else "",
        texts.closed(board.closed, command) if board.closed else "",
    ]
    return [blocks.context(" · ".join(filter(None, said)))] if any(said) else []


def _ways(page: Page, asked: Asked, pages: int) -> list[Block]:
    """To the page's goals, to the pages before and after, and to the other lists."""
    turning = [
        blocks.button(label, action, value=replace(asked, page=asked.page + step).packed())
        for label, action, step in ((texts.BACK, Action.GOALS_BACK, -1), (texts.NEXT, Action.GOALS_NEXT, 1))
        if 0 <= asked.page + step < pages
    ]
    others = [
        blocks.button(label, action, value=Asked(listed=listed).packed())
        for action, (label, listed) in LEADS_TO.items()
        if listed is not asked.listed
    ]
    return [blocks.actions(*goal_blocks.opener(page), *turning, *others)]


def _doing(board: GoalBoard) -> list[Block]:
    """For those who may set goals; the form asks for the team unless the list is about one of theirs."""
    if not board.can_set:
        return []
    teams = [section.team for section in board.sections if section.team]
    named = next((team.id for team in teams if team in board.can_set), "")
    setting = blocks.button(texts.SET, Action.SETUP_GOALS, value=named)
    return [blocks.actions(goal_form_blocks.add_button(), setting, plan_blocks.button(named))]
