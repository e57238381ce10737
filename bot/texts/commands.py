"""The commands' names in sentences that the domain says."""

import re

from bot.settings import Settings

_NAMES = re.compile(r"(?<![\w/])/(checkin|goals|align)\b")


def as_named(text: str, settings: Settings) -> str:
    """The domain speaks of `/checkin`, `/goals` and `/align`; a workspace may have other names for them."""
    named = {"checkin": settings.checkin_command, "goals": settings.goals_command, "align": settings.align_command}
    return _NAMES.sub(lambda found: named[found[1]], text)
