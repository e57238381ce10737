"""Messages linked to goals where they stand, and the check-in that starts with them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import posting
from bot.sandbox.visitor import Visitor
from bot.slack import linking_blocks
from bot.slack.ids import Action, Shortcut
from checkins import linking
from checkins.model import LinkedWork, MessageRef
from tests.bot.harness import CHANNEL, DAY, MONDAY, WEEK, Stage, bot_in_sandbox, company
from tests.bot.slack.screens import window
from tests.bot.slack.talking import RETRIES, answer, buttons, click, direct, fill, said

pytestmark = pytest.mark.anyio

HOSTILE = "<!channel> & <@U1> *bold*"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The company on Monday; Anna has answered her first check-in."""
    async with company(tmp_path) as stage:
        await stage.advance(to=MONDAY)
        await click(stage, stage.visitor("anna"), Action.UPDATE)
        assert await fill(stage, stage.visitor("anna"), RETRIES) == {}
        yield stage


@pytest.fixture
def anna(stage: Stage) -> Visitor:
    return stage.visitor("anna")


def channel(stage: Stage) -> str:
    return next(each.id for each in stage.sandbox.channels.values() if each.name == CHANNEL)


async def write(stage: Stage, name: str, text: str, **where: str) -> dict[str, Any]:
    """Somebody's message in the channel."""
    written: dict[str, Any] = await stage.visitor(name).write(channel(stage), text, **where)
    return written


async def open_form(stage: Stage, person: Visitor, message: dict[str, Any]) -> dict[str, Any]:
    """Use the shortcut; what the form holds by field."""
    await person.message_shortcut(Shortcut.LINK_MESSAGE, message)
    await stage.rest()
    assert person.view is not None
    inputs = [block for block in person.view.body["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"] for block in inputs}


async def link(stage: Stage, person: Visitor, message: dict[str, Any], **answers: str) -> dict[str, str]:
    await open_form(stage, person, message)
    return await fill(stage, person, answers)


def linked(stage: Stage, name: str = "anna") -> list[LinkedWork]:
    with stage.store.snapshot() as tx:
        return tx.linked.of(stage.person(name))


async def test_journey_a_linked_message_opens_the_next_answer(stage: Stage, anna: Visitor) -> None:
    message = await write(stage, "ben", "The card form loses its state, @anna can you look?")
    before = len(stage.posted())
    fields = await open_form(stage, anna, message)  # first click
    assert fields["text"]["initial_value"] == "The card form loses its state, @Anna Berg can you look?"
    assert "Only you see it until you send that." in window(anna)
    assert await fill(stage, anna, {"goal": "Fewer failed payments"}) == {}  # one field, second click
    assert len(stage.posted()) == before
    assert anna.views == [] and linked(stage, "ben") == []

    await stage.advance(to=MONDAY + WEEK)
    prompt = anna.last()
    assert buttons(prompt) == ["Update", "Same as last time", "Skip", "Later today"]
    address = linked(stage)[0].link
    assert address.startswith("https://")
    line = "• The card form loses its state, @Anna Berg can you look?  →  _Fewer failed payments_"
    assert f"*Linked this week*\n{line} · <{address}|message>" in said(prompt)
    assert len(direct(stage)) == 2

    await click(stage, anna, Action.UPDATE)  # third click
    assert await fill(stage, anna, {"text_1": "Fixed the card form"}) == {}  # one field, fourth click
    stored = answer(stage)
    assert stored is not None
    assert [item.text for item in stored.items] == ["Fixed the card form", "Retry logic"]
    assert stored.items[0].goal == stored.items[1].goal
    assert linked(stage) == []
    assert len(direct(stage)) == 2


async def test_a_reply_in_a_thread_is_linked_and_one_more_row_keeps_it(stage: Stage, anna: Visitor) -> None:
    message = await write(stage, "ben", "Who knows the retries?")
    reply = await write(stage, "cleo", "I looked into them", thread_ts=message["ts"])
    assert await link(stage, anna, reply) == {}
    await stage.advance(to=MONDAY + WEEK)
    await click(stage, anna, Action.UPDATE)
    await anna.click_view(Action.ROW)
    await stage.rest()
    assert await fill(stage, anna, {"goal_1": "Fewer failed payments"}) == {}
    assert linked(stage) == []


async def test_same_as_last_time_leaves_it_for_the_edit(stage: Stage, anna: Visitor) -> None:
    message = await write(stage, "ben", "Look at the logs")
    assert await link(stage, anna, message, goal="A second provider") == {}
    await stage.advance(to=MONDAY + WEEK)
    await click(stage, anna, Action.SAME)
    assert [work.text for work in linked(stage)] == ["Look at the logs"]
    await click(stage, anna, Action.EDIT)
    assert await fill(stage, anna, {}) == {}
    stored = answer(stage)
    assert stored is not None and [item.text for item in stored.items] == ["Retry logic", "Look at the logs"]
    assert linked(stage) == []


async def test_linked_again_the_form_shows_what_was_said_before(stage: Stage, anna: Visitor) -> None:
    message = await write(stage, "ben", "Look at the logs")
    assert await link(stage, anna, message, text="Read the logs", goal="A second provider") == {}
    fields = await open_form(stage, anna, message)
    assert "You have linked this message already" in window(anna)
    assert fields["text"]["initial_value"] == "Read the logs"
    assert fields["goal"]["initial_option"]["text"]["text"] == "A second provider"
    assert await fill(stage, anna, {"text": "Read all logs"}) == {}
    assert [work.text for work in linked(stage)] == ["Read all logs"]


