"""From the prompt to the receipt, as people meet it; messages are counted where people would count them."""

from collections.abc import Awaitable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action, Shortcut
from bot.texts import prompts as texts
from checkins import answering
from checkins.model import CheckIn, Entered, GoalStatus, PromptState, WorkItem
from checkins.wording import percent
from tests.bot.harness import DAY, MONDAY, WEEK, Stage, bot_in_sandbox, set_up
from tests.bot.slack.talking import RETRIES, answer, buttons, click, direct, fill, said

pytestmark = pytest.mark.anyio

HOSTILE = "<!channel> & <@U1> *bold*"


async def answer_first(stage: Stage, person: Visitor, **answers: Any) -> None:
    await click(stage, person, Action.UPDATE)
    assert await fill(stage, person, RETRIES | answers) == {}


async def next_round(stage: Stage, weeks: int = 1) -> None:
    await stage.advance(to=MONDAY + weeks * WEEK)


async def test_the_first_prompt_says_who_asks_what_and_who_will_see_it(stage: Stage, anna: Visitor) -> None:
    assert len(direct(stage)) == 1
    prompt = anna.last()
    assert buttons(prompt) == ["Answer", "Skip", "Later today"]
    assert "I am Trueline. *Ben Ode* added your team, *Payments*." in said(prompt)
    assert (
        "Your answer for *Payments* is seen by your team, your leads and admins. Channels get sums per team only."
        in said(prompt)
    )
    assert "A note is read by your leads only. Nobody sees who skipped." in said(prompt)
    assert "The next digest goes out <!date^1789135200^" in said(prompt)
    assert direct(stage, "cleo") == []  # half past nine comes later in La Paz


async def test_journey_the_form_becomes_a_receipt_in_place_and_can_be_edited(stage: Stage, anna: Visitor) -> None:
    await answer_first(stage, anna, text_2="Pager", goal_2="Keeping the lights on", size_2="some", worked_with="Search")
    receipt = anna.last()
    assert f"Retry logic  →  _Fewer failed payments_ · {percent(0.75)}" in said(receipt)
    assert f"Pager  →  _Keeping the lights on_ · {percent(0.25)}" in said(receipt)
    assert "Teams you worked with: Search" in said(receipt)
    assert buttons(receipt) == ["Edit"]

    await click(stage, anna, Action.EDIT)
    assert await fill(stage, anna, {"text_1": "Retries, all of them"}) == {}
    stored = answer(stage)
    assert stored is not None
    assert (stored.revision, stored.entered, stored.items[0].text) == (2, Entered.FORM, "Retries, all of them")
    assert "Retries, all of them" in said(anna.last())
    assert len(direct(stage)) == 1


async def test_journey_same_as_last_time_is_one_click_and_no_new_message(stage: Stage, anna: Visitor) -> None:
    await answer_first(stage, anna)
    await next_round(stage)
    prompt = anna.last()
    assert buttons(prompt) == ["Same as last time", "Update", "Skip", "Later today"]
    assert f"• Retry logic  →  _Fewer failed payments_ · {percent(1)}" in said(prompt)
    await click(stage, anna, Action.SAME)
    stored = answer(stage)
    assert stored is not None
    assert (stored.entered, stored.items[0].text) == (Entered.SAME, "Retry logic")
    assert buttons(anna.last()) == ["Edit"]
    assert len(direct(stage)) == 2
    assert anna.views == [] and anna.alerts == []


@pytest.mark.parametrize(
    "changes", [{"text_1": "Retries, all of them"}, {"goal_1": "A second provider", "size_1": "half"}]
)
async def test_journey_a_changed_answer_costs_two_clicks_and_one_per_field(
    stage: Stage, anna: Visitor, changes: dict[str, str]
) -> None:
    await answer_first(stage, anna, worked_with="Search", note="Long week")
    await next_round(stage)
    sent, clicks = len(stage.posted()), 0

    async def act(done: Awaitable[Any]) -> Any:
        nonlocal clicks
        clicks += 1
        result = await done
        await stage.pump()
        return result

    await act(anna.click(anna.last(), Action.UPDATE))
    for field, value in changes.items():
        await act(anna.choose(field, value))
    assert await act(anna.submit()) == {}

    assert clicks == 2 + len(changes)
    assert len(stage.posted()) == sent and anna.alerts == [] and anna.views == []
    stored = answer(stage)
    assert stored is not None and stored.worked_with == ("search",)
    assert stored.items[0].text == changes.get("text_1", "Retry logic")
    assert stored.items[0].goal == ("a-second-provider" if "goal_1" in changes else "fewer-failed-payments")
    assert buttons(anna.last()) == ["Edit"]


