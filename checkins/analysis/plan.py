"""What teams declared, put on a scale on which it can be compared with what they did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from checkins.analysis.declared import Declared
from checkins.analysis.effort import ENOUGH, Levels
from checkins.analysis.panel import WINDOW, Bools, Floats, Panel


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """raw: (T, K), declared share as people typed it, NaN where none.  weights: (T, K), the same on the scale on which
    it is compared: a team's sum is at most 1 - reserve, or 1 without one.

    reserved: (T,), the team declared a reserve.  steady: (T, K), declared as it stands throughout the window.
    """

    raw: Floats
    weights: Floats
    reserved: Bools
    steady: Bools

    @property
    def declared(self) -> Bools:
        declared: Bools = ~np.isnan(self.weights)
        return declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Effort on the scale of the weights: est, se (T, K) and the distance from the plan (T,), NaN where unknown.

    With a reserve that is a share of all work; without one, declared goals are shares of the work on declared goals.
    Goals without a weight are always shares of all work.
    """

    est: Floats
    se: Floats
    gap: Floats


def plan_of(panel: Panel, *, window: Bools, running: Bools, declared: Declared) -> Plan:
    """The weights in force in the last period.  running: (G,), goals of that period.

    A changed weight, wording or owning team is a decision, not drift: the window starts anew.
    """
    raw = np.where(panel.in_slots(running), declared.weights[-1], np.nan)
    now = declared.wordings[-1]
    unchanged = (declared.wordings == now) | ~(window.T & declared.asked[:, None])[:, :, None]
    reserves = [team.reserve for team in panel.teams]
    return Plan(
        raw=raw,
        weights=_scaled(raw, reserves=reserves),
        reserved=np.array([reserve is not None for reserve in reserves], dtype=np.bool_),
        steady=unchanged.all(axis=0) & begun(panel, window=window) & ~np.isnan(raw),
    )


def begun(panel: Panel, *, window: Bools) -> Bools:
    """(T, K): goals whose period had begun in the first check-in of their team's window (T, P)."""
    starts = np.append(panel.facts.starts, np.datetime64(date.min))
    last_days = np.array([period.last for period in panel.periods], dtype="datetime64[D]")
    first = np.argmax(window, axis=1)
    begun: Bools = (starts[panel.slots] <= last_days[first][:, None]) & window.any(axis=1, keepdims=True)
    return begun


def _scaled(raw: Floats, *, reserves: Sequence[float | None]) -> Floats:
    """Scale to 1 - reserve, downwards only: weights that leave room for more are meant so.  Without a reserve, to 1."""
    target = np.array([1 - (reserve or 0.0) for reserve in reserves])
    reserved = np.array([reserve is not None for reserve in reserves], dtype=np.bool_)
    total = np.nansum(raw, axis=1)
    factor = np.where(total > 0, target / np.where(total > 0, total, 1), 1.0)
    factor = np.where(reserved, np.minimum(factor, 1.0), factor)
    scaled: Floats = raw * factor[:, None]
    return scaled


def compare(levels: Levels, plan: Plan) -> Comparison:
    """Bring effort to the scale of the weights and measure the distance.

    gap: total variation distance of a team with a full window and at least half of its answers; with a reserve, the
    work outside the declared goals counts as one more goal.
    """
    declared = plan.declared
    on_declared = np.where(declared, levels.est, 0.0).sum(axis=1)
    known = declared.any(axis=1) & (plan.reserved | (on_declared > 0))
    scale = np.where(plan.reserved | (on_declared <= 0), 1.0, 1 / np.where(on_declared > 0, on_declared, 1))
    factor = np.where(declared, scale[:, None], 1.0)
    est = levels.est * factor
    apart = np.abs(np.where(declared, est - plan.weights, 0.0)).sum(axis=1)
    outside = np.abs(on_declared - np.nansum(plan.weights, axis=1))
    gap = (apart + np.where(plan.reserved, outside, 0.0)) / 2
    firm = known & (levels.check_ins >= WINDOW) & (levels.response >= ENOUGH) & (levels.people > 0)
    return Comparison(est=est, se=levels.se * factor, gap=np.where(firm, gap, np.nan))
