"""An admin in a real browser: from an empty workspace to the digest in its channel."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from bot.slack.ids import Action
from tests.bot.harness import CHANNEL, Stage, bot_in_sandbox
from tests.bot.page.browser import Window, window

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

ASKED = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)  # Monday, before the schedule's first date
DIGEST_DAY = datetime(2026, 9, 10, 14, 0, tzinfo=UTC)  # Thursday 16:00 in Berlin
FEWER, SECOND = "Fewer failed payments", "A second provider"


def step(screen: Window, name: str) -> Locator:
    """One line of the checklist."""
    return screen.named("home").locator(".block").filter(has_text=name)


async def save(stage: Stage, screen: Window) -> None:
    await screen.named("modal-submit").click()
    await expect(screen.modal).to_be_hidden()
    await stage.pump()


async def add_team(stage: Stage, screen: Window) -> None:
    await screen.button("Add a team").click()
    await screen.entry("name").fill("Payments")
    await screen.entry("members").click()
    await expect(screen.page.get_by_role("option")).to_have_count(4)
    await screen.picture("2-people")
    for name in ("Anna Berg", "Cleo Sun", "Dana Roy"):
        await screen.page.get_by_role("option", name=name).click()
    await screen.page.keyboard.press("Escape")
    await screen.choose("leads", "Ben Ode")
    await screen.page.keyboard.press("Escape")
    await expect(screen.block("members").locator(".chip")).to_have_count(3)
    await screen.picture("3-team")
    await save(stage, screen)
    await expect(step(screen, "1. Teams")).to_contain_text("Payments (3 people)")


async def set_goals(stage: Stage, screen: Window) -> None:
    await screen.button("Set goals").first.click()
    for number, (title, weight) in enumerate(((FEWER, "60"), (SECOND, "half")), start=1):
        await screen.entry(f"title_{number}").fill(title)
        await screen.entry(f"weight_{number}").fill(weight)
    await screen.named("modal-submit").click()
    await expect(screen.block("weight_2").locator(".field-error")).not_to_be_empty()
    await expect(screen.entry("title_2")).to_have_value(SECOND)
    await screen.picture("4-goals-refused")
    await screen.entry("weight_2").fill("30")
    await save(stage, screen)
    await expect(step(screen, "2. Goals")).to_contain_text("2 goals")


async def set_schedule(stage: Stage, screen: Window) -> None:
    await screen.button("Set the schedule").click()
    await expect(screen.entry("weekday")).to_have_value("Monday")
    await expect(screen.entry("at")).to_have_value("09:30")
    await screen.picture("5-schedule")
    await save(stage, screen)
    await expect(step(screen, "3. Schedule")).to_contain_text("Monday 09:30")


async def choose_channel(stage: Stage, screen: Window) -> None:
    await screen.button("Choose a channel").click()
    await screen.choose("channel", f"#{CHANNEL}")
    await screen.entry("zone").fill("stockh")
    await screen.page.get_by_role("option", name="Europe/Stockholm").click()
    await screen.picture("6-digest")
    await save(stage, screen)
    await expect(step(screen, "4. Digest")).to_contain_text(f"#{CHANNEL}, Thursday 16:00 (Europe/Stockholm)")


async def ask_now(stage: Stage, screen: Window) -> None:
    await screen.picture("7-ready")
    await screen.button("Ask the team now").click()
    await expect(screen.named("confirm")).to_be_visible()
    await screen.picture("8-confirm")
    await screen.named("confirm-yes").click()
    await expect(screen.modal).to_contain_text("3 people got the check-in just now.")
    await screen.button("Close").last.click()
    await expect(screen.modal).to_be_hidden()
    await stage.pump()
    await expect(step(screen, "First round")).to_contain_text("Everybody was asked.")
    await screen.picture("9-asked")


async def answer_off_screen(stage: Stage, name: str, goal: str) -> None:
    visitor = stage.visitor(name)
    await visitor.click(visitor.last(), Action.UPDATE)
    await stage.rest()
    assert await visitor.submit({"text_1": "Retries for card payments", "goal_1": goal, "size_1": "most"}) == {}
    await stage.pump()


async def answer_on_screen(stage: Stage, screen: Window, name: str) -> None:
    """Become somebody of the team, answer, and go back to being the admin."""
    user = stage.users[name]
    await screen.named("person-picker").click()
    await screen.named(f"person-option-{user.id}").click()
    await expect(screen.named("person-picker")).to_contain_text(user.real_name)
    await screen.named(f"channel-{stage.visitor(name).dm}").click()
    await screen.button("Answer").click()
    await screen.entry("text_1").fill("Contracts of two banks")
    await screen.choose("goal_1", SECOND)
    await save(stage, screen)
    await expect(screen.page.get_by_role("article")).to_contain_text("Your check-in is stored.")


async def publish(stage: Stage, screen: Window) -> None:
    """The first digests come to the admins, who publish them."""
    ben = stage.visitor("ben")
    await screen.open(f"{ben.user.id}/{ben.dm}")
    preview = screen.page.get_by_role("article").last
    await expect(preview).to_contain_text("This is how the digest will look.")
    await expect(preview).to_contain_text("3 of 3 people answered")
    await screen.picture("10-preview")
    await screen.button("Publish").click()
    await stage.pump()
    await expect(preview).to_contain_text("Published by Ben Ode in")
    await expect(screen.button("Publish")).to_have_count(0)


async def read_digest(screen: Window) -> None:
    """In its channel, with its picture, and the team's details in the thread."""
    await screen.page.get_by_role("link", name=f"#{CHANNEL}").last.click()
    digest = screen.page.get_by_role("article").filter(has_text="Week 37")
    await expect(digest).to_contain_text("7–13 September 2026")
    picture = digest.get_by_role("img", name=FEWER)
    await expect(picture).to_be_in_viewport()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 600
    await screen.picture("11-digest")
    await screen.page.get_by_role("button", name="View thread").click()
    await expect(screen.named("thread")).to_contain_text("Payments · 3 of 3 answered")
    await expect(screen.named("thread-composer")).to_be_focused()
    await screen.picture("12-thread")


async def test_from_empty_to_the_digest(tmp_path: Path, chromium: str) -> None:
    async with bot_in_sandbox(tmp_path) as stage, window(chromium, stage.sandbox.url, journey="admin-wide") as screen:
        ben = stage.visitor("ben")
        await screen.open(f"{ben.user.id}/{ben.dm}/home")
        await expect(screen.named("home")).to_contain_text("Set-up")
        await screen.picture("1-empty")
        for do in (add_team, set_goals, set_schedule, choose_channel):
            await do(stage, screen)
        await stage.advance(to=ASKED)
        await ask_now(stage, screen)
        await answer_off_screen(stage, "anna", FEWER)
        await answer_off_screen(stage, "cleo", FEWER)
        await answer_on_screen(stage, screen, "dana")
        await stage.advance(to=DIGEST_DAY)
        await publish(stage, screen)
        await read_digest(screen)
        assert screen.troubles == []
