"""Colleagues at their screens, with the real bot in the sandbox: who is asked, who answers, who publishes."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.staging import staged
from bot.demo.answers import Manner
from bot.demo.company import FIRST_WEEK, company_of
from bot.demo.names import MAIN
from bot.demo.planting import ALL
from bot.demo.play import Play
from bot.sandbox.state import Sent
from bot.slack.ids import Action
from checkins.model import CheckIn, Entered, PromptState
from checkins.turns import Kind
from tests.bot.demo.weeks import answers, replies

pytestmark = pytest.mark.anyio


@pytest.fixture
async def play() -> AsyncIterator[Play]:
    async with staged(company_of(people=12, seed=4, kinds=ALL)) as play:
        yield play


@pytest.fixture(scope="module")
async def week() -> AsyncIterator[Play]:
    """A play after its first digest, which is only looked at."""
    async with staged(company_of(people=12, seed=4, kinds=ALL)) as play:
        assert await play.until_digest() == str(FIRST_WEEK)
        yield play


def stored(play: Play) -> list[CheckIn]:
    with play.bot.context.store.snapshot() as tx:
        return tx.check_ins.all()


def key(sent: Sent) -> str:
    """Which delivery a message is, empty where it is none."""
    metadata = sent.payload.get("metadata") or {}
    return str(metadata["event_payload"]["key"]) if metadata else ""


def local(play: Play) -> datetime:
    return play.now.astimezone(ZoneInfo(MAIN.zone))


async def test_a_monday_morning_asks_the_main_zone_and_waits_for_the_others(play: Play) -> None:
    await play.until_check_in()
    assert (local(play).date(), local(play).time()) == (FIRST_WEEK.monday, time(9, 45))
    west = [person for person in play.company.people if person.zone == "America/New_York"]
    assert west and not any(play.sandbox.as_person(person.user).messages() for person in west)
    here = [person for person in play.company.people if person.zone == MAIN.zone]
    assert all(play.sandbox.as_person(person.user).messages() for person in here)


async def test_what_is_stored_after_a_week_is_what_they_said(week: Play) -> None:
    said = {one.person: one for one in answers(week.company, 1)}
    kept = {check_in.person: check_in for check_in in stored(week)}
    assert kept.keys() == said.keys()
    for person, check_in in kept.items():
        assert check_in.items == said[person].items
        assert {*check_in.worked_with, *check_in.waiting_on} == said[person].named
        assert not check_in.late


async def test_one_prompt_and_at_most_one_reminder_each(week: Play) -> None:
    messages = [sent for sent in week.sandbox.sent if sent.method == "chat.postMessage"]
    posted = Counter(key(sent).partition(":")[0] for sent in messages if not sent.payload.get("thread_ts"))
    quiet = [reply for *_, reply in replies(week.company, 1) if reply.reminded or reply.manner is Manner.SILENT]
    later = [reply for *_, reply in replies(week.company, 1) if reply.postpones]
    assert posted["prompt"] == 12
    assert posted["reminder"] == len(quiet) + len(later)
    assert (posted["digest-preview"], posted["digest"], posted["digest-test"]) == (1, 1, 1)
    assert not week.sandbox.refused


async def test_later_weeks_are_answered_with_one_click_by_some(play: Play) -> None:
    for _ in range(3):
        await play.until_digest()
    entered = Counter(check_in.entered for check_in in stored(play))
    assert entered.keys() == {Entered.FORM, Entered.SAME}
    assert {kind for check_in in stored(play) for kind in Kind if getattr(check_in, kind)} >= {"confidence", "clarity"}
    assert {answer for check_in in stored(play) for answer in check_in.contacts.values()} >= {"yes", "no"}
    assert not any(alerts for alerts in play.sandbox.alerts.values())


async def test_who_skips_skips_and_who_is_silent_expires(week: Play) -> None:
    manners = {person: reply.manner for _, person, _, reply in replies(week.company, 1)}
    with week.bot.context.store.snapshot() as tx:
        (round_,) = tx.rounds.between(FIRST_WEEK.monday, FIRST_WEEK.sunday)
        states = {prompt.person: prompt.state for prompt in tx.rounds.prompts(round_.id)}
    expected = {Manner.SKIPS: PromptState.SKIPPED, Manner.SILENT: PromptState.EXPIRED}
    assert states == {person: expected.get(manner, PromptState.ANSWERED) for person, manner in manners.items()}


async def test_the_admin_reads_the_first_digest_before_it_is_published(week: Play) -> None:
    assert local(week).time() == time(10, 20)
    at = {key(sent): sent.at for sent in week.sandbox.sent if sent.method == "chat.postMessage"}
    previewed = at[f"digest-preview:{FIRST_WEEK}:{week.company.admin.id}"]
    assert at[f"digest:{FIRST_WEEK}"] - previewed == timedelta(minutes=20)


async def test_a_colleague_whose_check_in_the_visitor_skipped_does_nothing_more(play: Play) -> None:
    await play.until_check_in()
    answering = {
        person
        for _, person, _, reply in replies(play.company, 1)
        if reply.draft and reply.after > timedelta(minutes=15)
    }
    person = next(person for person in play.company.people if person.id in answering and person.zone == MAIN.zone)
    visitor = play.sandbox.as_person(person.user)
    await visitor.click(visitor.messages()[-1]["ts"], Action.SKIP)
    await play.until_digest()
    assert person.id not in {check_in.person for check_in in stored(play)}


async def test_message_times_follow_the_moved_clock(week: Play) -> None:
    channel = next(c for c in week.sandbox.channels.values() if c.name == week.company.bank.digest_room.name)
    times = [datetime.fromtimestamp(float(message["ts"]), UTC) for message in channel.messages]
    assert times == sorted(times)
    assert abs(times[-1] - week.now) < timedelta(minutes=1)


async def test_days_are_working_days(play: Play) -> None:
    days = []
    for _ in range(6):
        await play.day()
        days.append(local(play).strftime("%a"))
    assert days == ["Mon", "Tue", "Wed", "Thu", "Fri", "Mon"]
