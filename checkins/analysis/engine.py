"""All detectors over one case. A new detector is a file with ``detect(case)`` and a line here."""

from collections.abc import Callable, Iterable

from checkins.analysis.case import Case
from checkins.analysis.detectors import (
    clarity,
    done,
    drift,
    duplicate_goals,
    duplicate_work,
    falling_confidence,
    falling_response,
    history,
    missing_ties,
    orphans,
    overload,
    priority_gap,
    silos,
    unaligned_work,
)
from checkins.findings import worst_first
from checkins.model import Finding

Detectors = tuple[Callable[[Case], Iterable[Finding]], ...]

WITHOUT_TEXT: Detectors = (
    drift.detect,
    history.detect,
    silos.detect,
    missing_ties.detect,
    orphans.detect,
    unaligned_work.detect,
    overload.detect,
    clarity.detect,
    done.detect,
    priority_gap.detect,
    falling_confidence.detect,
    falling_response.detect,
)
ALL: Detectors = (*WITHOUT_TEXT, duplicate_goals.detect, duplicate_work.detect)


def findings_of(case: Case, detectors: Detectors = ALL) -> tuple[Finding, ...]:
    """Everything the detectors point out, worst first, ties by id."""
    return tuple(worst_first(finding for detect in detectors for finding in detect(case)))
