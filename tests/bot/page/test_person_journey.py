"""A member in a real browser: from the unread prompt to the receipt, on a wide screen by keyboard, on a narrow one."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.bot.harness import CHANNEL, MONDAY, Stage, company
from tests.bot.page.browser import NARROW, Window, window

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

MOST_TABS = 40
RETRIES, CLEAN_UP = "Retries for card payments", "Removed the old gateway"
GOAL, REASON = "Fewer failed payments", "Technical debt"


def channel(stage: Stage) -> str:
    return next(each.id for each in stage.sandbox.channels.values() if each.name == CHANNEL)


async def tab_to(screen: Window, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(MOST_TABS):
        if await target.evaluate("node => node === document.activeElement"):
            return
        await screen.page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached with Tab")


async def press(screen: Window, *keys: str) -> None:
    for key in keys:
        await screen.page.keyboard.press(key)


async def become_anna_by_keyboard(stage: Stage, screen: Window) -> None:
    """From Ben in the channel to Anna in her messages with the bot, which has one that she has not read."""
    await screen.open(f"{stage.users['ben'].id}/{channel(stage)}")
    await tab_to(screen, screen.named("person-picker"))
    await press(screen, "Enter")
    await screen.page.keyboard.type("anna")
    await expect(screen.page.get_by_role("option")).to_have_count(1)
    await screen.picture("1-picker")
    await press(screen, "Enter")
    await expect(screen.named("person-picker")).to_contain_text("Anna Berg")
    await expect(screen.named(f"channel-{stage.visitor('anna').dm}")).to_contain_text("1 unread")
    await press(screen, "Control+k")
    await screen.page.keyboard.type("true")
    await press(screen, "Enter")
    await expect(screen.named(f"channel-{stage.visitor('anna').dm}")).not_to_contain_text("unread")


async def fill_by_keyboard(screen: Window) -> None:
    """Forget the goal, read why the form does not go, and fill it."""
    await expect(screen.entry("text_1")).to_be_focused()
    await screen.page.keyboard.type(RETRIES)
    await press(screen, "Enter")
    await expect(screen.block("goal_1")).to_contain_text("Please complete this required field.")
    await expect(screen.entry("goal_1")).to_be_focused()
    await expect(screen.entry("text_1")).to_have_value(RETRIES)
    await screen.picture("3-missing")

    await press(screen, "ArrowDown")
    await expect(screen.page.get_by_role("option", name=GOAL)).to_be_visible()
    await screen.picture("4-goals")
    await screen.page.keyboard.type("fewer")
    await expect(screen.page.get_by_role("option")).to_have_count(1)
    await press(screen, "Enter")
    await expect(screen.entry("goal_1")).to_have_value(GOAL)
    await expect(screen.block("goal_1").locator(".field-error")).to_be_empty()
    await press(screen, "Tab", "ArrowDown", "Enter")
    await expect(screen.entry("size_1")).to_have_value("Most of it")


async def add_work_without_a_goal(screen: Window) -> None:
    """A second row that lacks its goal: the bot says so at the field, and the rest stays."""
    await tab_to(screen, screen.entry("text_2"))
    await screen.page.keyboard.type(CLEAN_UP)
    await press(screen, "Enter")
    await expect(screen.block("goal_2").locator(".field-error")).not_to_be_empty()
    await expect(screen.entry("text_2")).to_have_value(CLEAN_UP)
    await screen.picture("5-refused")
    await screen.choose("goal_2", REASON)
    await tab_to(screen, screen.named("modal-submit"))
    await press(screen, "Enter")
    await expect(screen.modal).to_be_hidden()


async def read_receipt(screen: Window) -> Locator:
    """The prompt has become the receipt: the same message, and the only one."""
    message = screen.page.get_by_role("article")
    await expect(message).to_have_count(1)
    await expect(message).to_contain_text("Your check-in is stored.")
    await expect(message).to_contain_text(re.compile(f"{RETRIES}.+{GOAL}.+75.+{CLEAN_UP}.+{REASON}.+25"))
    return message


async def edit_by_keyboard(stage: Stage, screen: Window, message: Locator) -> None:
    await tab_to(screen, screen.button("Edit"))
    await press(screen, "Enter")
    await expect(screen.entry("text_1")).to_have_value(RETRIES)
    await screen.page.keyboard.type(" and wallets")
    await screen.picture("7-edit")
    await press(screen, "Enter")
    await expect(screen.modal).to_be_hidden()
    await stage.pump()
    await expect(message).to_contain_text(f"{RETRIES} and wallets")
    await expect(screen.button("Edit")).to_be_focused()


async def ask_for_goals(screen: Window) -> None:
    """Type a command, helped on by the list of them; its answer is for one pair of eyes."""
    await tab_to(screen, screen.named("composer"))
    await screen.page.keyboard.type("/go")
    await expect(screen.named("command-goals")).to_be_visible()
    await screen.picture("8-commands")
    await press(screen, "Enter")
    await expect(screen.named("composer")).to_have_value("/goals ")
    await press(screen, "Enter")
    answer = screen.page.get_by_role("article").filter(has_text="Only visible to you")
    await expect(answer).to_contain_text(GOAL)
    await expect(answer).to_contain_text("A second provider")
    await screen.picture("9-goals-listed")


async def look_at_home(screen: Window) -> None:
    await screen.named("tab-home").click()
    await expect(screen.named("home")).to_contain_text("Your last answer")
    await expect(screen.named("home")).to_contain_text(RETRIES)


async def test_wide_screen_and_keyboard(tmp_path: Path, chromium: str) -> None:
    async with company(tmp_path) as stage, window(chromium, stage.sandbox.url, journey="person-wide") as screen:
        await stage.advance(to=MONDAY)
        await become_anna_by_keyboard(stage, screen)
        await expect(screen.page.get_by_role("article")).to_contain_text("Hi Anna")
        await screen.picture("2-prompt")
        await tab_to(screen, screen.button("Answer"))
        await press(screen, "Enter")
        await fill_by_keyboard(screen)
        await add_work_without_a_goal(screen)
        await stage.pump()
        message = await read_receipt(screen)
        await screen.picture("6-receipt")
        await edit_by_keyboard(stage, screen, message)
        await ask_for_goals(screen)
        await look_at_home(screen)
        await screen.picture("10-home")
        assert screen.troubles == []


async def fits(screen: Window) -> None:
    """Nothing sticks out to the side."""
    assert await screen.page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]


async def find_prompt_in_drawer(stage: Stage, screen: Window) -> None:
    await screen.open(f"{stage.users['ben'].id}/{channel(stage)}")
    await screen.named("person-picker").click()
    await screen.named(f"person-option-{stage.users['anna'].id}").click()
    await expect(screen.named("person-picker")).to_contain_text("Anna Berg")
    await screen.named("drawer").click()
    place = screen.named(f"channel-{stage.visitor('anna').dm}")
    await expect(place).to_contain_text("1 unread")
    await screen.picture("1-drawer")
    await place.click()
    await expect(screen.page.get_by_role("article")).to_contain_text("Hi Anna")
    await expect(screen.named("sidebar")).not_to_be_in_viewport()


async def answer_in_full_screen(screen: Window) -> None:
    await screen.button("Answer").click()
    await expect(screen.entry("text_1")).to_be_visible()
    box = await screen.modal.bounding_box()
    assert box is not None and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *NARROW.values())
    await screen.entry("text_1").fill(RETRIES)
    await screen.choose("goal_1", GOAL)
    await screen.entry("text_2").fill(CLEAN_UP)
    await screen.entry("goal_2").click()
    await expect(screen.page.get_by_role("option", name=REASON)).to_be_in_viewport()
    await screen.picture("3-reasons")
    await screen.page.get_by_role("option", name=REASON).click()
    await screen.entry("note").fill("The gateway's logs were a great help.")
    await screen.picture("4-note")
    await screen.named("modal-submit").click()
    await expect(screen.modal).to_be_hidden()


async def test_narrow_screen(tmp_path: Path, chromium: str) -> None:
    async with (
        company(tmp_path) as stage,
        window(chromium, stage.sandbox.url, journey="person-narrow", size=NARROW) as screen,
    ):
        await stage.advance(to=MONDAY)
        await find_prompt_in_drawer(stage, screen)
        await screen.picture("2-prompt")
        await fits(screen)
        await answer_in_full_screen(screen)
        await stage.pump()
        message = screen.page.get_by_role("article")
        await expect(message).to_contain_text("The gateway's logs were a great help.")
        await screen.picture("5-receipt")
        await ask_for_goals(screen)
        await look_at_home(screen)
        await screen.picture("10-home")
        await fits(screen)
        assert screen.troubles == []
