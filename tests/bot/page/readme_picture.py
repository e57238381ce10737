"""Takes the README's picture: the digest of the demo in its channel. Run by `make picture`."""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import ViewportSize, expect

from bot import logs
from bot.commands.staging import staged
from bot.demo.company import company_of
from bot.demo.names import MAIN
from bot.demo.planting import Plant
from bot.demo.play import Play
from bot.demo.showing import show
from tests.bot.page.browser import Window, find_browser, window

PICTURE = Path(__file__).parents[3] / "docs" / "demo.png"
PEOPLE, SEED = 36, 7  # the defaults of the demo
WEEKS = 4  # the digest of the fourth has the first findings
WORTH_SEEING = "Worth a decision"
SIZE = ViewportSize(width=1440, height=1250)  # a whole digest


async def take(chromium: str) -> None:
    """Play the weeks, look at the digest as somebody of the company, keep what is seen."""
    company = company_of(people=PEOPLE, seed=SEED, kinds=frozenset(Plant))
    async with staged(company) as play:
        seen = asyncio.Event()
        shown = asyncio.create_task(show(play, weeks=WEEKS, until=seen))
        await play.sandbox.until(lambda: play.sandbox.controls, within=120)
        async with window(chromium, play.sandbox.url, journey="readme", size=SIZE) as screen:
            await look_at_digest(play, screen)
            await screen.page.screenshot(path=PICTURE, animations="disabled")
        seen.set()
        await shown


async def look_at_digest(play: Play, screen: Window) -> None:
    """As somebody who has read their own messages."""
    sandbox, room = play.sandbox, play.company.bank.digest_room.name
    digests = next(channel for channel in sandbox.channels.values() if channel.name == room)
    reader = next(user for user in sandbox.users.values() if user.tz == MAIN.zone and not user.is_bot)
    own = screen.named(f"channel-{sandbox.as_person(reader.id).dm}")
    await screen.open(reader.id)
    await expect(own).not_to_contain_text("unread")
    await screen.named(f"channel-{digests.id}").click()
    digest = screen.page.get_by_role("article").filter(has_text=WORTH_SEEING)
    await digest.get_by_role("img").last.evaluate("image => image.decode()")
    await digest.get_by_role("button", name="View thread").scroll_into_view_if_needed()
    await screen.page.mouse.move(0, 0)


def main() -> None:
    chromium = find_browser()
    if chromium is None:
        sys.exit("No browser found: apt-get install chromium, or name one in TRUELINE_TEST_BROWSER.")
    logs.set_up("warning")
    asyncio.run(take(chromium))


if __name__ == "__main__":
    main()
