"""App Home's settings: what is shown, what each click and choice stores, and a sentence for whatever makes no sense."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import forms
from bot.sandbox.limits import block_faults
from bot.sandbox.state import View
from bot.sandbox.visitor import Visitor
from bot.slack.blocks import Block
from bot.slack.ids import Action, Callback
from bot.texts import home as home_texts
from bot.texts import home_settings as texts
from checkins.model import Absence, Person, PromptState
from tests.acme import prompt_of
from tests.bot.harness import DAY, FRIDAY, MONDAY, WEEK, Stage, company
from tests.bot.slack.screens import home, look_at_home, typed, window
from tests.bot.slack.talking import RETRIES, click, direct, fill

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The company on the Friday before the first check-in."""
    async with company(tmp_path) as stage:
        yield stage


async def use(stage: Stage, person: Visitor, action: Action, value: str | None = None) -> str:
    """Press a button of App Home or choose in one of its selects; returns what App Home says then."""
    await person.click_home(action, value)
    await stage.pump()
    return home(person)


def part_of(person: Visitor, action: Action) -> tuple[View, Block, Block]:
    """App Home with the block and the element that does so."""
    view = person.home
    assert view is not None
    block, element = next(each for each in forms.parts(view.body["blocks"]) if each[1]["action_id"] == action)
    return view, block, element


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value}, "value": value}


async def take(stage: Stage, person: Visitor, action: Action, label: str, *, query: str = "") -> str:
    """Type into a type-ahead select of App Home and take the option with this label."""
    view, block, element = part_of(person, action)
    offered = await person.ask_options(block, element, query, {})
    chosen = next(one for one in offered["options"] if one["text"]["text"] == label)
    await person.press_in_view(view, block, element, {"selected_option": chosen})
    await stage.pump()
    return home(person)


async def forge(stage: Stage, person: Visitor, action: Action, part: dict[str, Any]) -> str:
    """Send what no select offers; returns what the window says that answers."""
    view, block, element = part_of(person, action)
    await person.press_in_view(view, block, element, part)
    await stage.rest()
    return window(person)


async def add(stage: Stage, person: Visitor, first: str, last: str | None = None) -> dict[str, str]:
    await person.click_home(Action.ABSENCE_ADD)
    await stage.rest()
    return await fill(stage, person, {"first": first, "last": last})


def stored(stage: Stage, name: str = "anna") -> Person:
    with stage.store.snapshot() as tx:
        return tx.people.get(stage.person(name))


def offers(person: Visitor, action: Action) -> bool:
    """Whether App Home has a button or select that does so."""
    assert person.home is not None
    return any(element["action_id"] == action for _, element in forms.parts(person.home.body["blocks"]))


def chosen(person: Visitor, action: Action) -> str:
    """What a select of App Home shows as chosen."""
    return str(part_of(person, action)[2]["initial_option"]["text"]["text"])


async def test_journey_app_home_notes_an_absence(stage: Stage) -> None:
    anna = stage.visitor("anna")
    assert texts.NO_DAYS_OFF in await look_at_home(stage, anna)
    assert await add(stage, anna, "2026-09-07", "2026-09-15") == {}  # two clicks and the days
    shown = home(anna)
    assert "Mon 7 Sep – Tue 15 Sep" in shown
    assert home_texts.OFF_THEN in shown
    await stage.advance(to=MONDAY)
    assert prompt_of(stage.store, stage.person("anna")).state is PromptState.AWAY
    assert "*Now*, until Tue 15 Sep" in await look_at_home(stage, anna)
    shown = await use(stage, anna, Action.ABSENCE_REMOVE, "2026-09-07..2026-09-15")  # one click
    assert texts.NO_DAYS_OFF in shown and home_texts.OFF_THEN not in shown
    assert direct(stage) == []
    await stage.advance(to=MONDAY + WEEK)
    assert len(direct(stage)) == 1


