"""Work on no goal: said where the whole interval lies above a quarter, or above what the team reserved."""

from dataclasses import replace

import numpy as np

from checkins.analysis.detectors import unaligned_work
from checkins.analysis.panel import Floats, Panel, Works
from checkins.analysis.reading import REASONS
from checkins.model import Finding
from checkins.wording import NBSP
from tests.checkins.analysis.companies import Company, three_teams
from tests.checkins.analysis.simulated import case_of_panel, panel_of_world
from tests.evaluation.worlds import World, dirichlet_world, logistic_world

FIRES = {"urgent_customer_need": 0.3, "keeping_the_lights_on": 0.2}


def found(company: Company) -> list[Finding]:
    return list(unaligned_work.detect(company.case()))


def with_fires(*, weeks: int = 4, people: int = 4, reserve: float | None = None, fires: float = 0.5) -> Company:
    """Ops, which puts half of its work into no goal, beside three teams that do not."""
    company = three_teams(weeks)
    company.own("ops", "uptime")
    company.teams[-1] = replace(company.teams[-1], reserve=reserve)
    reasons = {name: share * fires / 0.5 for name, share in FIRES.items()}
    for ago in range(weeks):
        for number in range(people):
            company.answer(f"ops-{number}", "ops", ago=ago, work={"uptime": 1 - fires}, reasons=reasons)
    return company


def test_work_on_goals_is_aligned() -> None:
    assert found(three_teams()) == []


def test_half_of_the_work_on_no_goal_is_said_with_the_reasons_given() -> None:
    (finding,) = found(with_fires())
    assert (finding.teams, finding.goals, len(finding.check_ins)) == (("ops",), (), 16)
    assert finding.evidence["actual"] == 0.5
    assert finding.evidence["low"] < 0.5 < finding.evidence["high"]
    assert finding.evidence["reasons"] == {"urgent_customer_need": 0.6, "keeping_the_lights_on": 0.4}
    assert finding.evidence["people"] == 4
    low, high = (round(100 * finding.evidence[end]) for end in ("low", "high"))
    assert finding.sentence.replace(NBSP, " ") == (
        f"Ops put 50 % of its work into no goal (likely {low}–{high} %). "
        "Reasons given: urgent customer need (60 %) and keeping the lights on (40 %). "
        "From 16 of 16 answers over 4 check-ins."
    )


def test_what_a_team_reserved_for_running_things_needs_no_explanation() -> None:
    assert found(with_fires(reserve=0.5)) == []
    (finding,) = found(with_fires(reserve=0.1))
    assert "its reserve is 10" in finding.sentence
    assert finding.evidence["most"] == 0.25


def test_a_quarter_and_a_bit_is_not_more_than_chance() -> None:
    assert found(with_fires(fires=0.28)) == []


def test_work_on_another_teams_goal_is_work_on_a_goal() -> None:
    company = three_teams()
    company.own("ops", "uptime")
    for ago in range(4):
        for number in range(4):
            company.answer(f"ops-{number}", "ops", ago=ago, work={"growth-big": 1.0})
    assert found(company) == []


def test_everybody_counts_once_however_often_they_answered() -> None:
    company = with_fires(fires=0.0, people=2)
    for ago in range(4):
        for number in range(6):
            company.prompt(f"fire-{number}", "ops", ago=ago)
            if ago < 2:
                company.answer(f"fire-{number}", "ops", ago=ago, reasons=FIRES)
    (finding,) = found(company)
    assert (finding.evidence["actual"], finding.evidence["answers"]) == (0.75, 20)


def test_nothing_is_said_where_answers_carry_no_level() -> None:
    assert found(with_fires(weeks=3)) == []
    assert found(with_fires(people=1)) == []
    silent = with_fires()
    for ago in range(4):
        for number in range(5):
            silent.prompt(f"silent-{number}", "ops", ago=ago)
    assert found(silent) == []
    archived = with_fires()
    archived.teams[-1] = replace(archived.teams[-1], archived=True)
    assert found(archived) == []
    assert found(Company()) == []


def test_a_reason_that_nobody_gave_is_called_none() -> None:
    company = with_fires(fires=0.2)
    for ago in range(4):
        for number in range(4):
            company.answer(f"ops-{number}", "ops", ago=ago, reasons={"": 1.0})
    (finding,) = found(company)
    assert next(iter(finding.evidence["reasons"])) == "none"
    assert "Reasons given: none (" in finding.sentence


def with_a_free_slot(world: World) -> Panel:
    """The world with each team's last goal taken for work on no goal."""
    panel = panel_of_world(world)
    periods, rows = np.nonzero(world.answered.T)
    shares = panel.shares.copy()
    free = np.nan_to_num(shares[rows, periods, -1])
    shares[:, :, -1] = np.where(world.answered, 0.0, np.nan)
    works = Works(row=rows, period=periods, what=np.zeros(len(rows), dtype=np.int64), share=free)
    return replace(panel, shares=shares, free=works, reasons=REASONS)


def flagged(world: World) -> Floats:
    panel = with_a_free_slot(world)
    names = [finding.teams[0] for finding in unaligned_work.detect(case_of_panel(panel))]
    return np.isin([team.id for team in panel.teams], names).astype(np.float64)


def test_teams_within_a_quarter_are_left_alone_and_those_far_above_found() -> None:
    rng = np.random.default_rng(61)
    sizes = rng.integers(3, 13, 400)
    for world_of in (dirichlet_world, logistic_world):
        healthy = world_of(rng, sizes=sizes, periods=8)
        assert flagged(healthy)[healthy.team_truth[:, -1] <= 0.25].mean() <= 0.01
        ablaze = world_of(rng, sizes=sizes, target=np.array([0.2, 0.1, 0.1, 0.6]), periods=8)
        assert flagged(ablaze)[ablaze.team_truth[:, -1] >= 0.5].mean() >= 0.9
