"""What a team worked on in its newest check-in, goal by goal. Who answered is not said, so nobody is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from checkins.errors import NotAllowed, NotFound
from checkins.goals import find_team
from checkins.model import CheckIn, Person, Reason, Team, WorkItem
from checkins.ports import Store, Transaction
from checkins.roster import leads_team
from checkins.visibility import Audience, Part, may_read

LOOKED_BACK = timedelta(weeks=5)  # a monthly check-in and some days


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWork:
    """Work that served one goal, or none for a reason. share: of the answers' effort, 0..1."""

    title: str | None
    reason: Reason | None
    share: float
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWork:
    """For one viewer. day: of the check-in, None where there was none; notes: only for those who may read them."""

    team: Team
    day: date | None
    work: tuple[GoalWork, ...]  # most effort first
    worked_with: tuple[str, ...]  # names
    waiting_on: tuple[str, ...]
    notes: tuple[Note, ...]


def newest(store: Store, *, actor: str, name: str, today: date) -> TeamWork:
    """What a team worked on last. name: the team's, empty for one's own.

    Raises NotFound without such a team, NotAllowed unless the actor is in the team, leads it or is an admin.
    """
    with store.snapshot() as tx:
        person = tx.people.get(actor)
        team = find_team(tx, name) if name else _own(tx, person)
        audience = Audience(same_team=actor in team.members, leads=leads_team(tx, actor, team.id), admin=person.admin)
        if not may_read(Part.WORK, audience):
            raise NotAllowed(f"Only {team.name}, its leads and admins see what it worked on.")
        answers = _newest_answers(tx, team, today=today)
        return TeamWork(
            team=team,
            day=answers[0].date if answers else None,
            work=_by_goal(tx, answers),
            worked_with=_names(tx, (named for answer in answers for named in answer.worked_with)),
            waiting_on=_names(tx, (named for answer in answers for named in answer.waiting_on)),
            notes=_notes(tx, answers) if may_read(Part.NOTE, audience) else (),
        )


def _own(tx: Transaction, person: Person) -> Team:
    teams = tx.teams.of(person.id)
    home = [team for team in teams if team.id == person.home_team]
    if not teams:
        raise NotFound("You are in no team yet. Name one: `/align work NAME`.")
    return (home or teams)[0]


def _newest_answers(tx: Transaction, team: Team, *, today: date) -> list[CheckIn]:
    # A date is tomorrow already where the sun rises first
    recent = tx.check_ins.between(today - LOOKED_BACK, today + timedelta(days=1))
    of_team = [answer for answer in recent if answer.team == team.id]
    return [answer for answer in of_team if answer.date == of_team[-1].date]


def _by_goal(tx: Transaction, answers: Sequence[CheckIn]) -> tuple[GoalWork, ...]:
    items = [(item, _share(item, answer)) for answer in answers for item in answer.items]
    titles = {goal.id: goal.title for goal in tx.goals.all()} if items else {}
    about = dict.fromkeys((item.goal, item.reason) for item, _ in items)
    work = [
        GoalWork(
            title=titles.get(goal, goal) if goal else None,
            reason=reason,
            share=sum(share for item, share in items if (item.goal, item.reason) == (goal, reason)) / len(answers),
            texts=tuple(item.text for item, _ in items if (item.goal, item.reason) == (goal, reason) and item.text),
        )
        for goal, reason in about
    ]
    return tuple(sorted(work, key=lambda each: -each.share))


def _share(item: WorkItem, answer: CheckIn) -> float:
    return item.share if item.share is not None else 1 / len(answer.items)


def _names(tx: Transaction, teams: Iterable[str]) -> tuple[str, ...]:
    named = set(teams)
    return tuple(team.name for team in tx.teams.all() if team.id in named)


def _notes(tx: Transaction, answers: Sequence[CheckIn]) -> tuple[Note, ...]:
    people = tx.people.by_ids(answer.person for answer in answers if answer.note)
    return tuple(Note(name=people[answer.person].name, text=answer.note) for answer in answers if answer.note)
