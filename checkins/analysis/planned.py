"""What was planned, said so that people know their own numbers again.

Weights are compared on another scale than they were typed on (``plan``): after the reserve, or among the planned goals
alone. A sentence about one goal says the typed number first, and the compared one where it is another. Lists and
pictures need one scale for all their rows and show the compared number; one line beside them says by an example what
became of the typed ones.
"""

from collections.abc import Iterator

import numpy as np

from checkins.analysis.case import Case
from checkins.analysis.panel import Bools
from checkins.analysis.plan import Plan
from checkins.wording import percent

ALONE = "shares of planned goals are of the work on planned goals alone"


def share(plan: Plan, team: int, slot: int) -> str:
    """ "50 % was planned (45 % after the reserve)", in brackets only what scaling changed."""
    typed, compared = percent(plan.raw[team, slot]), percent(plan.weights[team, slot])
    if typed == compared:
        return f"{typed} was planned"
    return f"{typed} was planned ({compared} {'after the reserve' if plan.reserved[team] else 'of the planned work'})"


def note(case: Case, chosen: Bools) -> str | None:
    """How the planned shares of the chosen teams (T,) relate to what was typed; None where they are the same."""
    teams = np.flatnonzero(chosen & case.plan.declared.any(axis=1) & (case.levels.people > 0)).tolist()
    return _of_team(case, teams[0]) if len(teams) == 1 else " ".join(_of_several(case, teams)) or None


def _of_team(case: Case, team: int) -> str | None:
    example = _example(case.plan, team)
    if not case.plan.reserved[team]:
        return f"{ALONE.capitalize()}{example}." if example or _elsewhere(case, team) else None
    reserve = percent(case.panel.teams[team].reserve or 0)
    return f"Planned shares leave {reserve} for the reserve{example}." if example else None


def _of_several(case: Case, teams: list[int]) -> Iterator[str]:
    plan = case.plan
    if any(plan.reserved[team] and _example(plan, team) for team in teams):
        yield "Planned shares leave room for the teams' reserves."
    if any(not plan.reserved[team] and (_example(plan, team) or _elsewhere(case, team)) for team in teams):
        yield f"In teams without a reserve, {ALONE}."


def _example(plan: Plan, team: int) -> str:
    """The largest weight before and after scaling: ": 50 % counts as 45 %"; empty where scaling changed nothing."""
    slot = int(np.nanargmax(plan.raw[team]))
    typed, compared = percent(plan.raw[team, slot]), percent(plan.weights[team, slot])
    return "" if typed == compared else f": {typed} counts as {compared}"


def _elsewhere(case: Case, team: int) -> bool:
    """Whether a team reported any work besides its planned goals."""
    on_plan = case.levels.est[team][case.plan.declared[team]].sum()
    return bool(on_plan < 1 - 1e-9)
