"""Free text is an answer: written, read, confirmed on one card, stored with what was proposed kept apart."""

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from bot.texts import free_text as texts
from checkins.model import Entered, PromptState
from tests.acme import prompt_of
from tests.bot.harness import Stage
from tests.bot.slack.screens import window
from tests.bot.slack.talking import answer, buttons, click, direct, fill, said

pytestmark = pytest.mark.anyio
WORDS = "failed payments mostly, bit of onboarding docs; waiting on Search"


async def write(stage: Stage, person: Visitor, text: str) -> None:
    await person.write(None, text)
    await stage.pump()


async def test_journey_words_become_a_card_and_one_click_stores_it(stage: Stage, anna: Visitor) -> None:
    before = len(direct(stage))
    await write(stage, anna, "failed payments mostly; waiting on Search")
    card = anna.last()
    assert len(direct(stage)) == before + 1
    assert buttons(card) == [texts.LOOKS_RIGHT, texts.CHANGE, texts.NOT_MEANT]
    assert "failed payments" in said(card)
    assert answer(stage) is None  # nothing is stored before it is confirmed
    await click(stage, anna, Action.TEXT_RIGHT)
    stored = answer(stage)
    assert stored is not None
    assert (stored.entered, stored.waiting_on) == (Entered.TEXT, ("search",))
    assert [(item.text, item.goal, item.proposed, item.share) for item in stored.items] == [
        ("failed payments", "fewer-failed-payments", "fewer-failed-payments", 1.0)
    ]
    assert len(direct(stage)) == before + 1
    assert said(anna.last()) == texts.STORED
    assert "failed payments" in said(anna.messages()[0])  # the prompt has become the receipt


async def test_a_line_without_a_goal_opens_the_form_with_the_words_kept(stage: Stage, anna: Visitor) -> None:
    await write(stage, anna, WORDS)
    await click(stage, anna, Action.TEXT_RIGHT)
    await anna.until(lambda: anna.view)
    assert anna.view is not None
    assert "onboarding docs" in str(anna.view.values)
    assert await fill(stage, anna, {"goal_2": "none:exploration"}) == {}
    stored = answer(stage)
    assert stored is not None
    assert [item.text for item in stored.items] == ["failed payments", "onboarding docs"]


async def test_another_goal_can_be_chosen_on_the_card(stage: Stage, anna: Visitor) -> None:
    await write(stage, anna, "failed payments mostly")
    await anna.click(anna.last(), Action.TEXT_GOAL, "goal:a-second-provider")
    await click(stage, anna, Action.TEXT_RIGHT)
    stored = answer(stage)
    assert stored is not None
    assert [(item.goal, item.proposed) for item in stored.items] == [("a-second-provider", "fewer-failed-payments")]


async def test_what_was_no_answer_is_left_alone(stage: Stage, anna: Visitor) -> None:
    await write(stage, anna, "the coffee machine is broken")
    await click(stage, anna, Action.TEXT_NOT_MEANT)
    assert said(anna.last()) == texts.LEFT_ALONE
    assert answer(stage) is None
    assert prompt_of(stage.store, stage.person("anna")).state is PromptState.SENT


async def test_text_that_is_too_long_is_said_so_and_not_lost(stage: Stage, anna: Visitor) -> None:
    await write(stage, anna, "\n".join("wörk " * 100 for _ in range(5)))
    assert texts.TOO_LONG in str(anna.last())
    assert any("wörk" in str(message) for message in anna.messages())


async def test_of_six_lines_the_sixth_is_said_to_be_missing_and_stays_above(stage: Stage, anna: Visitor) -> None:
    lines = [f"failed payments, part{number}" for number in "ab"] + ["ledger", "contract", "wiki"]  # a comma parts too
    await write(stage, anna, "\n".join(lines))
    assert "the last 2 are not in it. To keep them, join lines with “and”" in said(anna.last())
    assert all(line in anna.messages()[-2]["text"] for line in lines)
    await write(stage, anna, "failed payments and parta\nfailed payments and partb\nledger\ncontract and wiki")
    assert "not in it" not in said(anna.last())
    assert [f"*{number}.*" in said(anna.last()) for number in range(1, 6)] == [True] * 4 + [False]


@pytest.mark.parametrize("text", ["x" * 10_000, "wörk " * 2000, "pay; " * 2000, "a\n" * 5000, "&" * 10_000])
async def test_ten_thousand_characters_get_one_answer_and_lose_nothing(stage: Stage, anna: Visitor, text: str) -> None:
    before = len(direct(stage))
    await write(stage, anna, text)
    reply = anna.last()
    assert reply["text"] in (texts.READ, texts.TOO_LONG)
    assert len(direct(stage)) == before + 1
    assert len(anna.messages()[-2]["text"]) >= 10_000 - 1
    assert answer(stage) is None and anna.alerts == []


async def test_a_line_that_is_too_long_for_a_row_stands_whole_in_the_form(stage: Stage, anna: Visitor) -> None:
    line = "failed payments " + "wörk " * 100
    await write(stage, anna, line)
    await click(stage, anna, Action.TEXT_RIGHT)
    assert anna.view is not None
    assert "Keep it under 280 characters; this is 515." in window(anna)
    (typed,) = anna.view.values["text_1"].values()
    assert typed["value"] == line.strip()
    assert await fill(stage, anna, {"text_1": line[:280]}) == {}
    assert answer(stage) is not None


async def test_small_talk_and_text_outside_a_round_get_help(stage: Stage, anna: Visitor) -> None:
    await write(stage, anna, "hello")
    assert "/align help" in said(anna.last())
    ben = stage.visitor("ben")  # in no team: never asked
    await write(stage, ben, "failed payments mostly")
    assert "/align help" in said(ben.last())


@pytest.mark.parametrize("call", ["<!channel>", "<!here|here>", "<!subteam^S1>", "<@U0000000001>", "@channel <x|y>"])
async def test_markup_in_words_notifies_nobody(stage: Stage, anna: Visitor, call: str) -> None:
    await write(stage, anna, f"{call} failed payments & more")
    card = said(anna.last())
    assert "failed payments &amp; more" in card and call not in card
    await click(stage, anna, Action.TEXT_RIGHT)
    stored = answer(stage)
    assert stored is not None and call in stored.items[0].text  # as it was typed
    assert call not in str(anna.messages()[0]["blocks"])


async def test_nobody_confirms_for_somebody_else(stage: Stage, anna: Visitor) -> None:
    await write(stage, anna, "failed payments mostly")
    value = anna.last()["blocks"][-1]["elements"][0]["value"]
    dana = stage.visitor("dana")
    await write(stage, dana, "search speed mostly")
    forged = dana.last()
    forged["blocks"][-1]["elements"][0]["value"] = value
    await click(stage, dana, Action.TEXT_RIGHT, forged)
    assert answer(stage) is None
