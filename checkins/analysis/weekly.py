"""The digest of a week from what is stored: reads one snapshot, analyses it, writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from checkins.analysis import planned, summary
from checkins.analysis.case import Case
from checkins.analysis.chronicle import Chronicle
from checkins.analysis.effort import aligned_share
from checkins.analysis.engine import ALL, WITHOUT_TEXT, Detectors, findings_of
from checkins.analysis.records import LOOKBACK, RATED, REMEMBERED, Records, records_of
from checkins.cadence import Period, Week, period_of_week, recent_periods
from checkins.digest import Digest, by_audience
from checkins.findings import carried, merge
from checkins.model import Cadence, Finding, FindingState
from checkins.ports import Transaction

READ = max(RATED, LOOKBACK + REMEMBERED - 1)  # periods: a case's, and those before it that say who counts as asked


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """One week analysed: every audience's digest comes from the same arrays and the same findings.

    findings: joined with those of earlier digests; all of them are to be stored, some are only remembered.
    """

    week: Week
    case: Case
    findings: tuple[Finding, ...]

    def digest(self, team: str | None = None) -> Digest:
        """The digest of the whole workspace or of one of its teams."""
        chosen = summary.teams_chosen(self.case, team)
        panel = self.case.panel
        share = aligned_share(panel, self.case.on_goals, rows=chosen[panel.row_team])
        return Digest(
            week=str(self.week),
            period=panel.periods[-1].label,
            team=team,
            answers=summary.answers_of(self.case, chosen),
            aligned_share=None if share is None else round(share, 4),
            plan_gap=summary.plan_gap(self.case, chosen),
            goals=summary.goal_efforts(self.case, chosen),
            off_goals=summary.off_goals(self.case, chosen),
            plan_note=planned.note(self.case, chosen),
            notes=summary.notes_of(self.case, chosen),
            findings=self._carried.get(team, ()),
        )

    @cached_property
    def _carried(self) -> Mapping[str | None, tuple[Finding, ...]]:
        return by_audience(carried(self.findings))


def digest_of(tx: Transaction, *, week: Week, team: str | None = None) -> Digest:
    """The digest of an ISO week for the workspace or a team. Raises NotFound when there is no such team."""
    if team is not None:
        tx.teams.get(team)
    return analyse(tx, week=week).digest(team)


def analyse(tx: Transaction, *, week: Week) -> Analysis:
    """Read the periods up to the one of the week's Thursday, run every detector over them, and join what they find
    with what earlier digests stored.
    """
    cadence = tx.workspace.get().cadence
    periods = recent_periods(period_of_week(week, cadence), cadence, READ)
    return analysis_of(records_of(tx, periods), week=week)


def analysis_of(records: Records, *, week: Week) -> Analysis:
    """The same from records whose last period is the week's."""
    return _look(Chronicle.of(records), week, records.findings, detectors=ALL)


def replay(tx: Transaction, *, first: Week, last: Week) -> Iterator[Analysis]:
    """The analyses of the weeks first..last as if each had been made in its time, each joined with those before it.

    Everything is read once.  Without the detectors that read texts, and without what digests have stored.
    """
    cadence = tx.workspace.get().cadence
    periods = _span(cadence, first=first, last=last)
    return replayed(records_of(tx, periods, texts=0), first=first, last=last)


def replayed(records: Records, *, first: Week, last: Week) -> Iterator[Analysis]:
    """The same from records whose periods reach from well before the first week to the last one."""
    chronicle = Chronicle.of(records)
    del records  # its columns are the larger part of what is in memory, and no look needs them
    stored: tuple[Finding, ...] = ()
    week = first
    while week <= last:
        analysis = _look(chronicle, week, stored, detectors=WITHOUT_TEXT)
        yield analysis
        stored = tuple(finding for finding in analysis.findings if finding.state is not FindingState.RESOLVED)
        week = week.plus(1)


def _look(chronicle: Chronicle, week: Week, stored: tuple[Finding, ...], *, detectors: Detectors) -> Analysis:
    period = period_of_week(week, chronicle.cadence)
    case = chronicle.case(chronicle.panel.periods.index(period), earlier=stored)
    findings = merge(findings_of(case, detectors), stored, week=week)
    return Analysis(week=week, case=case, findings=tuple(findings))


def _span(cadence: Cadence, *, first: Week, last: Week) -> tuple[Period, ...]:
    """The periods that the analyses of first..last need."""
    end, begin = period_of_week(last, cadence), period_of_week(first, cadence)
    periods = recent_periods(begin, cadence, READ)
    while periods[-1] != end:
        following = period_of_week(Week.of(periods[-1].last).plus(1), cadence)
        periods = (*periods, following)
    return periods
