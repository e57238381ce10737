"""Where effort came from and where it went, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from checkins import wording
from checkins.analysis.detectors.look import Look
from checkins.model import Goal

WORTH_NAMING = 1 / 3  # of the move: a counterpart that took or gave so much
NO_GOAL, OTHERS_GOALS = "work on no goal", "goals of other teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A team's effort on a goal, before and now (shares of all work); movers of the people moved that way themselves.

    start: label of the first period that is now.  others: what moved the opposite way, most first, and how far.
    """

    team: str
    goal: Goal
    before: float
    now: float
    moved: float
    movers: int
    people: int
    start: str
    others: tuple[tuple[str, float], ...]


def move_of(look: Look, team: int, slot: int) -> Move:
    """The move of one goal as a look sees it."""
    panel, seen = look.case.panel, look.shift
    part = panel.rows_of(team)
    rows = part.start + np.flatnonzero(seen.counted[part])
    moved = float(seen.moved[team, slot])
    answered = panel.answered[rows] & look.windows.lately[team]
    shares = (panel.worked[rows, :, slot] * answered).sum(axis=1)
    now = float((shares / answered.sum(axis=1)).mean())
    return Move(
        team=panel.teams[team].name,
        goal=panel.goal_of(team, slot),
        before=min(1.0, max(0.0, now - moved)),
        now=now,
        moved=moved,
        movers=int((np.sign(seen.each[rows, slot]) == np.sign(moved)).sum()),
        people=len(rows),
        start=panel.periods[int(np.argmax(look.windows.lately[team]))].label,
        others=tuple(_opposite(look, team, moved)),
    )


def _opposite(look: Look, team: int, moved: float) -> Iterator[tuple[str, float]]:
    """What moved the other way by a third of the move or more, most first."""
    panel = look.case.panel
    of_goals = [
        (f"“{wording.title(panel.goal_of(team, slot).title)}”", float(look.shift.moved[team, slot]))
        for slot in np.flatnonzero(panel.own[team]).tolist()
    ]
    beside = [(NO_GOAL, float(look.free[team])), (OTHERS_GOALS, float(look.elsewhere[team]))]
    for name, by in sorted([*of_goals, *beside], key=lambda other: (-abs(other[1]), other[0])):
        if by * moved < 0 and abs(by) >= WORTH_NAMING * abs(moved):
            yield name, by


def sentence(move: Move) -> str:
    """ "Growth put 18 % of its work into “Signup” since week 44, 38 % in the six check-ins before; …" """
    way, counterpart = ("less", "went to") if move.moved < 0 else ("more", "came from")
    named = wording.listed([name for name, _ in move.others])
    others = f"; the difference {counterpart} {named}" if named else ""
    return (
        f"{move.team} put {wording.percent(move.now)} of its work into “{wording.title(move.goal.title)}” "
        f"since {wording.stretch(move.start)}, {wording.percent(move.before)} in the six check-ins before{others}. "
        f"{move.movers} of {wording.counted(move.people, 'person', 'people')} put {way} into it."
    )


def still(team: str, goal: Goal, *, before: Mapping[str, Any], level: float) -> str:
    """The same once the move no longer stands out from the weeks just before it. before: evidence of the finding."""
    return (
        f"{team} put {wording.percent(level)} of its work into “{wording.title(goal.title)}” "
        f"since {wording.stretch(before['start'])}, {wording.percent(before['baseline'])} before."
    )
