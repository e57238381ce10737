"""All detectors over one case. A new detector is a file with ``detect(case)`` and a line here."""

from collections.abc import Callable, Iterable

from checkins.analysis import drift, history, orphans, silos
from checkins.analysis.case import Case
from checkins.findings import worst_first
from checkins.model import Finding

Detectors = tuple[Callable[[Case], Iterable[Finding]], ...]

WITHOUT_TEXT: Detectors = (
    drift.detect,
    history.detect,
    silos.detect,
    orphans.detect,
)
ALL: Detectors = WITHOUT_TEXT


def findings_of(case: Case, detectors: Detectors = ALL) -> tuple[Finding, ...]:
    """Everything the detectors point out, worst first, ties by id."""
    return tuple(worst_first(finding for detect in detectors for finding in detect(case)))