async def test_journey_app_home_changes_zone_country_reminders_and_pause(stage: Stage) -> None:
    anna = stage.visitor("anna")
    shown = await look_at_home(stage, anna)
    assert "Europe/Berlin, from your Slack profile" in shown
    assert "Germany, from your time zone" in shown
    assert "At most one, as your team has it" in shown

    shown = await take(stage, anna, Action.MY_ZONE, "America/New York", query="new y")
    assert "America/New York, as you chose" in shown and "United States, from your time zone" in shown
    assert "Portugal, as you chose" in await take(stage, anna, Action.MY_COUNTRY, "Portugal", query="portu")
    assert "No reminder, as you chose" in await use(stage, anna, Action.MY_REMINDERS, "0")
    assert chosen(anna, Action.MY_REMINDERS) == "No reminder"
    person = stored(stage)
    assert (person.zone, person.own_zone, person.country, person.reminders) == ("America/New_York", True, "PT", 0)

    shown = await take(stage, anna, Action.MY_ZONE, texts.FOLLOW_PROFILE)
    assert "Europe/Berlin, from your Slack profile" in shown
    assert "Germany, from your time zone" in await take(stage, anna, Action.MY_COUNTRY, texts.FOLLOW_ZONE)
    assert "as your team has it" in await use(stage, anna, Action.MY_REMINDERS, "auto")

    shown = await use(stage, anna, Action.PAUSE)
    assert home_texts.PAUSED in shown and texts.PAUSED in shown
    assert not offers(anna, Action.PAUSE)
    await stage.advance(to=MONDAY)
    assert direct(stage) == []
    shown = await use(stage, anna, Action.RESUME)
    assert home_texts.PAUSED not in shown and offers(anna, Action.PAUSE)
    assert direct(stage) == []
    await stage.advance(to=MONDAY + WEEK)
    await stage.advance(by=DAY)
    assert len(direct(stage)) == 2  # the prompt and the reminder that the team has


