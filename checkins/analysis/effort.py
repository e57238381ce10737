"""Person-balanced levels of effort in a window, with intervals for a finite team."""

from dataclasses import dataclass

import numpy as np

from checkins.analysis.noise import Noise
from checkins.analysis.panel import Bools, Floats, Ints, Panel

REACH = 2.2  # standard errors on each side of an estimate; they are calibrated, so 19 of 20 intervals hold and more
ENOUGH = 0.5  # response below which nothing is said about levels


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Effort per team and goal of its own over each team's window.

    est, se: (T, K), share of all work, 0..1, and its standard error; 0 without answers.  answers, asked: person-periods
    in the window.  people: those who answered.  members: those asked.  check_ins: periods of the window.  Each (T,).
    """

    window: Bools
    est: Floats
    se: Floats
    answers: Floats
    asked: Floats
    people: Floats
    members: Floats
    check_ins: Floats

    @property
    def response(self) -> Floats:
        """(T,): answers / asked, 0 where nobody was asked."""
        return self.answers / np.maximum(self.asked, 1)


def levels(panel: Panel, noise: Noise, *, window: Bools) -> Levels:
    """Mean over people of their own mean share, each person counting once.

    SE² = sum of infl·v/n_i over people / r² + (1 - r/n)·S²between/r: who is in a team is no source of error, only the
    weeks' noise and the missing are (finite population correction, Cochran 1977).
    """
    inside = panel.answered & window[panel.row_team]
    answers = inside.sum(axis=1).astype(np.float64)
    answering = (answers > 0).astype(np.float64)
    people = panel.by_team(answering)
    own_mean = np.einsum("rp,rpk->rk", inside.astype(np.float64), panel.worked) / np.maximum(answers, 1)[:, None]
    est = panel.by_team(own_mean) / np.maximum(people, 1)[:, None]
    asked = (panel.asked & window[panel.row_team]).sum(axis=1)
    members = panel.by_team((asked > 0).astype(np.float64))
    each = panel.by_team(noise.of_mean(inside)) / np.maximum(people, 1)
    week_noise = each[:, None] * noise.variance
    apart = panel.by_team(((own_mean - est[panel.row_team]) ** 2) * answering[:, None])
    between = _between(apart, week_noise, people=people, counted=panel.own & (est > 0))
    missing = np.maximum(0.0, 1 - people / np.maximum(members, 1))
    variance = (week_noise + missing[:, None] * between) / np.maximum(people, 1)[:, None]
    return Levels(
        window=window,
        est=est,
        se=np.sqrt(variance),
        answers=panel.by_team(answers),
        asked=panel.by_team(asked),
        people=people,
        members=members,
        check_ins=window.sum(axis=1).astype(np.float64),
    )


def _between(apart: Floats, week_noise: Floats, *, people: Floats, counted: Bools) -> float:
    """Variance of people's window means inside a team, pooled over teams and goals, less what weeks' noise explains."""
    freedom = np.where(counted, np.maximum(people - 1, 0)[:, None], 0.0)
    total = float(freedom.sum())
    if total == 0:
        return 0.0
    squares = float(np.where(freedom > 0, apart, 0.0).sum())
    return max(0.0, (squares - float((freedom * week_noise).sum())) / total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abroad:
    """Effort on goals of other teams over each team's window, one entry per pair, each (N,).

    est: share of all work of the team, 0..1.  variance: of est.
    """

    team: Ints
    goal: Ints
    est: Floats
    variance: Floats


def abroad(panel: Panel, noise: Noise, levels: Levels) -> Abroad:
    """The same estimate for goals that are not the team's own; their noise is what shares of their size have."""
    works = panel.elsewhere
    inside = levels.window[panel.row_team[works.row], works.period]
    row, goal, share = works.row[inside], works.what[inside], works.share[inside]
    answered: Bools = panel.answered & levels.window[panel.row_team]
    answers = answered.sum(axis=1)
    series, of = np.unique(row * max(1, len(panel.goals)) + goal, return_inverse=True)
    row, goal = np.divmod(series, max(1, len(panel.goals)))
    mean = np.bincount(of, weights=share, minlength=len(series)) / np.maximum(answers[row], 1)
    pairs, pair = np.unique(panel.row_team[row] * max(1, len(panel.goals)) + goal, return_inverse=True)
    team, goal = np.divmod(pairs, max(1, len(panel.goals)))
    week_noise = mean * (1 - mean) * noise.phi * noise.of_mean(answered)[row]
    people = np.maximum(levels.people[team], 1)
    return Abroad(
        team=team,
        goal=goal,
        est=np.bincount(pair, weights=mean, minlength=len(pairs)) / people,
        variance=np.bincount(pair, weights=week_noise, minlength=len(pairs)) / people**2,
    )


def on_goals(panel: Panel, *, running: Bools) -> Floats:
    """(R,): share of each answer of the last period that is on running goals (G,), own or not."""
    counts = panel.in_slots(running)[panel.row_team]
    own = np.where(counts & panel.answered[:, -1:], panel.shares[:, -1], 0.0).sum(axis=1)
    works = panel.elsewhere
    counted = (works.period == len(panel.periods) - 1) & running[works.what]
    others = np.bincount(works.row[counted], weights=works.share[counted], minlength=len(own))
    on_goals: Floats = own + others
    return on_goals


def aligned_share(panel: Panel, on_goals: Floats, *, rows: Bools) -> float | None:
    """The share ``on_goals`` of all answers of the last period (R,), every person of the chosen rows counting once.

    None where fewer than half of those asked answered.
    """
    answered, asked = panel.answered[:, -1] & rows, panel.asked[:, -1] & rows
    if not answered.any() or answered.sum() < ENOUGH * asked.sum():
        return None
    person = panel.row_person[answered]
    own_mean = np.bincount(person, weights=on_goals[answered])
    return float((own_mean / np.maximum(np.bincount(person), 1))[np.unique(person)].mean())