async def test_journey_two_devices_clicking_at_once_store_one_answer(stage: Stage, anna: Visitor) -> None:
    await answer_first(stage, anna)
    await next_round(stage)
    phone, message = stage.visitor("anna"), anna.last()
    await anna.click(message, Action.SAME)
    await phone.click(message, Action.SAME)
    await stage.pump()
    stored = answer(stage)
    assert stored is not None and stored.revision == 1
    assert buttons(anna.last()) == ["Edit"]
    assert len(direct(stage)) == 2
    assert anna.alerts == []


async def test_after_three_unchanged_answers_update_stands_first(stage: Stage, anna: Visitor) -> None:
    await answer_first(stage, anna)
    for week in (1, 2, 3):
        await next_round(stage, week)
        assert buttons(anna.last())[0] == texts.SAME
        await click(stage, anna, Action.SAME)
    await next_round(stage, 4)
    assert buttons(anna.last())[:2] == [texts.UPDATE, texts.SAME]


async def test_same_opens_the_form_where_a_goal_of_the_last_answer_has_closed(stage: Stage, anna: Visitor) -> None:
    await answer_first(stage, anna)
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("fewer-failed-payments"), status=GoalStatus.DONE))
    await next_round(stage)
    assert "_Fewer failed payments (closed)_" in said(anna.last())
    await click(stage, anna, Action.SAME)
    assert anna.view is not None
    assert "A goal of your last answer has closed." in said(anna.view.body)
    assert await fill(stage, anna, {"goal_1": "A second provider"}) == {}
    stored = answer(stage)
    assert stored is not None and stored.items[0].goal == "a-second-provider"


