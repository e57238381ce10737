"""The forms of the set-up: what they offer, what they refuse and where, and what they leave behind."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest

from bot.sandbox.visitor import Visitor
from bot.slack import setup_blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from checkins.goals import GoalRow, TeamGoals
from checkins.model import Cadence, DigestPlan, Schedule, Team
from tests.bot.harness import FRIDAY, MONDAY, WEEK, Stage, bot_in_sandbox, company
from tests.bot.slack.screens import home, look_at_home, texts, typed, window

pytestmark = pytest.mark.anyio


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A workspace that is set up; Ben, the admin, has App Home open."""
    async with company(tmp_path) as stage:
        await look_at_home(stage, stage.visitor("ben"))
        yield stage


async def form(stage: Stage, action: Action, name: str = "ben") -> Visitor:
    """Somebody who has pressed a button of App Home and has its form open."""
    visitor = stage.visitor(name)
    await visitor.click_home(action)
    await stage.rest()
    assert visitor.view is not None
    return visitor


def labels(visitor: Visitor) -> list[str]:
    assert visitor.view is not None
    return [block["block_id"] for block in visitor.view.body["blocks"] if block["type"] == "input"]


def plan_of(stage: Stage) -> DigestPlan:
    with stage.store.snapshot() as tx:
        plan = tx.workspace.get().digest
    assert plan is not None
    return plan


async def test_a_name_that_is_taken_is_refused_and_everything_stays_typed(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_TEAM)
    problems = await ben.submit({"name": "payments", "members": [stage.users["anna"].id]})
    assert problems == {"name": "There is a team called payments already."}
    assert ben.view is not None
    assert ben.view.values["members"]["entered"]["selected_users"] == [stage.users["anna"].id]


async def test_goals_open_with_what_is_there_and_change_only_that(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_GOALS)
    await ben.choose("title_1", "Far fewer failed payments")
    await ben.choose("weight_1", "55,5")
    assert await ben.submit({"title_3": "Refunds in a day", "weight_3": "14,5"}) == {}
    await stage.rest()
    with stage.store.snapshot() as tx:
        goals = {goal.id: (goal.title, goal.weight) for goal in tx.goals.all() if goal.team == "payments"}
    assert sorted(goals.values()) == [
        ("A second provider", 0.3),
        ("Far fewer failed payments", 0.555),
        ("Refunds in a day", 0.145),
    ]
    assert "fewer-failed-payments" in goals


async def test_more_rows_keep_what_was_typed(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_GOALS)
    await ben.choose("title_3", "Refunds in a day")
    for _ in range(2):
        await ben.click_view(Action.GOALS_ROW)
        await stage.rest()
    assert labels(ben)[-3:] == ["title_6", "weight_6", "reserve"]
    assert ben.view is not None
    assert ben.view.values["title_3"]["new:payments"]["value"] == "Refunds in a day"


async def test_another_team_brings_its_own_rows(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_GOALS)
    await ben.choose("title_3", "Refunds in a day")
    assert ben.view is not None
    block = next(block for block in ben.view.body["blocks"] if Action.GOALS_TEAM in str(block.get("accessory")))
    await ben.choose(block["block_id"], "Search")
    await stage.rest()
    values = ben.view.values
    assert values["title_1"]["goal:faster-search"]["value"] == "Faster search"
    assert not values["title_3"]["new:search"].get("value")


async def test_more_than_all_of_the_work_is_refused(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_GOALS)
    problems = await ben.submit({"weight_1": "90", "reserve": "20"})
    assert problems == {"reserve": "Goals and reserve together make 140%. Bring them to 100 or less."}


async def test_a_team_of_others_cannot_be_named_in_the_form(stage: Stage) -> None:
    """What a form carries comes back from the client: it gives no rights."""
    dana = stage.visitor("dana")
    await typed(stage, dana, "/goals team search")
    await dana.click(dana.ephemerals()[-1], Action.SETUP_GOALS)
    await stage.rest()
    assert dana.view is not None
    dana.view.body["private_metadata"] = dana.view.body["private_metadata"].replace("search", "payments")
    problems = await dana.send_form(dana.view)
    assert "Only a lead of Payments or an admin can do this." in str(problems)


