"""A small company for tests of use cases: two teams, three goals, a schedule, chat accounts for everybody."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from checkins import rounds, setup
from checkins.forms import AnswerDraft, ItemDraft
from checkins.model import Cadence, Goal, Identity, Level, Person, Prompt, Team
from checkins.ports import Store

MONDAY = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)  # 08:00 in Berlin, before anybody is asked
ASKED = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)  # 09:30 in Berlin


def settle_in(store: Store) -> None:
    """People, teams and goals; Ada is the admin, Ben leads Growth, Kiri lives far in the east."""
    people = [
        Person(id="ada", name="Ada", email="ada@acme.example", zone="Europe/Berlin", admin=True),
        Person(id="ben", name="Ben", zone="Europe/Berlin", home_team="growth"),
        Person(id="cleo", name="Cleo", zone="America/La_Paz", home_team="growth"),
        Person(id="kiri", name="Kiri", zone="Pacific/Kiritimati", home_team="platform"),
        Person(id="noa", name="Noa", email="noa@acme.example", home_team="platform"),  # no chat account
    ]
    with store.transaction() as tx:
        tx.people.save(*(replace(person, home_team=None) for person in people))
        tx.teams.save(
            Team(id="growth", name="Growth", members=("ben", "cleo"), leads=("ben",), reserve=0.2, added_by="ada"),
            Team(id="platform", name="Platform", members=("kiri", "noa")),
        )
        tx.people.save(*people)
        for user in ("ada", "ben", "cleo", "kiri"):
            tx.people.save_identity(Identity(person=user, platform="slack", user=f"U{user.upper()}"))
        tx.goals.save(
            Goal(id="north", title="Be the place teams start their day", level=Level.ORGANISATION),
            Goal(
                id="signup", title="Double weekly signups", team="growth", supports=("north",), weight=0.5, owner="ben"
            ),
            Goal(id="speed", title="Pages in under a second", team="platform", weight=0.6),
        )


def schedule_mondays(store: Store, *, reminders: int = 1) -> None:
    """Mondays at 09:30 wherever people are, from MONDAY on."""
    rounds.set_schedule(
        store, actor="ada", weekday=0, at=time(9, 30), cadence=Cadence.WEEKLY, reminders=reminders, now=MONDAY
    )


def digest_thursdays(store: Store) -> None:
    setup.choose_digest(store, actor="ada", channel="C1", weekday=3, at=time(16, 0), zone="Europe/Berlin", now=MONDAY)


def prompt_of(store: Store, person: str) -> Prompt:
    """The person's newest prompt."""
    with store.snapshot() as tx:
        prompt = tx.rounds.latest_prompt(person)
    assert prompt is not None
    return prompt


def work(text: str = "Signup funnel", choice: str = "goal:signup", size: str = "most") -> AnswerDraft:
    """A form with one row."""
    return AnswerDraft(items=(ItemDraft(text=text, choice=choice, size=size),))


def day(number: int) -> date:
    """A day of September 2026."""
    return date(2026, 9, number)
