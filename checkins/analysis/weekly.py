"""The digest of a week from what is stored: reads one snapshot, analyses it, writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from checkins.analysis import planned, summary
from checkins.analysis.case import Case, case_of
from checkins.analysis.effort import aligned_share
from checkins.analysis.engine import findings_of
from checkins.analysis.panel import Bools
from checkins.analysis.reading import panel_of
from checkins.cadence import Period, Week, period_of, period_of_week, recent_periods
from checkins.digest import Digest
from checkins.findings import carried, merge
from checkins.model import Cadence, Finding, FrozenGoal, Goal, Round, Team
from checkins.ports import EffortColumns, PromptColumns, Transaction

LOOKBACK = 16  # periods read: eight check-ins of a team that is asked every other period


@dataclass(frozen=True, slots=True, kw_only=True)
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
        share = aligned_share(panel, running=self.case.running, rows=chosen[panel.row_team])
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
        ).with_findings(carried(self.findings))


def digest_of(tx: Transaction, *, week: Week, team: str | None = None) -> Digest:
    """The digest of an ISO week for the workspace or a team. Raises NotFound when there is no such team."""
    if team is not None:
        tx.teams.get(team)
    return analyse(tx, week=week).digest(team)


def analyse(tx: Transaction, *, week: Week) -> Analysis:
    """Read the last 16 periods up to the one of the week's Thursday, run every detector over them, and join what they
    find with what earlier digests stored.
    """
    cadence = tx.workspace.get().cadence
    periods = recent_periods(period_of_week(week, cadence), cadence, LOOKBACK)
    first, last = periods[0].first, periods[-1].last
    effort, prompts = tx.history.effort(first, last), tx.history.asked(first, last)
    frozen = frozen_goals(tx.rounds.between(first, last), periods=periods, cadence=cadence)
    goals = sorted(tx.goals.all(), key=lambda goal: goal.id)
    panel = panel_of(effort, prompts, periods=periods, teams=_teams(tx, effort, prompts), goals=goals)
    case = case_of(
        panel,
        running=_running(goals, periods[-1], frozen=frozen[-1]),
        owned=_owned(tx, goals),
        frozen=frozen,
    )
    return Analysis(week=week, case=case, findings=tuple(merge(findings_of(case), tx.digests.findings(), week=week)))


def frozen_goals(
    rounds: Iterable[Round], *, periods: Sequence[Period], cadence: Cadence
) -> tuple[Mapping[str, FrozenGoal], ...]:
    """Per period, the goals as its rounds froze them, the latest round's word counting; empty without a round."""
    frozen: dict[Period, dict[str, FrozenGoal]] = {period: {} for period in periods}
    for round_ in sorted(rounds, key=lambda round_: (round_.date, round_.id)):
        frozen[period_of(round_.date, cadence)].update({goal.id: goal for goal in round_.goals})
    return tuple(frozen.values())


def _teams(tx: Transaction, effort: EffortColumns, prompts: PromptColumns) -> list[Team]:
    """Every team, with archived ones that the columns name."""
    teams = {team.id: team for team in tx.teams.all()}
    for team in sorted({*effort.team, *prompts.team} - teams.keys()):
        teams[team] = tx.teams.get(team)
    return sorted(teams.values(), key=lambda team: team.id)


def _running(goals: Sequence[Goal], period: Period, *, frozen: Mapping[str, FrozenGoal]) -> Bools:
    """(G,): goals that run in the period, or that its rounds asked about."""
    return np.array([goal.runs_between(period.first, period.last) or goal.id in frozen for goal in goals], dtype=bool)


def _owned(tx: Transaction, goals: Sequence[Goal]) -> Bools:
    """(G,): goals with an owner who is still there."""
    owners = tx.people.by_ids({goal.owner for goal in goals if goal.owner})
    present = {person for person, known in owners.items() if known.active}
    return np.array([goal.owner in present for goal in goals], dtype=bool)
