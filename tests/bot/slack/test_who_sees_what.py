"""Whatever somebody's role and wherever they look: they read what the table of who sees what grants, and no more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time, timedelta
from json import dumps
from pathlib import Path

import pytest

from bot.sandbox import screen
from bot.sandbox.state import User
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from checkins import publishing, rounds, setup
from checkins.goals import GoalRow, set_team_goals
from checkins.model import Cadence
from checkins.teams import TeamDraft, add_team
from checkins.visibility import Audience, Part, may_read
from tests.bot.harness import CHANNEL, DAY, MONDAY, Stage, bot_in_sandbox, profiles
from tests.bot.slack.talking import click, fill

pytestmark = pytest.mark.anyio

WORK, NOTE, RATED = "Retries for blue cards", "I may leave in spring", "Nobody calls support"
SILENT = ("Cleo Sun", "Silas Quiet")  # of Anna's team; Cleo skipped, Silas said nothing
BERLIN = "Europe/Berlin"
NAMES = {
    "anna": "Anna Berg",
    "cleo": SILENT[0],
    "silas": SILENT[1],
    "lena": "Lena Lead",
    "bo": "Bo Above",
    "ada": "Ada Admin",
    "otto": "Otto Other",
}
PEOPLE = tuple(
    User(name=name, real_name=real, email=f"{name}@larch.test", tz=BERLIN, is_admin=name == "ada")
    for name, real in NAMES.items()
)
# How each stands to Anna, who answered. Lena leads her team, Bo the one above it.
ROLES = {
    "anna": Audience(same_person=True, same_team=True),
    "cleo": Audience(same_team=True),
    "lena": Audience(leads=True),
    "bo": Audience(leads=True),
    "ada": Audience(admin=True),
    "otto": Audience(),
}
COMMANDS = (
    ("/align", ""),
    ("/align", "help"),
    ("/align", "work"),
    ("/align", "work Payments"),
    ("/align", "digest"),
    ("/align", "teams"),
    ("/align", "people"),
    ("/align", "setup"),
    ("/align", "privacy"),
    ("/goals", ""),
    ("/goals", "all"),
    ("/goals", "team Payments"),
    ("/checkin", "history"),
    ("/checkin", "away"),
    ("/checkin", "reminders"),
)


def set_up(stage: Stage) -> None:
    """Payments below Money, and Search; a goal with statements of "done"; Mondays, the digest on Fridays."""
    store, ada, now = stage.store, stage.person("ada"), stage.clock.now()
    for name, members, leads in (
        ("Money", ["bo"], ["bo"]),
        ("Payments", ["anna", "cleo", "silas"], ["lena"]),
        ("Search", ["otto"], []),
    ):
        parent = "money" if name == "Payments" else None
        draft = TeamDraft(name=name, members=profiles(stage, *members), leads=profiles(stage, *leads), parent=parent)
        add_team(store, actor=ada, draft=draft)
    rows = [GoalRow(title="Fewer failed payments", weight="60")]
    (goal,) = set_team_goals(store, actor=ada, team="payments", rows=rows, reserve="", now=stage.clock.now())
    with store.transaction() as tx:
        tx.goals.save(replace(goal, done=(RATED, "Failures halve")))
    rounds.set_schedule(store, actor=ada, weekday=0, at=time(9, 30), cadence=Cadence.WEEKLY, reminders=2, now=now)
    channel = next(channel.id for channel in stage.sandbox.channels.values() if channel.name == CHANNEL)
    setup.choose_digest(store, actor=ada, channel=channel, weekday=4, at=time(16), zone=BERLIN, now=now)


async def a_week(stage: Stage) -> None:
    """Anna answers with a note and what "done" means, Cleo skips, Silas is silent; the digest is published."""
    await stage.advance(to=MONDAY)
    anna = stage.visitor("anna")
    await click(stage, anna, Action.UPDATE)
    answer = {"text_1": WORK, "goal_1": "Fewer failed payments", "size_1": "most", "note": NOTE}
    assert await fill(stage, anna, answer) == {}
    with stage.store.transaction() as tx:
        stored = tx.check_ins.latest_of(stage.person("anna"))
        assert stored is not None and stored.note == NOTE
        tx.check_ins.save(replace(stored, done={stored.items[0].goal or "": RATED}), at=stage.clock.now())
    await click(stage, stage.visitor("cleo"), Action.SKIP)
    for _ in range(4):
        await stage.advance(by=DAY)
    await stage.advance(by=timedelta(hours=8))
    with stage.store.snapshot() as tx:
        newest = tx.digests.latest()
    assert newest is not None
    publishing.publish(stage.store, actor=stage.person("ada"), week=newest.week, now=stage.clock.now())
    await stage.pump()


@asynccontextmanager
async def larch(tmp_path: Path) -> AsyncIterator[Stage]:
    async with bot_in_sandbox(tmp_path, people=PEOPLE) as stage:
        for name in NAMES:  # everybody says hello, so that all are known
            await stage.visitor(name).command("/align", "help")
            await stage.rest()
        set_up(stage)
        await a_week(stage)
        yield stage


async def everything(stage: Stage, visitor: Visitor) -> str:
    """All that somebody can read after having tried every command and looked everywhere."""
    for command, text in COMMANDS:
        await visitor.command(command, text)
        await stage.rest()
    await visitor.open_home()
    await stage.rest()
    channels = screen.visible(stage.sandbox, visitor.user.id)
    seen = [message for channel in channels for message in visitor.messages(channel.id)]
    home = visitor.home.body if visitor.home else {}
    return dumps([seen, home, [view.body for view in visitor.views]], ensure_ascii=False)


async def test_journey_everybody_reads_what_the_table_grants_and_no_more(tmp_path: Path) -> None:
    async with larch(tmp_path) as stage:
        seen = {name: await everything(stage, stage.visitor(name)) for name in ROLES}
    for name, audience in ROLES.items():
        assert (WORK in seen[name]) == may_read(Part.WORK, audience), name
        assert (NOTE in seen[name]) == may_read(Part.NOTE, audience), name
        picked = seen[name].count(RATED)
        assert may_read(Part.RATING, audience) or picked == 0, name
        others = [silent for silent in SILENT if silent != NAMES[name]]
        assert not any(silent in seen[name] for silent in others), name
    assert "1 of 4" in seen["otto"] or "1 of 5" in seen["otto"], "the channel reads sums"
