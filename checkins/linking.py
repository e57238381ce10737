"""Messages that a person links to goals during the week; the next check-in's form starts with them."""

from dataclasses import dataclass
from datetime import datetime

from checkins.cadence import local_date
from checkins.errors import BadForm, TruelineError
from checkins.forms import TEXT_LIMIT
from checkins.ids import derived
from checkins.model import Goal, LinkedWork, MessageRef, Person, Team
from checkins.ports import Store, Transaction
from checkins.wording import listed

MOST = 20  # that wait for a check-in, of one person
EMPTY = "Say in a few words what this was about."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What somebody who links a message has in front of them.

    teams: the others.  goals: those that can be chosen, in order of title.  before: the same message as they linked
    it earlier.
    """

    person: Person
    team: Team
    teams: tuple[Team, ...]
    goals: tuple[Goal, ...]
    before: LinkedWork | None


def bench(store: Store, *, actor: str, message: MessageRef, now: datetime) -> Bench:
    """The form for a message. Raises TruelineError for somebody without a team, or with MOST linked already."""
    with store.snapshot() as tx:
        return _bench(tx, actor=actor, message=message, now=now)


def link(
    store: Store, *, actor: str, message: MessageRef, text: str, goal: str | None, address: str, now: datetime
) -> LinkedWork:
    """Keep a message for the actor's next check-in; the same message once more takes the earlier one's place.

    text: in the actor's words, at most TEXT_LIMIT characters.  goal: None where none fits.  address: of the message,
    empty where it is not known.
    Raises BadForm for ``text`` and ``goal``, else as ``bench``.
    """
    with store.transaction() as tx:
        at = _bench(tx, actor=actor, message=message, now=now)
        problems = _problems(text.strip(), goal, at)
        if problems:
            raise BadForm(problems)
        work = LinkedWork(id=_name(actor, message), person=actor, text=text.strip(), goal=goal, link=address, at=now)
        tx.linked.save(work)
        return work


def _bench(tx: Transaction, *, actor: str, message: MessageRef, now: datetime) -> Bench:
    person = tx.people.get(actor)
    if person.home_team is None:
        admins = listed([admin.name for admin in tx.people.admins()]) or "An owner of this workspace"
        raise TruelineError(f"You are in no team yet, so no check-in could take this up. {admins} can add you.")
    linked = {work.id: work for work in tx.linked.of(actor)}
    before = linked.get(_name(actor, message))
    if len(linked) >= MOST and before is None:
        raise TruelineError(
            f"{MOST} linked messages wait for your check-in already, which is all I keep. Type `/checkin` to send some."
        )
    today = local_date(now, person.zone or tx.workspace.get().zone)
    goals = sorted(tx.goals.running(today, today), key=lambda goal: goal.title.casefold())
    return Bench(
        person=person,
        team=tx.teams.get(person.home_team),
        teams=tuple(team for team in tx.teams.all() if team.id != person.home_team),
        goals=tuple(goals),
        before=before,
    )


def _name(actor: str, message: MessageRef) -> str:
    return derived("linked", actor, message.channel, message.id)


def _problems(text: str, goal: str | None, at: Bench) -> dict[str, str]:
    found: dict[str, str] = {}
    if not text:
        found["text"] = EMPTY
    if len(text) > TEXT_LIMIT:
        found["text"] = f"Keep it under {TEXT_LIMIT} characters; this is {len(text)}."
    if goal and goal not in {each.id for each in at.goals}:
        found["goal"] = "This goal has closed since the form was opened. Choose another one."
    return found
