"""Falling confidence, falling response, work on no goal, denied ties: how often they are told where they are planted
and where they are not.  Nobody set targets for these; they are printed.
"""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import numpy as np

from checkins.analysis.panel import Bools, Ints
from checkins.analysis.records import Records
from checkins.analysis.weekly import analysis_of, replayed
from checkins.model import Finding, FindingKind, FrozenGoal, Reason, Round
from checkins.ports import VoiceColumns
from tests.evaluation.cells import Experiment, scaled
from tests.evaluation.drift_cells import FAMILIES
from tests.evaluation.measures import Cell, counted
from tests.evaluation.stored import LAST, days_of, goal_id, people_of, records_of, team_id, teams_of
from tests.evaluation.worlds import P, World, dirichlet_world, sizes_of, usual_response

PLANTED = 0.25  # of the teams
LOOKS = 13
RATINGS = (3.8, 0.6, 0.7)  # mean, sd from person to person, sd from week to week
FALL, FELL = 1.0, 6  # rating points, weeks ago
LESS = 0.5  # of the answers that are missing of the last four check-ins, where fewer answer
FREE = 0.45  # of the work on no goal where that is too much
ASKED, ERRED = 0.2, 0.05  # answers that are asked about a tie by name, and those of them that err


def confidence(rng: np.random.Generator, scale: float) -> list[Cell]:
    """Everybody rates the team's first goal each week; in a quarter of the teams ratings fall by a point."""
    teams = scaled(600, scale)
    world = dirichlet_world(rng, sizes=sizes_of(rng, teams, least=5), periods=21, response=usual_response(rng, teams))
    planted = rng.random(teams) < PLANTED
    records = replace(records_of(world), confidence=_ratings(rng, world, planted))
    looks = replayed(records, first=LAST.plus(1 - LOOKS), last=LAST)
    told = _teams_told([found for look in looks for found in look.findings], FindingKind.FALLING_CONFIDENCE, teams)
    fell = f"ratings fall by {FALL:.0f}, {FELL} looks"
    return _cells("falling confidence", told, planted, effects=(fell, "none, 13 looks"), size="5–12", noise="(a)")


def _ratings(rng: np.random.Generator, world: World, planted: Bools) -> VoiceColumns:
    mean, between, within = RATINGS
    level = mean + rng.normal(0, between, len(world.row_team))[:, None]
    week = rng.normal(0, within, world.answered.shape)
    late = np.arange(world.answered.shape[1]) >= world.answered.shape[1] - FELL
    fallen = FALL * (planted[world.row_team][:, None] & late)
    said = np.clip(np.round(level + week - fallen), 1, 5).astype(np.int64)
    period, row = np.nonzero(world.answered.T)
    team = world.row_team[row]
    return VoiceColumns(
        person=people_of(row),
        team=teams_of(team),
        day=days_of(period, world),
        goal=[goal_id(each, 0) for each in team.tolist()],
        said=list(map(str, said[row, period].tolist())),
    )


def response(rng: np.random.Generator, scale: float) -> list[Cell]:
    """A quarter of the teams answers half as often in the last four of twelve check-ins."""
    teams = scaled(800, scale)
    world = dirichlet_world(rng, sizes=sizes_of(rng, teams), periods=12, response=usual_response(rng, teams))
    planted = rng.random(teams) < PLANTED
    missing = planted[world.row_team][:, None] & (np.arange(12) >= 8) & (rng.random(world.answered.shape) < LESS)
    records = records_of(replace(world, answered=world.answered & ~missing))
    findings = analysis_of(replace(records, rounds=_rounds(records)), week=LAST).findings
    told = _teams_told(findings, FindingKind.FALLING_RESPONSE, teams)
    effects = "half as many answers", "none, 1 look"
    return _cells("falling response", told, planted, effects=effects, size="3–12", noise="80 %, some 60 %")


def _rounds(records: Records) -> tuple[Round, ...]:
    """One in each week in which somebody was asked, with all goals as they stand."""
    goals = tuple(
        FrozenGoal(id=goal.id, title=goal.title, team=goal.team, weight=goal.weight) for goal in records.goals
    )
    rounds = []
    for day in sorted(set(records.prompts.day)):
        opens = datetime.combine(day, time(9), tzinfo=UTC)
        rounds.append(Round(id=f"{day}", schedule="all", date=day, opens_at=opens, closes_at=opens, goals=goals))
    return tuple(rounds)


