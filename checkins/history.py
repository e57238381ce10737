"""A person's own answers, looked back on."""

from dataclasses import dataclass
from datetime import date

from checkins.model import CheckIn, Goal, Team
from checkins.ports import Store

SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """answers: newest first, at most SHOWN.  earlier: how many more there are.

    goals: those that run today.  teams: every team that the answers name.
    """

    answers: tuple[CheckIn, ...]
    earlier: int
    goals: tuple[Goal, ...]
    goal_titles: dict[str, str]
    teams: tuple[Team, ...]


def mine(store: Store, *, actor: str, today: date) -> Past:
    """What the actor answered so far; nobody reads this of somebody else. today: where the actor is."""
    with store.snapshot() as tx:
        answers = tx.check_ins.of(actor)[::-1]
        shown, goals = answers[:SHOWN], tx.goals.all()
        named = {team for answer in shown for team in _teams(answer)}
        return Past(
            answers=tuple(shown),
            earlier=len(answers[SHOWN:]),
            goals=tuple(goal for goal in goals if goal.runs_between(today, today)),
            goal_titles={goal.id: goal.title for goal in goals},
            teams=tuple(team for team in map(tx.teams.find, sorted(named)) if team),
        )


def _teams(answer: CheckIn) -> tuple[str, ...]:
    return (answer.team, *answer.worked_with, *answer.waiting_on, *answer.contacts)