async def test_the_schedule_opens_as_it_is_and_moves(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_SCHEDULE)
    assert await ben.submit({"weekday": "Tuesday", "at": "10:00", "cadence": "Every two weeks"}) == {}
    await stage.rest()
    with stage.store.snapshot() as tx:
        schedule = tx.rounds.schedules()[0]
    assert (schedule.weekday, f"{schedule.at:%H:%M}", schedule.cadence) == (1, "10:00", Cadence.FORTNIGHTLY)
    assert "Tuesday 10:00" in home(ben)


async def test_the_digest_goes_to_the_chosen_zone(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_DIGEST)
    assert [option["value"] for option in await ben.suggest("zone", "new yor")] == ["America/New_York"]
    assert await ben.submit({"zone": "America/New_York", "weekday": "Wednesday"}) == {}
    assert (plan_of(stage).zone, plan_of(stage).weekday) == ("America/New_York", 2)


async def test_a_private_channel_that_the_bot_cannot_see_is_refused_at_its_field(stage: Stage) -> None:
    hidden = stage.sandbox.add_channel("board", [stage.users["ben"].id], private=True)
    ben = await form(stage, Action.SETUP_DIGEST)
    problems = await ben.submit({"channel": hidden.id})
    assert problems["channel"].startswith("I am not in that channel yet. Type /invite @Trueline there")
    assert plan_of(stage).channel != hidden.id


async def test_saving_the_digest_twice_tests_a_channel_once(stage: Stage) -> None:
    for _ in range(2):
        ben = await form(stage, Action.SETUP_DIGEST)
        assert await ben.submit() == {}
        await stage.pump()
    assert [payload["channel"] for payload in stage.posted()] == [plan_of(stage).channel]


async def test_the_checklist_in_a_message_follows_its_forms(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        ben = stage.visitor("ben")
        await typed(stage, ben, "/align")
        await ben.click(ben.ephemerals()[-1], Action.SETUP_SCHEDULE)
        await stage.rest()
        assert await ben.submit() == {}
        await stage.rest()
        assert len(ben.ephemerals()) == 1
        assert "*3. Schedule* · Done" in texts(ben.ephemerals()[-1]["blocks"])


async def test_a_list_of_goals_is_not_replaced_by_the_checklist(stage: Stage) -> None:
    dana = stage.visitor("dana")
    before = await typed(stage, dana, "/goals team search")
    await dana.click(dana.ephemerals()[-1], Action.SETUP_GOALS)
    await stage.rest()
    assert await dana.submit({"weight_1": "45"}) == {}
    await stage.rest()
    assert texts(dana.ephemerals()[-1]["blocks"]) == before


async def test_a_double_click_on_add_a_row_is_harmless(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_GOALS)
    async with anyio.create_task_group() as clicks:
        for _ in range(2):
            clicks.start_soon(ben.click_view, Action.GOALS_ROW)
    await stage.rest()
    assert "title_5" in labels(ben)
    assert len(ben.views) == 1


async def test_asking_twice_on_a_day_asks_once(stage: Stage) -> None:
    ben = await form(stage, Action.SETUP_ASK)
    await stage.pump()
    await ben.close_view()
    asked = len(stage.posted())
    await form(stage, Action.SETUP_ASK)
    await stage.pump()
    assert "asked today already" in window(ben)
    assert len(stage.posted()) == asked


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("archive", "was archived"),
        ("leave", "I was removed from the digest's channel"),
        ("rename", "is called #product-news now"),
    ],
)
async def test_admins_hear_once_what_becomes_of_the_digests_channel(stage: Stage, event: str, said: str) -> None:
    channel, ben = plan_of(stage).channel, stage.visitor("ben")
    await stage.pump()
    for _ in range(2):
        if event == "archive":
            stage.sandbox.archive_channel(channel, by=stage.users["ben"].id)
        elif event == "leave":
            stage.sandbox.leave_channel(channel, stage.sandbox.app.bot_user)
        else:
            stage.sandbox.rename_channel(channel, "product-news")
        await stage.pump()
    assert [said in message["text"] for message in ben.messages()] == [True]
    assert stage.visitor("anna").messages() == []


