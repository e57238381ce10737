"""Goals as blocks: a line or two each, many of them in one block, page by page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.escaping import escape
from bot.slack import blocks, done_means_blocks
from bot.slack.blocks import SECTION_LIMIT, Block
from bot.slack.goal_pages import MESSAGE, Page, Shown, Size, pages
from bot.slack.ids import Action
from bot.texts import goals as texts
from checkins.forms import shortened
from checkins.goal_boards import GoalBoard, GoalLine, GoalSection
from checkins.goals import TITLE_LIMIT
from checkins.model import Measure, Strategy
from checkins.wording import one_line

STRATEGY_LIMIT, STRATEGY_AT_A_GLANCE = 600, 150
QUOTED, MOST_QUOTED = 80, 3  # characters of another goal's title, and how many of them
DEEPEST = 4  # what stands deeper is indented no further
INDENT = "\u2003"  # an em space: Slack drops ordinary spaces at the start of a line
HEADING = 40  # characters around a heading's words


def board_pages(board: GoalBoard, *, most: Size = MESSAGE) -> list[Page]:
    """The board's goals, page by page. most: what a page may hold."""

    def size(section: GoalSection, line: GoalLine | None) -> Size:
        if line is None:
            return Size(blocks=2, text=len(section.part) + blocks.length(escape(section.title)) + HEADING)
        own = 2 if _button(board, section, line) else 0  # its block, and one more for the lines after it
        return Size(goals=1, blocks=own, text=blocks.length(line_text(section, line)))

    return pages(board.sections, size, most=most)


def page_blocks(board: GoalBoard, page: Page) -> list[Block]:
    """The goals of a page under their headings."""
    made: list[Block] = []
    for part, of_part in groupby(page, key=lambda shown: shown.section.part):
        some = list(of_part)
        made += [blocks.header(part)] if part else []
        for place, shown in enumerate(some):
            made += [blocks.context(texts.BY_TEAM)] if place == 1 and not some[0].section.title else []
            made += _section(board, shown)
    return made


def first_page(board: GoalBoard, *, most: Size, command: str) -> list[Block]:
    """As many goals as there is room for, and a word on those that are left out."""
    first, *others = board_pages(board, most=most)
    left_out = sum(len(shown.lines) for page in others for shown in page)
    return [
        *page_blocks(board, first),
        *([blocks.context(texts.more(left_out, command))] if left_out else []),
        *([blocks.actions(*opener(first))] if opener(first) else []),
    ]


def opener(page: Page) -> list[Block]:
    """A select of the page's goals, which opens the chosen one; none where there are no goals."""
    goals = {line.goal.id: one_line(line.goal.title) for shown in page for line in shown.lines}
    options = [blocks.option(title, id) for id, title in goals.items()]
    return [blocks.select(Action.GOAL_DETAIL, options=options, placeholder=texts.OPEN)] if options else []


def _section(board: GoalBoard, shown: Shown) -> Iterator[Block]:
    section, title = shown.section, escape(shown.section.title)
    heading = [texts.heading(title, continued=shown.continued)] if title else []
    if not shown.lines:
        yield blocks.section("\n".join([*heading, texts.team_without(title)]))
    for button, lines in groupby(shown.lines, key=lambda line: _button(board, section, line)):
        for said in _packed([*heading, *(line_text(section, line) for line in lines)]):
            yield blocks.section(said, accessory=button) | {"expand": True}
        heading = []


def _button(board: GoalBoard, section: GoalSection, line: GoalLine) -> Block | None:
    """For whoever may say what "done" means; in a tree of all goals such buttons would be in the way."""
    return done_means_blocks.button(line.goal) if not section.part and board.says_done(line.goal) else None


def _packed(texts: Iterable[str]) -> Iterator[str]:
    """Texts joined into as few as a block each may hold."""
    said = ""
    for text in texts:
        if said and blocks.length(f"{said}\n{text}") > SECTION_LIMIT:
            yield said
            said = text
        else:
            said = f"{said}\n{text}" if said else text
    yield said


def line_text(section: GoalSection, line: GoalLine) -> str:
    """One goal as mrkdwn: in a tree one line, where there is room also what it supports and how far it is."""
    margin = INDENT * min(line.depth, DEEPEST)
    mark = "↳" if line.depth else "•"
    facts = _in_tree(section, line) if section.part else _by_itself(section, line)
    said = " · ".join([f"{margin}{mark} *{_title(line.goal.title, TITLE_LIMIT)}*", *filter(None, facts)])
    return "\n".join([said, *(f"{margin}{INDENT}{row}" for row in ([] if section.part else _below(line)) if row)])


def _in_tree(section: GoalSection, line: GoalLine) -> list[str]:
    return [
        _team(line, unless=section.title),
        texts.planned(line.weight) if line.weight is not None else "",
        escape(line.owner or ""),
        "" if section.one_state else texts.state(line.standing),
        _named(line.also, texts.also_supports if line.depth else texts.supports),
    ]


def _by_itself(section: GoalSection, line: GoalLine) -> list[str]:
    named = section.team.name if section.team else None
    about = named or line.team
    return [
        _team(line, unless=named if line.weight is None else about),  # the share names its team
        texts.share_of(line.weight, escape(about) if about else None) if line.weight is not None else "",
        escape(line.owner or ""),
        texts.state(line.standing),
    ]


def _below(line: GoalLine) -> list[str]:
    going = filter(None, [_measure(line.goal.measure), texts.why(line.standing)])
    return [_named(line.supports, texts.supports), " · ".join(going)]


def _team(line: GoalLine, *, unless: str | None) -> str:
    return escape(line.team) if line.team and line.team != unless else ""


def _title(title: str, limit: int) -> str:
    return escape(shortened(one_line(title), limit))


def _named(titles: Sequence[str], say: Callable[..., str]) -> str:
    named = [_title(title, QUOTED) for title in titles[:MOST_QUOTED]]
    return say(named, more=len(titles) - len(named)) if titles else ""


def _measure(measure: Measure | None) -> str:
    return texts.progress(replace(measure, name=escape(measure.name), unit=escape(measure.unit))) if measure else ""


def strategy_blocks(strategy: Strategy, *, limit: int = STRATEGY_LIMIT) -> list[Block]:
    """What the organisation is for; empty where nothing is written down. limit: characters of each part."""
    lines = texts.strategy_lines(strategy)
    if not lines:
        return []
    said = "\n".join(f"*{name}:* {escape(shortened(text, limit))}" for name, text in lines)
    return [blocks.section(f"*{texts.STRATEGY}*\n{said}")]
