"""A lead sets a plan in a real browser: the sum follows the keys, scores sort the goals; wide and narrow."""

from pathlib import Path

import pytest
from playwright.async_api import ViewportSize, expect

from bot.slack.ids import Action
from tests.bot.harness import company
from tests.bot.page.browser import NARROW, WIDE, Window, window

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

FEWER, SECOND = "weight:fewer-failed-payments", "weight:a-second-provider"


async def score(screen: Window, goal: str, impact: str, confidence: str, ease: str) -> None:
    row = screen.block(f"score:{goal}")
    for action, choice in (
        (Action.ICE_IMPACT, f"Impact {impact}"),
        (Action.ICE_CONFIDENCE, f"Confidence {confidence}"),
        (Action.ICE_EASE, f"Ease {ease}"),
    ):
        await row.locator(f'[data-action-id="{action}"]').click()
        await screen.page.get_by_role("option", name=choice, exact=True).click()


@pytest.mark.parametrize(("name", "size"), [("wide", WIDE), ("narrow", NARROW)])
async def test_journey_a_plan_is_typed_and_sorted(tmp_path: Path, chromium: str, name: str, size: ViewportSize) -> None:
    async with (
        company(tmp_path) as stage,
        window(chromium, stage.sandbox.url, journey=f"plan-{name}", size=size) as screen,
    ):
        ben = stage.visitor("ben")
        await screen.open(f"{ben.user.id}/{ben.dm}")
        await screen.named("composer").fill("/goals plan payments")
        await screen.page.keyboard.press("Enter")
        total = screen.block("sum")
        await expect(total).to_contain_text("Sum: 90 % · 10 % not planned")
        await screen.entry("reserve").press_sequentially("25")
        await expect(total).to_contain_text("Sum: 115 %: bring it to 100 or less")
        await expect(screen.entry("reserve")).to_be_focused()
        await screen.picture("1-too-much")
        await screen.entry("reserve").fill("10")
        await expect(total).to_contain_text("Sum: 100 % · reserve 10 %")
        await screen.button("Score the goals").click()
        await score(screen, "a-second-provider", "8", "6", "5")
        await expect(screen.modal).to_contain_text("ICE 240 (8 × 6 × 5)")
        await screen.picture("2-scores")
        await screen.named("modal-cancel").last.click()
        await screen.button("Sort by score").click()
        await expect(screen.modal.locator(".block-input").first).to_have_attribute("data-block", SECOND)
        await expect(screen.entry("reserve")).to_have_value("10")
        await screen.picture("3-sorted")
        await screen.named("modal-submit").click()
        await expect(screen.modal).to_be_hidden()
        with stage.store.snapshot() as tx:
            assert tx.teams.get("payments").reserve == 0.1
        assert screen.troubles == []
