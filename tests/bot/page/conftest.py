"""Where the browser is."""

import os

import pytest

from tests.bot.page.browser import find_browser

MISSING = "NO BROWSER FOUND: the page was NOT tested. `apt-get install chromium`, or name one in TRUELINE_TEST_BROWSER."


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium. Without one the tests are left out, and in CI they fail."""
    found = find_browser()
    if found is None:
        (pytest.fail if os.environ.get("CI", "").lower() in ("true", "1") else pytest.skip)(MISSING)
    return found
