"""What the check-in says: prompt, form, receipt, reminder. In mrkdwn; names and texts are escaped by the caller."""

from collections.abc import Iterable, Sequence

from checkins.model import Reason
from checkins.visibility import Grant, Part, Viewer, grant
from checkins.wording import listed

TITLE = "Check-in"

ANSWER, UPDATE, EDIT, SAME = "Answer", "Update", "Edit", "Same as last time"
SKIP, LATER, SEND, CANCEL, ADD_ROW = "Skip", "Later today", "Send", "Cancel", "Add a row"
ANSWER_ANYWAY = "Answer anyway"

LAST_TIME = "*Last time*"
STORED = "*Your check-in is stored.* Thank you."
STORED_LATE = "*Your check-in is stored.* Late answers count too."
STORED_SHORT = "Your check-in is stored."
EDITABLE = "You can edit it until the next check-in opens."
STILL_OPEN = "Your check-in is still open."
SKIPPED = "Skipped. See you next time."
LEFT_OUT = "Left out: you are away. It does not count as missed."
CLOSED = "This check-in has closed."
REMINDER_ANSWERED = "Answered above."
REMINDER_SKIPPED = "Skipped."
REMINDER_CLOSED = "Closed."
ANSWERED_ALREADY = (
    "You have answered already, so there is nothing to skip. To change your answer, press “Edit” below it."
)

OPENED_SINCE = "The next check-in has opened since. Here is your text again: send it for this one, or cancel."
NOT_STORED = "This form was too old to be stored. Here is your text again: send it for your newest check-in, or cancel."
ANSWERED_SINCE = (
    "The next check-in has opened since, and you have answered it already. Here is your text, so that you can copy it; "
    "“Edit” below your answer takes it."
)
NONE_TO_ANSWER = "There is no check-in to answer any more. Here is your text, so that you can copy it."

REASONS = {
    Reason.KEEPING_THE_LIGHTS_ON: "Keeping the lights on",
    Reason.URGENT_CUSTOMER_NEED: "Urgent customer need",
    Reason.TECHNICAL_DEBT: "Technical debt",
    Reason.EXPLORATION: "Exploration",
    Reason.GOAL_MISSING: "The goal is missing from this list",
    Reason.ASKED_FOR: "Asked for by someone",
}
SIZES = {"most": "most of my time", "half": "about half", "some": "some", "little": "a little"}

SIZE_CHOICES = {"most": "Most of it", "half": "About half", "some": "Some", "little": "A little"}

OTHER_GOALS = "Other goals"
NO_GOAL = "None of our goals"
GOAL_LABEL, SIZE_LABEL = "Which goal did that serve?", "How much of your time did that take?"
CHOOSE_GOAL = "Choose a goal or a reason"
CHOOSE_SIZE = "Some, if left empty"
WORKED_WITH, WAITING_ON, CHOOSE_TEAMS = "Teams you worked with", "Teams you are waiting on", "Choose teams"
NOTE = "Note to the leads"

_READERS = {Viewer.TEAM: "your team", Viewer.LEAD: "your leads", Viewer.ADMIN: "admins"}


def greeting(name: str) -> str:
    return f"Hi {name}."


def welcome(name: str, *, team: str, added_by: str | None) -> str:
    """First contact: what this is, who brought it here."""
    brought = f"*{added_by}* added your team, *{team}*." if added_by else f"You are in the team *{team}*."
    return (
        f"Hi {name}, I am Trueline. {brought} I ask what each team works on and which goal that serves, so that "
        "gaps and double work show early."
    )


FIRST_QUESTION = "What did you work on in the past week? Press Answer, or just write it to me: half a minute is enough."
QUESTION = "What did you work on since your last check-in? You can also just write it to me."


def item(text: str, about: str, share: str) -> str:
    """One line of an answer. about: its goal or reason, empty where there is none."""
    return f"• {text}  →  _{about}_ · {share}" if about else f"• {text} · {share}"


def quote(text: str) -> str:
    return f"• “{text}”"


def closed_goal(title: str) -> str:
    return f"{title} (closed)"


def more(count: int) -> str:
    return f"and {count} more"


def teams(label: str, names: Iterable[str]) -> str:
    return f"{label}: {', '.join(names)}"


def note(text: str) -> str:
    return f"{NOTE}: {text}"


def readers(part: Part) -> str:
    """Who besides oneself reads a part of an answer, by the table of who sees what."""
    return listed([word for viewer, word in _READERS.items() if grant(part, viewer) is Grant.YES])


def who_sees(team: str) -> str:
    sums = " Channels get sums per team only." if grant(Part.WORK, Viewer.CHANNEL) is Grant.SUMS else ""
    skipped = "" if readers(Part.SILENCE) else " Nobody sees who skipped."
    return (
        f"Your answer for *{team}* is seen by {readers(Part.WORK)}.{sums} "
        f"A note is read by {readers(Part.NOTE)} only.{skipped}"
    )


def next_digest(when: str) -> str:
    return f"The next digest goes out {when}."


def note_hint(leads: Sequence[str]) -> str:
    """Plain text."""
    return f"Only your leads read this: {listed(leads)}." if leads else "Only your leads read this."


def text_label(number: int) -> str:
    return "What did you work on?" if number == 1 else "What else did you work on?"


def goals_of(team: str) -> str:
    """Plain text."""
    return f"Goals of {team}"


def reminder(name: str, closes: str, *, last: bool) -> str:
    promise = " This is the last reminder." if last else ""
    return f"Hi {name}, your check-in is open until {closes}.{promise}"


def again(when: str) -> str:
    return f"I will ask again {when}."


def not_asked_yet(when: str) -> str:
    return f"Nothing to answer yet: your first check-in comes {when}."


def no_team(admins: Sequence[str]) -> str:
    return f"You are in no team yet, so you are not asked. {_ask(admins)} can add you."


def no_schedule(admins: Sequence[str], align: str) -> str:
    return f"No check-in is scheduled yet. {_ask(admins)} can set one up with `{align}`."


def _ask(admins: Sequence[str]) -> str:
    return listed(admins) if admins else "An owner of this workspace"


def file_comes(goals: str) -> str:
    """The answer to a file sent to the bot."""
    return f"I do not read files sent here. `{goals} import` takes goals from a CSV, JSON or YAML file."


def cannot_read(checkin: str, align: str, *, waiting: bool) -> str:
    """The answer to words that are no answer to a check-in."""
    if waiting:
        how = f"write what you worked on, press the button, or type `{checkin}`"
        return f"Your check-in is open: {how}. `{align} help` lists the rest."
    return f"No check-in is waiting for you. `{checkin}` shows or changes your answer; `{align} help` lists the rest."
