"""What somebody needs who does not see the page, or uses no mouse: names, and a focus that stays where the work is."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, ViewportSize, expect

from tests.bot.harness import MONDAY, Stage, company
from tests.bot.page.browser import NARROW, WIDE, Window, window

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

ROLES = ("button", "link", "textbox", "combobox", "tab", "article", "img", "dialog", "region", "navigation")
SOMETHING = re.compile(r"\S")
FIELDS = 10  # two rows of three, two lists of teams, the question that goes round, the note
FOCUS_STAYS = """form => form.contains(document.activeElement) || document.activeElement === document.body"""


async def nameless(where: Locator) -> dict[str, int]:
    """How many elements of each role have no accessible name."""
    counts = {
        role: await where.get_by_role(role).count() - await where.get_by_role(role, name=SOMETHING).count()
        for role in ROLES
    }
    return {role: count for role, count in counts.items() if count}


async def open_prompt(stage: Stage, screen: Window) -> None:
    anna = stage.visitor("anna")
    await screen.open(f"{anna.user.id}/{anna.dm}")
    await expect(screen.button("Answer")).to_be_visible()


async def test_form_is_named_and_keeps_the_focus(tmp_path: Path, chromium: str) -> None:
    async with company(tmp_path) as stage, window(chromium, stage.sandbox.url, journey="access") as screen:
        await stage.advance(to=MONDAY)
        await open_prompt(stage, screen)
        await screen.button("Answer").click()
        await expect(screen.entry("text_1")).to_be_focused()
        await expect(screen.page.get_by_role("dialog", name="Check-in")).to_be_visible()
        fields = screen.modal.get_by_role("textbox").or_(screen.modal.get_by_role("combobox"))
        await expect(fields).to_have_count(FIELDS)
        assert await nameless(screen.modal) == {}

        reached = set()
        for _ in range(2 * FIELDS):
            await screen.page.keyboard.press("Tab")
            assert await screen.modal.evaluate(FOCUS_STAYS)
            reached.add(await screen.page.evaluate("document.activeElement.dataset.blockId"))
        assert {f"{part}_{row}" for part in ("text", "goal", "size") for row in (1, 2)} < reached

        await screen.page.keyboard.press("Escape")
        await expect(screen.modal).to_be_hidden()
        await expect(screen.button("Answer")).to_be_focused()
        assert screen.troubles == []


@pytest.mark.parametrize(("look", "size"), [("wide-dark", WIDE), ("narrow-dark", NARROW)])
async def test_every_place_has_names(tmp_path: Path, chromium: str, look: str, size: ViewportSize) -> None:
    async with (
        company(tmp_path) as stage,
        window(chromium, stage.sandbox.url, journey=f"places-{look}", size=size, dark=True) as screen,
    ):
        await stage.advance(to=MONDAY)
        await open_prompt(stage, screen)
        everything = screen.page.locator("body")
        for tab, said in (("home", "Your check-in is open"), ("about", "/goals"), ("messages", "Hi Anna")):
            await screen.named(f"tab-{tab}").click()
            await expect(screen.page.get_by_role("main")).to_contain_text(said)
            assert await nameless(everything) == {}, tab
            await screen.picture(tab)
        await screen.named("person-picker").click()
        await expect(screen.page.get_by_role("option")).to_have_count(4)
        assert await nameless(everything) == {}
        await screen.picture("people")
        assert screen.troubles == []
