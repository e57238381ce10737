"""Teams that put more of their work into no goal than anybody planned for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from checkins import wording
from checkins.analysis.case import Case, finding_of
from checkins.analysis.effort import ENOUGH, REACH, Levels, levels
from checkins.analysis.noise import Noise
from checkins.analysis.panel import WINDOW, Bools, Floats, Panel
from checkins.model import Finding, FindingKind, Reason, Team

MOST = 0.25  # share without a goal that nobody has to explain
MARGIN = 0.05  # points beyond a declared reserve
STRONG = 0.30
PEOPLE = 2  # a level that one person answers for is that person's, not the team's
TOLD, WORTH = 3, 0.05  # reasons that a sentence names, and the share of the work from which one is worth it
_WORDS = {
    Reason.KEEPING_THE_LIGHTS_ON: "keeping the lights on",
    Reason.URGENT_CUSTOMER_NEED: "urgent customer need",
    Reason.TECHNICAL_DEBT: "technical debt",
    Reason.EXPLORATION: "exploration",
    Reason.GOAL_MISSING: "a goal that is missing from the list",
    Reason.ASKED_FOR: "asked for by someone",
}
_NONE = "none"


def detect(case: Case) -> Iterator[Finding]:
    """A finding where the whole interval est ± 2.2·SE over 4 check-ins lies above 25 %, or above the team's reserve."""
    free = _Free.of(case)
    for team in np.flatnonzero(_ready(free.levels) & case.panel.live & free.beyond()):
        yield _finding(case.panel, free, int(team))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Free:
    """levels: of work on no goal, as the one slot of each team.  most: (T,), the share that is let pass.

    reasons: (T, reasons of the panel and last none), parts of that work, everybody counting once.
    """

    levels: Levels
    most: Floats
    reasons: Floats

    @classmethod
    def of(cls, case: Case) -> "_Free":
        panel = _without_goals(case.panel)
        reserves = np.array([team.reserve or 0.0 for team in panel.teams])
        return cls(
            levels=levels(panel, _noise(panel, case.noise), window=case.levels.window),
            most=np.maximum(MOST, reserves + MARGIN),
            reasons=_reasons(panel, case.levels.window),
        )

    def beyond(self) -> Bools:
        beyond: Bools = self.levels.est[:, 0] - REACH * self.levels.se[:, 0] > self.most
        return beyond


def _without_goals(panel: Panel) -> Panel:
    """The panel with work on no goal in the place of work on goals."""
    cell = panel.free.row * len(panel.periods) + panel.free.period
    total = np.bincount(cell, weights=panel.free.share, minlength=panel.answered.size)
    shares = np.where(panel.answered, total.reshape(panel.answered.shape), np.nan)
    return replace(panel, shares=shares[:, :, None], slots=np.zeros((len(panel.teams), 1), dtype=np.int64))


def _noise(panel: Panel, planned: Noise) -> Noise:
    """Noise of work on no goal, at least that of goals: what is urgent comes and goes more than what is planned.

    One level phi for the organisation: squares about each person's own mean by what they would be at phi = 1, which for
    n answers is tr(M R M) = n - 1'R(ρ)1/n times p(1-p).
    """
    answers = np.maximum(panel.answered.sum(axis=1), 1)
    shares = np.where(panel.answered, panel.shares[:, :, 0], 0.0)
    mean = shares.sum(axis=1) / answers
    squares = float((shares**2).sum() - (answers * mean**2).sum())
    spread = mean * (1 - mean)
    full = float(((answers - planned.spread(panel.answered.astype(np.float64)) / answers) * spread).sum())
    phi = min(1.0, max(planned.phi, squares / full)) if full > 0 else planned.phi
    answering: Bools = np.logical_or.reduce(panel.answered, axis=1)
    typical = panel.by_team(spread) / np.maximum(panel.by_team(answering), 1)
    return Noise(rho=planned.rho, phi=phi, variance=phi * typical[:, None])


def _reasons(panel: Panel, window: Bools) -> Floats:
    free, width = panel.free, len(panel.reasons) + 1
    team = panel.row_team[free.row]
    answers = (panel.answered & window[panel.row_team]).sum(axis=1)
    counted = window[team, free.period]
    cell = team * width + np.where(free.what < 0, width - 1, free.what)
    weights = np.where(counted, free.share / np.maximum(answers[free.row], 1), 0.0)
    total = np.bincount(cell, weights=weights, minlength=len(panel.teams) * width).reshape(-1, width)
    parts: Floats = total / np.maximum(total.sum(axis=1, keepdims=True), np.finfo(np.float64).tiny)
    return parts


def _ready(effort: Levels) -> Bools:
    ready: Bools = (effort.check_ins >= WINDOW) & (effort.response >= ENOUGH) & (effort.people >= PEOPLE)
    return ready


def _finding(panel: Panel, free: _Free, index: int) -> Finding:
    team, effort = panel.teams[index], free.levels
    est, reach, most = float(effort.est[index, 0]), REACH * float(effort.se[index, 0]), float(free.most[index])
    share = {"actual": est, "low": max(0.0, est - reach), "high": min(1.0, est + reach)}
    sample = {"answers": int(effort.answers[index]), "asked": int(effort.asked[index]), "check_ins": WINDOW}
    reasons = _given(panel, free.reasons[index])
    return finding_of(
        kind=FindingKind.UNALIGNED_WORK,
        teams=(team.id,),
        since=panel.periods[int(np.argmax(effort.window[index]))],
        effect=est - most,
        strong=STRONG,
        people=float(effort.members[index]),
        evidence={
            **{name: round(number, 4) for name, number in {**share, "most": most}.items()},
            "reasons": {name: round(part, 4) for name, part in reasons},
            "people": int(effort.people[index]),
            **sample,
        },
        check_ins=panel.check_ins_of(index, effort.window[index]),
        sentence=f"{_share_told(team, **share)} {_reasons_told(reasons)} From {wording.sample(**sample)}.",
    )


def _share_told(team: Team, *, actual: float, low: float, high: float) -> str:
    reserve = f"; its reserve is {wording.percent(team.reserve)}" if team.reserve else ""
    likely = f"likely {wording.span(low, high)}{reserve}"
    return f"{team.name} put {wording.percent(actual)} of its work into no goal ({likely})."


def _given(panel: Panel, parts: Floats) -> list[tuple[str, float]]:
    """Reasons with their parts, the most common first."""
    names = (*panel.reasons, _NONE)
    order = np.argsort(-parts, kind="stable")
    return [(names[place], float(parts[place])) for place in order if parts[place] > 0]


def _reasons_told(reasons: Sequence[tuple[str, float]]) -> str:
    told = [
        f"{_NONE if name == _NONE else _WORDS[Reason(name)]} ({wording.percent(share)})"
        for name, share in reasons[:TOLD]
        if share >= WORTH
    ]
    return f"Reasons given: {wording.listed(told)}."
