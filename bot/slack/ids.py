"""Every id that travels to Slack and back: action, callback and block ids. Versioned metadata carries ids only."""

import json
from enum import StrEnum

from checkins.errors import TruelineError

METADATA_VERSION = 1


class Action(StrEnum):
    """Buttons and selects. A button's value is the id of what it is about."""

    SAME = "prompt.same"
    UPDATE = "prompt.update"
    SKIP = "prompt.skip"
    LATER = "prompt.later"
    EDIT = "receipt.edit"
    ROW = "check_in.row"
    TEXT_RIGHT = "text.right"
    TEXT_CHANGE = "text.change"
    TEXT_NOT_MEANT = "text.not_meant"
    TEXT_GOAL = "text.goal"
    SETUP_TEAM = "setup.team"
    SETUP_GOALS = "setup.goals"
    SETUP_SCHEDULE = "setup.schedule"
    SETUP_DIGEST = "setup.digest"
    SETUP_ASK = "setup.ask"
    GOALS_TEAM = "goals.team"
    GOALS_ROW = "goals.row"
    ZONE = "digest.zone"
    PUBLISH = "digest.publish"
    SEND_DATA = "privacy.send"
    ERASE = "privacy.erase"


class Callback(StrEnum):
    """Modals."""

    CHECK_IN = "check_in"
    TEAM = "team"
    GOALS = "goals"
    SCHEDULE = "schedule"
    DIGEST = "digest"
    MESSAGE = "message"  # a modal that only says something; it has no submit button


class Shortcut(StrEnum):
    """Entries of Slack's own menus."""

    CHECK_IN_NOW = "check_in_now"


class Event(StrEnum):
    """Metadata of messages: what they are, so that a resumed delivery finds them again."""

    DELIVERY = "trueline"  # followed by the kind


def pack(**ids: str) -> str:
    """Private metadata for a view. It comes back from the client, so it is never trusted."""
    return json.dumps({"v": METADATA_VERSION, **ids}, separators=(",", ":"))


def unpack(metadata: str, *names: str) -> tuple[str, ...]:
    """The named ids. Raises TruelineError for metadata of another version or shape."""
    try:
        data = json.loads(metadata)
        if data["v"] != METADATA_VERSION:
            raise ValueError
        return tuple(str(data[name]) for name in names)
    except (KeyError, TypeError, ValueError):
        raise TruelineError("This form is from an older version of Trueline. Close it and open it again.") from None
