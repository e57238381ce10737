"""A goal's measure as somebody describes it in a form, and what can be wrong with that. Pure."""

from dataclasses import dataclass

from checkins import measures
from checkins.errors import TruelineError
from checkins.model import Measure
from checkins.wording import one_line

NAME_LIMIT, UNIT_LIMIT = 80, 30
NUMBERS = ("baseline", "target", "current")
FRAMEWORKS = tuple(choice for framework in measures.FRAMEWORKS for choice in measures.choices(framework))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDraft:
    """Numbers as people type them. Without a name and numbers there is no measure; no ``current`` leaves it as it is.

    A stored number that nobody touched comes back as ``as_typed`` wrote it.
    """

    name: str = ""
    framework: str = "kpi"
    baseline: str = ""
    target: str = ""
    unit: str = ""
    current: str = ""


def as_typed(value: float | None) -> str:
    """A stored number as a field starts with it."""
    return "" if value is None else f"{value:.15g}"


def measured(draft: MeasureDraft, before: Measure | None) -> Measure | None:
    """The measure as the draft wants it. Raises TruelineError for what ``problems`` names."""
    name = one_line(draft.name)
    if not name:
        return None
    current = _number(draft, "current", before)
    return Measure(
        name=name,
        framework=draft.framework,
        baseline=_number(draft, "baseline", before),
        target=_number(draft, "target", before),
        unit=one_line(draft.unit),
        current=before.current if current is None and before else current,
    )


def _number(draft: MeasureDraft, name: str, before: Measure | None) -> float | None:
    text, stored = getattr(draft, name), getattr(before, name) if before else None
    if not text.strip():
        return None
    return stored if text == as_typed(stored) else measures.number(text, unit=draft.unit)


def problems(draft: MeasureDraft, before: Measure | None) -> dict[str, str]:
    """What cannot be stored, by field; the name's is ``measure``."""
    found: dict[str, str] = {}
    for name in NUMBERS:
        try:
            _number(draft, name, before)
        except TruelineError as error:
            found[name] = str(error)
    said = (draft.baseline, draft.target, draft.current, draft.unit)
    if not draft.name.strip() and any(text.strip() for text in said):
        found["measure"] = "Say what is measured, or leave its numbers and unit empty."
    if draft.framework not in (*FRAMEWORKS, before.framework if before else None):
        found["framework"] = "Choose one of these."
    if not found.keys() & {"baseline", "target"} and _goes_nowhere(draft, before):
        found["target"] = "This is the baseline already. Write where the measure should get."
    return found


def _goes_nowhere(draft: MeasureDraft, before: Measure | None) -> bool:
    """Whether the target is the baseline; one that is stored like that may stay."""
    ends = _number(draft, "baseline", before), _number(draft, "target", before)
    stored = (before.baseline, before.target) if before else None
    return ends[0] is not None and ends[0] == ends[1] and ends != stored
