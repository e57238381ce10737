"""The form for one goal, and what is said once it is stored. In mrkdwn titles are escaped by the caller."""

from collections.abc import Sequence

from checkins.goal_periods import Period
from checkins.model import GoalStatus, Level
from checkins.smart import Smart

ADD, EDIT = "Add a goal", "Edit"
ADD_FORM, EDIT_FORM = "Add a goal", "Edit a goal"
SAVE, CANCEL = "Save", "Cancel"
GOAL = "Goal"

TITLE = "Title"
TITLE_HINT = "What will be different, in a few words"
DESCRIPTION = "Description"
DESCRIPTION_HINT = "What belongs to it and what does not"
LEVEL = "Level"
LEVELS = {Level.ORGANISATION: "Organisation", Level.PRODUCT: "Product", Level.TEAM: "Team"}
SUPPORTS = "Supports"
CHOOSE_GOALS = "Choose goals"
OWNER = "Owner"
CHOOSE_OWNER = "Choose somebody"
TEAM = "Team"
NO_TEAM = "No team"
CONTRIBUTING = "Contributing teams"
CONTRIBUTING_HINT = "They work on it too. Their share is set in their own plan."
DEPENDS_ON = "Depends on"
DEPENDS_ON_HINT = "Teams whose work it needs"
CHOOSE_TEAM, CHOOSE_TEAMS = "Choose a team", "Choose teams"
PERIOD = "*Period*"
PERIODS = {
    Period.THIS_QUARTER: "This quarter",
    Period.NEXT_QUARTER: "Next quarter",
    Period.HALF_YEAR: "This half-year",
    Period.YEAR: "This year",
    Period.FREE: "Other dates",
}
STARTS, ENDS = "First day", "Last day"
CHOOSE_DAY = "Choose a day"
MEASURE = "Measure"
MEASURE_HINT = "What shows that it is reached, like “Weekly signups”"
FRAMEWORK = "Kind of measure"
BASELINE, TARGET, UNIT, CURRENT = "Baseline", "Target", "Unit", "Current value"
NUMBER_HINT = "A number, like 12.5"
UNIT_HINT = "For example % or days"
STATUS = "Status"
STATUSES = {
    GoalStatus.ACTIVE: "Active",
    GoalStatus.PAUSED: "Paused",
    GoalStatus.DONE: "Done",
    GoalStatus.DROPPED: "Dropped",
}
WHY = "Why"
WHY_HINT = "Kept with the change, for everybody who looks at the goal."
WHICH = "Which goal do you want to edit?"
NONE_OPEN = "You have no open goal to edit."
CHOOSE_GOAL = "Choose a goal"

ADVICE = {
    Smart.SPECIFIC: "Say in a few more words and a description what belongs to it.",
    Smart.MEASURABLE: "Name a measure that shows when it is reached.",
    Smart.ACHIEVABLE: "Give the measure a baseline and a target that lie apart.",
    Smart.RELEVANT: "Say which goal it supports.",
    Smart.TIME_BOUND: "Give it a last day.",
}
_COUNTS = ("no", "One thing", "Two things", "Three things", "Four things", "Five things")


def stored(lacking: Sequence[Smart]) -> str:
    """What would make the stored goal stronger, a line each."""
    lines = [f"• {ADVICE[part]}" for part in lacking]
    return "\n".join([f"Stored. {_COUNTS[len(lines)]} would make it stronger:", *lines])


def owner_without(name: str) -> str:
    return f"{name} has no account here and stays the owner unless you choose somebody."


def value_now(value: str, unit: str) -> str:
    return f"Now {' '.join(filter(None, (value, unit)))}. Empty leaves it so."


def more(count: int) -> str:
    return f"{count} more. Add words of the title to find them."