async def test_journey_app_home_chooses_the_home_team(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await look_at_home(stage, anna)
    assert not offers(anna, Action.MY_TEAM)
    join_search(stage)
    await look_at_home(stage, anna)
    assert chosen(anna, Action.MY_TEAM) == "Payments"
    await use(stage, anna, Action.MY_TEAM, "search")
    assert chosen(anna, Action.MY_TEAM) == "Search"
    await stage.advance(to=MONDAY)
    assert prompt_of(stage.store, stage.person("anna")).team == "search"
    assert len(direct(stage)) == 1


def join_search(stage: Stage) -> None:
    """Anna is in a second team."""
    with stage.store.transaction() as tx:
        search = tx.teams.get("search")
        tx.teams.save(replace(search, members=(*search.members, stage.person("anna"))))


async def test_the_team_that_one_has_left_meanwhile_is_refused_and_app_home_says_what_holds(stage: Stage) -> None:
    anna = stage.visitor("anna")
    join_search(stage)
    await look_at_home(stage, anna)
    with stage.store.transaction() as tx:
        search = tx.teams.get("search")
        tx.teams.save(replace(search, members=search.members[:1]))
    said = await forge(stage, anna, Action.MY_TEAM, {"selected_option": option("search")})
    assert said == "You are not a member of Search. You are in Payments."
    assert stored(stage).home_team == "payments"
    assert not offers(anna, Action.MY_TEAM)


async def test_two_devices_may_do_the_same(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await look_at_home(stage, anna)
    await add(stage, anna, "2026-09-21")
    for action in (Action.PAUSE, Action.RESUME, Action.ABSENCE_REMOVE):
        view, block, element = part_of(anna, action)
        await asyncio.gather(*(anna.press_in_view(view, block, element, {}) for _ in range(2)))
        await stage.rest()
    assert anna.view is None, "nobody is told of an error"
    assert not stored(stage).paused
    assert texts.NO_DAYS_OFF in home(anna)
    assert direct(stage) == []


async def test_days_that_make_no_sense_are_said_at_their_field(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await look_at_home(stage, anna)
    await anna.click_home(Action.ABSENCE_ADD)
    await stage.rest()
    for first, last, field, sentence in (
        ("2026-09-15", "2026-09-07", "last", "That runs backwards: the last day, 2026-09-07, is before the first"),
        ("2026-08-03", "2026-08-07", "last", "2026-08-07 is over already. Choose days from 2026-09-04 on."),
        ("2026-08-03", None, "first", "2026-08-03 is over already."),
        ("2026-10-01", "2027-10-03", "last", "That is more than a year."),
        ("2062-12-24", None, "first", "2062-12-24 is too far away."),
        ("2026-02-30", None, "first", "There is no 2026-02-30 in the calendar. Choose a day."),
        ("2026-10-01", "soon", "last", "“soon” is no day I can read. Choose a day."),
    ):
        said = await fill(stage, anna, {"first": first, "last": last})
        assert said.keys() == {field}
        assert said[field].startswith(sentence)
        assert anna.view is not None and anna.view.body["callback_id"] == Callback.ABSENCE
    assert texts.NO_DAYS_OFF in home(anna)


async def test_what_no_select_offers_is_refused_in_a_window(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await look_at_home(stage, anna)
    before = stored(stage)
    for action, value, sentence in (
        (Action.MY_ZONE, "Europe/Lisabon", "I know no time zone “Europe/Lisabon”. Did you mean Europe/Lisbon?"),
        (Action.MY_COUNTRY, "QQ", "I know no country “QQ”."),
        (Action.MY_REMINDERS, "7", "There are 0, 1 or 2 reminders, not 7."),
        (Action.MY_REMINDERS, "many", "“many” is no number of reminders."),
    ):
        assert (await forge(stage, anna, action, {"selected_option": option(value)})).startswith(sentence)
    assert stored(stage) == before
    assert chosen(anna, Action.MY_ZONE) == "Europe/Berlin"


async def test_days_that_no_button_carries_are_refused_in_a_window(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await look_at_home(stage, anna)
    await add(stage, anna, "2026-09-21")
    view, block, element = part_of(anna, Action.ABSENCE_REMOVE)
    await anna.press_in_view(view, block, element | {"value": "2026-02-30"}, {})
    await stage.rest()
    assert window(anna).startswith("There is no 2026-02-30 in the calendar.")
    assert "Mon 21 Sep" in home(anna)


async def test_a_choice_that_is_cleared_follows_again(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await typed(stage, anna, "/checkin zone Europe/Lisbon")
    await typed(stage, anna, "/checkin country US")
    await typed(stage, anna, "/checkin reminders 2")
    join_search(stage)
    await look_at_home(stage, anna)
    for action in (Action.MY_ZONE, Action.MY_COUNTRY, Action.MY_REMINDERS, Action.MY_TEAM):
        view, block, element = part_of(anna, action)
        await anna.press_in_view(view, block, element, {"selected_option": None})
        await stage.rest()
    person = stored(stage)
    assert (person.zone, person.own_zone, person.country, person.reminders) == ("Europe/Berlin", False, None, None)
    assert person.home_team == "payments"
    assert anna.view is None


async def test_pausing_leaves_out_the_open_check_in_in_place(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await stage.advance(to=MONDAY)
    assert (await look_at_home(stage, anna)).startswith("*Your check-in is open*")
    shown = await use(stage, anna, Action.PAUSE)
    assert shown.startswith(home_texts.PAUSED)
    assert len(direct(stage)) == 1, "the prompt that stood already, changed"
    await click(stage, anna, Action.UPDATE, anna.messages()[0])
    assert await fill(stage, anna, RETRIES) == {}
    assert not stored(stage).paused
    assert texts.PAUSED not in await look_at_home(stage, anna)


async def test_whoever_is_in_no_team_is_not_asked_and_sees_none_of_it(stage: Stage) -> None:
    with stage.store.transaction() as tx:
        tx.people.save(replace(tx.people.get(stage.person("dana")), home_team=None))
    shown = await look_at_home(stage, stage.visitor("dana"))
    assert texts.TITLE not in shown
    assert "`/align privacy` shows what is stored about you" in shown


async def test_a_zone_that_belongs_to_no_country_has_no_holidays(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await typed(stage, anna, "/checkin zone UTC")
    assert "None: your time zone belongs to no country" in await look_at_home(stage, anna)


async def test_the_options_begin_with_what_can_be_followed(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await look_at_home(stage, anna)
    assert await options(anna, Action.MY_ZONE) == [texts.FOLLOW_PROFILE, "Europe/Amsterdam"]
    assert await options(anna, Action.MY_ZONE, "bogo") == [texts.FOLLOW_PROFILE, "America/Bogota"]
    assert await options(anna, Action.MY_COUNTRY) == [texts.FOLLOW_ZONE, "Afghanistan"]
    assert await options(anna, Action.MY_COUNTRY, "de") == [texts.FOLLOW_ZONE, "Germany"]
    assert await options(anna, Action.MY_COUNTRY, "ger") == [texts.FOLLOW_ZONE, "Germany"]
    assert await options(anna, Action.MY_COUNTRY, "uk") == [texts.FOLLOW_ZONE, "Britain (UK)"]
    assert await options(anna, Action.MY_COUNTRY, "zzzz") == [texts.FOLLOW_ZONE]
    assert stage.sandbox.refused == []


async def options(person: Visitor, action: Action, query: str = "") -> list[str]:
    """The first two that are offered."""
    _, block, element = part_of(person, action)
    offered = await person.ask_options(block, element, query, {})
    return [one["text"]["text"] for one in offered["options"]][:2]


async def test_twenty_absences_and_thirty_goals_are_far_from_the_limit(stage: Stage) -> None:
    anna = stage.person("anna")
    days = [FRIDAY.date() + timedelta(days=3 * n) for n in range(20)]
    with stage.store.transaction() as tx:
        tx.absences.replace(anna, [Absence(person=anna, first=day, last=day) for day in days])
        goal = tx.goals.get("fewer-failed-payments")
        tx.goals.save(*(replace(goal, id=f"g{n}", title=f"Goal {n}", owner=anna) for n in range(30)))
    join_search(stage)
    shown = await look_at_home(stage, stage.visitor("anna"))
    view = stage.visitor("anna").home
    assert view is not None
    assert len(view.body["blocks"]) < 70
    assert "And 12 later absences: `/checkin away` lists all." in shown
    assert block_faults(view.body["blocks"], "home", "") == []


@pytest.mark.parametrize(
    ("first", "last", "today", "said"),
    [
        (date(2026, 12, 21), date(2027, 1, 3), date(2026, 9, 4), "Mon 21 Dec – Sun 3 Jan 2027"),
        (date(2026, 12, 24), date(2026, 12, 24), date(2026, 9, 4), "Thu 24 Dec"),
        (date(2027, 1, 4), date(2027, 1, 8), date(2026, 9, 4), "Mon 4 Jan – Fri 8 Jan 2027"),
        (date(2027, 1, 4), date(2027, 1, 4), date(2026, 9, 4), "Mon 4 Jan 2027"),
        (date(2027, 12, 20), date(2028, 1, 3), date(2026, 9, 4), "Mon 20 Dec 2027 – Mon 3 Jan 2028"),
        (date(2026, 9, 1), date(2026, 9, 11), date(2026, 9, 4), "*Now*, until Fri 11 Sep"),
        (date(2026, 12, 21), date(2027, 1, 3), date(2026, 12, 30), "*Now*, until Sun 3 Jan 2027"),
        (date(2026, 9, 1), date(2026, 9, 4), date(2026, 9, 4), "*Now*, for today"),
    ],
)
def test_days_are_written_as_people_write_them(first: date, last: date, today: date, said: str) -> None:
    assert texts.span(Absence(person="ann", first=first, last=last), today=today) == said
