"""The strategy in chat: where it is shown, the form, and what was last changed about it."""

from bot.texts.goals import LINES, STRATEGY

NOTHING = "Where the organisation is going is not written down yet: vision, mission, for whom, what it offers."
ASK = "Admins can do so."
EDIT = "Edit"
TITLE = STRATEGY
SAVE, CANCEL = "Save", "Cancel"
HINTS = {
    "vision": "What the world looks like when you have succeeded",
    "mission": "What you do to get there",
    "target_market": "Who it is for",
    "value_proposition": "What they get that they find nowhere else",
}
WHY = "Why does it change?"
WHY_HINT = "Everybody who hears of the change sees it."
STORED = "Stored. Leads and owners of goals hear of it in their working hours, in ten minutes at the earliest."
AS_IT_WAS = "Nothing has changed."


def label(part: str) -> str:
    return LINES[part]


def changed(at: str, who: str | None, why: str) -> str:
    """at: written by the caller; name and text are escaped by the caller."""
    return f"Changed {at}{f' by {who}' if who else ''}{f': {why}' if why else '.'}"