def unaligned(family: str, rng: np.random.Generator, scale: float) -> list[Cell]:
    """A quarter of the teams puts 45 % of its work into no goal, the others 15 %; by what each team really does."""
    teams = scaled(1200, scale)
    planted = rng.random(teams) < PLANTED
    much = np.append(P[:3] / P[:3].sum() * (1 - FREE), FREE)
    world = FAMILIES[family](
        rng,
        sizes=sizes_of(rng, teams),
        target=np.where(planted[:, None], much, P),
        periods=4,
        response=usual_response(rng, teams),
    )
    findings = analysis_of(_without_last_goals(records_of(world)), week=LAST).findings
    told, free = _teams_told(findings, FindingKind.UNALIGNED_WORK, teams), world.team_truth[:, -1]
    cell = partial(Cell, detector="unaligned work", size="3–12", noise=family)
    return [
        cell(effect="45 % of the work or more", **counted(told[free >= FREE])),
        cell(effect="25 % or less", **counted(told[free <= 0.25])),
    ]


def _without_last_goals(records: Records) -> Records:
    """The work on each team's last goal is work on none."""
    last = f"-{len(P) - 1}"
    effort = records.effort
    free = [bool(goal and goal.endswith(last)) for goal in effort.goal]
    reasons = [Reason.URGENT_CUSTOMER_NEED.value if none else None for none in free]
    goals = [None if none else goal for none, goal in zip(free, effort.goal, strict=True)]
    return replace(
        records,
        goals=tuple(goal for goal in records.goals if not goal.id.endswith(last)),
        effort=replace(effort, goal=goals, reason=reasons),
    )


def denied_ties(rng: np.random.Generator, scale: float) -> list[Cell]:
    """Each team depends on the next one and is asked about it by name; a quarter of these ties is missing."""
    teams = scaled(600, scale)
    world = dirichlet_world(rng, sizes=sizes_of(rng, teams), periods=8, response=usual_response(rng, teams))
    missing = rng.random(teams) < PLANTED
    findings = analysis_of(_asked_about_next(rng, world, missing), week=LAST).findings
    denied = {found.teams for found in findings if found.kind is FindingKind.MISSING_TIE}
    pairs = [tuple(sorted((team_id(team), team_id((team + 1) % teams)))) for team in range(teams)]
    told = np.array([pair in denied for pair in pairs])
    asked = f"{ASKED:.0%} of the answers ask"
    effects = "the tie is missing", "the tie is there"
    return _cells("missing tie", told, missing, effects=effects, size="3–12", noise=asked)


def _asked_about_next(rng: np.random.Generator, world: World, missing: Bools) -> Records:
    records, teams = records_of(world), len(world.sizes)
    after = {team_id(team): team_id((team + 1) % teams) for team in range(teams)}
    rows = _rows_of_check_ins(world)
    asked = np.flatnonzero(rng.random(len(rows)) < ASKED)
    denies = missing[world.row_team[rows[asked]]] ^ (rng.random(len(asked)) < ERRED)
    tied = [after[records.effort.team[check_in]] for check_in in asked.tolist()]
    return replace(
        records,
        goals=tuple(replace(goal, depends_on=(after[goal.team or ""],)) for goal in records.goals),
        effort=replace(
            records.effort,
            tie_of=asked.tolist(),
            tie_team=tied,
            tie_word=["no" if no else "yes" for no in denies.tolist()],
        ),
    )


def _rows_of_check_ins(world: World) -> Ints:
    rows: Ints = np.nonzero(world.answered.T)[1]
    return rows


def _teams_told(findings: list[Finding] | tuple[Finding, ...], kind: FindingKind, teams: int) -> Bools:
    """(T,): of which a finding of the kind speaks."""
    named = {team for found in findings if found.kind is kind for team in found.teams}
    return np.array([team_id(team) in named for team in range(teams)])


def _cells(
    detector: str, told: Bools, planted: Bools, *, effects: tuple[str, str], size: str, noise: str
) -> list[Cell]:
    return [
        Cell(detector=detector, effect=effect, size=size, noise=noise, **counted(told[chosen]))
        for effect, chosen in zip(effects, (planted, ~planted), strict=True)
    ]


EXPERIMENTS: list[Experiment] = [
    Experiment("falling confidence", confidence),
    Experiment("falling response", response),
    *(Experiment(f"unaligned work {family}", partial(unaligned, family)) for family in FAMILIES),
    Experiment("missing ties", denied_ties),
]
