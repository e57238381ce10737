"""Work whose goal is missing from the list: the owners of the team's goals hear of it, and never from whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from checkins.absences import time_off
from checkins.forms import shortened
from checkins.model import CheckIn, DeliveryKind, Goal, Person, Reason, Round, Team
from checkins.ports import Store, Transaction
from checkins.roster import leads_team, reachable
from checkins.visibility import Audience, Part, may_read
from checkins.wording import counted, listed, one_line

MOST_QUOTED = 3
QUOTED = 120  # characters
DAY, LOOKED_AHEAD = timedelta(days=1), timedelta(days=30)


def tell(tx: Transaction, round_: Round, *, now: datetime) -> None:
    """A round closes: one notice to each person concerned, about all the teams they are concerned with."""
    asked = {prompt.id for prompt in tx.rounds.prompts(round_.id)}
    answers = [answer for answer in tx.check_ins.between(round_.date, round_.date) if answer.prompt in asked]
    _tell(tx, round_, answers, key=_subject(round_), now=now)


def tell_late(tx: Transaction, round_: Round, answer: CheckIn, *, before: CheckIn | None, now: datetime) -> None:
    """An answer came or was changed after its round had closed. before: the answer as it stood, which was told of."""
    if round_.closed and not (before and _texts(before)):
        # Numbered, since an id derived from the writer's would still name them once they are erased.
        number = len(tx.outbox.about(_subject(round_), DeliveryKind.NOTICE))
        _tell(tx, round_, [answer], key=f"{_subject(round_)}:late-{number}", now=now)


def _subject(round_: Round) -> str:
    return f"missing-goals:{round_.id}"


def quoted(store: Store, *, reader: str, check_ins: Iterable[str]) -> list[str]:
    """What a notice quotes for its reader: a few of the texts that they may read, each cut and on one line."""
    with store.snapshot() as tx:
        found = filter(None, map(tx.check_ins.find, check_ins))
        texts = [text for answer in found if _reads(tx, reader, answer.team) for text in _texts(answer) if text]
        return [shortened(text, QUOTED) for text in texts[:MOST_QUOTED]]


def _texts(answer: CheckIn) -> list[str]:
    """The lines that lack their goal; empty ones have lost their words since."""
    return [one_line(item.text) for item in answer.items if item.reason is Reason.GOAL_MISSING]


def _reads(tx: Transaction, reader: str, team: str) -> bool:
    of_team = reader in tx.teams.get(team).members
    audience = Audience(same_team=of_team, leads=leads_team(tx, reader, team), admin=tx.people.get(reader).admin)
    return may_read(Part.WORK, audience)


def _tell(tx: Transaction, round_: Round, answers: Iterable[CheckIn], *, key: str, now: datetime) -> None:
    lacking = [answer for answer in answers if _texts(answer)]
    if not lacking:
        return
    off = time_off(tx, now.date() - DAY, now.date() + LOOKED_AHEAD)
    for person, told in _told(tx, lacking, day=round_.date).items():
        reader = tx.people.get(person)
        tx.outbox.add(
            key=f"{key}:{person}",
            kind=DeliveryKind.NOTICE,
            subject=_subject(round_),
            person=person,
            not_before=off.at_work(reader, now) or now,
            body={
                "text": _sentence(tx, reader, told),
                "check_ins": [answer.id for answer in told if answer.person != person],
            },
        )


def _told(tx: Transaction, answers: Iterable[CheckIn], *, day: date) -> dict[str, list[CheckIn]]:
    """Whom to tell of which answers; of nothing but their own nobody has to be told."""
    by_team: dict[str, list[CheckIn]] = defaultdict(list)
    for answer in answers:
        by_team[answer.team].append(answer)
    running = tx.goals.running(day, day)
    told: dict[str, list[CheckIn]] = defaultdict(list)
    for team, of_team in by_team.items():
        for person in _concerned(tx, tx.teams.get(team), running):
            if any(answer.person != person for answer in of_team):
                told[person] += of_team
    return told


def _concerned(tx: Transaction, team: Team, running: Sequence[Goal]) -> list[str]:
    """The owners of the team's goals, where there are none its leads, else the admins: who is here and in chat."""
    owners = dict.fromkeys(goal.owner for goal in running if goal.team == team.id and goal.owner)
    admins = [admin.id for admin in tx.people.admins()]
    return next(
        (here for people in (owners, team.leads, admins) if (here := [one.id for one in reachable(tx, people)])), []
    )


def _sentence(tx: Transaction, reader: Person, told: Sequence[CheckIn]) -> str:
    names = [one_line(tx.teams.get(answer.team).name) for answer in told]
    teams = sorted(set(names))
    answers = listed([f"{counted(names.count(name), 'answer')} of {name}" for name in teams])
    verb = "names" if len(told) == 1 else "name"
    sets_goals = reader.admin or any(leads_team(tx, reader.id, answer.team) for answer in told)
    who = "add it" if sets_goals else f"a lead of {listed(teams)} can add it"
    return (
        f"{answers} {verb} work whose goal is missing from the list. "
        f"If it belongs there, {who}: `/goals`, then “Set goals”."
    )
