"""What is said about when and how often somebody is asked. In mrkdwn; names are escaped by the caller."""

from checkins.model import Person, Team

REMINDERS_HOW = "Write `{command} reminders 0`, `1` or `2`, or `auto` for what your team has."
TEAM_HOW = "Write `{command} reminders team Growth 2`, or `auto` for what the schedule has."


def reminders(person: Person, command: str) -> str:
    if person.reminders is None:
        return f"You get as many reminders as your team has. {REMINDERS_HOW.format(command=command)}"
    return f"You get {_at_most(person.reminders)}."


def team_reminders(team: Team, name: str) -> str:
    if team.reminders is None:
        return f"{name} gets as many reminders as the schedule has."
    return f"{name} gets {_at_most(team.reminders)}. Each person may choose fewer."


def not_a_count(text: str, command: str) -> str:
    return f"“{text}” is no number of reminders. {REMINDERS_HOW.format(command=command)}"


def which_team(name: str, command: str) -> str:
    return f"There is no team “{name}”. {TEAM_HOW.format(command=command)}"


def paused(command: str) -> str:
    return f"Paused: you are not asked any more. `{command} resume` or an answer brings the check-ins back."


RESUMED = "Welcome back. You are asked again from the next check-in on."


def zone(person: Person, command: str) -> str:
    where = f"Your time zone is *{person.zone}*" if person.zone else "I do not know your time zone"
    if person.own_zone:
        return f"{where}, as you chose. `{command} zone auto` follows your Slack profile again."
    return f"{where}, from your Slack profile. Choose another: `{command} zone Europe/Lisbon`."


def _at_most(count: int) -> str:
    return ("no reminder", "at most one reminder a check-in", "at most two reminders a check-in")[count]
