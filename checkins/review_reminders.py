"""Word to those who review goals that a period ends: once for each team and period, in one message a person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from checkins.absences import time_off
from checkins.cadence import local_date
from checkins.goal_terms import is_due
from checkins.model import DeliveryKind, DeliveryState, Goal, Person, Team
from checkins.ports import Store, Transaction
from checkins.roster import reachable
from checkins.wording import counted, listed, one_line

AHEAD = timedelta(days=7)
NAMED = 5  # teams that one notice names
WAITING = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.HELD)
DAY, LOOKED_AHEAD = timedelta(days=1), timedelta(days=30)
NO_TEAM = "No team"
OVER = "What is over and not reviewed counts as over: check-ins and digests leave it out."

Ending = tuple[str, date]  # a team, empty for none, and the last day of some of its goals


def remind(store: Store, *, now: datetime) -> int:
    """Tell the leads of each team, where it has none the admins, that goals end within a week or have ended.

    To be run every day; returns how many people are told. Goals of archived teams wait in silence.
    """
    with store.transaction() as tx:
        today = local_date(now, tx.workspace.get().zone)
        off = time_off(tx, now.date() - DAY, now.date() + LOOKED_AHEAD)
        teams = {team.id: team for team in tx.teams.all()}
        told = 0
        for person, endings in _by_person(tx, teams, today).items():
            at = off.at_work(person, now) or now
            told += _tell(tx, person, endings, teams, today=today, at=at)
        return told


def take_back(tx: Transaction, team: str, *, today: date) -> None:
    """A team's goals were reviewed: what was to be said and holds for none of its teams any more is not said."""
    teams = {each.id: each for each in tx.teams.all()}
    left = {_named(ending) for ending in _endings(tx, teams, today)}
    for person in _reviewers(tx, teams.get(team)):
        for owed in tx.outbox.about(_subject(person), DeliveryKind.NOTICE):
            if owed.state in WAITING and left.isdisjoint(owed.body["endings"]):
                tx.outbox.cancel(owed.subject, [DeliveryKind.NOTICE])


def _by_person(tx: Transaction, teams: Mapping[str, Team], today: date) -> dict[Person, Counter[Ending]]:
    found: dict[Person, Counter[Ending]] = defaultdict(Counter)
    for ending, goals in _endings(tx, teams, today).items():
        for person in _reviewers(tx, teams.get(ending[0])):
            found[person][ending] = goals
    return found


def _endings(tx: Transaction, teams: Mapping[str, Team], today: date) -> Counter[Ending]:
    """How many goals wait, by team and last day."""
    goals: Iterable[Goal] = (goal for goal in tx.goals.all() if goal.team is None or goal.team in teams)
    return Counter((goal.team or "", goal.ends) for goal in goals if goal.ends and is_due(goal, today, within=AHEAD))


def _reviewers(tx: Transaction, team: Team | None) -> list[Person]:
    """Who is in chat and has not asked for peace."""
    leads, admins = team.leads if team else (), [admin.id for admin in tx.people.admins()]
    return next((here for some in (leads, admins) if (here := [p for p in reachable(tx, some) if not p.paused])), [])


def _tell(
    tx: Transaction,
    person: Person,
    endings: Counter[Ending],
    teams: Mapping[str, Team],
    *,
    today: date,
    at: datetime,
) -> bool:
    """Whether there is something that the person was not told before."""
    before = {name for told in tx.outbox.about(_subject(person), DeliveryKind.NOTICE) for name in told.body["endings"]}
    new = {ending: goals for ending, goals in sorted(endings.items()) if _named(ending) not in before}
    if not new:
        return False
    names = {team: one_line(teams[team].name) if team else NO_TEAM for team, _ in new}
    return tx.outbox.add(
        key=f"{_subject(person)}:{today}",
        kind=DeliveryKind.NOTICE,
        subject=_subject(person),
        person=person.id,
        not_before=at,
        body={
            "text": _sentence(new, names, today),
            "endings": [_named(ending) for ending in new],
            "reviews": dict(list(names.items())[:NAMED]),
        },
    )


def _subject(person: Person) -> str:
    return f"goal-review:{person.id}"


def _named(ending: Ending) -> str:
    team, day = ending
    return f"{team}:{day}"


def _sentence(endings: Mapping[Ending, int], names: Mapping[str, str], today: date) -> str:
    said = [_ending(goals, names[team], day, today) for (team, day), goals in endings.items()]
    more = [f"more in {counted(len(said) - NAMED, 'period')}"] if len(said) > NAMED else []
    over = f" {OVER}" if any(day < today for _, day in endings) else ""
    return (
        f"{listed([*said[:NAMED], *more])}.{over} Keep, change, done or drop? "
        "`/goals review` shows what speaks for each of them."
    )


def _ending(goals: int, team: str, day: date, today: date) -> str:
    whose = "without a team" if team == NO_TEAM else f"of {team}"
    verb = "ended" if day < today else "ends" if goals == 1 else "end"
    return f"{counted(goals, 'goal')} {whose} {verb} on {day:%-d %B %Y}"
