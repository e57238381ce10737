"""Answering in one's own words in a real browser: written, corrected on the card, confirmed; wide and narrow."""

from pathlib import Path

import pytest
from playwright.async_api import ViewportSize, expect

from tests.bot.harness import MONDAY, company
from tests.bot.page.browser import NARROW, WIDE, window

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

WORDS = "failed payments mostly, bit of pager duty; waiting on Search"
LIGHTS_ON = "Keeping the lights on"


@pytest.mark.parametrize(("name", "size"), [("wide", WIDE), ("narrow", NARROW)])
async def test_journey_words_become_the_receipt(tmp_path: Path, chromium: str, name: str, size: ViewportSize) -> None:
    async with (
        company(tmp_path) as stage,
        window(chromium, stage.sandbox.url, journey=f"words-{name}", size=size) as screen,
    ):
        await stage.advance(to=MONDAY)
        anna = stage.visitor("anna")
        await screen.open(f"{anna.user.id}/{anna.dm}")
        before = len(stage.posted())
        await screen.named("composer").fill(WORDS)
        await screen.page.keyboard.press("Enter")
        card = screen.page.get_by_role("article").filter(has=screen.button("Looks right"))
        await expect(card).to_contain_text("Teams you are waiting on: Search")
        await screen.picture("1-card")
        await card.get_by_role("combobox").nth(1).click()
        await screen.page.get_by_role("option", name=LIGHTS_ON).click()
        await screen.picture("2-corrected")
        await screen.button("Looks right").click()
        await stage.rest()
        await stage.pump()
        receipt = screen.page.get_by_role("article").first
        await expect(receipt).to_contain_text("Your check-in is stored.")
        await expect(receipt).to_contain_text(LIGHTS_ON)
        await screen.picture("3-receipt")
        assert len(stage.posted()) == before + 1  # the card
        assert screen.troubles == []
