"""The numbers of a digest beside its findings: goals planned against actual, distance from the plan, the sample."""

from collections.abc import Sequence

import numpy as np

from checkins import wording
from checkins.analysis.case import Case
from checkins.analysis.detectors.silos import LEAST, answered_enough
from checkins.analysis.effort import ENOUGH, REACH
from checkins.analysis.panel import LONG_WINDOW, WINDOW, Bools, Floats
from checkins.digest import Answers, GoalEffort

NOBODY_YET = "Nobody has answered yet. Late answers still count."


def answers_of(case: Case, chosen: Bools) -> Answers:
    """People of the chosen teams (T,) asked and answering in the last period, each counted once."""
    panel = case.panel
    rows = chosen[panel.row_team]
    asked = np.unique(panel.row_person[panel.asked[:, -1] & rows])
    answered = np.unique(panel.row_person[panel.answered[:, -1] & rows])
    return Answers(expected=len(asked), received=len(answered))


def plan_gap(case: Case, chosen: Bools) -> float | None:
    """Distance from the plan, the chosen teams weighted by their members; None where no team's is known."""
    known = chosen & ~np.isnan(case.comparison.gap)
    if not known.any():
        return None
    return round(float(np.average(case.comparison.gap[known], weights=case.levels.members[known])), 4)


def goal_efforts(case: Case, chosen: Bools) -> tuple[GoalEffort, ...]:
    """Goals over the window, in order of id: the chosen teams weighted by their members, not by their answers.

    Those that run, and those that ended within the window and got work before.
    A goal's declared share is what those teams together planned for it; teams that declared nothing for it planned 0.
    Nothing is said where fewer than half of the answers came in.
    """
    part = _parts(case, chosen)
    if part is None:
        return ()
    declared = _by_goal(case, part * np.nan_to_num(case.plan.weights), chosen)
    actual, variance = _actual(case, part, chosen)
    reach = REACH * np.sqrt(variance)
    planned = _by_goal(case, case.plan.declared.astype(np.float64), chosen) > 0
    return tuple(
        GoalEffort(
            goal=case.panel.goals[index].id,
            declared=round(float(declared[index]), 4) if planned[index] else None,
            actual=round(float(actual[index]), 4),
            low=round(max(0.0, float(actual[index] - reach[index])), 4),
            high=round(min(1.0, float(actual[index] + reach[index])), 4),
        )
        for index in np.flatnonzero(_listed(case, chosen))
    )


def off_goals(case: Case, chosen: Bools) -> float | None:
    """Share of all work over the window that is on no goal; None where ``goal_efforts`` is empty.

    Not what their shares leave of 1: without a reserve those are shares of the work on planned goals.
    """
    part, listed = _parts(case, chosen), _listed(case, chosen)
    if part is None or not listed.any():
        return None
    on_goals = _by_goal(case, part * case.levels.est, chosen) + _by_other_goal(case, part, chosen, case.abroad.est)
    return round(max(0.0, 1 - float(on_goals.sum())), 4)


def _actual(case: Case, part: Floats, chosen: Bools) -> tuple[Floats, Floats]:
    """(G,): effort of the chosen teams on each goal, theirs or not, and its variance."""
    own = _by_goal(case, part * case.comparison.est, chosen)
    own_variance = _by_goal(case, (part * case.comparison.se) ** 2, chosen)
    others = _by_other_goal(case, part, chosen, case.abroad.est)
    return own + others, own_variance + _by_other_goal(case, part**2, chosen, case.abroad.variance)


def _parts(case: Case, chosen: Bools) -> Floats | None:
    """(T, 1): what each chosen team counts for, by members; None where fewer than half of the answers came in."""
    effort = case.levels
    chosen = chosen & (effort.people > 0)
    if not chosen.any() or effort.answers[chosen].sum() < ENOUGH * effort.asked[chosen].sum():
        return None
    parts: Floats = np.where(chosen, effort.members, 0.0)[:, None] / effort.members[chosen].sum()
    return parts


