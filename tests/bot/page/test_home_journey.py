"""App Home in a real browser: days off by the date pickers, a time zone by type-ahead, the pause; wide and narrow."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from bot.slack.ids import Action
from checkins import absences
from tests.bot.harness import MONDAY, Stage, company
from tests.bot.page.browser import NARROW, Window, window
from tests.bot.slack.talking import RETRIES

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def open_home(stage: Stage, screen: Window) -> Locator:
    anna = stage.visitor("anna")
    await screen.open(f"{anna.user.id}/{anna.dm}/home")
    home = screen.named("home")
    await expect(home).to_contain_text("When I am asked")
    return home


def select(screen: Window, action: Action) -> Locator:
    """A select of App Home."""
    return screen.named("home").locator(f'[data-action-id="{action}"]')


async def answer(stage: Stage) -> None:
    """Anna's App Home shows an answer and goals besides."""
    anna = stage.visitor("anna")
    await anna.click(anna.last(), Action.UPDATE)
    await stage.rest()
    await anna.submit(RETRIES)
    await stage.pump()


async def add_days_off(screen: Window, home: Locator) -> None:
    """Backwards first, which the form says at its field; then as they are meant."""
    await screen.button("Add days off").click()
    await screen.entry("first").fill("2027-01-03")
    await screen.entry("last").fill("2026-12-21")
    await screen.named("modal-submit").click()
    await expect(screen.block("last").locator(".field-error")).to_contain_text("runs backwards")
    await expect(screen.entry("last")).to_be_focused()
    await screen.picture("2-backwards")
    await screen.entry("first").fill("2026-12-21")
    await screen.entry("last").fill("2027-01-03")
    await screen.named("modal-submit").click()
    await expect(screen.modal).to_be_hidden()
    await expect(home).to_contain_text("Mon 21 Dec – Sun 3 Jan 2027")


async def change_zone(screen: Window, home: Locator) -> None:
    zone = select(screen, Action.MY_ZONE)
    await zone.click()
    await expect(screen.page.get_by_role("option").first).to_contain_text("Follow my profile")
    await screen.picture("4-zones")
    await zone.fill("lisb")
    await screen.page.get_by_role("option", name="Europe/Lisbon").click()
    await expect(home).to_contain_text("Europe/Lisbon, as you chose")
    await expect(home).to_contain_text("Portugal, from your time zone")


async def pause_and_resume(screen: Window, home: Locator) -> None:
    await screen.button("Pause check-ins").click()
    await expect(home).to_contain_text("Your check-ins are paused.")
    await screen.picture("5-paused")
    await screen.button("Resume check-ins").click()
    await expect(screen.button("Pause check-ins")).to_be_visible()
    await expect(home).not_to_contain_text("paused")


async def test_wide_screen(tmp_path: Path, chromium: str) -> None:
    async with company(tmp_path) as stage, window(chromium, stage.sandbox.url, journey="home-wide") as screen:
        await stage.advance(to=MONDAY)
        await answer(stage)
        messages = len(stage.posted())
        home = await open_home(stage, screen)
        await screen.picture("1-home")
        await add_days_off(screen, home)
        await screen.picture("3-days-off")
        await change_zone(screen, home)
        await select(screen, Action.MY_REMINDERS).click()
        await screen.page.get_by_role("option", name="No reminder").click()
        await expect(home).to_contain_text("No reminder, as you chose")
        await pause_and_resume(screen, home)
        await screen.button("Remove").click()
        await expect(home).to_contain_text("None noted.")
        await screen.picture("6-end")
        assert len(stage.posted()) == messages
        assert screen.troubles == []


async def test_narrow_screen(tmp_path: Path, chromium: str) -> None:
    async with (
        company(tmp_path) as stage,
        window(chromium, stage.sandbox.url, journey="home-narrow", size=NARROW) as screen,
    ):
        anna, now = stage.person("anna"), stage.clock.now()
        for days in ("2026-09-04", "2026-10-05..2026-10-16"):
            absences.set_absence(stage.store, actor=anna, person=anna, typed=days, now=now)
        home = await open_home(stage, screen)
        await expect(home).to_contain_text("Now, for today")
        await screen.picture("1-home")
        await add_days_off(screen, home)
        await select(screen, Action.MY_COUNTRY).scroll_into_view_if_needed()
        await screen.picture("3-settings")
        await change_zone(screen, home)
        await pause_and_resume(screen, home)
        await screen.page.get_by_text("shows what is stored about you").scroll_into_view_if_needed()
        await screen.picture("6-end")
        assert await screen.page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]
        assert screen.troubles == []
