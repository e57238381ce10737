"""A long list of goals in pages that a message holds, each readable by itself. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from checkins.goal_boards import GoalLine, GoalSection


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What something takes up on a page."""

    goals: int = 0
    blocks: int = 0
    text: int = 0  # characters

    def __add__(self, other: "Size") -> "Size":
        return Size(goals=self.goals + other.goals, blocks=self.blocks + other.blocks, text=self.text + other.text)

    def fits(self, most: "Size") -> bool:
        return self.goals <= most.goals and self.blocks <= most.blocks and self.text <= most.text


# Of the 50 blocks of a message some are for the strategy, the page number and buttons. Slack refuses messages of over
# 12,000 characters, however short each block is.
MESSAGE = Size(goals=45, blocks=40, text=10_500)
EMPTIEST = 3  # a page that ends early holds at least one third of what it might


@dataclass(slots=True)
class Shown:
    """The lines of a section that stand on one page. continued: the lines before them stand on an earlier page."""

    section: GoalSection
    lines: list[GoalLine]
    continued: bool = False


Page = list[Shown]
SizeOf = Callable[[GoalSection, GoalLine | None], Size]  # of a line; of the section's heading where there is none


def pages(sections: Sequence[GoalSection], size: SizeOf, *, most: Size = MESSAGE) -> list[Page]:
    """At least one. A page ends early before what would not stand on it whole, where that takes no more pages."""
    book = _Book(size, most, sum(len(section.lines) for section in sections))
    for section, together in _together(sections):
        book.add(section, together)
    return book.pages


def _together(sections: Sequence[GoalSection]) -> Iterator[tuple[GoalSection, int]]:
    """Each section, and how many goals would best stay on its page: those of its part where it begins one."""
    for part, of_part in groupby(sections, key=lambda section: section.part):
        some = list(of_part)
        counts = [len(section.lines) for section in some]
        yield from zip(some, [sum(counts) if part else counts[0], *counts[1:]], strict=True)


class _Book:
    def __init__(self, size: SizeOf, most: Size, goals: int) -> None:
        self.pages: list[Page] = [[]]
        self._size, self._most, self._left, self._used = size, most, goals, Size()
        self._fewest = -(-goals // most.goals)

    def add(self, section: GoalSection, together: int) -> None:
        """All of a section, over as many pages as it takes. together: goals that would best stay on one page."""
        first = self._size(section, section.lines[0]) if section.lines else Size()
        room = self._has_room(self._size(section, None) + first)
        self._begin(section, turn=not room or self._better_turned(together))
        for line in section.lines:
            size = self._size(section, line)
            if self.pages[-1][-1].lines and not self._has_room(size):
                self._begin(section, turn=True, continued=True)
            self.pages[-1][-1].lines.append(line)
            self._used += size
            self._left -= 1

    def _has_room(self, size: Size) -> bool:
        return (self._used + size).fits(self._most)

    def _better_turned(self, together: int) -> bool:
        """Whether these would not stay on a page that is not too empty, and the pages to come hold all that is left."""
        pages_to_come = self._fewest - len(self.pages)
        worth_it = self._used.goals * EMPTIEST >= self._most.goals and not self._has_room(Size(goals=together))
        return worth_it and self._left <= pages_to_come * self._most.goals

    def _begin(self, section: GoalSection, *, turn: bool, continued: bool = False) -> None:
        if turn and self.pages[-1]:
            self.pages.append([])
            self._used = Size()
        self.pages[-1].append(Shown(section=section, lines=[], continued=continued))
        self._used += self._size(section, None)