def _listed(case: Case, chosen: Bools) -> Bools:
    """(G,): running goals of the chosen teams, and all that these worked on."""
    chosen = chosen & (case.levels.people > 0)
    own = _by_goal(case, case.panel.own.astype(np.float64), chosen) > 0
    worked = _by_goal(case, case.levels.est, chosen) > 0
    others = _by_other_goal(case, np.ones((len(chosen), 1)), chosen, case.abroad.est) > 0
    return (case.running & own) | worked | others


def _by_goal(case: Case, values: Floats, chosen: Bools) -> Floats:
    """(G,): sums of values (T, K) of the chosen teams over the slots of each goal."""
    panel = case.panel
    used = (panel.slots >= 0) & chosen[:, None]
    total = np.zeros(len(panel.goals))
    np.add.at(total, panel.slots[used], values[used])
    return total


def _by_other_goal(case: Case, part: Floats, chosen: Bools, values: Floats) -> Floats:
    """(G,): the same for values (N,) of the chosen teams' work on goals of other teams; part: (T, 1), their weights."""
    abroad = case.abroad
    weighted = np.where(chosen[abroad.team], part[abroad.team, 0] * values, 0.0)
    total: Floats = np.bincount(abroad.goal, weights=weighted, minlength=len(case.panel.goals)).astype(np.float64)
    return total


def notes_of(case: Case, chosen: Bools) -> tuple[str, ...]:
    """Sentences about the sample, where it is thin or a reader would wonder."""
    answers = answers_of(case, chosen)
    if not answers.received:
        return (NOBODY_YET,) if answers.expected else ()
    notes = [_joined(case, chosen, answers), _starts(case, chosen), _half(case, chosen), _thin(case, chosen)]
    return tuple(note for note in notes if note)


def _joined(case: Case, chosen: Bools, answers: Answers) -> str | None:
    panel = case.panel
    check_ins = int(((panel.check_in_period == len(panel.periods) - 1) & chosen[panel.check_in_team]).sum())
    if check_ins == answers.received:
        return None
    return f"{check_ins} check-ins were joined into one answer per person."


def check_ins_held(case: Case, chosen: Bools) -> int:
    """Check-ins of the chosen teams so far, up to a full window."""
    return int(min(WINDOW, case.panel.held[chosen].any(axis=0).sum()))


def _starts(case: Case, chosen: Bools) -> str | None:
    held = check_ins_held(case, chosen)
    return None if held >= WINDOW else f"Findings start after {WINDOW} check-ins: this is number {held}."


def _half(case: Case, chosen: Bools) -> str | None:
    rows = chosen[case.panel.row_team]
    answered, asked = (case.panel.answered[:, -1] & rows).sum(), (case.panel.asked[:, -1] & rows).sum()
    if answered >= ENOUGH * asked:
        return None
    return f"{answered} of {wording.counted(int(asked), 'answer')} came in: too few to say where the effort went."


def _thin(case: Case, chosen: Bools) -> str | None:
    """Once there is a full window: that for half of the teams or more too few answered to call them silos."""
    asked = chosen & (case.ties.asked > 0) & case.panel.live
    unknown = asked & ~answered_enough(case.ties)
    if check_ins_held(case, chosen) < WINDOW or 2 * unknown.sum() < max(1, asked.sum()) or len(case.panel.teams) == 1:
        return None
    need = f"that takes {LEAST} answers, from half of those asked, over {WINDOW} to {LONG_WINDOW} check-ins"
    if asked.sum() == 1:
        return f"Too few answers to say whether this team is a silo: {need}."
    teams = "any of the" if unknown.sum() == asked.sum() else f"{unknown.sum()} of the"
    return f"Too few answers to say whether {teams} {wording.counted(int(asked.sum()), 'team')} are silos: {need}."


def teams_chosen(case: Case, team: str | None) -> Bools:
    """(T,): one team, or all of them."""
    ids: Sequence[str] = [known.id for known in case.panel.teams]
    return np.array([team is None or known == team for known in ids], dtype=np.bool_)
