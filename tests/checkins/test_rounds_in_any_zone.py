"""Whatever the zones, the cadence and the moments at which the bot looks: each local date exactly one round."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from checkins import rounds
from checkins.cadence import following, instant
from checkins.model import Cadence, Identity, Person, Prompt, Team
from checkins.ports import Store
from tests.checkins.test_cadence import ZONES
from tests.databases import sqlite_store

# Those that changed something worth tripping over, and all the others
zones = st.sampled_from(["America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"]) | (
    st.sampled_from(ZONES)
)
starts = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))
SPAN = {
    Cadence.WEEKLY: timedelta(weeks=6),
    Cadence.FORTNIGHTLY: timedelta(weeks=9),
    Cadence.MONTHLY: timedelta(weeks=14),
}
ANN = "person-0"


def settle_in(store: Store, homes: list[str]) -> None:
    people = [
        Person(id=f"person-{number}", name="P", zone=zone, home_team="web", admin=True)
        for number, zone in enumerate(homes)
    ]
    with store.transaction() as tx:
        tx.teams.save(Team(id="web", name="Web"))
        tx.people.save(*people)
        for person in people:
            tx.people.save_identity(Identity(person=person.id, platform="slack", user=person.id))


def prompts(store: Store) -> list[tuple[rounds.Round, Prompt]]:
    with store.snapshot() as tx:
        opened = tx.rounds.between(datetime.min.date(), datetime.max.date())
        return [(round_, prompt) for round_ in opened for prompt in tx.rounds.prompts(round_.id)]


@settings(max_examples=25, deadline=None)
@given(
    start=starts,
    homes=st.lists(zones, min_size=1, max_size=3),
    cadence=st.sampled_from(Cadence),
    weekday=st.integers(0, 4),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    steps=st.lists(st.timedeltas(timedelta(hours=7), timedelta(hours=40)), min_size=1, max_size=7),
)
def test_each_local_date_has_exactly_one_round_and_prompt(
    start: datetime,
    homes: list[str],
    cadence: Cadence,
    weekday: int,
    hour: int,
    minute: int,
    steps: list[timedelta],
) -> None:
    at = time(hour, minute)
    with TemporaryDirectory() as folder:
        store = sqlite_store(Path(folder) / "trueline.db")
        settle_in(store, homes)
        schedule = rounds.set_schedule(
            store, actor=ANN, weekday=weekday, at=at, cadence=cadence, reminders=1, now=start
        )
        now, looks = start, 0
        while now < start + SPAN[cadence]:
            now += steps[looks % len(steps)]
            looks += 1
            rounds.open_due_rounds(store, now=now)
        expected = [schedule.next_date]
        while min(instant(expected[-1], at, zone) for zone in homes) <= now:
            expected.append(following(schedule.starts, weekday, cadence, expected[-1]))
        found = prompts(store)
    assert sorted({round_.date for round_, _ in found}) == expected[:-1]
    assert len(found) == len(homes) * len(expected[:-1])
    for round_, prompt in found:
        zone = homes[int(prompt.person.removeprefix("person-"))]
        assert prompt.due_at == instant(round_.date, at, zone)
        shown = prompt.due_at.astimezone(ZoneInfo(zone))
        assert shown.replace(tzinfo=None) - datetime.combine(round_.date, at) < timedelta(hours=25)
        assert prompt.closes_at - prompt.due_at == schedule.window
