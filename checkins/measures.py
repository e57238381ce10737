"""How far a goal has come: the frameworks that measures belong to, numbers as people type them, progress. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checkins.errors import TruelineError
from checkins.model import Measure
from checkins.wording import one_line

BAR = 10  # signs of a bar
FULL, EMPTY = "▓", "░"
STEPS = "▁▂▃▄▅▆▇█"
BEFORE_DIMENSION = ":"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A way to measure; a measure's ``framework`` holds the id, or id and dimension: "heart:task_success"."""

    id: str
    name: str
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A measure's values by day, oldest first. title: of the goal."""

    title: str
    measure: Measure
    values: tuple[tuple[date, float], ...]


FRAMEWORKS = (
    Framework(id="okr", name="OKR key result"),
    Framework(
        id="heart", name="HEART", dimensions=("happiness", "engagement", "adoption", "retention", "task_success")
    ),
    Framework(
        id="castle",
        name="CASTLE",
        dimensions=(
            "cognitive_load",
            "advanced_feature_usage",
            "satisfaction",
            "task_efficiency",
            "learnability",
            "errors",
        ),
    ),
    Framework(id="kpi", name="KPI"),
)


def choices(framework: Framework) -> dict[str, str]:
    """What a measure can be called in a framework, with the name of each: its dimensions, or the framework itself."""
    parts = [f"{framework.id}{BEFORE_DIMENSION}{dimension}" for dimension in framework.dimensions]
    return {part: name_of(part) for part in parts or [framework.id]}


def name_of(framework: str) -> str:
    """``heart:task_success`` as ``HEART: task success``; what nobody knows as it was written."""
    id, _, dimension = framework.casefold().partition(BEFORE_DIMENSION)
    known = {each.id: each for each in FRAMEWORKS}.get(id.strip())
    if known is None or (dimension and dimension.strip() not in known.dimensions):
        return one_line(framework)
    return f"{known.name}: {dimension.strip().replace('_', ' ')}" if dimension else known.name


def progress(measure: Measure) -> float | None:
    """The way from baseline to target that is done, 0..1, also where less is better; None where a number is missing."""
    begin, end, now = measure.baseline, measure.target, measure.current
    if begin is None or end is None or now is None or begin == end:
        return None
    return min(1.0, max(0.0, (now - begin) / (end - begin)))


def bar(share: float) -> str:
    """``▓▓▓▓░░░░░░``; full and empty only where all or nothing is done."""
    filled = round(share * BAR)
    if 0 < share < 1:
        filled = min(max(filled, 1), BAR - 1)
    return FULL * filled + EMPTY * (BAR - filled)


def sparkline(values: Sequence[float]) -> str:
    """A sign for each value, the lowest ``▁`` and the highest ``█``; all in the middle where they are the same."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low == high:
        return STEPS[3] * len(values)
    return "".join(STEPS[round((value - low) / (high - low) * (len(STEPS) - 1))] for value in values)


EXAMPLE = "Write a number, like 12.5, 12,5, 40 % or 1 200."
_SIGNS = str.maketrans({"−": "-", "–": "-", "\N{RIGHT SINGLE QUOTATION MARK}": "'"})
_WHOLE = r"\d+|\d{1,3}(?:['_]\d{3})+"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?:(?P<whole>{_WHOLE})(?:[.,](?P<part>\d+))?|(?P<dots>\d{{1,3}}(?:\.\d{{3}})+)(?:,(?P<b>\d+))?"
    rf"|(?P<commas>\d{{1,3}}(?:,\d{{3}})+)(?:\.(?P<c>\d+))?)",
    re.ASCII,
)
_UNCLEAR = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
LONGEST = 18  # digits and signs; longer ones are a slip of the finger


def number(text: str, *, unit: str = "") -> float:
    """A number as people type it: ``1,5``, ``40 %``, ``1 200``, ``1.200,50``, ``12 days`` where that is the unit.

    Raises TruelineError with examples for anything else, also for ``1,200``, which people read in two ways.
    """
    bare = _bare(text, unit)
    if _UNCLEAR.fullmatch(bare):
        whole, part = re.split("[.,]", bare)
        raise TruelineError(f"“{one_line(text)}” could be {whole}{part} or {float(f'{whole}.{part}'):g}. Write it so.")
    found = _NUMBER.fullmatch(bare)
    if found is None or len(bare) > LONGEST:
        raise TruelineError(EXAMPLE)
    whole = re.sub(r"[^0-9]", "", found["whole"] or found["dots"] or found["commas"])
    return float(f"{found['sign']}{whole}.{found['part'] or found['b'] or found['c'] or 0}")


def _bare(text: str, unit: str) -> str:
    """Without its unit and without spaces, which only group digits."""
    said = " ".join(text.translate(_SIGNS).split())
    for sign in ("%", " ".join(unit.split())):
        if sign and said.casefold().endswith(sign.casefold()):
            said = said[: -len(sign)].rstrip()
        elif sign and said.casefold().startswith(sign.casefold()):
            said = said[len(sign) :].lstrip()
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", said)
