"""Teams: the list, the form, and what becomes of a team that follows a user group or channel.

In mrkdwn names are escaped by the caller; fields, buttons and confirmations are plain text.
"""

from collections.abc import Sequence

from bot.texts.setup import people
from checkins.wording import listed

TEAMS = "Teams"
NONE = "There are no teams yet."
CHANGE, ARCHIVE, CANCEL, SAVE = "Change", "Archive", "Cancel", "Save"
MORE, FIRST = "More teams", "Back to the first"

ADD_FORM, CHANGE_FORM = "Add a team", "Change a team"
NAME = "Name"
NAME_HINT = "For example Growth"
WHO = "*Members*"
PEOPLE, USERGROUP, CHANNEL = "People I choose", "Everybody in a user group", "Everybody in a channel"
MEMBERS = "People"
MEMBERS_HINT = "Each is asked once per round, in their home team. Bots and guests are left out."
FROM_GROUP = "User group"
FROM_GROUP_HINT = "Whoever joins or leaves the group joins or leaves the team. Bots and guests are left out."
FROM_CHANNEL = "Channel"
FROM_CHANNEL_HINT = (
    "Whoever joins or leaves the channel joins or leaves the team. Bots and guests are left out. "
    "I have to be in the channel; I read nothing that is written there."
)
LEADS = "Leads"
LEADS_HINT = "They can change the team and its goals, and read its notes. A lead need not be a member."
REMINDERS = "Reminders"
PARENT = "Part of"
PARENT_HINT = "The leads of that team lead this one too."
NO_PARENT = "No other team"
CHOOSE_PEOPLE, CHOOSE_GROUP, CHOOSE_CHANNEL = "Choose people", "Choose a user group", "Choose a channel"
CHOOSE_ONE = "Choose one."
AS_SCHEDULED = "As the schedule has it"
REMINDER_COUNTS = {0: "No reminder", 1: "One reminder a round", 2: "Two reminders a round"}
NO_SUCH_GROUP = "This user group is gone or disabled. Choose another one."


def line(
    name: str, members: int, leads: Sequence[str], *, parent: str | None, source: str | None, reminders: int | None
) -> str:
    """A team in the list that its leads and admins see. source: as ``followed`` words it."""
    facts = [
        f"part of {parent}" if parent else "",
        source or "",
        REMINDER_COUNTS[reminders].lower() if reminders is not None else "",
    ]
    rest = " · ".join(fact for fact in facts if fact)
    return f"{detail(name, members, leads)}\n{rest[:1].upper()}{rest[1:]}" if rest else detail(name, members, leads)


def detail(name: str, members: int, leads: Sequence[str]) -> str:
    led = f", led by {listed(leads)}" if leads else ""
    return f"*{name}* · {people(members)}{led}"


def followed(channel: str | None) -> str:
    return f"follows <#{channel}>" if channel else "follows a user group"


def more(count: int) -> str:
    return f"and {count} more"


def shown(first: int, last: int, count: int, command: str) -> str:
    return f"{first} to {last} of {count} teams. `{command} teams WORDS` finds one by its name."


def no_such(words: str) -> str:
    return f"No team has “{words}” in its name."


def without_account(count: int) -> str:
    return f"{people(count)} without a Slack account stay in the team."


def too_many(count: int, most: int) -> str:
    return (
        f"The team has {people(count)}, more than the {most} that fit here. They stay as they are; to change them, "
        "choose a user group or a channel."
    )


def left_out(team: str, names: Sequence[str]) -> str:
    return f"{team} is saved. Left out: {', '.join(names)}. Trueline asks full members only, not bots or guests."


CONFIRM_ARCHIVE = (
    "Nobody is asked for this team any more, and it leaves the lists. Its goals and answers stay. "
    "Who is at home in it is asked in another of their teams, if there is one."
)


def archived(team: str) -> str:
    return f"{team} is archived. Its goals and answers stay, and its name is free again."


def channel_out_of_reach(channel: str, teams: Sequence[str], bot: str) -> str:
    return (
        f"I cannot follow <#{channel}> any more, whose members make up {listed(teams)}: it is archived, gone, without "
        f"full members, or I am not in it. {_stays(teams)} Type `/invite @{bot}` there, or choose other members under "
        "`/align teams`."
    )


def group_out_of_reach(teams: Sequence[str]) -> str:
    return (
        f"I cannot follow the user group that makes up {listed(teams)} any more: it is disabled, gone, or without full "
        f"members. {_stays(teams)} Enable it again, or choose other members under `/align teams`."
    )


def _stays(teams: Sequence[str]) -> str:
    return "The team stays as it is." if len(teams) == 1 else "The teams stay as they are."
