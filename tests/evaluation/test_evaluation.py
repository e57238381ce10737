"""The evaluation itself: a short run of its main cells, and what it says when a target is missed."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.evaluation import changes
from tests.evaluation.__main__ import EXPERIMENTS, main
from tests.evaluation.cells import Experiment, measured
from tests.evaluation.measures import AtLeast, AtMost, Cell, Verdict
from tests.evaluation.public_goals import DOCUMENT
from tests.evaluation.worlds import Family, dirichlet_world, logistic_world, sizes_of

SEED = 20261129
BY_NAME = {each.name: each for each in EXPERIMENTS}


@pytest.mark.parametrize(
    "name",
    [
        "history power (a)",
        "history power (b)",
        "history alarms (a) ρ = .5",
        "history alarms (b) one-off week",
        "silo all ties cut",
        "silo 75 % of the ties cut, 8 check-ins",
        "organisation's list (b)",
        pytest.param("public goals", marks=pytest.mark.skipif(not DOCUMENT.exists(), reason=f"no {DOCUMENT.name}")),
    ],
)
def test_a_short_run_meets_its_targets(name: str) -> None:
    cells = measured(BY_NAME[name], seed=SEED, scale=0.1)
    assert cells
    assert [cell for cell in cells if cell.failed] == []


@pytest.mark.parametrize("name", ["falling confidence", "falling response", "unaligned work (b)", "missing ties"])
def test_what_has_no_target_is_told_where_it_is_planted_and_hardly_elsewhere(name: str) -> None:
    planted, elsewhere = measured(BY_NAME[name], seed=SEED, scale=0.15)
    assert planted.rate > 0.3
    assert elsewhere.rate < 0.05
    assert {planted.verdict, elsewhere.verdict} == {Verdict.UNJUDGED}


def test_duplicates_that_share_words_are_near_each_other_and_others_need_not_be() -> None:
    everything, sharing = measured(BY_NAME["partners of work items"], seed=SEED, scale=1)
    assert sharing.rate > everything.rate
    assert sharing.rate > 0.8


def cell(hits: int, of: int, target: AtLeast | AtMost | None) -> Cell:
    return Cell(detector="silo", effect="none", size="3–12", noise="(a)", hits=hits, of=of, target=target)


@pytest.mark.parametrize(
    ("hits", "target", "verdict"),
    [
        (90, AtLeast(0.9), Verdict.MET),
        (82, AtLeast(0.9), Verdict.CHANCE),
        (80, AtLeast(0.9), Verdict.MISSED),
        (10, AtMost(0.1), Verdict.MET),
        (18, AtMost(0.1), Verdict.CHANCE),
        (20, AtMost(0.1), Verdict.MISSED),
        (20, None, Verdict.UNJUDGED),
    ],
)
def test_a_miss_is_more_than_three_standard_errors(
    hits: int, target: AtLeast | AtMost | None, verdict: Verdict
) -> None:
    assert cell(hits, 100, target).verdict is verdict


def test_a_cell_without_a_single_case_has_not_met_its_target() -> None:
    assert cell(0, 0, AtMost(0.1)).failed


def fixed(hits: int, rng: np.random.Generator, scale: float) -> list[Cell]:  # noqa: ARG001 - the shape of any experiment
    return [cell(hits, 100, AtLeast(0.9))]


@pytest.mark.parametrize(("hits", "code"), [(95, 0), (50, 1)])
def test_a_missed_target_is_exit_code_one(hits: int, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "1", "--processes", "1"], experiments=[Experiment("fixed", partial(fixed, hits))]) == code
    assert f"{code} of 1 targets missed" in capsys.readouterr().out


def test_the_same_seed_prints_the_same_table_however_many_processes_measure_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny = [BY_NAME["plan alarms (a)"], BY_NAME["silo all ties cut"]]
    pages, printed = [tmp_path / "one.md", tmp_path / "two.md"], []
    for processes, page in enumerate(pages, start=1):
        words = ["--seed", "7", "--scale", "0.03", "--processes", str(processes), "--markdown", str(page)]
        main(words, experiments=tiny)
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert printed[0].startswith("Seed 7\n")
    assert pages[0].read_text(encoding="utf-8") == pages[1].read_text(encoding="utf-8")
    assert "| silo | all ties cut | k ≥ 8 | 4 check-ins |" in pages[0].read_text(encoding="utf-8")


def test_every_run_has_random_numbers_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        main(["--processes", "1"], experiments=[])
    first, second = (line for line in capsys.readouterr().out.splitlines() if line.startswith("Seed "))
    assert first != second


@pytest.mark.parametrize("make", [dirichlet_world, logistic_world])
def test_a_planted_move_is_as_large_as_it_is_called(make: Family) -> None:
    rng = np.random.default_rng(3)
    whole = make(rng, sizes=sizes_of(rng, 400), periods=12)
    source, teams = changes.largest(whole), np.arange(400)
    sink = changes.another(rng, source, of=4)
    moved = changes.shifted(whole, teams=np.ones(400, dtype=np.bool_), source=source, sink=sink, points=0.2, onset=6)
    change = np.zeros((400, 4))
    np.add.at(change, moved.row_team, (moved.shares - whole.shares)[:, 6:].mean(axis=1))
    change /= whole.sizes[:, None]
    assert change[teams, source].mean() == pytest.approx(-0.2, abs=0.01)
    assert change[teams, sink].mean() == pytest.approx(0.2, abs=0.01)
    assert (moved.shares[:, :6] == whole.shares[:, :6]).all()
    assert moved.reported.sum(axis=2) == pytest.approx(1.0)


def test_plans_lie_where_they_are_said_to_lie() -> None:
    rng = np.random.default_rng(4)
    world = dirichlet_world(rng, sizes=sizes_of(rng, 400))
    near = changes.plan_within(rng, world, points=0.02)
    assert np.abs(near - world.team_truth).max() <= 0.02 + 1e-9
    assert near.sum(axis=1) == pytest.approx(1.0)
    moves, under, over = changes.off_plan(rng, 400, points=0.15)
    assert (moves[np.arange(400), under] == -0.15).all() and (moves[np.arange(400), over] == 0.15).all()
    assert moves.sum(axis=1) == pytest.approx(0.0) and (moves != 0).sum() == 800
    assert {*under.tolist()} == {*over.tolist()} == {0, 1, 2, 3}


def test_whoever_left_is_not_asked_and_the_place_is_taken() -> None:
    rng = np.random.default_rng(5)
    world, others = (dirichlet_world(rng, sizes=np.full(50, 6)) for _ in range(2))
    after = changes.with_turnover(rng, world, others, first=4)
    places = np.zeros((50, 10))
    np.add.at(places, after.row_team, after.asked)
    assert (places == 6).all()
    assert len(after.row_team) > len(world.row_team)
    assert not (after.answered & ~after.asked).any()


def test_louder_weeks_are_louder() -> None:
    rng = np.random.default_rng(6)
    for make in (dirichlet_world, logistic_world):
        calm, loud = (make(rng, sizes=np.full(100, 6), louder=louder).shares.var(axis=1).mean() for louder in (1, 1.6))
        assert loud > 1.2 * calm


def test_ties_that_are_cut_are_gone_in_both_directions() -> None:
    rng = np.random.default_rng(8)
    world = changes.with_ties(rng, dirichlet_world(rng, sizes=np.full(60, 6)))
    planted = np.arange(60) < 10
    cut = changes.with_ties_cut(rng, world, teams=planted, by=1.0)
    assert not planted[cut.row_team[cut.ties[:, 0]]].any()
    assert not planted[cut.ties[:, 2]].any()