async def test_problems_stand_at_their_fields_and_the_text_stays(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    errors = await fill(stage, anna, RETRIES | {"text_2": "Pager", "size_2": "some"})
    assert errors == {"goal_2": "Choose the goal this served, or a reason under “None of our goals”."}
    assert anna.view is not None
    assert anna.view.values["text_2"]["entered"]["value"] == "Pager"
    assert answer(stage) is None
    assert await fill(stage, anna, {"goal_2": "Technical debt"}) == {}
    stored = answer(stage)
    assert stored is not None and len(stored.items) == 2


async def test_rows_are_added_up_to_five_and_keep_what_was_typed(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    await anna.choose("text_1", "Retry logic")
    for _ in range(3):
        await anna.click_view(Action.ROW)
        await stage.rest()
    assert anna.view is not None
    assert [name for name in anna.view.values if name.startswith("text_")] == [f"text_{n}" for n in range(1, 6)]
    assert anna.view.values["text_1"]["entered"]["value"] == "Retry logic"
    assert not any(block["type"] == "actions" for block in anna.view.body["blocks"])
    filled = {
        f"{part}_{n}": value for n in range(1, 6) for part, value in (("text", f"Work {n}"), ("goal", "Exploration"))
    }
    assert await fill(stage, anna, filled) == {}
    stored = answer(stage)
    assert stored is not None and len(stored.items) == 5


async def test_a_double_click_adds_one_row(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    form = anna.view
    assert form is not None
    seen = deepcopy(form)  # both clicks come before the form has changed on the screen
    action = next(block for block in seen.body["blocks"] if block["type"] == "actions")
    for _ in range(2):
        await anna.press_in_view(seen, action, action["elements"][0], {})
    await stage.rest()
    assert anna.view is form
    assert "text_3" in form.values and "text_4" not in form.values


async def test_journey_the_next_round_quietly_closes_the_last_receipt(stage: Stage, anna: Visitor) -> None:
    await answer_first(stage, anna)
    before = changes(stage)
    await next_round(stage)
    receipt, prompt = anna.messages()
    assert "Your check-in is stored." in said(receipt) and "Retry logic" in said(receipt)
    assert buttons(receipt) == [] and texts.EDITABLE not in said(receipt)
    assert buttons(prompt)[0] == texts.SAME
    assert (changes(stage) - before, len(direct(stage))) == (1, 2)


def changes(stage: Stage) -> int:
    """How often the bot has changed a message of Anna's."""
    where = stage.visitor("anna").dm
    return sum(sent.method == "chat.update" and sent.payload["channel"] == where for sent in stage.sandbox.sent)


async def test_after_the_next_round_nobody_can_answer_anyway(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.SKIP)
    await next_round(stage)
    skipped, _ = anna.messages()
    assert said(skipped).strip() == texts.SKIPPED and buttons(skipped) == []


async def test_journey_skipping_leaves_the_way_open_to_answer_anyway(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.SKIP)
    assert said(anna.last()).strip() == "Skipped. See you next time."
    await stage.advance(by=DAY)
    assert len(direct(stage)) == 1
    await click(stage, anna, Action.UPDATE)
    assert await fill(stage, anna, RETRIES) == {}
    assert buttons(anna.last()) == ["Edit"]


async def test_journey_one_reminder_after_a_day_and_none_after_an_answer(stage: Stage, anna: Visitor) -> None:
    await stage.advance(by=DAY - timedelta(minutes=1))
    assert len(direct(stage)) == 1
    await stage.advance(by=timedelta(minutes=1))
    assert len(direct(stage)) == 2
    assert buttons(anna.last()) == ["Answer", "Skip"]
    await stage.advance(by=DAY - timedelta(hours=1))
    assert len(direct(stage)) == 2

    dana = stage.visitor("dana")
    first, reminder = dana.messages()
    await click(stage, dana, Action.UPDATE, reminder)
    faster = {"text_1": "Index", "goal_1": "Faster search", "size_1": "most"}
    assert await fill(stage, dana, faster) == {}
    receipt, done = dana.messages()
    assert receipt["ts"] == first["ts"] and buttons(receipt) == ["Edit"]
    assert said(done).strip() == texts.REMINDER_ANSWERED and buttons(done) == []


async def test_whoever_has_answered_is_not_reminded(stage: Stage, anna: Visitor) -> None:
    await answer_first(stage, anna)
    await stage.advance(by=DAY)
    await stage.advance(by=DAY)
    assert len(direct(stage)) == 1


async def test_journey_later_today_asks_again_in_three_hours(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.LATER)
    [whisper] = anna.ephemerals()
    assert whisper["text"].startswith("I will ask again <!date^")
    await stage.advance(by=timedelta(hours=3))
    assert len(direct(stage)) == 2
    await stage.advance(by=DAY)
    assert len(direct(stage)) == 2


async def test_somebody_elses_prompt_is_refused_with_a_sentence(stage: Stage) -> None:
    dana = stage.visitor("dana")
    theirs = dana.last()
    block, button = theirs["blocks"][1], theirs["blocks"][1]["elements"][0]
    forged = {**button, "value": stage_prompt(stage, "anna")}
    for action in (Action.UPDATE, Action.SKIP, Action.SAME, Action.LATER):
        await dana.press(theirs["ts"], block, {**forged, "action_id": action}, {})
        await stage.pump()
        assert dana.ephemerals()[-1]["text"].startswith("This check-in belongs to somebody else.")
    assert dana.views == []
    with stage.store.snapshot() as tx:
        assert tx.rounds.prompt(stage_prompt(stage, "anna")).state is PromptState.SENT


def stage_prompt(stage: Stage, name: str) -> str:
    desk = answering.waiting(stage.store, actor=stage.person(name))
    assert desk is not None
    return desk.prompt.id


async def test_the_next_round_takes_the_buttons_off_a_prompt_that_was_never_answered(
    stage: Stage, anna: Visitor
) -> None:
    await next_round(stage)
    closed, prompt = anna.messages()
    assert said(closed) == texts.CLOSED and buttons(closed) == []
    assert buttons(prompt) == ["Answer", "Skip", "Later today"]


async def test_journey_a_late_answer_counts_and_says_so(stage: Stage, anna: Visitor) -> None:
    await stage.advance(by=3 * DAY)
    await click(stage, anna, Action.UPDATE, anna.messages()[0])
    assert await fill(stage, anna, RETRIES) == {}
    stored = answer(stage)
    assert stored is not None and stored.late
    assert "Late answers count too." in said(anna.messages()[0])


async def test_journey_what_people_write_cannot_notify_anybody(stage: Stage, anna: Visitor) -> None:
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("fewer-failed-payments"), title=f"Pay {HOSTILE}"))
        tx.teams.save(replace(tx.teams.get("search"), name=f"Search {HOSTILE}"))
        tx.people.save(replace(tx.people.get(stage.person("anna")), name=f"{HOSTILE} Berg"))
    chosen = {"text_1": HOSTILE, "goal_1": "goal:fewer-failed-payments", "worked_with": "search", "note": HOSTILE}
    await click(stage, anna, Action.UPDATE)
    assert await fill(stage, anna, chosen) == {}
    await next_round(stage)
    await stage.advance(by=DAY)
    shown = [said(message) for message in anna.messages()]
    assert any("&lt;!channel&gt; &amp; &lt;@U1&gt; *bold*" in text for text in shown)
    assert not any("<!channel>" in text or "<@U1>" in text for text in shown)


async def test_a_long_text_that_was_left_alone_stays_whole(stage: Stage, anna: Visitor) -> None:
    whole = "Moved the ledger " * 40
    with stage.store.transaction() as tx:
        item = WorkItem(text=whole, goal="fewer-failed-payments", share=1.0)
        old = CheckIn(
            id="old",
            person=stage.person("anna"),
            team="payments",
            date=MONDAY.date() - WEEK,
            items=(item,),
            entered=Entered.IMPORT,
        )
        tx.check_ins.save(old, at=stage.clock.now())
    await click(stage, anna, Action.UPDATE)
    assert anna.view is not None
    assert len(anna.view.values["text_1"]["entered"]["value"]) <= 280
    assert await fill(stage, anna, {"size_1": "half"}) == {}
    stored = answer(stage)
    assert stored is not None and stored.items[0].text == whole


async def test_the_command_opens_the_form_before_the_prompt_and_nobody_is_asked_again(stage: Stage) -> None:
    cleo = stage.visitor("cleo")
    await cleo.command("/checkin")
    await stage.rest()
    assert await fill(stage, cleo, RETRIES) == {}
    assert cleo.view is not None
    assert "*Your check-in is stored.*" in said(cleo.view.body)
    await stage.advance(by=timedelta(hours=6))
    assert direct(stage, "cleo") == []


async def test_the_command_skips_helps_and_suggests(stage: Stage, anna: Visitor) -> None:
    await anna.command("/checkin", "help")
    await stage.rest()
    assert "`/checkin skip`" in anna.ephemerals()[-1]["text"]
    await anna.command("/checkin", "skp <!channel>")
    await stage.rest()
    assert anna.ephemerals()[-1]["text"].startswith("I do not know “skp &lt;!channel&gt;”.")
    await anna.command("/checkin", "skip")
    await stage.pump()
    assert anna.ephemerals()[-1]["text"] == texts.SKIPPED
    assert said(anna.messages()[0]).strip() == texts.SKIPPED


async def test_journey_the_shortcut_opens_the_form(stage: Stage, anna: Visitor) -> None:
    await anna.shortcut(Shortcut.CHECK_IN_NOW)
    await stage.rest()
    assert await fill(stage, anna, RETRIES) == {}
    assert buttons(anna.last()) == ["Edit"]


async def test_words_written_to_the_bot_get_one_helpful_answer(stage: Stage, anna: Visitor) -> None:
    await anna.write(None, "hello!")
    await stage.pump()
    assert len(direct(stage)) == 2
    assert "Your check-in is open: write what you worked on" in said(anna.last())
    assert buttons(anna.last()) == ["Answer"]
    await click(stage, anna, Action.UPDATE)
    assert await fill(stage, anna, RETRIES) == {}
    await anna.write(None, "thanks")
    await stage.pump()
    assert buttons(anna.last()) == []


async def test_without_goals_items_are_stored_unmapped(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        set_up(stage, with_goals=False)
        await stage.advance(to=MONDAY)
        anna = stage.visitor("anna")
        await click(stage, anna, Action.UPDATE)
        assert anna.view is not None and "goal_1" not in anna.view.values
        assert await fill(stage, anna, {"text_1": "Retry logic"}) == {}
        stored = answer(stage)
        assert stored is not None
        assert (stored.items[0].goal, stored.items[0].reason) == (None, None)
        assert f"• Retry logic · {percent(1)}" in said(anna.last())


async def test_before_anybody_was_asked_the_command_says_when(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        anna = stage.visitor("anna")
        await anna.command("/checkin")
        await stage.rest()
        assert anna.ephemerals()[-1]["text"] == ("No check-in is scheduled yet. Ben Ode can set one up with `/align`.")
        set_up(stage)
        await anna.command("/checkin")
        await stage.rest()
        assert anna.ephemerals()[-1]["text"].startswith("Nothing to answer yet: your first check-in comes <!date^")
        await anna.shortcut(Shortcut.CHECK_IN_NOW)
        await stage.rest()
        assert anna.view is not None and "Nothing to answer yet" in said(anna.view.body)


async def test_admins_hear_once_that_there_are_no_goals(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        set_up(stage, with_goals=False)
        await stage.advance(to=MONDAY)
        for name in ("anna", "dana"):
            person = stage.visitor(name)
            await click(stage, person, Action.UPDATE)
            assert await fill(stage, person, {"text_1": "Retry logic"}) == {}
        assert [said(message) for message in direct(stage, "ben")] == [answering.NO_GOALS]


async def test_app_home_shows_at_once_what_came_of_its_buttons(stage: Stage, anna: Visitor) -> None:
    await anna.open_home()
    await stage.rest()
    await anna.click_home(Action.UPDATE)
    await stage.rest()
    await anna.click_view(Action.ROW)
    await stage.rest()
    assert await fill(stage, anna, RETRIES) == {}
    assert anna.home is not None and "Retry logic" in said(anna.home.body)
    await next_round(stage)
    await anna.open_home()
    await stage.rest()
    await anna.click_home(Action.SAME)
    await stage.pump()
    assert anna.home is not None and "Your check-in is open" not in said(anna.home.body)
