"""Bytes to the rows of a table, whatever their encoding and separator."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from checkins.errors import BadDocument, Fault
from checkins.tabular.cells import unguarded
from checkins.tabular.columns import Header, header_of
from checkins.wording import counted

MOST_BYTES = 10_000_000
MOST_ROWS = 5_000
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A goal's row. number: as a spreadsheet counts them. cells, headings: by column, of the columns there are.

    objective: the title of the objective that a key result stands below.
    """

    number: int
    cells: Mapping[str, str]
    headings: Mapping[str, str]
    objective: str | None = None

    def place(self, column: str) -> str:
        return f"row {self.number}, {self.headings.get(column, column)}"

    def get(self, column: str) -> str:
        """What stands there, without the space around it."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    header: Header
    lines: Sequence[Line]
    faults: Sequence[Fault] = field(default_factory=tuple)


def sheet_of(content: bytes) -> Sheet:
    """Raises BadDocument for what is no table: too large, no text, quotes that do not close."""
    if len(content) > MOST_BYTES:
        raise _refusal("The file is larger than 10 MB. Split it and import the parts.")
    # Texts are stored whole; the module's own limit for a cell lies below what a description may hold
    csv.field_size_limit(MOST_BYTES)
    text = _decoded(content)
    header, rows = _best(text)
    if len(rows) > MOST_ROWS:
        raise _refusal(f"The file has {len(rows):,} rows; at most {MOST_ROWS:,} are read. Split it.")
    lines = [_line(number, cells, header) for number, cells in rows]
    return Sheet(header, lines, [*header.faults, *_overhanging(rows, header)])


def _refusal(problem: str, path: str = "") -> BadDocument:
    return BadDocument([Fault(path, problem)])


def _decoded(content: bytes) -> str:
    try:
        return content.decode(_encoding(content))
    except UnicodeDecodeError:
        raise _refusal("The file is no text that can be read. Save it as CSV in UTF-8.") from None


def _encoding(content: bytes) -> str:
    """By its first bytes; else UTF-16 where every other byte is null, UTF-8 where it fits, Windows' own otherwise."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in content:
        return "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _best(text: str) -> tuple[Header, list[tuple[int, list[str]]]]:
    """The header and the rows that are not empty, read with the separator that makes most of the header."""
    first = {separator: _first(text, separator) for separator in SEPARATORS}
    chosen = max(SEPARATORS, key=lambda separator: (header_of(first[separator]).known, len(first[separator])))
    # Only where the first row has a space after each separator is such a space no part of the cells
    spaced = len(first[chosen]) > 1 and all(cell.startswith(" ") for cell in first[chosen][1:])
    records = list(_records(text, chosen, spaced=spaced))
    if not records:
        raise _refusal("The file is empty.")
    rows = [(number, cells) for number, cells in enumerate(records[1:], start=2) if any(map(str.strip, cells))]
    return header_of(records[0]), rows


def _first(text: str, separator: str) -> list[str]:
    """What a separator makes of the first row, however badly it fits."""
    return next(csv.reader(StringIO(text, newline=""), delimiter=separator), [])


def _records(text: str, separator: str, *, spaced: bool) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=spaced)
    read = 0
    try:
        for cells in reader:
            read += 1
            yield cells
    except csv.Error:
        raise _refusal("the quotes of a cell do not close", f"row {read + 1}") from None


def _line(number: int, cells: Sequence[str], header: Header) -> Line:
    filled = [*cells, *[""] * len(header.columns)]
    named = zip(header.columns, filled, strict=False)
    return Line(
        number=number,
        cells={column: unguarded(cell) for column, cell in named if column},
        headings=header.headings,
    )


def _overhanging(rows: Sequence[tuple[int, Sequence[str]]], header: Header) -> Iterator[Fault]:
    most = len(header.columns)
    for number, cells in rows:
        if any(map(str.strip, cells[most:])):
            yield Fault(f"row {number}", f"has {len(cells)} cells; the first row names {counted(most, 'column')}")
