"""Which teams name each other, counted over each team's window."""

from dataclasses import dataclass

import numpy as np

from checkins.analysis.panel import LONG_WINDOW, WINDOW, Bools, Floats, Panel

FEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Per team over its window, each (T,): answers k, those that name another team x, namings received.

    others_answers, others_naming: k and x summed over the other teams.  expected_received: namings of any team by
    others, spread by size.  window: (T, P).
    """

    window: Bools
    answers: Floats
    asked: Floats
    naming: Floats
    received: Floats
    others_answers: Floats
    others_naming: Floats
    expected_received: Floats

    @property
    def expected_naming(self) -> Floats:
        """(T,): answers that would have named another team at the others' rate."""
        return self.answers * self.others_naming / np.maximum(self.others_answers, 1)

    @property
    def expected(self) -> Floats:
        """(T,): ties in both directions that the team would have had at the others' rate."""
        return self.expected_naming + self.expected_received


def ties_of(panel: Panel) -> Ties:
    window = _window(panel)
    inside = panel.answered & window[panel.row_team]
    named = np.zeros_like(panel.answered)
    named[panel.ties[:, 0], panel.ties[:, 1]] = True
    answers = panel.by_team(inside.sum(axis=1))
    naming = panel.by_team((named & inside).sum(axis=1))
    others_answers, others_naming = _others(panel, panel.answered, window), _others(panel, named, window)
    _, period, target = panel.ties.T
    received = np.zeros(len(panel.teams))
    np.add.at(received, target, window[target, period])
    return Ties(
        window=window,
        answers=answers,
        asked=panel.by_team((panel.asked & window[panel.row_team]).sum(axis=1)),
        naming=naming,
        received=received,
        others_answers=others_answers,
        others_naming=others_naming,
        expected_received=_expected_received(panel, window),
    )


def _window(panel: Panel) -> Bools:
    """Four check-ins, eight for teams with fewer than 20 answers in four."""
    short, long = panel.window(WINDOW), panel.window(LONG_WINDOW)
    answers = panel.by_team((panel.answered & short[panel.row_team]).sum(axis=1))
    window: Bools = np.where((answers < FEW)[:, None], long, short)
    return window


def _others(panel: Panel, counted: Bools, window: Bools) -> Floats:
    """(T,): cells counted (R, P) in a team's window and not in the team itself."""
    per_team = panel.by_team(counted.astype(np.int64))
    others: Floats = ((per_team.sum(axis=0) - per_team) * window).sum(axis=1)
    return others


def _expected_received(panel: Panel, window: Bools) -> Floats:
    """sum over i != j of mentions by team i · n_j / people outside i, (T,)."""
    shape = (len(panel.teams), len(panel.periods))
    mentions = np.zeros(shape)
    np.add.at(mentions, (panel.row_team[panel.ties[:, 0]], panel.ties[:, 1]), 1.0)
    asked: Bools = np.logical_or.reduce(panel.asked, axis=1)
    size = panel.by_team(asked)
    spread = mentions / np.maximum(size.sum() - size, 1)[:, None]
    expected: Floats = size * ((spread.sum(axis=0) - spread) * window).sum(axis=1)
    return expected
