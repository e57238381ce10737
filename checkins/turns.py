"""Whose turn it is: the kind of question and the goal that a check-in asks about, the same for everybody in a team.

Both follow from the number of the period alone, so that the ratings of a team meet on one goal and nobody's own history
pulls them apart. Confidence moves and the rest hardly does: every other check-in asks for confidence, the other kinds
share the remaining ones. A fall shows where people rate a goal again and again, so confidence stays with a goal for a
block of check-ins, as findings are made of whole blocks, and with the team's heaviest goals: of three or more, each
would be asked about too seldom to see a fall within a quarter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checkins.cadence import number_of, period_of
from checkins.model import Cadence, Goal


class Kind(StrEnum):
    """What is asked; each but the last names a field of a check-in."""

    CONFIDENCE = "confidence"
    CLARITY = "clarity"
    DONE = "done"
    PRIORITIES = "priorities"


BLOCK = 4  # periods; two of them ask for confidence, so that a block's figure does not stand on one odd week
FOLLOWED = 2  # goals of a team whose confidence is asked for in turn, block by block
SHARING = tuple(kind for kind in Kind if kind is not Kind.CONFIDENCE)  # one after the other in every other period
NUMBER = "turn:"  # stands before the number among the questions that a round froze


@dataclass(frozen=True, slots=True)
class Turn:
    """kind: what is asked first.  number: of the period, see ``cadence.number_of``."""

    kind: Kind
    number: int

    @classmethod
    def on(cls, day: date, cadence: Cadence) -> "Turn":
        number = number_of(period_of(day, cadence))
        return cls(Kind.CONFIDENCE if number % 2 == 0 else SHARING[number // 2 % len(SHARING)], number)

    @classmethod
    def frozen_in(cls, questions: Sequence[str]) -> "Turn | None":
        """None for a round from before there were turns; number 0 where only the kind was frozen."""
        kind = next((kind for kind in Kind if kind in questions), None)
        number = next((int(word.removeprefix(NUMBER)) for word in questions if word.startswith(NUMBER)), 0)
        return cls(kind, number) if kind else None

    @property
    def words(self) -> tuple[str, str]:
        """As a round freezes it among its questions."""
        return self.kind, f"{NUMBER}{self.number}"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """All, the one on turn first; the next one steps in where it has nothing to ask."""
        kinds, first = tuple(Kind), tuple(Kind).index(self.kind)
        return kinds[first:] + kinds[:first]

    def in_order(self, goals: Sequence[Goal]) -> tuple[Goal, ...]:
        """The goals that can be asked about, the one on turn first.  goals: of a team, heaviest first."""
        if self.kind is Kind.CONFIDENCE:
            return _from(goals, self.number // BLOCK % FOLLOWED if len(goals) >= FOLLOWED else 0)
        return _from(goals, self.number // (2 * len(SHARING)) % max(1, len(goals)))


def _from(goals: Sequence[Goal], first: int) -> tuple[Goal, ...]:
    return (*goals[first:], *goals[:first])
