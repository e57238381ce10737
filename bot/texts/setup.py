"""Setting up in chat: the checklist, its forms, and what comes of them. Names are escaped by the caller."""

from collections.abc import Sequence
from datetime import time

from checkins.cadence import WEEKDAYS
from checkins.model import Cadence

TITLE, SETTINGS = "Set-up", "Settings"
INTRO = "Five short steps. Nobody is asked before the schedule starts or you press “Ask the team now”."
DONE = "Done"
TO_DO = "To do"

TEAM, TEAM_BUTTON, TEAM_AGAIN = "Teams", "Add a team", "Add another team"
GOALS, GOALS_BUTTON, GOALS_AGAIN = "Goals", "Set goals", "Change goals"
SCHEDULE, SCHEDULE_BUTTON, SCHEDULE_AGAIN = "Schedule", "Set the schedule", "Change the schedule"
DIGEST, DIGEST_BUTTON, DIGEST_AGAIN = "Digest", "Choose a channel", "Change the digest"
ASK, ASK_BUTTON, ASK_AGAIN = "First round", "Ask the team now", "Ask now"

NO_TEAM = "Who works together, and who leads them."
NO_GOALS = "What each team works towards, and how much of its work each goal should get."
NO_SCHEDULE = "When everybody is asked. Monday 09:30, every week, is a good start."
NO_DIGEST = "Where and when the weekly digest appears. The first two go to admins only."
NOT_ASKED = "Or wait for the schedule."
NOT_YET = "Needs a team and a schedule first."
ASKED = "Everybody was asked."
CONFIRM_ASK = "Everybody in a team gets a message from Trueline now."

SAVE, CANCEL = "Save", "Cancel"
MOST_TEAMS_NAMED = 6

CADENCES = {
    Cadence.WEEKLY: "Every week",
    Cadence.FORTNIGHTLY: "Every two weeks",
    Cadence.MONTHLY: "Every month, on the first such day",
}
REMINDERS = {0: "No reminder", 1: "One reminder, after a day"}


def line(number: int, name: str, *, done: bool, detail: str) -> str:
    return f"*{number}. {name}* · {DONE if done else TO_DO}\n{detail}"


def setting(name: str, detail: str) -> str:
    return f"*{name}*\n{detail}"


def team_line(name: str, members: int) -> str:
    return f"{name} ({people(members)})"


def people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def some(lines: Sequence[str]) -> str:
    """A few of the lines in a row, and how many more there are."""
    left = len(lines) - MOST_TEAMS_NAMED
    shown = ", ".join(lines[:MOST_TEAMS_NAMED])
    return f"{shown} and {left} more" if left > 0 else shown


def goals_line(goals: int, without: Sequence[str]) -> str:
    counted = "1 goal" if goals == 1 else f"{goals} goals"
    return f"{counted}. Without goals: {some(without)}." if without else f"{counted}."


def schedule_line(weekday: int, at: time, cadence: Cadence, reminders: int) -> str:
    kept = REMINDERS[min(reminders, 1)].lower()
    return f"{WEEKDAYS[weekday]} {at:%H:%M} in each person's own time zone, {CADENCES[cadence].lower()}, {kept}."


def digest_line(channel: str, weekday: int, at: time, zone: str) -> str:
    return f"<#{channel}>, {WEEKDAYS[weekday]} {at:%H:%M} ({zone})."


def unlinked(count: int) -> str:
    why = "no Slack account has their e-mail address"
    return f"{people(count)} cannot be asked: {why}. `/align people` links them."


def others(admins: Sequence[str], *, complete: bool) -> str:
    who = ", ".join(admins) or "An owner of this workspace"
    return f"{who} can change the set-up." if complete else f"Trueline is not set up yet. {who} can do it."


GOALS_FORM = "Goals"
CHOOSE_TEAM = "Team"
ADD_ROW = "Add a row"
RESERVE = "Share kept for running things, in percent"
RESERVE_HINT = "Maintenance, support, meetings. Together with the goals at most 100."
TEAM_FIRST = "Add a team first, then its goals."
MORE_TEAMS = "Not every team fits here. For another one, open its goals and press “Set goals” there."


def goal_label(number: int) -> str:
    return f"Goal {number}"


def weight_label(number: int) -> str:
    return f"Planned share of the team's work for goal {number}, in percent"


SCHEDULE_FORM = "Schedule"
DAY, TIME, CADENCE, REMIND = "Day", "Time", "How often", "Reminders"
TIME_HINT = "In each person's own time zone."

DIGEST_FORM = "Weekly digest"
CHANNEL = "Channel"
CHANNEL_HINT = "Trueline posts a test message there when you save."
CHOOSE_CHANNEL = "Choose a channel"
ZONE = "Time zone"
CHOOSE_ZONE = "Type a city"


def not_in(channel: str, bot: str) -> str:
    return f"I am not in {channel} yet. Type /invite @{bot} there, then press Save again."


ARCHIVED = "This channel is archived. Choose another one."


def asked(count: int) -> str:
    return f"{people(count)} got the check-in just now."


def digest_channel_archived(channel: str) -> str:
    return f"The digest's channel <#{channel}> was archived. Choose another one, or the next digest cannot go out."


def digest_channel_left(channel: str) -> str:
    remedy = "Type `/invite @Trueline` there, or choose another one."
    return f"I was removed from the digest's channel <#{channel}>. {remedy}"


def digest_channel_renamed(name: str) -> str:
    return f"The digest's channel is called #{name} now. Nothing has to be done."
