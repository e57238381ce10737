"""What people said of goals, as arrays."""

from dataclasses import dataclass

import numpy as np

from checkins.analysis.panel import Ints
from checkins.analysis.reading import Numbers, indexes
from checkins.ports import VoiceColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """One entry per statement, each (N,), ordered by period: person, team, period, goal, and what was said.

    said: the number of a rating or of a place among priorities; of a statement picked for "done", its place in words.
    """

    person: Ints
    team: Ints
    period: Ints
    goal: Ints
    said: Ints
    words: tuple[str, ...] = ()

    def between(self, start: int, stop: int) -> "Voices":
        """The statements of some periods, which are numbered from 0."""
        part = slice(*np.searchsorted(self.period, [start, stop]))
        return Voices(
            person=self.person[part],
            team=self.team[part],
            period=self.period[part] - start,
            goal=self.goal[part],
            said=self.said[part],
            words=self.words,
        )


def numbers_said(columns: VoiceColumns, numbers: Numbers) -> Voices:
    """Ratings and priorities."""
    return _voices(columns, numbers, np.fromiter(map(int, columns.said), np.int64), words=())


def words_said(columns: VoiceColumns, numbers: Numbers) -> Voices:
    """Statements picked for what "done" means."""
    words = sorted(set(columns.said))
    place = {word: index for index, word in enumerate(words)}
    return _voices(columns, numbers, indexes(place, columns.said), words=tuple(words))


def _voices(columns: VoiceColumns, numbers: Numbers, said: Ints, *, words: tuple[str, ...]) -> Voices:
    period = numbers.period(columns.day)
    order = np.argsort(period, kind="stable")
    return Voices(
        person=indexes(numbers.people, columns.person)[order],
        team=indexes(numbers.team, columns.team)[order],
        period=period[order],
        goal=indexes(numbers.goal, columns.goal)[order],
        said=said[order],
        words=words,
    )
