"""Digests for tests of how they are written and drawn."""

from dataclasses import replace
from typing import Any

from bot.rendering import DigestView
from checkins.digest import Answers, Digest, GoalEffort
from checkins.model import Finding, FindingKind
from checkins.wording import NBSP, percent

LONG = (
    "Bring the checkout under two seconds for returning customers in all of the five markets that we serve today and "
    * 2
)
TITLES = {
    "fast": "Payouts within an hour",
    "shop": LONG,
    "evil": "<!channel> & *bold*\n\u202e<script>alert(1)</script>",
}
TEAMS = {"pay": "Payments", "app": "App <b>", "duo": "Duo"}


def plain(text: str) -> str:
    """A text, however its numbers are kept together."""
    return text.replace(NBSP, " ")


def effort(goal: str, actual: float, declared: float | None = None, *, likely: float = 0.04) -> GoalEffort:
    return GoalEffort(
        goal=goal, declared=declared, actual=actual, low=max(0.0, actual - likely), high=min(1.0, actual + likely)
    )


def finding(number: int, **changes: Any) -> Finding:
    made = Finding(
        id=f"f{number}",
        kind=FindingKind.UNALIGNED_WORK,
        basis=None,
        teams=("pay",),
        goals=("fast",),
        since="2026-W44",
        weeks=1,
        severity=1 - number / 10,
        evidence={},
        check_ins=(),
        sentence=f"Finding {number}: “{TITLES['evil']}” got {percent(0.18)} of the work.",
    )
    return replace(made, **changes)


def week(**changes: Any) -> Digest:
    made = Digest(
        week="2026-W47",
        period="2026-W47",
        team=None,
        answers=Answers(expected=52, received=41),
        aligned_share=0.83,
        plan_gap=0.18,
        goals=(effort("fast", 0.18, 0.4), effort("shop", 0.34), effort("evil", 0.31, 0.3)),
        findings=(finding(1),),
        off_goals=0.17,
    )
    return replace(made, **changes)


def view(digest: Digest | None = None, **changes: Any) -> DigestView:
    made = DigestView(digest=digest or week(), goal_titles=TITLES, team_names=TEAMS, organisation="Northwind")
    return replace(made, **changes)


LAST = week(
    week="2026-W46", period="2026-W46", answers=Answers(expected=50, received=44), aligned_share=0.79, plan_gap=0.15
)
