"""Lines of work as people write them: few words often, many words rarely, and often what they wrote last week."""

from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

VOCABULARY = 4_000
EXPONENT = 1.05  # of Zipf's law
SHORTEST, LONGEST = 4, 10
REPEATING = 1 / 3
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


class Phrases:
    """Remembers what each person wrote last, for up to three lines."""

    def __init__(self, rng: np.random.Generator, *, people: int) -> None:
        self._rng = rng
        self._words = np.array(rng.permutation(_words(VOCABULARY)), dtype=object)
        chance = 1 / np.arange(1, VOCABULARY + 1) ** EXPONENT
        self._reach = chance.cumsum() / chance.sum()
        self._last = np.full((people, 3), "", dtype=object)

    def of_week(self, person: NDArray[np.int64], position: NDArray[np.int64]) -> list[str]:
        """One line for each pair of person and place of the line."""
        before = self._last[person, position]
        repeating = (self._rng.random(len(person)) < REPEATING) & (before != "")
        texts = np.where(repeating, before, np.array(self._lines(len(person)), dtype=object))
        self._last[person, position] = texts
        lines: list[str] = texts.tolist()
        return lines

    def _lines(self, number: int) -> list[str]:
        length = self._rng.integers(SHORTEST, LONGEST + 1, number)
        ends = length.cumsum()
        words = self._words[np.searchsorted(self._reach, self._rng.random(int(ends[-1])))].tolist()
        return [" ".join(words[end - size : end]) for end, size in zip(ends.tolist(), length.tolist(), strict=True)]


def _words(number: int) -> list[str]:
    """Distinct words of three syllables."""
    syllables = [consonant + vowel for consonant, vowel in product(CONSONANTS, VOWELS)]
    return ["".join(parts) for parts in islice(product(syllables, repeat=3), 0, None, 7)][:number]