async def test_other_channels_are_nobodys_business(stage: Stage) -> None:
    other = stage.sandbox.add_channel("random", [], with_bot=True)
    stage.sandbox.archive_channel(other.id, by=stage.users["ben"].id)
    await stage.pump()
    assert stage.visitor("ben").messages() == []


async def test_a_moved_person_is_asked_in_the_new_zone_and_a_gone_one_not_at_all(stage: Stage) -> None:
    stage.sandbox.change_user(stage.users["cleo"].id, tz="Asia/Tokyo")
    stage.sandbox.change_user(stage.users["anna"].id, deleted=True)
    await stage.rest()
    with stage.store.snapshot() as tx:
        assert tx.people.get(stage.person("cleo")).zone == "Asia/Tokyo"
        assert not tx.people.get(stage.person("anna")).active
    await stage.advance(to=MONDAY)
    assert stage.visitor("anna").messages() == []


async def test_the_end_of_the_installation_is_survived(stage: Stage) -> None:
    stage.sandbox.uninstall()
    await stage.rest()
    assert stage.context.activity.running == 0


async def digest(stage: Stage) -> tuple[Block, list[Block]]:
    """The channel's message of the first week and its thread, published by Ben."""
    ben, channel = stage.visitor("ben"), plan_of(stage).channel
    await stage.advance(to=MONDAY)
    anna = stage.visitor("anna")
    await anna.click(anna.last(), Action.UPDATE)
    await stage.rest()
    await anna.submit({"text_1": "Retries", "goal_1": "Fewer failed payments", "size_1": "most"})
    await stage.advance(to=FRIDAY + WEEK + timedelta(hours=2))
    await ben.click(ben.last(), Action.PUBLISH)
    await stage.pump()
    message = next(m for m in ben.messages(channel) if "reply_count" in m)
    thread = [m for m in ben.messages(channel) if m.get("thread_ts") == message["ts"] and m["ts"] != message["ts"]]
    return message, thread


def pictured(message: Block) -> bool:
    return any(block["type"] == "image" for block in message["blocks"])


async def test_the_picture_is_uploaded_once_and_stands_in_the_message(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        message, thread = await digest(stage)
        assert pictured(message)
        assert len(thread) == 1
        (file,) = stage.sandbox.files.values()
        assert file.channels == [], "sharing it would make a second message"


async def test_the_picture_can_be_shared_in_the_thread_instead(tmp_path: Path) -> None:
    async with company(tmp_path, digest_picture="thread") as stage:
        message, thread = await digest(stage)
        assert not pictured(message)
        assert [len(reply.get("files", ())) for reply in thread] == [1, 0]
        assert not pictured(stage.visitor("ben").last()), "admins' previews have none either"


async def test_the_picture_can_be_turned_off(tmp_path: Path) -> None:
    async with company(tmp_path, digest_picture="off") as stage:
        message, thread = await digest(stage)
        assert not pictured(message)
        assert len(thread) == 1
        assert stage.sandbox.files == {}


async def test_a_published_digest_can_be_read_again(tmp_path: Path) -> None:
    async with company(tmp_path) as stage:
        await digest(stage)
        assert "Week 37 · 7–13 September 2026" in await typed(stage, stage.visitor("dana"), "/align digest")


@pytest.mark.parametrize("count", [0, 5, 60])
def test_a_form_for_goals_has_at_least_four_rows_and_fits(count: int) -> None:
    team = Team(id="t", name="Growth")
    rows = tuple(GoalRow(title="long " * 60, weight="1", goal=f"g{n}") for n in range(count))
    view: dict[str, Any] = setup_blocks.goals_form(TeamGoals(team=team, rows=rows, reserve=""), teams=[team] * 150)
    titles = [block for block in view["blocks"] if str(block.get("block_id", "")).startswith("title_")]
    assert len(titles) == min(max(count, 4), setup_blocks.MOST_ROWS)
    assert len(view["blocks"]) <= 100


def test_an_empty_schedule_form_proposes_monday_half_past_nine() -> None:
    plan: Schedule | None = None
    view = setup_blocks.schedule_form(plan)
    elements = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert elements["weekday"]["initial_option"]["text"]["text"] == "Monday"
    assert elements["at"]["initial_time"] == "09:30"
    assert elements["cadence"]["initial_option"]["value"] == "weekly"
    assert elements["reminders"]["initial_option"]["value"] == "1"