async def test_goals_are_offered_without_the_reasons(stage: Stage, anna: Visitor) -> None:
    await open_form(stage, anna, await write(stage, "ben", "Hello"))
    offered = [option["text"]["text"] for option in await anna.suggest("goal")]
    assert offered == ["A second provider", "Fewer failed payments", "Faster search"]
    assert [option["text"]["text"] for option in await anna.suggest("goal", "faster")] == ["Faster search"]
    assert await anna.suggest("goal", "no such goal") == []


async def test_a_message_whose_address_nobody_gives_is_linked_without_one(stage: Stage, anna: Visitor) -> None:
    stage.sandbox.faults.fail("chat.getPermalink", "channel_not_found")
    assert await link(stage, anna, await write(stage, "ben", "Hello")) == {}
    assert linked(stage)[0].link == ""
    await stage.advance(to=MONDAY + WEEK)
    assert "*Linked this week*\n• Hello\n" in f"{said(anna.last())}\n"


async def test_without_a_team_it_says_what_to_do(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        anna = stage.visitor("anna")
        message = await write(stage, "ben", "Hello")
        await anna.message_shortcut(Shortcut.LINK_MESSAGE, message)
        await stage.rest()
        assert anna.views == []
        whispered = anna.ephemerals(channel(stage))[-1]["text"]
        assert whispered.startswith("You are in no team yet") and "Ben Ode can add you." in whispered
        assert stage.posted() == []


async def test_markup_in_a_message_notifies_nobody(stage: Stage, anna: Visitor) -> None:
    fields = await open_form(stage, anna, await write(stage, "ben", HOSTILE))
    assert fields["text"]["initial_value"] == HOSTILE
    assert await fill(stage, anna, {}) == {}
    await stage.advance(to=MONDAY + WEEK)
    shown = said(anna.last())
    assert "• &lt;!channel&gt; &amp; &lt;@U1&gt; *bold*" in shown
    assert "<!channel>" not in shown and "<@U1>" not in shown


async def test_a_very_long_message_is_cut_at_a_word(stage: Stage, anna: Visitor) -> None:
    fields = await open_form(stage, anna, await write(stage, "ben", "word " * 2000))
    shown = fields["text"]["initial_value"]
    assert len(shown) <= 280 and shown.endswith("word…")
    assert await fill(stage, anna, {}) == {}
    assert linked(stage)[0].text == shown


async def test_a_message_without_words_asks_for_some(stage: Stage, anna: Visitor) -> None:
    where = stage.sandbox.channels[channel(stage)]
    ben = stage.users["ben"]
    message = posting.post(stage.sandbox, where, posting.from_person(stage.sandbox, ben, ""))
    fields = await open_form(stage, anna, message)
    assert "initial_value" not in fields["text"]
    assert list(await fill(stage, anna, {})) == ["text"]
    assert list(await fill(stage, anna, {"text": "  "})) == ["text"]
    assert await fill(stage, anna, {"text": "The plan he drew"}) == {}
    assert linked(stage)[0].text == "The plan he drew"


async def test_the_prompt_and_its_reminder_list_five_and_count_the_rest(stage: Stage) -> None:
    for number in range(7):
        message = MessageRef(channel="C1", id=f"{number}.0")
        linking.link(
            stage.store,
            actor=stage.person("anna"),
            message=message,
            text=(HOSTILE * 20)[:280],
            goal=None,
            address="https://acme.test/p",
            now=MONDAY,
        )
    await stage.advance(to=MONDAY + WEEK)
    await stage.advance(to=MONDAY + WEEK + DAY)
    prompt, reminder = direct(stage)[1:]
    for shown in (prompt, reminder):
        assert said(shown).count("|message>") == 5 and "and 2 more" in said(shown)
        assert "<!channel>" not in said(shown)
        assert buttons(shown)[0] == "Update"


NAMES = {"U1": "Anna Berg"}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"text": "<@U1> and <@U2> in <#C1|general>, <#C2>"}, "@Anna Berg and @somebody in #general, #channel"),
        (
            {"text": "<@U2|cleo> see <https://acme.test/a|the plan> or <https://acme.test/b>"},
            "@cleo see the plan or https://acme.test/b",
        ),
        ({"text": "<!here> <!channel> <!subteam^S1|@design> <!subteam^S2>"}, "@here @channel @design @group"),
        ({"text": "due <!date^1789135200^{date}|Friday>, <mailto:a@acme.test|a@acme.test>"}, "due Friday, a@acme.test"),
        ({"text": "one &lt; two &amp;\n\tthree\u202e"}, "one < two & three"),
        ({"text": "", "files": [{"title": "Plan", "name": "p.pdf"}, {"name": "b.png"}, {}]}, "Plan, b.png"),
        ({"text": "", "attachments": [{"fallback": "Build failed"}, {"text": "again"}, {}]}, "Build failed again"),
        ({"text": "", "blocks": [{"type": "image"}]}, ""),
        ({}, ""),
    ],
)
def test_what_a_message_says(message: dict[str, Any], text: str) -> None:
    assert linking_blocks.text_of(message, NAMES) == text


def test_who_a_message_mentions() -> None:
    assert linking_blocks.mentioned({"text": "<@U1> <@U2|ben> &lt;@U3&gt; <#C1>"}) == {"U1", "U2"}
