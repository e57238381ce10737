"""Words written to the bot, read as an answer: lines of work with shares, the nearest goal for each, teams named."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from checkins.forms import ITEMS
from checkins.model import Goal, Team

NEAR_GOAL = 55.0  # of 100; below it no goal is proposed
SAME_NAME = 85.0  # for a team's name with a slip of the finger

_BREAKS = re.compile(r"[\n;]+|,\s+|\s+(?:and then|plus)\s+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s*")
_WAITING = re.compile(r"^(?:i(?:'|’)?m |am |still |we are )*(?:waiting (?:on|for)|blocked (?:by|on))\s+", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|for|helping|helped)\s+(?:the\s+)?", re.IGNORECASE)
_SIZES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (size, re.compile(rf"\b(?:{words})\b\s*(?:of the time|of)?\s*", re.IGNORECASE))
    for size, words in (
        ("most", "mostly|mainly|most of (?:it|my time|the week)|primarily|all week"),
        ("half", "about half|half(?: (?:of )?(?:it|my time|the week))?"),
        ("little", "a (?:little|tiny) bit|a little|briefly|a few minutes|quick(?:ly)?"),
        ("some", "a bit|bit|some"),
    )
)


_NO_WORK = re.compile(r"^(?:hi|hello|hey|help|thanks?|thank you|ok|okay|yes|no|\?)[\s!.?]*$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:on|the)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of work as it was read. goal: the nearest one, None where none is near; size: a word of the form."""

    text: str
    size: str
    goal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a message seems to say; nothing of it is believed before the person confirms it."""

    lines: tuple[Line, ...]
    worked_with: tuple[str, ...] = ()
    waiting_on: tuple[str, ...] = ()
    left_out: int = 0  # lines beyond those a form holds


def read(text: str, *, goals: Sequence[Goal], teams: Sequence[Team]) -> Reading:
    """Read free text. goals, teams: those that may be meant; the person's own goals first, ties go to the earlier."""
    work: list[str] = []
    waiting: list[str] = []
    beside: list[str] = []
    for piece in filter(None, (_BULLET.sub("", part).strip() for part in _BREAKS.split(text))):
        if _NO_WORK.match(piece):
            continue
        if _WAITING.match(piece):
            waiting += _named(_WAITING.sub("", piece), teams)
        else:
            work.append(piece)
            beside += _beside(piece, teams)
    lines = tuple(_line(piece, goals) for piece in work[:ITEMS])
    return Reading(
        lines=lines,
        worked_with=tuple(dict.fromkeys(beside)),
        waiting_on=tuple(dict.fromkeys(waiting)),
        left_out=len(work[ITEMS:]),
    )


def _line(piece: str, goals: Sequence[Goal]) -> Line:
    for size, words in _SIZES:
        if words.search(piece):
            said = _LEADING.sub("", re.sub(r"\s+", " ", words.sub("", piece)).strip(" .,-–")) or piece
            return Line(text=said, size=size, goal=nearest(said, goals))
    return Line(text=piece.strip(" ."), size="some", goal=nearest(piece, goals))


def nearest(text: str, goals: Sequence[Goal]) -> str | None:
    """The goal whose title or description is most alike (token set ratio; RapidFuzz), None where none is near."""
    titles = {goal.id: goal.title for goal in goals}
    about = {goal.id: goal.description for goal in goals if goal.description}
    best = [
        process.extractOne(text, choices, scorer=scorer, processor=utils.default_process, score_cutoff=NEAR_GOAL)
        for choices, scorer in ((titles, fuzz.WRatio), (about, fuzz.token_set_ratio))
        if choices
    ]
    found = [(score, goal) for hit in best if hit for _, score, goal in [hit]]
    return max(found, key=lambda hit: hit[0])[1] if found else None


def _named(words: str, teams: Sequence[Team]) -> list[str]:
    """Teams named in a list such as "Platform and Design"."""
    names = {team.id: team.name for team in teams}
    parts = re.split(r"\s+and\s+|[&/,]", words)
    hits = [
        process.extractOne(part, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=SAME_NAME)
        for part in parts
    ]
    return [hit[2] for hit in hits if hit]


def _beside(piece: str, teams: Sequence[Team]) -> list[str]:
    """Teams worked with or for: named behind such a word, letter by letter."""
    said = piece.casefold()
    return [
        team.id
        for team in teams
        if any(said[found.end() :].startswith(team.name.casefold()) for found in _WITH.finditer(said))
    ]
