"""A visitor's browser window on the sandbox's page: opens places, takes pictures, keeps what went wrong."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page, Request, ViewportSize, WebSocket, async_playwright, expect

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
PATIENCE = 20_000  # milliseconds that a locator or an expectation waits
PICTURES = Path(__file__).parents[3] / "out" / "screens"
PUT_HINT_AWAY = 'localStorage.setItem("sandbox.hint-seen", "yes")'


def find_browser() -> str | None:
    """The path of the Chromium to test with; None where there is none."""
    wanted = os.environ.get("TRUELINE_TEST_BROWSER")
    return wanted or next(filter(None, map(shutil.which, NAMES)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One window. troubles: errors of the console, requests that failed or went elsewhere."""

    page: Page
    url: str
    journey: str
    troubles: list[str]

    async def open(self, place: str = "") -> None:
        """Go to a place such as "U1/D2/home"; the empty one leaves the choice to the page."""
        await self.page.goto(f"{self.url}/#{place}")
        await self.named("person-picker").wait_for()

    def named(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def modal(self) -> Locator:
        """The form on top."""
        return self.named("modal")

    def block(self, block_id: str) -> Locator:
        """A field of the form on top, with its label, hint and error."""
        return self.modal.locator(f'.block[data-block="{block_id}"]')

    def entry(self, block_id: str) -> Locator:
        """What one types or chooses in, in a field of the form on top."""
        return self.modal.locator(f'[data-block-id="{block_id}"]')

    async def choose(self, block_id: str, label: str) -> None:
        """Take one option of a select menu in the form on top."""
        await self.entry(block_id).click()
        await self.page.get_by_role("option", name=label).click()

    async def picture(self, name: str) -> None:
        """Keep what the window shows, for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.evaluate("document.fonts.ready")
        await self.page.screenshot(path=PICTURES / f"{self.journey}-{name}.png", animations="disabled")


def watched(page: Page, url: str) -> list[str]:
    """A list that fills with what goes wrong on the page."""
    troubles: list[str] = []

    def look_at(request: Request | WebSocket) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(url).netloc:
            troubles.append(f"elsewhere: {request.url}")

    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url} {request.failure}"))
    page.on("request", look_at)
    page.on("websocket", look_at)
    return troubles


@asynccontextmanager
async def window(
    chromium: str, url: str, *, journey: str, size: ViewportSize = WIDE, dark: bool = False
) -> AsyncIterator[Window]:
    """A window on the page; the hint of a first visit is put away."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = await browser.new_context(viewport=size, color_scheme="dark" if dark else "light")
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        await context.add_init_script(PUT_HINT_AWAY)
        try:
            page = await context.new_page()
            yield Window(page=page, url=url, journey=journey, troubles=watched(page, url))
        finally:
            await browser.close()
