"""Texts that are alike: which of them could be about the same matter, and by how much.

Words and the letters inside words are weighed by how rare they are (TF-IDF; Salton & Buckley 1988).  The cosine of a
pair is the mean of the cosines of both, so that a pair whose words hardly agree cannot pass on its letters alone: only
pairs that share a rare word are weighed at all, and letters are counted for those alone that their words let through.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from checkins.analysis.panel import Bools, Floats, Ints

RARE = 50  # texts that may have a word by which two of them are held against each other
COMMON = 0.05  # of the texts: words in more of them say nothing
FEW = 20  # texts: so many may have a word anyway
WORD = r"(?u)\b\w+\b"
STEM = 5  # letters of a word by which it is known, whatever its ending
LETTERS = (3, 5)
BLOCK = 2_000  # rows of a product at a time, which bounds its memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Pairs of texts, each (N,), most alike first: places in the given texts, left among the new ones, and cosine."""

    left: Ints
    right: Ints
    cosine: Floats

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.left.tolist(), self.right.tolist(), self.cosine.tolist(), strict=True)


def folded(text: str) -> str:
    """A text as it is compared: without case and odd white space."""
    return " ".join(text.casefold().split())


def alike(texts: Sequence[str], *, new: Bools, compared: Bools, floor: float) -> Alike:
    """Pairs of a new text and a compared one with a cosine above the floor, each pair once.

    texts: distinct and folded; all of them say how common a word is.  new, compared: (N,); new ones are compared too.
    """
    space = _Space.of(texts)
    left, right = _candidates(space.rare, new=new, compared=compared | new)
    return _weighed(space, left, right, floor=floor)


def all_alike(texts: Sequence[str], *, new: Bools, compared: Bools, floor: float) -> Alike:
    """The same without the rule of the rare word: what ``alike`` is measured against; for a few thousand texts."""
    left, right = np.nonzero(new[:, None] & (compared | new))
    kept = (left < right) | ~new[right]
    kept &= left != right
    return _weighed(_Space.of(texts), left[kept], right[kept], floor=floor)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Space:
    """words: (N, W), by stem, rows of length 1.  rare: (N, W'), 1 for each stem that few texts have, and more than one.

    counts: (N, V), occurrences of every word.  runs: (V, L), runs of letters in each word.  rarity: (L,), their idf.
    """

    counts: csr_matrix
    words: csr_matrix
    rare: csr_matrix
    runs: csr_matrix
    rarity: Floats

    @classmethod
    def of(cls, texts: Sequence[str]) -> "_Space":
        counts, vocabulary = _counted(texts)
        stems = csr_matrix(counts @ _stems(vocabulary))
        having = _having(stems)
        telling = having <= max(FEW, COMMON * len(texts))
        rare = (having > 1) & (having <= RARE) & telling
        runs = _runs(vocabulary)
        return cls(
            counts=counts,
            words=_unit_rows(stems[:, telling], _rarity(having[telling], len(texts))),
            rare=(stems[:, rare] > 0).astype(np.int32),
            runs=runs,
            rarity=_rarity(
                sum((_having(part) for part in _products(counts, runs)), np.zeros(runs.shape[1])), len(texts)
            ),
        )

    def letters(self, rows: Ints) -> csr_matrix:
        """(n, L), runs of letters in some texts, rows of length 1."""
        return _unit_rows(self.counts[rows] @ self.runs, self.rarity)


def _counted(texts: Sequence[str]) -> tuple[csr_matrix, list[str]]:
    """Occurrences (N, V) and the V words; no column where no text has a word."""
    if not any(map(re.compile(r"\w").search, texts)):
        return csr_matrix((len(texts), 0)), []
    counter = CountVectorizer(token_pattern=WORD, lowercase=False, dtype=np.float32)
    counts = csr_matrix(counter.fit_transform(texts))
    return counts, list(counter.get_feature_names_out())


def _stems(vocabulary: Sequence[str]) -> csr_matrix:
    """(V, S): each word's beginning, so that "deploy" and "deployment" are one word."""
    stems = [word[:STEM] for word in vocabulary]
    number = {stem: place for place, stem in enumerate(dict.fromkeys(stems))}
    columns = [number[stem] for stem in stems]
    ones = np.ones(len(stems), dtype=np.float32)
    return csr_matrix((ones, (np.arange(len(stems)), columns)), shape=(len(stems), len(number)))


def _runs(vocabulary: Sequence[str]) -> csr_matrix:
    """A text's runs of letters are those of its words, so each word is taken apart once."""
    if not vocabulary:
        return csr_matrix((0, 0))
    counter = CountVectorizer(analyzer="char_wb", ngram_range=LETTERS, lowercase=False, dtype=np.float32)
    return csr_matrix(counter.fit_transform(vocabulary))


def _products(counts: csr_matrix, runs: csr_matrix) -> Iterator[csr_matrix]:
    for start in range(0, counts.shape[0], BLOCK):
        yield counts[start : start + BLOCK] @ runs


def _having(counts: csr_matrix) -> Floats:
    """How many rows have each column."""
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.float64)


def _rarity(having: Floats, texts: int) -> Floats:
    """idf, smoothed as if one more text had everything."""
    rarity: Floats = np.log((1 + texts) / (1 + having)) + 1
    return rarity


def _unit_rows(counts: csr_matrix, rarity: Floats) -> csr_matrix:
    """Sublinear counts times idf, each row of length 1; a row without any stays empty."""
    rows = csr_matrix(counts, dtype=np.float64)
    rows.data = (1 + np.log(rows.data)) * rarity[rows.indices]
    place = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    rows.data /= np.sqrt(np.bincount(place, weights=rows.data**2, minlength=rows.shape[0]))[place]
    return rows


def _candidates(rare: csr_matrix, *, new: Bools, compared: Bools) -> tuple[Ints, Ints]:
    """Pairs that share a rare word, block by block."""
    rows, others = np.flatnonzero(new), np.flatnonzero(compared)
    columns = rare[others].T.tocsr()
    found = [np.zeros((2, 0), dtype=np.int64)]
    for start in range(0, len(rows), BLOCK):
        some = rows[start : start + BLOCK]
        place, other = (rare[some] @ columns).nonzero()
        left, right = some[place], others[other]
        once = (left < right) | ~new[right]
        found.append(np.stack([left, right])[:, once & (left != right)])
    left, right = np.concatenate(found, axis=1)
    return left, right


def _weighed(space: _Space, left: Ints, right: Ints, *, floor: float) -> Alike:
    by_words = _cosines(space.words, left, right)
    # Letters agree by 1 at most, so the words have to bring what is missing to twice the floor.
    kept = by_words > 2 * floor - 1
    left, right, by_words = left[kept], right[kept], by_words[kept]
    places = np.unique(np.concatenate([left, right]))
    letters = space.letters(places)
    by_letters = _cosines(letters, np.searchsorted(places, left), np.searchsorted(places, right))
    cosine = (by_words + by_letters) / 2
    order = np.lexsort((right, left, -cosine))
    order = order[cosine[order] > floor]
    return Alike(left=left[order], right=right[order], cosine=cosine[order])


def _cosines(rows: csr_matrix, left: Ints, right: Ints) -> Floats:
    """(N,) products of rows of length 1, block by block."""
    parts = [np.zeros(0)]
    for start in range(0, len(left), 4 * BLOCK):
        part = slice(start, start + 4 * BLOCK)
        product = rows[left[part]].multiply(rows[right[part]])
        parts.append(np.asarray(product.sum(axis=1)).ravel())
    return np.concatenate(parts)
